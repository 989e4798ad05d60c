"""The facts of a story, a file for each part."""

from betterstory.stories.models.came_of import CameOf
from betterstory.stories.models.care import Care, Thanks
from betterstory.stories.models.checking import Met, SecondWord
from betterstory.stories.models.codebook import Code, Coding
from betterstory.stories.models.concern import (
    Asked,
    Concern,
    Entry,
    Fixed,
    Hold,
    Lasting,
    Lead,
    NotToBeChanged,
    Opening,
    Worry,
)
from betterstory.stories.models.consent import Audience, Consent, Form, Seen, Use
from betterstory.stories.models.echo import NotTheirs
from betterstory.stories.models.leaf import Leaf
from betterstory.stories.models.leaving import Leaving, Recall
from betterstory.stories.models.named import Named, ReadLine, ReadThrough
from betterstory.stories.models.others import Other
from betterstory.stories.models.shape import GapShape, Moment, NotOpened, Shape, Size, Source
from betterstory.stories.models.shut import Shut
from betterstory.stories.models.speaking import Act, Channel, Speaker
from betterstory.stories.models.story import Gap, IfLost, Piece, Step, Story, Version, Wish
from betterstory.stories.models.told import ReadBack, Reading, Told, Tongue

__all__ = [
    "Act",
    "Asked",
    "Audience",
    "CameOf",
    "Care",
    "Channel",
    "Code",
    "Coding",
    "Concern",
    "Consent",
    "Entry",
    "Fixed",
    "Form",
    "Gap",
    "GapShape",
    "Hold",
    "IfLost",
    "Lasting",
    "Lead",
    "Leaf",
    "Leaving",
    "Met",
    "Moment",
    "Named",
    "NotOpened",
    "NotTheirs",
    "NotToBeChanged",
    "Opening",
    "Other",
    "Piece",
    "ReadBack",
    "ReadLine",
    "ReadThrough",
    "Reading",
    "Recall",
    "SecondWord",
    "Seen",
    "Shape",
    "Shut",
    "Size",
    "Source",
    "Speaker",
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
