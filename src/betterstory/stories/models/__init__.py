"""The facts of a story, a file for each part."""

from betterstory.stories.models.concern import Asked, Concern, Entry, Hold, Lead, Opening, Worry
from betterstory.stories.models.consent import Audience, Consent, Form, Seen, Use
from betterstory.stories.models.story import Gap, Moment, Piece, Source, Step, Story, Version, Wish

__all__ = [
    "Asked",
    "Audience",
    "Concern",
    "Consent",
    "Entry",
    "Form",
    "Gap",
    "Hold",
    "Lead",
    "Moment",
    "Opening",
    "Piece",
    "Seen",
    "Source",
    "Step",
    "Story",
    "Use",
    "Version",
    "Wish",
    "Worry",
]
