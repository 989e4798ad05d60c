"""The plan of a round: what is asked at the base, at structure, and this week; for the room and its wall."""

from dataclasses import replace

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render

from betterstory.conversations.models import Gathering
from betterstory.conversations.pages.beneath import note
from betterstory.conversations.pages.finding import find_round, room_of
from betterstory.people.models import Circle
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, signed_in
from betterstory.places.models import Round
from betterstory.promises import rules
from betterstory.promises.models import Ask, AskQuerySet, Promise, Size
from betterstory.promises.pages.wall import AskRow
from betterstory.promises.plan import Plan, plan_of
from betterstory.stories.rules import ANYONE, Viewer


@signed_in
def plan(request: Visit, round_pk: int) -> HttpResponse:
    """Each change at the base and at structure with what is asked for it; small acts; what is missing."""
    rooms = Gathering.objects.filter(circle__in=request.somebody.circle_ids)
    # with the asks, where there are any, comes whether whoever looks is of a room of the round
    asks = Ask.objects.annotate(is_of_a_room=Exists(rooms.filter(round=OuterRef("round"))))
    found = _plan(request, Round(pk=round_pk), request.somebody, asks)
    round_ = _round_of(found, round_pk)
    of_a_room = [getattr(row.ask, "is_of_a_room", False) for row in found.asks]
    note(found.beneath, on=request.on, person=request.somebody)
    told = {
        "round": round_,
        "plan": found,
        "size": Size,
        "may_write": rules.organises(request.somebody),
        "may_open_screen": any(of_a_room) if of_a_room else rooms.filter(round=round_).exists(),
    }
    return render(request, "promises/plan.html", told)


@signed_in
def on_paper(request: Visit, round_pk: int) -> HttpResponse:
    """For the wall: it asks as the circle of a room the person is in; where there is none, as anybody."""
    unread = Round(pk=round_pk)  # its row comes along with the cards, where there are any
    circle = room_of(unread, request.somebody, None)
    found = _plan(request, unread, circle or ANYONE)
    round_ = _round_of(found, round_pk)
    note(found.beneath, on=request.on, circle=circle)
    told = {"round": round_, "plan": found, "circle": circle, "size": Size, "on_paper": True}
    return render(request, "promises/plan_print.html", told)


@signed_in
def screen(request: Visit, round_pk: int, number: int | None = None) -> HttpResponse:
    """For the big screen: what the plan is first, then one ask at a time. It asks as the room's circle."""
    circle = _room(Round(pk=round_pk), request)
    place = number or 0
    found = _plan(request, Round(pk=round_pk), circle, acts=not place)
    round_ = _round_of(found, round_pk)
    asks = found.asks
    if place > len(asks):
        raise Http404
    row = asks[place - 1] if place else None
    card = found.turned_of(row.ask) if row else None
    shown = replace(found.beneath, cards=(card,) if card else (), waiting=(), heard={})
    note(shown, on=request.on, circle=circle)
    told = {
        "round": round_,
        "plan": found,
        "row": row,
        "card": card,
        "promise": _promised(row) if row else None,
        "nth": place,
        "many": len(asks),
        "back": place - 1,
        "next": place + 1 if place < len(asks) else None,
    }
    return render(request, "promises/plan_screen.html", told)


def _promised(row: AskRow) -> Promise | None:
    """The promise an ask became, with what says who made it."""
    return (
        Promise.objects.select_related("post__body").filter(pk=row.promised).first() if row.promised else None
    )


def _plan(
    request: Visit, round_: Round, viewer: Viewer, asks: AskQuerySet | None = None, *, acts: bool = True
) -> Plan:
    """What is shown of stories: the cards that are turned over, and no more."""
    found = plan_of(round_, viewer=viewer, at=request.at, on=request.on, asks=asks, acts=acts)
    cards = tuple(turned.card for turned in (*found.base, *found.structure))
    return replace(found, beneath=replace(found.beneath, cards=cards, waiting=(), heard={}))


def _round_of(plan: Plan, pk: int) -> Round:
    """It comes along with the cards and the asks; where there is neither it is read."""
    if plan.beneath.cards:
        return plan.beneath.cards[0].insight.round
    return plan.asks[0].ask.round if plan.asks else find_round(pk)


def _room(round_: Round, request: Visit) -> Circle:
    """The room of the round that this person is in. Raises NotYours."""
    circle = room_of(round_, request.somebody, None)
    if circle is None:
        raise NotYours
    return circle
