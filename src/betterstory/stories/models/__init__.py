"""The facts of a story, a file for each part."""

from betterstory.stories.models.codebook import Code, Coding
from betterstory.stories.models.consent import Audience, Consent, Form, Seen, Use
from betterstory.stories.models.echo import NotTheirs
from betterstory.stories.models.story import Gap, Moment, Piece, Source, Step, Story, Version, Wish

__all__ = [
    "Audience",
    "Code",
    "Coding",
    "Consent",
    "Form",
    "Gap",
    "Moment",
    "NotTheirs",
    "Piece",
    "Seen",
    "Source",
    "Step",
    "Story",
    "Use",
    "Version",
    "Wish",
]
