"""The run sheet: its turns and times, who does what, and its teller's word: it is right so, or stop."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.conversations import rules, verbs
from betterstory.conversations.forms.preparing import DutyForm, TurnForm
from betterstory.conversations.models import Doing, Duty, RunSheet, Turn
from betterstory.conversations.pages.finding import find_gathering, find_sheet
from betterstory.conversations.pages.typing import in_a_gathering, on_a_turn
from betterstory.conversations.slides import agreed_pieces
from betterstory.people.models import Person, Role
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, came_in, needs_part, once, signed_in
from betterstory.stories.models import Use
from betterstory.stories.rules import may_whole
from betterstory.stories.showing import show_each, titles_for
from betterstory.stories.whose import asks_whose
from betterstory.ui.refusal import Refusal


@dataclass(frozen=True)
class Row:
    """A turn with the time it begins, and the first names of those who lead it."""

    turn: Turn
    begins: datetime
    leaders: list[str]


def rows_of(turns: Iterable[Turn], doings: Iterable[Doing], begins: datetime) -> Iterator[Row]:
    """Each turn begins where the one before ends."""
    names: dict[str, list[str]] = {}
    for doing in doings:
        names.setdefault(doing.duty, []).append(doing.guest.first_name)
    for turn in turns:
        yield Row(turn, begins, names.get(turn.led_by, []))
        begins += timedelta(minutes=turn.minutes)


class Hand(TypedDict):
    """Who changes the sheet, when, and which edition they read."""

    by: Person
    at: datetime
    edition: int


def _whose_hand(request: Visit) -> Hand:
    return {"by": request.somebody, "at": request.at, "edition": edition_read(request)}


def edition_read(request: Visit) -> int:
    """Which edition of the sheet the form was filled in on."""
    said = request.POST.get("edition", "")
    return int(said) if said.isdecimal() else 0


@require_http_methods(["GET", "HEAD", "POST"])
@came_in
@asks_whose(in_a_gathering)
@once
def run_sheet(request: Visit, pk: int) -> HttpResponse:
    """The sheet, for whoever organises, the room, and the teller; a turn is added here."""
    sheet = find_sheet(pk)
    found = sheet.gathering
    may_change = rules.may_call(request.somebody) and request.person is not None
    if not rules.may_read_run_sheet(request.somebody, sheet) or (request.method == "POST" and not may_change):
        raise NotYours
    form = TurnForm(request.POST or None)
    if form.is_valid():
        try:
            verbs.add_turn(
                found, form.told, by=request.somebody, at=request.at, edition=edition_read(request)
            )
            return redirect("conversations:run_sheet", pk=pk)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            sheet = find_sheet(pk)
    doings = list(found.doings.select_related("guest"))
    told = {
        "gathering": found,
        "sheet": sheet,
        "rows": list(rows_of(found.turns.all(), doings, found.at)),
        "doings": doings,
        "form": form,
        "may_change": may_change,
        "duty_form": DutyForm(guests=found.guests.all()) if may_change else None,
        **_of_the_story(request, sheet),
    }
    return render(request, "conversations/run_sheet.html", told, status=422 if form.is_bound else 200)


def _of_the_story(request: Visit, sheet: RunSheet) -> dict[str, object]:
    """For its teller: what the screen would show, and the stop; for everybody: whether it is approved."""
    if sheet.story is None:
        return {}
    if not rules.is_teller(request.somebody, sheet):
        return {"approved": sheet.is_approved and not sheet.stopped_at}
    circle, pieces = sheet.gathering.circle, agreed_pieces(sheet.story)
    shown = show_each(pieces, viewer=circle, use=Use.IN_ROOM, at=request.at)
    return {
        "mine": True,
        "approved": sheet.is_approved and not sheet.stopped_at,
        "title": titles_for([sheet.story], viewer=request.somebody, at=request.at).get(sheet.story.pk),
        "pieces": [shown[piece.pk].words for piece in pieces if shown[piece.pk].is_shown],
        "aloud": bool(pieces) and may_whole(circle, Use.READ_ALOUD, pieces[0].version, request.at),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@asks_whose(on_a_turn)
@once
def turn(request: Visit, pk: int) -> HttpResponse:
    """Change one turn, move it, or take it out."""
    found = get_object_or_404(Turn.objects.select_related("gathering"), pk=pk)
    todo = request.POST.get("do", "")
    form = TurnForm(
        request.POST if request.method == "POST" and not todo else None,
        initial={
            name: getattr(found, name) for name in ("kind", "words", "minutes", "led_by", "services_first")
        },
    )
    problem = ""
    if todo or form.is_valid():
        try:
            _change(request, found, todo, form)
            return redirect("conversations:run_sheet", pk=found.gathering_id)
        except Refusal as refusal:
            problem = refusal.sentence
            if not todo:
                form.add_error(None, problem)
    sheet = find_sheet(found.gathering_id)
    told = {"gathering": sheet.gathering, "sheet": sheet, "turn": found, "form": form, "problem": problem}
    wrong = form.is_bound or problem
    return render(request, "conversations/turn.html", told, status=422 if wrong else 200)


def _change(request: Visit, found: Turn, todo: str, form: TurnForm) -> None:
    who = _whose_hand(request)
    if todo == "remove":
        verbs.remove_turn(found, **who)
    elif todo in ("up", "down"):
        verbs.move_turn(found, up=todo == "up", **who)
    elif not todo:
        verbs.change_turn(found, form.told, **who)


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def duties(request: Visit, pk: int) -> HttpResponse:
    """Somebody does this on the night; or does not, after all."""
    found = find_sheet(pk).gathering
    who = _whose_hand(request)
    off = request.POST.get("off", "")
    try:
        if off.isdecimal():
            doing = get_object_or_404(found.doings.select_related("gathering"), pk=int(off))
            verbs.take_off(doing, **who)
        else:
            form = DutyForm(request.POST, guests=found.guests.all())
            if form.is_valid():
                guest = found.guests.get(pk=form.cleaned_data["guest"])
                verbs.give(found, duty=Duty(form.cleaned_data["duty"]), guest=guest, **who)
            else:
                messages.error(request, _("Choose somebody who is asked, and what they do."))
    except verbs.SheetChanged as refusal:
        messages.error(request, refusal.sentence)
    return redirect("conversations:run_sheet", pk=pk)


@require_POST
@signed_in
@once
def approve(request: Visit, pk: int) -> HttpResponse:
    """The teller: it is right so."""
    sheet = find_sheet(pk)
    try:
        verbs.approve(sheet, by=request.somebody, at=request.at, edition=edition_read(request))
        messages.success(request, _("Thank you. We wrote it down. You can stop at any moment."))
    except verbs.SheetChanged:
        messages.error(request, _("Somebody changed this sheet just now. Read it once more, as it is below."))
    return redirect("conversations:run_sheet", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@came_in
@once
def stop(request: Visit, pk: int) -> HttpResponse:
    """The teller stops their story at this gathering: two taps, no reason, no second sign-in."""
    sheet = find_sheet(pk)
    if not rules.is_teller(request.somebody, sheet):
        raise NotYours
    if request.method == "POST":
        verbs.stop_here(sheet, by=request.somebody, at=request.at)
        return redirect("conversations:run_sheet", pk=pk)
    return render(request, "conversations/stop_here.html", {"gathering": sheet.gathering})


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def lay_out(request: Visit, pk: int) -> HttpResponse:
    """A sheet for a gathering that was called before there were any."""
    verbs.lay_out(find_gathering(pk), by=request.somebody, at=request.at)
    return redirect("conversations:run_sheet", pk=pk)
