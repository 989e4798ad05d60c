"""How asks and promises stood at the end of a day: whom they were asked of then, in which words, by when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext as _

from betterstory.places.models import Round
from betterstory.promises.models import (
    NO_ANSWER_YET,
    OPEN,
    Again,
    Answer,
    Ask,
    Confirmation,
    Judgement,
    Promise,
    State,
)
from betterstory.stories.models import Piece


@dataclass(frozen=True)
class AskThen:
    """An ask as it stood then. `state` is as on the wall: yes, no_because, not_ours, none_yet."""

    ask: Ask
    state: str
    body: str
    words: str
    days: int

    @property
    def who(self) -> str:
        """Who asks; a person for themselves is never named in what leaves the wall."""
        return _("somebody here") if self.ask.asker_id else self.ask.asked_by_words

    @property
    def is_waiting(self) -> bool:
        return self.state in (NO_ANSWER_YET, Answer.Kind.NOT_OURS)


@dataclass(frozen=True)
class PromiseThen:
    """A promise as it stood then. `mark` is as on the wall: late, to_come, made_again, kept and so on."""

    promise: Promise
    words: str
    due_on: date
    mark: str
    note: str
    days_late: int

    @property
    def who(self) -> str:
        """A post and a body; a person who promised for themselves is not named."""
        return str(self.promise.post) if self.promise.post else _("somebody here, for themselves")

    @property
    def whom(self) -> str:
        return _("somebody here") if self.promise.to_person_id else self.promise.to_words


def asks_then(round_: Round, *, on: date) -> list[AskThen]:
    """Every ask of the round up to this day, as it stood then, with its card and what that stands on.

    Two queries.
    """
    said = Answer.objects.filter(ask=OuterRef("pk"))
    newest = said.filter(on__lte=on).order_by("-on", "-pk")
    asks = Ask.objects.filter(round=round_, asked_on__lte=on).select_related(
        "of",
        "of_circle",
        "asked_by",
        "asking_body",
        "piece__version__story__teller",
        "insight__release__pattern",
    )
    on_cards = Prefetch("insight__pieces", Piece.objects.select_related("version__story__teller"))
    asks = asks.annotate(
        then_kind=Subquery(newest.values("kind")[:1]),
        then_words=Subquery(newest.values("words")[:1]),
        then_body=Subquery(newest.values("body__name")[:1]),
        passed_to=Subquery(newest.values("passed_to__name")[:1]),
        first_body=Subquery(said.order_by("on", "pk").values("body__name")[:1]),
    )
    return [_ask_then(each, on) for each in asks.prefetch_related(on_cards)]


def _ask_then(ask: Any, on: date) -> AskThen:
    return AskThen(
        ask=ask,
        state=ask.then_kind or NO_ANSWER_YET,
        body=ask.passed_to or ask.then_body or ask.first_body or (ask.of.name if ask.of_id else ask.whom),
        words=ask.then_words or "",
        days=ask.days(on=on),
    )


def promises_then(round_: Round, *, on: date) -> list[PromiseThen]:
    """Every promise of the round up to this day, as it stood then. One query.

    What waits until after an election is not on the wall, and not here.
    """
    said = Judgement.objects.filter(promise=OuterRef("pk"))
    agreed = Again.objects.filter(promise=OuterRef("pk"), agreed_on__isnull=False)
    newest = said.filter(on__lte=on).order_by("-on", "-pk")
    later = agreed.filter(agreed_on__gt=on).order_by("pk")
    taken_back = Confirmation.objects.filter(
        promise=OuterRef("pk"), kind=Confirmation.Kind.TAKEN_BACK, on__gt=on
    )
    promises: QuerySet[Any] = Promise.objects.filter(round=round_, made_on__lte=on)
    promises = promises.exclude(state=State.WAITS)
    promises = promises.select_related("post__body").annotate(
        then_verdict=Subquery(newest.values("verdict")[:1]),
        then_note=Subquery(newest.values("note")[:1]),
        said_later=Exists(said.filter(on__gt=on)) | Exists(taken_back),
        again_then=Exists(agreed.filter(agreed_on__lte=on)),
        words_before=Subquery(later.values("was_words")[:1]),
        due_before=Subquery(later.values("was_due_on")[:1]),
    )
    return [_promise_then(each, on) for each in promises.order_by(F("made_on"), "pk")]


def _promise_then(promise: Any, on: date) -> PromiseThen:
    """What was said or agreed later is taken away again; nothing of it is saved."""
    if promise.said_later or promise.words_before:
        open_then = State.MADE_AGAIN if promise.again_then else State.MADE
        promise.state = State(promise.then_verdict) if promise.then_verdict else open_then
    promise.words = promise.words_before or promise.words
    if promise.due_before and promise.due_before != promise.due_on:
        promise.due_on, promise.overdue_on = promise.due_before, None  # late is worked out anew
    mark = promise.mark(on)
    return PromiseThen(
        promise=promise,
        words=promise.words,
        due_on=promise.due_on,
        mark=mark,
        note=promise.then_note or "",
        days_late=promise.days_late(on=on) if promise.state in OPEN else 0,
    )
