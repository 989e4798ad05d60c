"""Answering with a voice card on a phone: no sign-in, no cookies, no script.

Each page carries a signed slip that stands for the card in one gathering, for as long as an evening. Sending
the same answer again changes nothing, so a connection may break at any moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from betterstory.conversations import verbs
from betterstory.conversations.forms.voices import SentenceForm, VoiceCodeForm
from betterstory.conversations.models import Gathering, Statement, Voice, Vote
from betterstory.people import limits
from betterstory.people.visit import Visit
from betterstory.ui.refusal import Refusal

SALT = "betterstory.conversations.voice"
EVENING = timedelta(hours=12)
SAID = {
    "agree": Vote.Choice.AGREE,
    "not_sure": Vote.Choice.PASS,
    "disagree": Vote.Choice.DISAGREE,
}


@dataclass(frozen=True)
class Slip:
    """One card in one gathering, and what is to be shown next."""

    voice: Voice
    gathering: Gathering
    after: int = 0
    show: int | None = None
    notice: str = ""
    form: SentenceForm | None = None

    @property
    def signed(self) -> str:
        return signing.dumps({"v": str(self.voice.uuid), "g": self.gathering.pk}, salt=SALT)


# csrf_exempt: no cookie is set here that another site could borrow; the card's code or the slip is asked for
@csrf_exempt
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: Visit, pk: int | None = None) -> HttpResponse:
    """The card's code first; then one sentence at a time."""
    gathering = _gathering(pk) if pk is not None else None
    if "slip" in request.POST:
        return _carry_on(request, gathering)
    form = VoiceCodeForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            voice = _find(request, form.cleaned_data["code"])
            return _begin(request, voice, gathering)
        except Refusal as refusal:
            form.add_error("code", refusal.sentence)
            status = refusal.status
    return _page(request, "voice_card", {"form": form, "gathering": gathering}, status)


def _find(request: Visit, code: str) -> Voice:
    """Guesses are counted for each address and for all; a card that is known takes nothing from the count."""
    here = {"what": "voice", "who": get_adapter().get_client_ip(request)}
    anywhere = {"what": "voices", "who": "everybody"}
    limits.count_try(**here, most=30, within=timedelta(minutes=10), at=request.at)
    limits.count_try(**anywhere, most=300, within=timedelta(hours=1), at=request.at)
    voice = verbs.find_voice(code)
    limits.take_back_try(**here)
    limits.take_back_try(**anywhere)
    return voice


def _begin(request: Visit, voice: Voice, gathering: Gathering | None) -> HttpResponse:
    if gathering is not None:
        verbs.check_round(voice, gathering)
        return _show(request, Slip(voice, gathering))
    asking = Gathering.objects.filter(round=voice.round_id, voting_open=True)
    slips = [Slip(voice, each) for each in asking.select_related("round__neighbourhood").order_by("-at")]
    if len(slips) == 1:
        return _show(request, slips[0])
    return _page(request, "voice_choose", {"slips": slips})


def _carry_on(request: Visit, gathering: Gathering | None) -> HttpResponse:
    slip = _read_slip(request, gathering)
    if slip is None:
        told = {
            "form": VoiceCodeForm(),
            "gathering": gathering,
            "notice": _("It has been a while. Type your code again."),
        }
        return _page(request, "voice_card", told, 422)
    try:
        if "words" in request.POST:
            return _show(request, _write(request, slip))
        if request.POST.get("said") in SAID:
            slip = _vote(request, slip)
    except verbs.VotingIsClosed as refusal:
        return _page(request, "voice_closed", {"gathering": slip.gathering, "notice": refusal.sentence}, 409)
    except Refusal as refusal:
        slip = _with(slip, notice=refusal.sentence)
    return _show(request, slip)


def _read_slip(request: Visit, gathering: Gathering | None) -> Slip | None:
    try:
        told = signing.loads(request.POST["slip"], salt=SALT, max_age=EVENING)
    except signing.BadSignature:
        return None
    voice = Voice.objects.filter(uuid=told["v"], lost_at=None).first()
    if voice is None or (gathering is not None and gathering.pk != told["g"]):
        return None
    return Slip(
        voice,
        gathering or _gathering(told["g"]),
        after=_number(request.POST.get("after")) or 0,
        show=_number(request.POST.get("show")),
    )


def _vote(request: Visit, slip: Slip) -> Slip:
    pk = _number(request.POST.get("statement"))
    statement = get_object_or_404(Statement, pk=pk, gathering=slip.gathering)
    choice = SAID[request.POST["said"]]
    verbs.vote(statement, voice=slip.voice, choice=choice, at=request.at)
    return _with(slip, after=statement.number)


def _write(request: Visit, slip: Slip) -> Slip:
    form = SentenceForm(request.POST)
    if not form.is_valid():
        return _with(slip, form=form)
    try:
        verbs.write_statement(
            slip.gathering, words=form.cleaned_data["words"], voice=slip.voice, at=request.at
        )
    except verbs.OneStatementEach as refusal:
        form.add_error("words", refusal.sentence)
        return _with(slip, form=form)
    return _with(slip, notice=_("We have your sentence. Somebody reads it, and then everybody is asked."))


def _show(request: Visit, slip: Slip) -> HttpResponse:
    """The sentence asked for, or the next one that is not answered yet; at the end, thanks."""
    if not slip.gathering.voting_open:
        closed = verbs.VotingIsClosed().sentence
        told_closed = {"slip": slip, "gathering": slip.gathering, "notice": closed}
        return _page(request, "voice_closed", told_closed, 409)
    statements = list(slip.gathering.statements.asked())
    said = dict(
        Vote.objects.filter(voice=slip.voice, statement__in=statements).values_list("statement", "choice")
    )
    open_ones = [each for each in statements if each.pk not in said]
    told: dict[str, object] = {
        "slip": slip,
        "gathering": slip.gathering,
        "many": len(statements),
        "answered": len(said),
    }
    statement = _pick(statements, open_ones, slip)
    if statement is None or slip.form is not None:
        return _thanks(request, told, slip, statements, said)
    place = statements.index(statement)
    told |= {
        "statement": statement,
        "nth": place + 1,
        "before": statements[place - 1].number if place else None,
        "chosen": said.get(statement.pk),
    }
    return _page(request, "voice_statement", told)


def _pick(statements: list[Statement], open_ones: list[Statement], slip: Slip) -> Statement | None:
    if slip.show is not None:
        return next((each for each in statements if each.number >= slip.show), None)
    return next((each for each in open_ones if each.number > slip.after), None)


def _thanks(
    request: Visit, told: dict[str, object], slip: Slip, statements: list[Statement], said: dict[int, int]
) -> HttpResponse:
    names = {choice.value: choice.label for choice in Vote.Choice}
    told |= {
        "rows": [(each, names.get(said.get(each.pk, 9), "")) for each in statements],
        "skipped": len(statements) - len(said),
        "wrote": Statement.objects.filter(gathering=slip.gathering, written_by=slip.voice).exists(),
        "form": slip.form or SentenceForm(),
    }
    wrong = slip.form is not None
    return _page(request, "voice_thanks", told, 422 if wrong else 200)


def _with(slip: Slip, **more: object) -> Slip:
    return Slip(**{**slip.__dict__, **more})


def _gathering(pk: int) -> Gathering:
    return get_object_or_404(Gathering.objects.select_related("round__neighbourhood"), pk=pk)


def _number(typed: str | None) -> int | None:
    """A number from a form; None where there is none. Raises Http404 where it is no number of ours."""
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 9:
        raise Http404
    return int(typed)


def _page(request: Visit, name: str, told: Mapping[str, object], status: int = 200) -> HttpResponse:
    """A page of the small site. The demo's switcher stays away: its form would set a cookie."""
    return render(request, f"conversations/{name}.html", {**told, "above_template": ""}, status=status)
