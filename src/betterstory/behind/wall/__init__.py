"""The wall of dots: who stands behind a story, drawn from released figures alone.

Pure: frozen dataclasses in and out, no Django. Every dot's place follows from the rounded figures and from
nothing else; a hidden figure is never drawn.
"""

from betterstory.behind.wall.figures import Away, Figures
from betterstory.behind.wall.layout import Wall, lay_out

__all__ = ["Away", "Figures", "Wall", "lay_out"]
