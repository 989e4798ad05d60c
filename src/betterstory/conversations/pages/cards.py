"""One card: what it rests on, what it is tied to, its opposite, its history; keeping a suggestion or not."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.conversations import rules, verbs
from betterstory.conversations.forms.beneath import NotKeptForm, RewordForm, TieForm, TurnForm
from betterstory.conversations.histories import OF_THE_TELLER, that_may_be_told
from betterstory.conversations.iceberg import Beneath, Card, look_around
from betterstory.conversations.models import Change, Gathering, Insight, Link
from betterstory.conversations.pages.beneath import look, note
from betterstory.conversations.pages.finding import find_round
from betterstory.conversations.pages.typing import (
    in_its_own_words,
    on_a_card,
    what_a_voice_wrote,
    why_not_kept,
)
from betterstory.conversations.quiet import as_seen
from betterstory.conversations.verbs.grounds import first_name
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, once, signed_in
from betterstory.stories.rules import viewer_of
from betterstory.stories.whose import asks_whose
from betterstory.ui.refusal import Refusal

What = Change.What


@dataclass(frozen=True)
class Told:
    """One line of a history: what was done, by whom, what it said from then on."""

    what: str
    who: str
    words: str
    at: datetime
    number: int


def history(changes: Iterable[Change], *, named: bool, quiet: bool = False, of: int = 0) -> list[Told]:
    """As they come, of the card with number `of` where it is one's.

    Only people of the rooms read who it was; of a quiet card nobody reads what it said.
    """
    return [
        Told(_what(each, of), _who(each, named), "" if quiet else _words(each), each.at, each.number)
        for each in changes
    ]


def _what(change: Change, of: int) -> str:
    what = str(What(change.what).label)
    if change.other:
        what = _("tied to card %(number)s") if change.what == What.TIED else what
        what = _("untied from card %(number)s") if change.what == What.UNTIED else what
        what = _("asked of a room, with card %(number)s") if change.what == What.ASKED else what
        return what % {"number": change.number if change.other == of else change.other}
    return what


def _words(change: Change) -> str:
    if change.what in (What.TIED, What.UNTIED):
        return str(Link.Kind(change.words).label)
    return change.words


def _who(change: Change, named: bool) -> str:
    if change.by is None:
        return _("the teller") if change.what == What.TELLER else _("a voice card")
    return first_name(change.by.name) if named else _("somebody of the room")


@dataclass(frozen=True)
class Found:
    """A card among those around it, what was done to it, and whether the person looking is of its rooms."""

    beneath: Beneath
    card: Card
    changes: list[Change]
    may_add: bool


def _find(request: Visit, pk: int) -> Found:
    """The card among those around it, as the person looking may see it. Raises Http404."""
    beneath = look_around(pk, viewer=viewer_of(request.somebody), at=request.at)
    every = (*beneath.cards, *beneath.waiting)
    found = next((each for each in every if each.insight.pk == pk), None)
    if found is None:
        raise Http404
    changes, may_add = _changes_of(request, found.insight)
    changes = that_may_be_told(
        changes, silent=beneath.silent, viewer=viewer_of(request.somebody), at=request.at
    )
    is_waiting = found.insight.standing != Insight.Standing.KEPT
    if is_waiting and not may_add:
        raise Http404
    note(replace(beneath, waiting=(found,) if is_waiting else ()), on=request.on, person=request.somebody)
    return Found(beneath, found, changes, may_add)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@asks_whose(on_a_card)
@once
def card(request: Visit, pk: int) -> HttpResponse:
    """One card; and its opposite, to write."""
    around = _find(request, pk)
    beneath, found, may_add = around.beneath, around.card, around.may_add
    insight = found.insight
    form = TurnForm(request.POST or None, initial={"words": insight.turned_over, "seen": insight.version})
    meanwhile = ""
    if form.is_valid():
        try:
            verbs.turn_over(insight, by=request.somebody, at=request.at, **form.cleaned_data)
            return redirect("conversations:card", pk=pk)
        except verbs.ChangedMeanwhile as refusal:
            form.add_error("words", refusal.sentence)
            form.has_read(insight.version)
            meanwhile = insight.turned_over
    names = beneath.names
    others = {key: name for key, name in names.items() if key != pk}
    is_quiet = found.words is None
    told = {
        "round": insight.round,
        "card": found,
        "statements": as_seen(
            insight.statements.from_pieces().select_related("gathering"),
            viewer=viewer_of(request.somebody),
            at=request.at,
        ),
        "leads_to": [(each, names[each.end_id]) for each in beneath.links if each.start_id == pk],
        "comes_from": [(each, names[each.start_id]) for each in beneath.links if each.end_id == pk],
        "form": form,
        "meanwhile": meanwhile,
        "tie": TieForm(names=others) if may_add and others and _stands(insight) else None,
        "history": history(around.changes, named=may_add, quiet=is_quiet, of=insight.number),
        "may_add": may_add,
        "stands": _stands(insight),
        "may_reword": may_add and bool(insight.words) and rules.is_theirs_to_say(request.somebody, insight),
        "may_keep": may_add and not _stands(insight) and rules.may_keep(request.somebody, insight),
        "not_kept_form": NotKeptForm(),
        "may_remove": rules.may_remove(request.somebody, insight),
    }
    return render(
        request, "conversations/card.html", told, status=409 if meanwhile else 422 if form.is_bound else 200
    )


def _changes_of(request: Visit, insight: Insight) -> tuple[list[Change], bool]:
    """Its own and those of lines that end at it; with them, whether this person is of its rooms."""
    somebody, ends_here = request.somebody, Q(round=insight.round_id, other=insight.number)
    rooms = Gathering.objects.filter(round=insight.round_id, circle__in=somebody.circle_ids)
    found = Change.objects.filter(Q(card=insight) | ends_here).select_related("by", OF_THE_TELLER)
    changes = list(found.annotate(is_of_a_room=Exists(rooms)))
    if not changes:
        return [], rules.may_look_beneath(somebody, insight.round)
    return list(changes), rules.may_call(somebody) or changes[0].is_of_a_room


def _stands(insight: Insight) -> bool:
    return insight.standing == Insight.Standing.KEPT


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@asks_whose(in_its_own_words)
@once
def reword(request: Visit, pk: int) -> HttpResponse:
    """Say a card in other words. Where somebody was quicker, both are shown and nothing is lost."""
    around = _find(request, pk)
    found, insight = around.card, around.card.insight
    if not (around.may_add and rules.is_theirs_to_say(request.somebody, insight)):
        raise NotYours
    if not found.words or not insight.words:
        raise verbs.SaidByTheTeller
    start = {"words": insight.words, "owner": insight.owner_id, "seen": insight.version}
    form = RewordForm(request.POST or None, level=insight.level, initial=start)
    meanwhile = ""
    if form.is_valid():
        try:
            verbs.reword_card(insight, by=request.somebody, at=request.at, **form.cleaned_data)
            return redirect("conversations:card", pk=pk)
        except verbs.ChangedMeanwhile as refusal:
            form.add_error("words", refusal.sentence)
            form.has_read(insight.version)
            meanwhile = insight.words
        except Refusal as refusal:
            form.add_error("words", refusal.sentence)
    told = {"round": insight.round, "card": found, "form": form, "meanwhile": meanwhile}
    status = 409 if meanwhile else 422 if form.is_bound else 200
    return render(request, "conversations/reword.html", told, status=status)


@require_POST
@signed_in
@asks_whose(what_a_voice_wrote)
@once
def keep(request: Visit, pk: int) -> HttpResponse:
    """The room keeps a suggestion."""
    insight = get_object_or_404(Insight, pk=pk)
    verbs.keep_card(insight, by=request.somebody, at=request.at)
    return redirect(f"/conversations/rounds/{insight.round_id}/iceberg/#iceberg-card-{pk}")


@require_POST
@signed_in
@asks_whose(why_not_kept, fields=["because"])
@once
def not_keep(request: Visit, pk: int) -> HttpResponse:
    """The room does not keep it, and says why."""
    insight = get_object_or_404(Insight, pk=pk)
    form = NotKeptForm(request.POST)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    verbs.do_not_keep(insight, because=because, by=request.somebody, at=request.at)
    return redirect("conversations:card", pk=pk)


@require_POST
@signed_in
@once
def tie(request: Visit, pk: int) -> HttpResponse:
    """Tie this card to another, from its own page."""
    start = get_object_or_404(Insight.objects.kept().select_related("round"), pk=pk)
    others = Insight.objects.kept().filter(round=start.round_id).exclude(pk=pk)
    form = TieForm(request.POST, names={each.pk: str(each) for each in others})
    if not form.is_valid():
        raise verbs.CardsOfTwoRounds
    end = next(each for each in others if each.pk == form.cleaned_data["end"])
    verbs.link(start, end, kind=Link.Kind(form.cleaned_data["kind"]), by=request.somebody, at=request.at)
    return redirect("conversations:card", pk=pk)


@require_POST
@signed_in
@once
def remove(request: Visit, pk: int) -> HttpResponse:
    """Take one's own card away."""
    insight = get_object_or_404(Insight, pk=pk)
    verbs.remove_card(insight, by=request.somebody, at=request.at)
    return redirect("conversations:iceberg", pk=insight.round_id)


@signed_in
def all_changes(request: Visit, pk: int) -> HttpResponse:
    """Everything that was done to the iceberg of a round, the newest first; for those of its rooms."""
    round_ = find_round(pk)
    if not rules.may_look_beneath(request.somebody, round_):
        raise NotYours
    beneath = look(request, round_, counts=False, waiting=True)
    shown = {card.insight.pk for card in (*beneath.cards, *beneath.waiting) if card.words}
    newest = Change.objects.filter(round=round_).select_related("by", OF_THE_TELLER).order_by("-pk")
    viewer = viewer_of(request.somebody)
    changes = that_may_be_told(newest[:MOST_CHANGES], silent=beneath.silent, viewer=viewer, at=request.at)
    rows = [history([each], named=True, quiet=each.card_id not in shown)[0] for each in changes]
    return render(request, "conversations/changes.html", {"round": round_, "changes": rows})


MOST_CHANGES = 200
