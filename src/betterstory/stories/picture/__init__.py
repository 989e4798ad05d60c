"""The journey picture: what happened and how it felt, from steps and gaps to marks on paper.

Pure: frozen dataclasses in and out, no Django. Steps stand in order, equally far apart; a picture with true
lengths of time would only need other columns.
"""

from betterstory.stories.picture.journey import Journey, PictureGap, PictureStep, letter_of
from betterstory.stories.picture.layout import lay_out
from betterstory.stories.picture.marks import Picture

__all__ = ["Journey", "Picture", "PictureGap", "PictureStep", "lay_out", "letter_of"]
