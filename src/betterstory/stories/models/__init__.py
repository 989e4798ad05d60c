"""The facts of a story, a file for each part."""

from betterstory.stories.models.checking import Met, SecondWord
from betterstory.stories.models.consent import Audience, Consent, Form, Seen, Use
from betterstory.stories.models.leaving import Leaving, Recall
from betterstory.stories.models.others import Other
from betterstory.stories.models.speaking import Act, Channel, Speaker
from betterstory.stories.models.story import (
    Gap,
    IfLost,
    Moment,
    Piece,
    Source,
    Step,
    Story,
    Version,
    Wish,
)
from betterstory.stories.models.came_of import CameOf

__all__ = [
    "Act",
    "Audience",
    "Channel",
    "Consent",
    "Form",
    "Gap",
    "IfLost",
    "Leaving",
    "Met",
    "Moment",
    "Other",
    "Piece",
    "Recall",
    "SecondWord",
    "Seen",
    "Source",
    "Speaker",
    "Step",
    "Story",
    "CameOf",
    "Use",
    "Version",
    "Wish",
]
