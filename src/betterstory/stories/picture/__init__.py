"""The journey picture: what happened and how it felt, from steps and gaps to marks on paper.

Pure: frozen dataclasses in and out, no Django. Steps stand in order, equally far apart, or at true lengths of
time where they were told. A long journey goes on in bands, one below the other.
"""

from betterstory.stories.picture.journey import Journey, PictureGap, PictureStep, letter_of
from betterstory.stories.picture.layout import COLUMN, lay_out
from betterstory.stories.picture.times import has_times
from betterstory.stories.picture.whole import Picture

__all__ = ["COLUMN", "Journey", "Picture", "PictureGap", "PictureStep", "has_times", "lay_out", "letter_of"]
