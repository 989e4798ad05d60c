"""The shape of a step and of a gap: who was there, how it felt, what kind of moment.

It tells as much of a person as their words do, so it lies sealed beside them. `showing` opens it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Ring


class Moment(models.TextChoices):
    """What kind of moment a step was, as its teller says."""

    HAPPENED = "happened", _("it just happened")
    KINDNESS = "kindness", _("somebody was kind")
    WAITING = "waiting", _("I was left waiting")
    TOLD_AGAIN = "told_again", _("I had to tell it again")
    SENT_BACK = "sent_back", _("I was sent back")
    DROPPED = "dropped", _("I was passed on, and dropped")


class Source(models.TextChoices):
    """How we know."""

    TOLD = "told", _("told us")
    RECORD = "record", _("told us, and it is in the record")
    GUESS = "guess", _("a guess")


class Size(models.TextChoices):
    """How much it counted, as its teller says."""

    NOT_SAID = "", _("I would rather not say")
    BIG = "big", _("a big moment")
    SMALL = "small", _("a small act")


class GapKind(models.TextChoices):
    """What kind of hole."""

    WAIT = "wait", _("a wait")
    DROPPED = "dropped", _("a hand-over, dropped")
    SENT_BACK = "sent_back", _("sent back")


class NotOpened(Exception):
    """A shape was asked for that nobody opened: `showing` opens it, after asking `rules.may`."""


@dataclass(frozen=True)
class Shape:
    """What a teller said of a step, beside its words. `feeling` is -2 very hard to 2 good; None: not said.

    `after` is how long it was after the step before, like "19 weeks".
    """

    rings: tuple[str, ...] = ()
    feeling: int | None = None
    feeling_words: str = ""
    moment: str = Moment.HAPPENED.value
    told_again: int = 0
    source: str = Source.TOLD.value
    size: str = Size.NOT_SAID.value
    helped: str = ""
    after: str = ""

    def __post_init__(self) -> None:
        if self.feeling is not None and not -2 <= self.feeling <= 2:
            raise ValueError("a feeling has five points")

    def to_text(self) -> str:
        return json.dumps({"format": 1, **asdict(self)})

    @classmethod
    def from_text(cls, text: str) -> Shape:
        kept = json.loads(text)
        kept.pop("format")
        return cls(**{**kept, "rings": tuple(kept["rings"])})


@dataclass(frozen=True)
class GapShape:
    """What a teller said of a gap, beside its words. `lasted` is how long it was, like "19 weeks"."""

    gap_kind: str = GapKind.WAIT.value
    ring: str = Ring.LOCAL_SERVICES.value
    lasted: str = ""

    def to_text(self) -> str:
        return json.dumps({"format": 1, **asdict(self)})

    @classmethod
    def from_text(cls, text: str) -> GapShape:
        kept = json.loads(text)
        kept.pop("format")
        return cls(**kept)
