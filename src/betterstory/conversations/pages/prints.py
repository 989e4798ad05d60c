"""What is made for paper: invitations, and voice cards; a card for one that was lost."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from betterstory.conversations import verbs, voice_codes
from betterstory.conversations.forms.gatherings import VoicesForm
from betterstory.conversations.forms.voices import ReplaceForm
from betterstory.conversations.models import Guest, Voice
from betterstory.conversations.pages.finding import find_gathering, find_round
from betterstory.people import cards
from betterstory.people.codes import NotACode
from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.places.models import Round
from betterstory.ui.refusal import Refusal


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
            return _shown_once(request, round_, made, address)
    told = {
        "round": round_,
        "form": form,
        "made": Voice.objects.filter(round=round_).count(),
        "cannot_print": _why_not(),
    }
    return render(request, "conversations/voices.html", told, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def replace(request: Visit, pk: int) -> HttpResponse:
    """A new card for one that was lost or stolen, where somebody still knows its code."""
    round_ = find_round(pk)
    form = ReplaceForm(request.POST or None)
    if form.is_valid():
        try:
            address = voice_address()
            made = verbs.replace_voice(form.cleaned_data["code"], by=request.somebody, at=request.at)
        except NotACode as problem:
            form.add_error("code", problem.hint)
        except Refusal as refusal:
            form.add_error("code", refusal.sentence)
        else:
            return _shown_once(request, round_, [made], address)
    told = {"round": round_, "form": form, "cannot_print": _why_not()}
    return render(request, "conversations/replace.html", told, status=422 if form.is_bound else 200)


def _shown_once(request: Visit, round_: Round, made: list[tuple[Voice, str]], address: str) -> HttpResponse:
    """The cards with their codes, which stand on this one answer and nowhere else."""
    told = {"round": round_, "at": _said(address), "cards": [_printed(*each, address) for each in made]}
    response = render(request, "conversations/voice_cards.html", told)
    response["Content-Location"] = request.path
    return response


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
