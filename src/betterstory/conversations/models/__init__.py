"""Gatherings, the statements people answer, the voices that answer them, and what lies beneath."""

from betterstory.conversations.models.afterwards import GuestCare, WallPhotograph, WritingUp
from betterstory.conversations.models.beneath import Insight, Level, Link
from betterstory.conversations.models.better_story import Adoption, BetterStory
from betterstory.conversations.models.gathering import Gathering, Guest, GuestQuerySet, Side
from betterstory.conversations.models.sheet import Approval, Doing, Duty, RunSheet, Turn
from betterstory.conversations.models.voice import Statement, StatementQuerySet, Voice, Vote

__all__ = [
    "Adoption",
    "Approval",
    "BetterStory",
    "Doing",
    "Duty",
    "Gathering",
    "Guest",
    "GuestCare",
    "GuestQuerySet",
    "Insight",
    "Level",
    "Link",
    "RunSheet",
    "Side",
    "Statement",
    "StatementQuerySet",
    "Turn",
    "Voice",
    "Vote",
    "WallPhotograph",
    "WritingUp",
]
