"""What lies beneath: the iceberg, adding a card, one card, the lines between cards."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.conversations import rules, verbs
from betterstory.conversations.forms.beneath import QUESTIONS, CardForm, LinkForm, TurnForm
from betterstory.conversations.iceberg import Beneath, look_around, look_beneath
from betterstory.conversations.models import Insight, Level, Link
from betterstory.conversations.pages.finding import find_round, labels, pieces_to_offer, room_of
from betterstory.conversations.pages.typing import on_a_card, on_the_iceberg
from betterstory.people.models import Circle, Person
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, once, signed_in
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.models import Use
from betterstory.stories.rules import ANYONE, viewer_of
from betterstory.stories.whose import Tie, asks_whose
from betterstory.ui.refusal import Refusal


def look(request: Visit, round_: Round, *, counts: bool = True) -> Beneath:
    """The cards as the person looking may see them; what they saw is noted for its tellers."""
    beneath = look_beneath(round_, viewer=viewer_of(request.somebody), at=request.at, counts=counts)
    _note(beneath, on=request.on, person=request.somebody)
    return beneath


def _note(beneath: Beneath, *, on: date, person: Person | None = None, circle: Circle | None = None) -> None:
    consenting.note_seen_each(beneath.versions_shown, use=Use.QUOTE, on=on, person=person, circle=circle)


@signed_in
def iceberg(request: Visit, pk: int) -> HttpResponse:
    """The drawing, and the same as a list."""
    round_ = find_round(pk)
    beneath = look(request, round_)
    told = {
        "round": round_,
        "cards": beneath.cards,
        "iceberg": beneath.draw(),
        "levels": list(QUESTIONS.items()),
        "may_add": rules.may_look_beneath(request.somebody, round_),
    }
    return render(request, "conversations/iceberg.html", told)


@signed_in
def iceberg_print(request: Visit, pk: int) -> HttpResponse:
    """For paper: it asks as the circle of a room the person is in; where there is none, as anybody."""
    round_ = find_round(pk)
    circle = room_of(round_, request.somebody, request.GET.get("gathering"))
    beneath = look_beneath(round_, viewer=circle or ANYONE, at=request.at)
    _note(beneath, on=request.on, circle=circle)
    told = {"round": round_, "circle": circle, "iceberg": beneath.draw()}
    return render(request, "conversations/iceberg_print.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@asks_whose(on_the_iceberg, tie=Tie("pieces", instead_of="words"))
@once
def add_card(request: Visit, pk: int) -> HttpResponse:
    """Add a card to one of the four levels."""
    round_ = find_round(pk)
    if not rules.may_look_beneath(request.somebody, round_):
        raise NotYours
    asked = request.POST.get("level") or request.GET.get("level")
    level = Level(asked) if asked in Level.values else Level.EVENT
    pieces = pieces_to_offer(round_, viewer=viewer_of(request.somebody), at=request.at)
    form = CardForm(
        request.POST or None,
        level=level,
        round_=round_,
        pieces=labels(pieces),
        initial={"basis": Insight.Basis.ROOM},
    )
    if form.is_valid():
        told = form.cleaned_data
        chosen = [pieces[piece].piece for piece in told.pop("pieces", [])]
        try:
            verbs.add_card(
                round_, level=level, pieces=chosen, by=request.somebody, at=request.at, **_named(told)
            )
            return redirect("conversations:iceberg", pk=pk)
        except Refusal as refusal:
            form.add_error("words", refusal.sentence)
    told = {"round": round_, "form": form, "level": level, "levels": list(Level)}
    return render(request, "conversations/add_card.html", told, status=422 if form.is_bound else 200)


def _named(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "basis": Insight.Basis(told["basis"])}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@asks_whose(on_a_card)
@once
def card(request: Visit, pk: int) -> HttpResponse:
    """One card: what it is made from, what it leads to, and its opposite."""
    beneath = look_around(pk, viewer=viewer_of(request.somebody), at=request.at)
    found = next((each for each in beneath.cards if each.insight.pk == pk), None)
    if found is None:
        raise Http404
    insight = found.insight
    form = TurnForm(request.POST or None, initial={"words": insight.turned_over})
    if form.is_valid():
        verbs.turn_over(insight, words=form.cleaned_data["words"], by=request.somebody)
        return redirect("conversations:card", pk=pk)
    _note(beneath, on=request.on, person=request.somebody)
    names = beneath.names
    told = {
        "round": insight.round,
        "card": found,
        "statements": insight.statements.select_related("gathering"),
        "leads_to": [(each, names[each.end_id]) for each in beneath.links if each.start_id == pk],
        "comes_from": [(each, names[each.start_id]) for each in beneath.links if each.end_id == pk],
        "form": form,
        "may_add": rules.may_look_beneath(request.somebody, insight.round),
        "may_remove": rules.may_remove(request.somebody, insight),
    }
    return render(request, "conversations/card.html", told, status=422 if form.is_bound else 200)


@require_POST
@signed_in
@once
def remove(request: Visit, pk: int) -> HttpResponse:
    """Take one's own card away."""
    insight = get_object_or_404(Insight, pk=pk)
    verbs.remove_card(insight, by=request.somebody)
    return redirect("conversations:iceberg", pk=insight.round_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@once
def lines(request: Visit, pk: int) -> HttpResponse:
    """What leads to what: say it of two cards, or take a line away."""
    round_ = find_round(pk)
    if not rules.may_look_beneath(request.somebody, round_):
        raise NotYours
    beneath = look(request, round_)
    names = beneath.names
    form = LinkForm(request.POST or None, round_=round_, names=names)
    if form.is_valid():
        told = form.cleaned_data
        try:
            verbs.link(told["start"], told["end"], kind=Link.Kind(told["kind"]), by=request.somebody)
            return redirect("conversations:lines", pk=pk)
        except Refusal as refusal:
            form.add_error("end", refusal.sentence)
    drawn = [(each, names[each.start_id], names[each.end_id]) for each in beneath.links]
    told = {"round": round_, "form": form, "lines": drawn, "many": len(beneath.cards)}
    return render(request, "conversations/lines.html", told, status=422 if form.is_bound else 200)


@require_POST
@signed_in
@once
def unlink(request: Visit, pk: int) -> HttpResponse:
    """Take a line away."""
    tied = get_object_or_404(Link.objects.select_related("start__round"), pk=pk)
    verbs.unlink(tied, by=request.somebody)
    return redirect("conversations:lines", pk=tied.start.round_id)
