"""The iceberg, and the better story: the iceberg turned over. From notes and links to marks on paper.

Pure: frozen dataclasses in and out, no Django. The drawing grows with its notes and with their words.
"""

from betterstory.conversations.drawing.layout import draw_better_story, draw_iceberg
from betterstory.conversations.drawing.marks import Drawing
from betterstory.conversations.drawing.notes import Note, NoteLink, TurnedNote

__all__ = ["Drawing", "Note", "NoteLink", "TurnedNote", "draw_better_story", "draw_iceberg"]
