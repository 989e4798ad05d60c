"""What is made for paper: invitations, voice cards, the sheet of sentences; and typing the sheets in."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from betterstory.conversations import rules, verbs, voice_codes
from betterstory.conversations.forms.gatherings import ROWS, SheetRow, VoicesForm
from betterstory.conversations.models import Guest, Statement, Voice
from betterstory.conversations.pages.finding import find_gathering, find_round
from betterstory.conversations.verbs import WrongRows
from betterstory.people import cards
from betterstory.people.models import Role
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.ui.refusal import Refusal

A_SHEET = 15  # sentences in large type on one A4 page


@dataclass(frozen=True)
class PrintedVoice:
    """One voice card as it is shown this once."""

    side: str
    code: str
    qr: SafeString


def voice_address() -> str:
    """Where a voice card leads. Raises LoopbackAddress."""
    return cards.printable_address() + reverse("voices:card")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def invitations(request: Visit, pk: int) -> HttpResponse:
    """Cards for the guests: plain ones at any time; on POST ones with a code to come in, shown this once."""
    found = find_gathering(pk)
    told: dict[str, object] = {"gathering": found, "sheet": getattr(found, "run_sheet", None)}
    if request.method == "POST":
        cards.come_in_address()  # before any code is made
        made = verbs.invite_guests(found, by=request.somebody, at=request.at)
        told["cards"] = [cards.printed(card.greeting, code) for card, code in made]
        response = render(request, "conversations/invitations.html", told)
        response["Content-Location"] = reverse("conversations:guests", args=[pk])
        return response
    asked = found.guests.exclude(reply=Guest.Reply.NOT_COMING)
    told["cards"] = [{"greeting": guest.first_name} for guest in asked]
    return render(request, "conversations/invitations.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def voices(request: Visit, pk: int) -> HttpResponse:
    """Make voice cards. Their codes stand on this one answer and nowhere else."""
    round_ = find_round(pk)
    form = VoicesForm(request.POST or None)
    if form.is_valid():
        try:
            address = voice_address()  # before any code is made
            made = verbs.make_voices(round_, **form.cleaned_data, by=request.somebody, at=request.at)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            told = {
                "round": round_,
                "at": _said(address),
                "cards": [_printed(*each, address) for each in made],
            }
            response = render(request, "conversations/voice_cards.html", told)
            response["Content-Location"] = request.path
            return response
    told = {
        "round": round_,
        "form": form,
        "made": Voice.objects.filter(round=round_).count(),
        "cannot_print": _why_not(),
    }
    return render(request, "conversations/voices.html", told, status=422 if form.is_bound else 200)


def _printed(voice: Voice, code: str, address: str) -> PrintedVoice:
    """The code stands behind the #, which a browser keeps to itself: it reaches no server and no log."""
    return PrintedVoice(voice.side, voice_codes.spaced(code), cards.draw_qr(f"{address}#{code}"))


def _said(address: str) -> str:
    return address.split("://", 1)[1].rstrip("/")


def address_to_say() -> str:
    """Where to answer by phone, as it is read out; "" where this machine is reached by nobody else."""
    try:
        return _said(voice_address())
    except Refusal:
        return ""


def _why_not() -> str:
    try:
        voice_address()
    except Refusal as refusal:
        return refusal.sentence
    return ""


def sheets_of(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Sentences on sheets of A_SHEET at most, as even as can be."""
    if not statements:
        return []
    size = ceil(len(statements) / ceil(len(statements) / A_SHEET))
    return [list(statements[start : start + size]) for start in range(0, len(statements), size)]


@signed_in
def sheet(request: Visit, pk: int) -> HttpResponse:
    """The sentences in large type with three faces each, for paper."""
    found = find_gathering(pk)
    if not rules.may_write_down(request.somebody, found):
        raise NotYours
    told = {"gathering": found, "sheets": sheets_of(list(found.statements.asked()))}
    return render(request, "conversations/sheet.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def type_in(request: Visit, pk: int) -> HttpResponse:
    """Type in what is ticked on paper: all of these rows are kept, or none."""
    found = find_gathering(pk)
    sheets = sheets_of(list(found.statements.asked()))
    number = _which(request.GET.get("sheet"), len(sheets))
    statements = sheets[number - 1] if sheets else []
    typed = request.POST if request.method == "POST" else None
    rows = [SheetRow(typed, statements=statements, row=row) for row in range(ROWS)]
    problem = ""
    if typed is not None and all([row.is_valid() for row in rows]):  # noqa: C419 - each row says what is wrong
        try:
            many = _keep(request, pk, rows)
            messages.success(request, _kept(many))
            return redirect(f"{request.path}?sheet={number}")
        except Refusal as refusal:
            problem = refusal.sentence
    told = {
        "gathering": found,
        "statements": statements,
        "rows": rows,
        "number": number,
        "sheets": range(1, len(sheets) + 1),
        "problem": problem or (_("Put right the rows that are marked.") if typed is not None else ""),
    }
    return render(request, "conversations/type_in.html", told, status=200 if typed is None else 422)


def _keep(request: Visit, pk: int, rows: Sequence[SheetRow]) -> int:
    filled = [(row, card) for row in rows if (card := row.card) is not None]
    try:
        return verbs.type_in(
            find_gathering(pk), cards=[card for _row, card in filled], by=request.somebody, at=request.at
        )
    except WrongRows as refusal:
        for place, sentence in refusal.rows.items():
            filled[place][0].add_error("code", sentence)
        raise


def _kept(many: int) -> str:
    if not many:
        return _("All rows were empty.")
    return ngettext("One card is in.", "%(many)s cards are in.", many) % {"many": many}


def _which(asked: str | None, many: int) -> int:
    number = int(asked) if asked and asked.isdecimal() else 1
    return min(max(number, 1), max(many, 1))
