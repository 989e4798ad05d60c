"""All neighbourhoods on one page: where each is, the gaps they share, lessons on their way between them."""

from betterstory.learning.neighbours.layout import Picture, Place, Way, draw
from betterstory.learning.neighbours.looking import Together, look

__all__ = ["Picture", "Place", "Together", "Way", "draw", "look"]
