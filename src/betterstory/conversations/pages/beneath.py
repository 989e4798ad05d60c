"""What lies beneath: the iceberg, fresh for everybody, on paper, adding a card, the lines between cards."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.conversations import rules, verbs
from betterstory.conversations.forms.beneath import QUESTIONS, CardForm, LinkForm
from betterstory.conversations.histories import OF_THE_TELLER, that_may_be_told
from betterstory.conversations.iceberg import Beneath, look_beneath
from betterstory.conversations.models import Change, Gathering, Insight, Level, Link, Statement
from betterstory.conversations.pages.finding import find_round, labels, pieces_to_offer, room_of
from betterstory.conversations.pages.typing import on_the_iceberg
from betterstory.conversations.quiet import as_seen
from betterstory.conversations.stamp import is_still, mark
from betterstory.people.models import Circle, Person
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, once, signed_in
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.models import Use
from betterstory.stories.rules import ANYONE, viewer_of
from betterstory.stories.whose import Tie, asks_whose
from betterstory.ui.refusal import Refusal


def look(request: Visit, round_: Round, *, counts: bool = True, waiting: bool = False) -> Beneath:
    """The cards as the person looking may see them; what they saw is noted for its tellers."""
    beneath = look_beneath(round_, viewer=viewer_of(request.somebody), at=request.at, counts=counts)
    if not waiting:
        beneath = replace(beneath, waiting=())
    note(beneath, on=request.on, person=request.somebody)
    return beneath


def note(beneath: Beneath, *, on: date, person: Person | None = None, circle: Circle | None = None) -> None:
    """Words of these stories were shown: their tellers can read to whom."""
    consenting.note_seen_each(beneath.versions_shown, use=Use.QUOTE, on=on, person=person, circle=circle)


@signed_in
def iceberg(request: Visit, pk: int) -> HttpResponse:
    """The drawing, and the same as a list."""
    return render(request, "conversations/iceberg.html", _now(request, _last_change(request, pk)))


@signed_in
def since(request: Visit, pk: int) -> HttpResponse:
    """Asked every few seconds by every open iceberg: nothing, or the iceberg as it is now."""
    around = _last_change(request, pk)
    last = around[0].pk if around[0] else 0
    viewer = viewer_of(request.somebody)
    if is_still(request.GET.get("stamp", ""), pk, last, viewer=viewer, at=request.at):
        return HttpResponse(status=204)
    return render(request, "conversations/_beneath.html", _now(request, around))


def _now(request: Visit, around: tuple[Change | None, Round, bool]) -> dict[str, Any]:
    # the last change was read before the cards: whatever comes in between is news the next time
    last, round_, may_add = around
    beneath = look(request, round_, waiting=may_add)
    return {
        "round": round_,
        "stamp": mark(last.pk if last else 0, beneath.seen, beneath.counted),
        "suggested": [c for c in beneath.waiting if c.insight.standing == Insight.Standing.SUGGESTED],
        "not_kept": [c for c in beneath.waiting if c.insight.standing == Insight.Standing.NOT_KEPT],
        "mine": request.somebody.pk,
        "is_calling": rules.may_call(request.somebody),
        "iceberg": beneath.draw(),
        "levels": list(QUESTIONS.items()),
        "last": last if may_add and last and _is_told(request, last, beneath) else None,
        "may_add": may_add,
        "has_pairs": bool(beneath.pairs),
    }


def _is_told(request: Visit, change: Change, beneath: Beneath) -> bool:
    viewer = viewer_of(request.somebody)
    return bool(that_may_be_told([change], silent=beneath.silent, viewer=viewer, at=request.at))


def _last_change(request: Visit, pk: int) -> tuple[Change | None, Round, bool]:
    """The last change, the round, and whether this person may add to it; as a rule in one query."""
    rooms = Gathering.objects.filter(round=pk, circle__in=request.somebody.circle_ids)
    changes = Change.objects.filter(round=pk).select_related("round__neighbourhood", OF_THE_TELLER)
    last = changes.annotate(is_of_a_room=Exists(rooms)).order_by("-pk").first()
    if last is None:
        round_ = find_round(pk)
        return None, round_, rules.may_look_beneath(request.somebody, round_)
    return last, last.round, rules.may_call(request.somebody) or last.is_of_a_room


@signed_in
def iceberg_print(request: Visit, pk: int) -> HttpResponse:
    """For paper: it asks as the circle of a room the person is in; where there is none, as anybody."""
    unread = Round(pk=pk)  # its row comes along with the cards, where there are any
    circle = room_of(unread, request.somebody, request.GET.get("gathering"))
    beneath = replace(look_beneath(unread, viewer=circle or ANYONE, at=request.at), waiting=())
    round_ = beneath.cards[0].insight.round if beneath.cards else find_round(pk)
    note(beneath, on=request.on, circle=circle)
    large = request.GET.get("paper") == "a3"
    told = {
        "round": round_,
        "circle": circle,
        "large": large,
        "iceberg": beneath.draw(wide=large and len(beneath.cards) > A_SHEET_HOLDS),
    }
    return render(request, "conversations/iceberg_print.html", told)


A_SHEET_HOLDS = 14  # cards, before rows of three run down too far


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
    viewer = viewer_of(request.somebody)
    pieces = pieces_to_offer(round_, viewer=viewer, at=request.at)
    sentences = Statement.objects.asked().filter(gathering__round=round_).from_pieces()
    said = [each for each in as_seen(sentences, viewer=viewer, at=request.at) if each.said is not None]
    basis = Insight.Basis.HUNCH if level == Level.TREND else Insight.Basis.ROOM
    form = CardForm(
        request.POST or None,
        level=level,
        statements=said,
        pieces=labels(pieces),
        initial={"basis": basis},
    )
    if form.is_valid():
        told = form.cleaned_data
        chosen = [pieces[piece].piece for piece in told.pop("pieces", [])]
        told["basis"] = Insight.Basis(told["basis"])
        try:
            made = verbs.add_card(
                round_, level=level, pieces=chosen, by=request.somebody, at=request.at, **told
            )
            return redirect(_after(made, again="again" in request.POST))
        except Refusal as refusal:
            form.add_error(BESIDE.get(refusal.code, "words"), refusal.sentence)
    stands = rules.may_call(request.somebody)
    context = {
        "round": round_,
        "form": form,
        "level": level,
        "levels": list(Level),
        "stands": stands,
        "waits": verbs.whose_turn(round_, level, at=request.at) if stands else None,
    }
    return render(request, "conversations/add_card.html", context, status=422 if form.is_bound else 200)


BESIDE = {"say-how-you-know": "basis", "not-their-belief": "held_by"}


def _after(card: Insight, *, again: bool) -> str:
    """Where it goes on: the card in the list, or a new card for the same level."""
    if again:
        return reverse("conversations:add_card", args=[card.round_id]) + f"?level={card.level}"
    place = "iceberg-card" if card.standing == Insight.Standing.KEPT else "suggested"
    return reverse("conversations:iceberg", args=[card.round_id]) + f"#{place}-{card.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@once
def lines(request: Visit, pk: int) -> HttpResponse:
    """What leads to what: say it of two cards, take a line away, ask a room about a pair."""
    round_ = find_round(pk)
    if not rules.may_look_beneath(request.somebody, round_):
        raise NotYours
    beneath = look(request, round_, counts=False)
    names = beneath.names
    form = LinkForm(request.POST or None, round_=round_, names=names)
    if form.is_valid():
        told = form.cleaned_data
        try:
            kind = Link.Kind(told["kind"])
            verbs.link(told["start"], told["end"], kind=kind, by=request.somebody, at=request.at)
            return redirect("conversations:lines", pk=pk)
        except Refusal as refusal:
            form.add_error("end", refusal.sentence)
    pairs = {each.pk for each in beneath.pairs}
    drawn = [(each, names[each.start_id], names[each.end_id]) for each in beneath.links]
    asked = Link.asked.through.objects.filter(link__in=pairs).select_related("statement__gathering")
    told = {
        "round": round_,
        "form": form,
        "lines": [each for each in drawn if each[0].pk not in pairs],
        "pairs": [
            (*each, [row.statement for row in asked if row.link_id == each[0].pk])
            for each in drawn
            if each[0].pk in pairs
        ],
        "rooms": _rooms_to_ask(request, round_) if pairs else [],
        "many": len(beneath.cards),
    }
    return render(request, "conversations/lines.html", told, status=422 if form.is_bound else 200)


def _rooms_to_ask(request: Visit, round_: Round) -> list[Gathering]:
    """Gatherings of the round where answers may come in, the next one first."""
    open_ones = Gathering.objects.filter(round=round_, voting_open=True).order_by("-at")
    return [each for each in open_ones if rules.may_write_down(request.somebody, each)]


@require_POST
@signed_in
@once
def ask_pair(request: Visit, pk: int, gathering: int) -> HttpResponse:
    """Two cards that are seen differently become sentences of a room, with one press."""
    pair = get_object_or_404(Link.objects.select_related("start__round"), pk=pk)
    room = get_object_or_404(Gathering.objects.select_related("circle"), pk=gathering)
    verbs.ask_pair(pair, room, by=request.somebody, at=request.at)
    return redirect(reverse("conversations:lines", args=[pair.start.round_id]) + "#pairs")


@require_POST
@signed_in
@once
def unlink(request: Visit, pk: int) -> HttpResponse:
    """Take a line away."""
    tied = get_object_or_404(Link.objects.select_related("start__round", "end"), pk=pk)
    verbs.unlink(tied, by=request.somebody, at=request.at)
    return redirect("conversations:lines", pk=tied.start.round_id)
