"""Gatherings, the statements people answer, the voices that answer them, and what lies beneath."""

from betterstory.conversations.models.afterwards import GuestCare, WallPhotograph, WritingUp
from betterstory.conversations.models.beneath import Insight, InsightQuerySet, Level, Link
from betterstory.conversations.models.better_story import Adoption, BetterStory
from betterstory.conversations.models.change import Change
from betterstory.conversations.models.findings import Finding, Opposites
from betterstory.conversations.models.gathering import Gathering, Guest, GuestQuerySet, Side
from betterstory.conversations.models.inbox import Arrived, Pack
from betterstory.conversations.models.me_too import GapAsked, MeToo
from betterstory.conversations.models.sheet import Approval, Doing, Duty, RunSheet, Turn
from betterstory.conversations.models.sheets import Line, Pile, Sheet, Typed, TypedQuerySet
from betterstory.conversations.models.tellers_word import TellersWord
from betterstory.conversations.models.voice import Statement, StatementQuerySet, Voice, Vote

__all__ = [
    "Adoption",
    "Approval",
    "Arrived",
    "BetterStory",
    "Change",
    "Doing",
    "Duty",
    "Finding",
    "GapAsked",
    "Gathering",
    "Guest",
    "GuestCare",
    "GuestQuerySet",
    "Insight",
    "InsightQuerySet",
    "Level",
    "Line",
    "Link",
    "MeToo",
    "Opposites",
    "Pack",
    "Pile",
    "RunSheet",
    "Sheet",
    "Side",
    "Statement",
    "StatementQuerySet",
    "TellersWord",
    "Turn",
    "Typed",
    "TypedQuerySet",
    "Voice",
    "Vote",
    "WallPhotograph",
    "WritingUp",
]
