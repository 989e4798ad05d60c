"""Saying how a promise turned out with a voice card on a phone: no sign-in, no cookie, one tap.

As at a gathering, the page carries a signed slip that stands for the card, here for one promise. Sending the
same answer again changes nothing.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from betterstory.conversations.forms.voices import VoiceCodeForm
from betterstory.conversations.models import Voice
from betterstory.conversations.pages.voting import find
from betterstory.people.visit import Visit
from betterstory.promises import tally, verbs
from betterstory.promises.models import Judging, Opinion, Turned
from betterstory.ui.refusal import Refusal

SALT = "betterstory.promises.opinion"
EVENING = timedelta(hours=12)


def address_of(judging: Judging) -> str:
    return reverse("opinions:say", args=[judging.pk])


# csrf_exempt: no cookie is set here that another site could borrow; the card's code or the slip is asked for
@csrf_exempt
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: Visit, pk: int) -> HttpResponse:
    """The card's code first; then four buttons."""
    judging = _find(pk)
    if not judging.takes_answers(on=request.on):
        return _page(request, judging, "opinion_closed", {"told": _counted(judging)})
    if "slip" in request.POST:
        return _answer(request, judging)
    form = VoiceCodeForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            voice = find(request, form.cleaned_data["code"])
            verbs.check_card(judging, voice)
        except Refusal as refusal:
            form.add_error("code", refusal.sentence)
            status = refusal.status
        else:
            return _buttons(request, judging, voice)
    return _page(request, judging, "opinion_card", {"form": form}, status)


@require_http_methods(["GET", "HEAD"])
def all_open(request: Visit) -> HttpResponse:
    """What residents are asked about just now, everywhere."""
    judgings = Judging.objects.filter(closed_on=None, closes_on__gte=request.on)
    found = judgings.select_related("promise__post__body", "promise__round__neighbourhood")
    told = {"judgings": found.order_by("closes_on", "pk")[:50], "above_template": ""}
    return render(request, "promises/opinions_open.html", told)


def _answer(request: Visit, judging: Judging) -> HttpResponse:
    voice = _read_slip(request, judging)
    if voice is None:
        notice = _("It has been a while. Type your code again.")
        return _page(request, judging, "opinion_card", {"form": VoiceCodeForm(), "notice": notice}, 422)
    if request.POST.get("said") not in Turned:
        return _buttons(request, judging, voice)
    try:
        verbs.give_opinion(
            judging, voice=voice, said=Turned(request.POST["said"]), at=request.at, on=request.on
        )
    except verbs.NotAskedAnyMore:
        return _page(request, judging, "opinion_closed", {"told": _counted(judging)}, 409)
    except Refusal as refusal:
        return _page(
            request,
            judging,
            "opinion_card",
            {"form": VoiceCodeForm(), "notice": refusal.sentence},
            refusal.status,
        )
    return _buttons(request, judging, voice)


def _buttons(request: Visit, judging: Judging, voice: Voice) -> HttpResponse:
    said = Opinion.objects.filter(judging=judging, voice=voice).values_list("said", flat=True).first()
    four_weeks = judging.is_four_weeks
    told = {
        "slip": signing.dumps({"v": str(voice.uuid), "j": judging.pk}, salt=SALT),
        "answers": [
            (each.value, tally.words_of(each, four_weeks=four_weeks), each.value == said) for each in Turned
        ],
        "said": tally.words_of(Turned(said), four_weeks=four_weeks) if said else "",
    }
    return _page(request, judging, "opinion", told)


def _read_slip(request: Visit, judging: Judging) -> Voice | None:
    """The card of a page; None where the slip is too old, was changed, is of another promise, or its card
    was lost.
    """
    try:
        told = signing.loads(request.POST.get("slip", ""), salt=SALT, max_age=EVENING)
    except signing.BadSignature:
        return None
    if told["j"] != judging.pk:
        return None
    return Voice.objects.filter(uuid=told["v"], lost_at=None).first()


def _counted(judging: Judging) -> str:
    return tally.in_words(tally.count(judging), four_weeks=judging.is_four_weeks)


def _find(pk: int) -> Judging:
    judgings = Judging.objects.select_related("promise__post__body", "promise__round__neighbourhood")
    return get_object_or_404(judgings, pk=pk)


def _page(
    request: Visit, judging: Judging, name: str, told: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """A page of the small site. The demo's switcher stays away: its form would set a cookie."""
    context = {"judging": judging, "promise": judging.promise, "above_template": "", **told}
    return render(request, f"promises/{name}.html", context, status=status)
