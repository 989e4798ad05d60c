"""The facts of a story, a file for each part."""

from betterstory.stories.models.consent import Audience, Consent, Form, Seen, Use
from betterstory.stories.models.named import Named, Reading, ReadLine
from betterstory.stories.models.story import Gap, Moment, Piece, Source, Step, Story, Version, Wish

__all__ = [
    "Audience",
    "Consent",
    "Form",
    "Gap",
    "Moment",
    "Named",
    "Piece",
    "ReadLine",
    "Reading",
    "Seen",
    "Source",
    "Step",
    "Story",
    "Use",
    "Version",
    "Wish",
]
