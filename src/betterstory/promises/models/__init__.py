"""Asks, their answers, the promises that come of them, and what the promised side says of each."""

from betterstory.promises.models.ask import NO_ANSWER_YET, Answer, Ask, AskQuerySet, Size
from betterstory.promises.models.beside import OwnView, Reply
from betterstory.promises.models.came_of import CameOf, what_came_of
from betterstory.promises.models.judging import Channel, Door, Judging, Opinion, Said
from betterstory.promises.models.pointer import Pointer
from betterstory.promises.models.promise import Promise, PromiseQuerySet
from betterstory.promises.models.said import Again, Judgement
from betterstory.promises.models.state import LATE, OPEN, TO_COME, State, Verdict

__all__ = [
    "LATE",
    "NO_ANSWER_YET",
    "OPEN",
    "TO_COME",
    "Again",
    "Answer",
    "Ask",
    "AskQuerySet",
    "CameOf",
    "Channel",
    "Door",
    "Judgement",
    "Judging",
    "Opinion",
    "OwnView",
    "Pointer",
    "Promise",
    "PromiseQuerySet",
    "Reply",
    "Said",
    "Size",
    "State",
    "Verdict",
    "what_came_of",
]
