"""“This happened to me too”: on a phone by voice card, and the organiser's page about it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.conversations import me_too, verbs
from betterstory.conversations.forms.me_too import BesideForm, CardsForm, GapForm
from betterstory.conversations.models import GapAsked, MeToo, Side
from betterstory.conversations.pages.finding import find_gathering, labels, pieces_for_room
from betterstory.conversations.pages.slips import Slip, find_open, number, read_slip
from betterstory.conversations.pages.voting import page
from betterstory.conversations.quiet import who_looks
from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.stories.models import Piece
from betterstory.stories.safeguarding import rules as safety
from betterstory.ui.refusal import Refusal


# csrf_exempt: as for voting, the signed slip of a card is asked for and no cookie is set
@csrf_exempt
@sensitive_post_parameters("words", "reach")
@require_http_methods(["GET", "HEAD", "POST"])
def by_card(request: Visit, pk: int) -> HttpResponse:
    """The gaps this room has heard; a resident's card says “me too”, with a few words or without."""
    gathering = find_open(pk)
    slip = read_slip(request, gathering)
    if slip is None:
        return redirect("voices:answer", pk=pk)
    form = BesideForm(request.POST if "asked" in request.POST else None)
    notice, status = "", 200
    if form.is_bound:
        notice, status = _say(request, slip, form)
    if slip.voice.side != Side.RESIDENT:
        notice = verbs.ResidentsOnly().sentence
    return _gaps(request, slip, form, notice, status)


def _say(request: Visit, slip: Slip, form: BesideForm) -> tuple[str, int]:
    asked = get_object_or_404(
        me_too.of(slip.gathering), pk=number(request.POST.get("asked")), gathering=slip.gathering
    )
    if not form.is_valid():
        return "", 422
    try:
        if "back" in request.POST:
            verbs.take_back_me_too(asked, voice=slip.voice)
            return _("That is taken back."), 200
        beside = form.cleaned_data if _may_write() else {}
        verbs.say_me_too(asked, voice=slip.voice, at=request.at, **beside)
    except Refusal as refusal:
        return refusal.sentence, refusal.status
    return _("We counted your card. Thank you."), 200


def _may_write() -> bool:
    """Words and a way to be reached: not over a hall's open network, nor where no safety lead is named."""
    return not settings.HALL and safety.first() is not None


def _gaps(request: Visit, slip: Slip, form: BesideForm, notice: str, status: int) -> HttpResponse:
    resident = slip.voice.side == Side.RESIDENT
    heard = me_too.hear(me_too.of(slip.gathering), viewer=slip.gathering.circle, at=request.at)
    said = {
        each.asked_id: each
        for each in MeToo.objects.filter(asked__gathering=slip.gathering, voice=slip.voice)
    }
    lead = safety.first() if _may_write() else None
    told = {
        "slip": slip,
        "gaps": [(each, said.get(each.asked.pk)) for each in heard if resident],
        "form": form if form.is_bound and status == 422 else BesideForm(),
        "wrong": number(request.POST.get("asked")) if status == 422 else None,
        "lead": lead,
        "wipe_on": verbs.wipe_day(request.on),
        "notice": notice,
        "in_hall_alone": settings.HALL,
    }
    return page(request, "voice_me_too", told, status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def me_toos(request: Visit, pk: int) -> HttpResponse:
    """Which gaps the room is asked about, and what people wrote beside their cards."""
    found = find_gathering(pk)
    offered = pieces_for_room(found, reader=request.somebody, at=request.at)
    gaps = {key: shown for key, shown in offered.items() if shown.piece.kind == Piece.Kind.GAP}
    form = GapForm(request.POST or None, pieces=labels(gaps))
    if form.is_valid():
        try:
            verbs.ask_about_gap(
                found,
                piece=gaps[form.cleaned_data["piece"]].piece,
                words=form.cleaned_data["words"],
                by=request.somebody,
                at=request.at,
            )
            return redirect("conversations:me_toos", pk=pk)
        except Refusal as refusal:
            form.add_error("piece", refusal.sentence)
    heard = me_too.hear(me_too.of(found), viewer=who_looks(request.somebody, found), at=request.at)
    told = {
        "gathering": found,
        "form": form,
        "offered": bool(gaps),
        "heard": [each for each in heard if each.words is not None or each.leaves_a_mark],
        "beside": verbs.read_beside(found, by=request.somebody),
    }
    return render(request, "conversations/me_toos.html", told, status=422 if form.is_bound else 200)


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def stop_asking(request: Visit, pk: int) -> HttpResponse:
    """Take a gap out again."""
    asked = get_object_or_404(GapAsked, pk=pk)
    gathering = asked.gathering_id
    verbs.stop_asking(asked, by=request.somebody)
    return redirect("conversations:me_toos", pk=gathering)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def type_me_toos(request: Visit, pk: int) -> HttpResponse:
    """Type in cards that said so on paper, or were held up."""
    asked = get_object_or_404(me_too.gaps_asked().select_related("gathering__round__neighbourhood"), pk=pk)
    form = CardsForm(request.POST or None)
    if form.is_valid():
        codes = form.cleaned_data["codes"]
        try:
            new, before = verbs.type_me_toos(asked, codes=codes, by=request.somebody, at=request.at)
            messages.success(request, _typed(new, before))
            return redirect("conversations:me_toos", pk=asked.gathering_id)
        except verbs.WrongRows as refusal:
            for row, sentence in refusal.rows.items():
                form.add_error("codes", f"{codes[row]}: {sentence}")
        except Refusal as refusal:
            form.add_error("codes", refusal.sentence)
    looks = who_looks(request.somebody, asked.gathering)
    heard = me_too.hear([asked], viewer=looks, at=request.at)[0]
    told = {"asked": heard, "gathering": asked.gathering, "form": form}
    return render(request, "conversations/me_too_cards.html", told, status=422 if form.is_bound else 200)


def _typed(new: int, before: int) -> str:
    said = ngettext("One card is in.", "%(many)s cards are in.", new) % {"many": new}
    if before:
        said += " " + ngettext(
            "One had said so before, and counts once.",
            "%(many)s had said so before, and count once.",
            before,
        ) % {"many": before}
    return said


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def reached(request: Visit, pk: int) -> HttpResponse:
    """They were asked, so how to reach them is wiped; the next telling may begin."""
    said = get_object_or_404(MeToo.objects.select_related("asked__gathering"), pk=pk)
    verbs.reached(said, by=request.somebody, at=request.at)
    messages.success(request, _("How to reach them is wiped."))
    if "begin" in request.POST:
        return redirect("stories:begin")
    return redirect("conversations:me_toos", pk=said.asked.gathering_id)
