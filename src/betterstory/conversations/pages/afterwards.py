"""After a gathering: cards typed and read back, the photograph of the wall until then, thanks and fares."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from betterstory.conversations import guest_care, rules, verbs, wall_photographs
from betterstory.conversations.forms.afterwards import FareForm, ReadBackForm
from betterstory.conversations.models import Gathering, Guest, WallPhotograph
from betterstory.conversations.owed import owed_after, with_owed
from betterstory.conversations.pages.finding import find_gathering
from betterstory.people.models import Role
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.stories import photographs
from betterstory.stories.arriving import MEGABYTE, MOST_PICTURE, ComingPicture, taken_in
from betterstory.ui.refusal import Refusal

CHOOSE = gettext_lazy("Choose a photograph first.")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def afterwards(request: Visit, pk: int) -> HttpResponse:
    """What is owed after a gathering, and doing it."""
    found = find_gathering(pk)
    form = ReadBackForm(request.POST if request.POST.get("do") == "read-back" else None)
    if request.POST.get("do") == "typed":
        verbs.say_typed(found, by=request.somebody, at=request.at)
        return redirect("conversations:afterwards", pk=pk)
    if form.is_valid():
        try:
            verbs.say_read_back(found, on=form.cleaned_data["on"], by=request.somebody, at=request.at)
            messages.success(request, _("We wrote it down. Any photograph of the wall is gone."))
            return redirect("conversations:afterwards", pk=pk)
        except Refusal as refusal:
            form.add_error("on", refusal.sentence)
    return _shown(request, found, form=form)


def _shown(
    request: Visit,
    found: Gathering,
    *,
    form: ReadBackForm | None = None,
    wrong: str = "",
    fare: FareForm | None = None,
) -> HttpResponse:
    came = found.guests.filter(reply=Guest.Reply.COMING).select_related("invitation", "person")
    counted = with_owed(Gathering.objects.filter(pk=found.pk))
    told = {
        "gathering": found,
        "is_past": found.at < request.at,
        "owed": owed_after(counted, at=request.at),
        "writing_up": getattr(counted.first(), "writing_up", None),
        "photographs": found.photographs.select_related("gathering"),
        "may_see_wall": rules.may_see_wall(request.somebody, found),
        "guests": guest_care.cared_for(came, viewer=request.somebody),
        "until": guest_care.kept_until(found),
        "limit": MOST_PICTURE // MEGABYTE,
        "form": form or ReadBackForm(),
        "wrong": wrong or (fare.errors["pounds"][0] if fare else ""),
    }
    bad = wrong or fare or (form is not None and form.is_bound)
    return render(request, "conversations/afterwards.html", told, status=422 if bad else 200)


@csrf_exempt  # only until the file's own handler is in place: _wall asks for the token
@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
def wall(request: Visit, pk: int) -> HttpResponseBase:
    """A photograph of the wall comes in: held in memory until it is made again and sealed."""
    with taken_in(request, ComingPicture(request)) as coming:
        return _wall(request, pk, coming)


@csrf_protect
@once
def _wall(request: Visit, pk: int, coming: ComingPicture) -> HttpResponse:
    found = find_gathering(pk)
    _fields, _files = request.POST, request.FILES  # looking at the form takes the file in
    wrong = coming.sentence if coming.refused or coming.is_whole else str(CHOOSE)
    if not wrong:
        try:
            verbs.keep_photograph(found, came=bytes(coming.held), by=request.somebody, at=request.at)
            return redirect("conversations:afterwards", pk=pk)
        except Refusal as refusal:
            if refusal.status == NotYours.status:
                raise
            wrong = refusal.sentence
    return _shown(request, found, wrong=wrong)


@require_safe
@signed_in
def photograph(request: Visit, pk: int) -> HttpResponse:
    """The picture itself, for whoever organises and was in that room; to anybody else it is not there."""
    found = get_object_or_404(WallPhotograph.objects.select_related("gathering"), pk=pk)
    if not rules.may_see_wall(request.somebody, found.gathering):
        raise Http404
    return HttpResponse(wall_photographs.opened(found), content_type=photographs.MEDIA)


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def throw_away(request: Visit, pk: int) -> HttpResponse:
    """Take a photograph away before its time."""
    found = get_object_or_404(WallPhotograph.objects.select_related("gathering"), pk=pk)
    verbs.throw_away_photograph(found, by=request.somebody)
    return redirect("conversations:afterwards", pk=found.gathering_id)


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def thanks(request: Visit, pk: int) -> HttpResponse:
    """Somebody was thanked, or their fare was paid."""
    guest = get_object_or_404(Guest.objects.select_related("gathering"), pk=pk)
    if request.POST.get("do") == "thank":
        verbs.thank(guest, by=request.somebody, on=request.on)
        return redirect("conversations:afterwards", pk=guest.gathering_id)
    form = FareForm(request.POST)
    if form.is_valid():
        try:
            pounds = form.cleaned_data["pounds"]
            verbs.pay_fare(guest, pounds=pounds, by=request.somebody, on=request.on, at=request.at)
            return redirect("conversations:afterwards", pk=guest.gathering_id)
        except Refusal as refusal:
            form.add_error("pounds", refusal.sentence)
    return _shown(request, find_gathering(guest.gathering_id), fare=form)
