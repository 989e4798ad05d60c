"""With a voice card on a phone: suggest a card for the iceberg, read the better story and say it is ours.

As the other pages of a voice: no sign-in, no cookies, no script; a signed slip stands for the card.
"""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from betterstory.conversations import verbs
from betterstory.conversations.forms.beneath import QUESTIONS
from betterstory.conversations.forms.voices import VoiceCodeForm
from betterstory.conversations.models import Adoption, BetterStory, Insight, Level
from betterstory.conversations.pages.slips import Slip, find_open, read_slip
from betterstory.conversations.pages.voting import page
from betterstory.people.visit import Visit
from betterstory.ui.refusal import Refusal


class SuggestForm(forms.Form):
    """One card, for one of the four levels."""

    level = forms.ChoiceField(
        label=_("Where does it belong?"), choices=list(QUESTIONS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What the card says"), max_length=240, widget=forms.Textarea(attrs={"rows": 3})
    )


# csrf_exempt: no cookie is set here that another site could borrow; the slip is asked for
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: Visit, pk: int) -> HttpResponse:
    """A card for the iceberg; the room keeps it or says why not, and both can be read here."""
    slip = _slip(request, pk)
    if isinstance(slip, HttpResponse):
        return slip
    form = SuggestForm(request.POST if "words" in request.POST else None)
    notice = ""
    if form.is_valid():
        told = form.cleaned_data
        try:
            verbs.suggest_card(
                slip.gathering,
                level=Level(told["level"]),
                words=told["words"],
                voice=slip.voice,
                at=request.at,
            )
            form, notice = (
                SuggestForm(),
                _now("We have your card. The room reads it, and keeps it or says why not."),
            )
        except verbs.VotingIsClosed as refusal:
            closed = {"gathering": slip.gathering, "notice": refusal.sentence}
            return page(request, "voice_closed", closed, 409)
        except Refusal as refusal:
            form.add_error("words", refusal.sentence)
    mine = Insight.objects.filter(round=slip.gathering.round_id, from_voice=slip.voice)
    context = {"slip": slip, "gathering": slip.gathering, "form": form, "mine": mine, "notice": notice}
    return page(request, "voice_suggest", context, 422 if form.is_bound else 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ours(request: Visit, pk: int) -> HttpResponse:
    """Read the better story, and say with a card: it is ours."""
    slip = _slip(request, pk)
    if isinstance(slip, HttpResponse):
        return slip
    texts = BetterStory.objects.filter(round=slip.gathering.round_id).order_by("-number")
    newest, notice, status = texts.first(), "", 200
    if "adopt" in request.POST and newest is not None:
        read = get_object_or_404(texts, number=_whole(request.POST["adopt"]))
        try:
            verbs.adopt_by_voice(read, voice=slip.voice, at=request.at)
        except Refusal as refusal:
            notice, status = refusal.sentence, refusal.status
    said = newest is not None and Adoption.objects.filter(better_story=newest, voice=slip.voice).exists()
    told = {"slip": slip, "gathering": slip.gathering, "text": newest, "said": said, "notice": notice}
    return page(request, "voice_ours", told, status)


def _whole(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 0


def _slip(request: Visit, pk: int) -> Slip | HttpResponse:
    """The card that speaks, from its slip; else the page that asks for its code."""
    gathering = find_open(pk)
    slip = read_slip(request, gathering) if "slip" in request.POST else None
    if slip is not None:
        return slip
    notice = _now("It has been a while. Type your code again.") if "slip" in request.POST else ""
    told = {"form": VoiceCodeForm(), "notice": notice, "gathering": gathering}
    return page(request, "voice_card", told, 422 if notice else 200)
