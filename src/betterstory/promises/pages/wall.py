"""The wall: everything asked and promised, open to anyone, in one plain ink."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from betterstory.people.visit import Visit
from betterstory.promises.models import Ask, AskQuerySet, Promise, PromiseQuerySet, Reply
from betterstory.promises.pages.clock_words import Held, Told, held, held_for, of_ask, of_promise
from betterstory.promises.pages.narrowing import ASKED, PROMISED, Narrowed, filters, narrowed, whose
from betterstory.promises.standing import Counted, OnTheWall, on_the_wall

A_PAGE = 20  # of each, so that the page stays light
ON_PAPER = 30  # of each, on one print; earlier ones on the next
NOTHING = OnTheWall()


@dataclass(frozen=True)
class AskRow:
    """An ask as it stands on the wall today."""

    ask: Ask
    mark: str
    days: int
    promised: int | None  # the promise it became
    clock: list[Told] = field(default_factory=list)
    replies: Sequence[Reply] = ()


@dataclass(frozen=True)
class PromiseRow:
    """A promise as it stands on the wall today."""

    promise: Promise
    mark: str
    days_late: int
    clock: list[Told] = field(default_factory=list)
    counted: Counted | None = None  # what residents said, once it was counted
    replies: Sequence[Reply] = ()


def wall(request: Visit) -> HttpResponse:
    """The newest of everything, in order; earlier ones on pages before it."""
    look = narrowed(request)
    first = (look.page - 1) * A_PAGE
    asks = list(_asks(look)[first : first + A_PAGE + 1])
    promises = list(_promises(look, request.on)[first : first + A_PAGE + 1])
    there, still = on_the_wall(promises[:A_PAGE], asks[:A_PAGE], on=request.on), held(request.on)
    context = {
        "look": look,
        "asks": ask_rows(asks[:A_PAGE], request.on, there),
        "promises": promise_rows(promises[:A_PAGE], request.on, still, there),
        "still": still,
        "earlier": max(len(asks), len(promises)) > A_PAGE and look.link(page=str(look.page + 1)),
        "later": look.page > 1 and look.link(page=str(look.page - 1)),
        "filters": filters(look),
        "mine": whose(look),
        "paper": reverse("promises:on_paper") + look.link(),
    }
    return render(request, "promises/wall.html", context)


def on_paper(request: Visit) -> HttpResponse:
    """The same for the wall of a hall; earlier ones on the next print."""
    look, still = narrowed(request), held(request.on)
    first = (look.page - 1) * ON_PAPER
    asks = list(_asks(look)[first : first + ON_PAPER + 1])
    promises = list(_promises(look, request.on)[first : first + ON_PAPER + 1])
    there = on_the_wall(promises[:ON_PAPER], asks[:ON_PAPER], on=request.on)
    context = {
        "look": look,
        "asks": ask_rows(asks[:ON_PAPER], request.on, there),
        "promises": promise_rows(promises[:ON_PAPER], request.on, still, there),
        "still": still,
        "earlier": max(len(asks), len(promises)) > ON_PAPER and look.link(page=str(look.page + 1)),
        "later": look.page > 1 and look.link(page=str(look.page - 1)),
        "back": reverse("promises:wall") + look.link(),
    }
    return render(request, "promises/on_paper.html", context)


def ask_rows(newest_first: Iterable[Ask], on: date, there: OnTheWall = NOTHING) -> list[AskRow]:
    """In the order they were asked."""
    return [ask_row(ask, on, there) for ask in reversed(list(newest_first))]


def ask_row(ask: Ask, on: date, there: OnTheWall = NOTHING) -> AskRow:
    promised, replies = getattr(ask, "promised", None), there.of_asks.get(ask.pk, ())
    return AskRow(ask, ask.mark, ask.days(on=on), promised, of_ask(ask, on), replies)


def promise_rows(
    newest_first: Iterable[Promise], on: date, still: Held, there: OnTheWall = NOTHING
) -> list[PromiseRow]:
    """In the order they fall due."""
    return [promise_row(promise, on, still, there) for promise in reversed(list(newest_first))]


def promise_row(
    promise: Promise, on: date, still: Held | None = None, there: OnTheWall = NOTHING
) -> PromiseRow:
    """`still`: where clocks stand still, read once for a page."""
    still = still or held_for([promise], on)
    late = promise.days_late(on=on, without=still.of(promise))
    counted, replies = there.counts.get(promise.pk), there.of_promises.get(promise.pk, ())
    return PromiseRow(promise, promise.mark(on), late, of_promise(promise, on, still), counted, replies)


def _asks(look: Narrowed) -> AskQuerySet:
    asks = Ask.objects.on_the_wall().order_by("-asked_on", "-pk").filter(look.where)
    if look.state in PROMISED:
        return asks.none()
    if look.state:
        asks = asks.in_state(look.state)
    if look.body:
        asks = asks.about(look.body)
    if look.mine == "to" and look.person:
        asks = asks.asked_for(look.person)
    if look.mine == "by" and look.person:
        asks = asks.asked_of(look.person)
    return asks


def _promises(look: Narrowed, on: date) -> PromiseQuerySet:
    promises = Promise.objects.on_the_wall().with_beside()
    if look.state in ASKED:
        return promises.none()
    if look.state:
        promises = promises.in_state(look.state, on)
    if look.body:
        promises = promises.about(look.body)
    if look.mine == "to" and look.person:
        promises = promises.promised_to(look.person)
    if look.mine == "by" and look.person:
        promises = promises.promised_by(look.person)
    return promises.filter(look.where).order_by("-due_on", "-pk")
