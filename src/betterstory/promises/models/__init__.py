"""Asks, their answers, the promises that come of them, and what the promised side says of each."""

from betterstory.promises.models.ask import NO_ANSWER_YET, Answer, Ask, AskQuerySet, Size
from betterstory.promises.models.beside import OwnView, Reply
from betterstory.promises.models.came_of import CameOf, what_came_of
from betterstory.promises.models.clock import Confirmation, Hold
from betterstory.promises.models.judging import Door, Judging, Opinion, Turned, Way
from betterstory.promises.models.keeper import ENOUGH, HeadLetter, Keeper
from betterstory.promises.models.ledger import Entry, EntryQuerySet, Kind, Said
from betterstory.promises.models.pointer import Pointer
from betterstory.promises.models.promise import Promise, PromiseQuerySet
from betterstory.promises.models.reminder import CalendarAddress, Channel, HowReminded, Reminder, Step
from betterstory.promises.models.said import Again, Judgement
from betterstory.promises.models.state import LATE, NOT_TO_JUDGE, OPEN, TO_COME, State, Verdict

__all__ = [
    "ENOUGH",
    "LATE",
    "NOT_TO_JUDGE",
    "NO_ANSWER_YET",
    "OPEN",
    "TO_COME",
    "Again",
    "Answer",
    "Ask",
    "AskQuerySet",
    "CalendarAddress",
    "CameOf",
    "Channel",
    "Confirmation",
    "Door",
    "Entry",
    "EntryQuerySet",
    "HeadLetter",
    "Hold",
    "HowReminded",
    "Judgement",
    "Judging",
    "Keeper",
    "Kind",
    "Opinion",
    "OwnView",
    "Pointer",
    "Promise",
    "PromiseQuerySet",
    "Reminder",
    "Reply",
    "Said",
    "Size",
    "State",
    "Step",
    "Turned",
    "Verdict",
    "Way",
    "what_came_of",
]
