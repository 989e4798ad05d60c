"""The big screen of a gathering: where the room is, one thing at a time; and moving it from any device.

The place is kept in the database. The screen asks every few seconds whether it is still there, so that a
facilitator's phone, or the teller's stop, changes it as an ordinary slide.
"""

from hashlib import blake2s

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from betterstory.conversations import dial, rules, verbs
from betterstory.conversations.models import Gathering, RunSheet, Turn
from betterstory.conversations.pages.finding import find_sheet
from betterstory.conversations.pages.prints import address_to_say
from betterstory.conversations.slide import Slide
from betterstory.conversations.slides import Slides, lay_slides
from betterstory.conversations.slides_beneath import landings
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, once, signed_in
from betterstory.poolside import showing as poolside
from betterstory.poolside.rules import is_round_the_table
from betterstory.stories import consenting
from betterstory.stories.models import Use


@require_safe
@signed_in
def projector(request: Visit, pk: int) -> HttpResponse:
    """What the room sees now; 204 where that is what the screen shows already."""
    return _screen(request, pk, "conversations/projector.html")


@require_safe
@signed_in
def remote(request: Visit, pk: int) -> HttpResponse:
    """The same on a phone, for whoever leads: what is on, what is next, and every turn to go to."""
    return _screen(request, pk, "conversations/remote.html")


def _screen(request: Visit, pk: int, template: str) -> HttpResponse:
    sheet = find_sheet(pk)
    if not rules.may_open_screen(request.somebody, sheet.gathering):
        raise NotYours
    slides = lay_slides(sheet.gathering, sheet, at=request.at)
    now = slides.now
    left = dial.minutes_left(now.turn.minutes, slides.began_at, request.at) if now else 0
    mark = _mark(sheet, now, left)
    if request.GET.get("mark") == mark:
        return HttpResponse(status=204)
    told = {
        "gathering": sheet.gathering,
        "sheet": sheet,
        "slides": slides,
        "now": now,
        "mark": mark,
        "dial": dial.draw(now.turn.minutes, left) if now else None,
        "mine": rules.is_teller(request.somebody, sheet),
        "may_lead": rules.may_lead(request.somebody, sheet.gathering),
        **(_beside(request, sheet, slides, now) if now else {}),
    }
    _note(request, sheet.gathering, now)
    return render(request, template, told)


def _mark(sheet: RunSheet, now: Slide | None, left: int) -> str:
    """The same for as long as the screen shows the same. It gives no word away."""
    shown = (now.turn.pk, now.step, now.heading, now.below) if now else ()
    told = repr((sheet.pk, sheet.moves, sheet.edition, left, shown))
    return blake2s(told.encode(), digest_size=8).hexdigest()


def _beside(request: Visit, sheet: RunSheet, slides: Slides, now: Slide) -> dict[str, object]:
    """What one kind of turn needs beside its words."""
    gathering, kinds = sheet.gathering, Turn.Kind
    if now.turn.kind == kinds.ICEBERG:
        return {"landings": landings(slides.of(now.turn))}
    if now.turn.kind == kinds.STATEMENTS:
        return {"address": address_to_say() if gathering.voting_open else ""}
    if now.turn.kind == kinds.AGREEMENTS:
        return {"agreed": _agreed(request, sheet)}
    if now.turn.kind == kinds.NEXT:
        after = Gathering.objects.filter(round=gathering.round, at__gt=gathering.at)
        return {"next_gathering": after.order_by("at").first()}
    leading = gathering.doings.filter(duty=now.turn.led_by).select_related("guest")
    return {"leaders": [doing.guest.first_name for doing in leading]}


def _agreed(request: Visit, sheet: RunSheet) -> str:
    """What a circle agreed: shown only where whoever opened the screen sits round that table."""
    table = sheet.poolside
    if table is None or not is_round_the_table(request.somebody, table, request.on):
        return ""
    agreed = poolside.what_is_agreed(table, request.somebody, [])
    return agreed.words if agreed else ""


def _note(request: Visit, gathering: Gathering, now: Slide | None) -> None:
    """The teller reads that the room saw it."""
    if now is not None and now.shown is not None:
        seen = now.shown.piece.version
        consenting.note_seen_each([seen], use=Use.IN_ROOM, on=request.on, circle=gathering.circle)
    if now is not None and now.versions:
        consenting.note_seen_each(now.versions, use=Use.QUOTE, on=request.on, circle=gathering.circle)


@require_POST
@signed_in
@once
def move(request: Visit, pk: int) -> HttpResponse:
    """On, back, to a turn, or its clock from the beginning; then back to the screen or the phone."""
    sheet = find_sheet(pk)
    then = "remote" if request.POST.get("then") == "remote" else "projector"
    if request.POST.get("to") == "begin":
        verbs.begin_clock(sheet, by=request.somebody, at=request.at)
        return redirect(f"conversations:{then}", pk=pk)
    target = _target(lay_slides(sheet.gathering, sheet, at=request.at), request.POST.get("to", ""))
    if target is not None:
        said = request.POST.get("seen", "")
        verbs.show(
            sheet,
            turn=target.turn,
            step=target.step,
            seen=int(said) if said.isdecimal() else -1,
            by=request.somebody,
            at=request.at,
        )
    return redirect(f"conversations:{then}", pk=pk)


def _target(slides: Slides, to: str) -> Slide | None:
    """The slide that was asked for: the next, the one before, a turn, or a place in it ("12-2000")."""
    if to == "on":
        return slides.next
    if to == "back":
        return slides.back
    number, _dash, step = to.partition("-")
    least = int(step) if step.isdecimal() and len(step) < 6 else 0
    asked = (turn for turn in slides.turns if str(turn.pk) == number)
    return next((slide for turn in asked for slide in slides.of(turn) if slide.step >= least), None)
