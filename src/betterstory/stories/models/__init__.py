"""The facts of a story, a file for each part."""

from betterstory.stories.models.care import Care, Thanks
from betterstory.stories.models.codebook import Code, Coding
from betterstory.stories.models.concern import Asked, Concern, Entry, Hold, Lead, Opening, Worry
from betterstory.stories.models.consent import Audience, Consent, Form, Seen, Use
from betterstory.stories.models.echo import NotTheirs
from betterstory.stories.models.named import Named, ReadLine, ReadThrough
from betterstory.stories.models.shape import GapShape, Moment, NotOpened, Shape, Size, Source
from betterstory.stories.models.story import Gap, Piece, Step, Story, Version, Wish
from betterstory.stories.models.told import ReadBack, Reading, Told, Tongue

__all__ = [
    "Asked",
    "Audience",
    "Care",
    "Code",
    "Coding",
    "Concern",
    "Consent",
    "Entry",
    "Form",
    "Gap",
    "GapShape",
    "Hold",
    "Lead",
    "Moment",
    "Named",
    "NotOpened",
    "NotTheirs",
    "Opening",
    "Piece",
    "ReadBack",
    "ReadLine",
    "ReadThrough",
    "Reading",
    "Seen",
    "Shape",
    "Size",
    "Source",
    "Step",
    "Story",
    "Thanks",
    "Told",
    "Tongue",
    "Use",
    "Version",
    "Wish",
    "Worry",
]
