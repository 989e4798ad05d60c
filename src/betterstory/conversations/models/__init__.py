"""Gatherings, the statements people answer, the voices that answer them, and what lies beneath."""

from betterstory.conversations.models.beneath import Insight, InsightQuerySet, Level, Link
from betterstory.conversations.models.better_story import Adoption, BetterStory
from betterstory.conversations.models.change import Change
from betterstory.conversations.models.gathering import Gathering, Guest, GuestQuerySet, Side
from betterstory.conversations.models.tellers_word import TellersWord
from betterstory.conversations.models.voice import Statement, StatementQuerySet, Voice, Vote

__all__ = [
    "Adoption",
    "BetterStory",
    "Change",
    "Gathering",
    "Guest",
    "GuestQuerySet",
    "Insight",
    "InsightQuerySet",
    "Level",
    "Link",
    "Side",
    "Statement",
    "StatementQuerySet",
    "TellersWord",
    "Voice",
    "Vote",
]
