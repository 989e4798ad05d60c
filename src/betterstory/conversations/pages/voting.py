"""Answering with a voice card on a phone: no sign-in, no cookies, no script.

Each page carries a signed slip that stands for the card in one gathering, for as long as an evening. Sending
the same answer again changes nothing, so a connection may break at any moment.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypedDict

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from betterstory.conversations import asked, taking, verbs
from betterstory.conversations.asked import Asked, Room
from betterstory.conversations.forms.voices import SentenceForm, VoiceCodeForm
from betterstory.conversations.models import Gathering, Statement, Voice, Vote
from betterstory.conversations.pages.sentence import may_be_kept, said_here, what_comes
from betterstory.conversations.pages.slips import (
    Slip,
    asks_where,
    find_open,
    new_page,
    number,
    read_slip,
    sits_in_room,
)
from betterstory.people import limits
from betterstory.people.visit import Visit
from betterstory.ui.refusal import Refusal


class _Limit(TypedDict):
    """What a limit is asked with."""

    what: str
    who: str
    most: int
    within: timedelta
    at: datetime


SAID = {
    "agree": Vote.Choice.AGREE,
    "not_sure": Vote.Choice.PASS,
    "disagree": Vote.Choice.DISAGREE,
}


# csrf_exempt: no cookie is set here that another site could borrow; the card's code or the slip is asked for
@csrf_exempt
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: Visit, pk: int | None = None) -> HttpResponse:
    """The card's code first; then one sentence at a time."""
    if pk is not None and "slip" in request.POST and request.POST.get("said") in SAID:
        return _carry_on(request, _asked_in(request, pk).gathering)
    gathering = find_open(pk) if pk is not None else None
    if "slip" in request.POST:
        return _carry_on(request, gathering)
    form = VoiceCodeForm(request.POST or None, asks_where=asks_where(gathering, request.at))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            voice = find(request, form.cleaned_data["code"])
            return _begin(request, voice, gathering, form.cleaned_data.get("where", ""))
        except Refusal as refusal:
            form.add_error("code", refusal.sentence)
            status = refusal.status
    return page(
        request, "voice_card", {"form": form, "gathering": gathering, "kept": _unsent(request)}, status
    )


def find(request: Visit, code: str) -> Voice:
    """Guesses are counted for each address and for all; a card that is known takes nothing from the count.

    It is not even written down: a whole room types its codes at once, and each writing waits its turn.
    """
    try:
        return find_uncounted(request, code)
    except verbs.CardUnknown:
        for limit in _limits(request):
            limits.count_try(**limit)
        raise


def find_uncounted(request: Visit, code: str) -> Voice:
    """The same, for whoever asks `find` again where no card is found. Raises TooManyTries or CardUnknown."""
    for limit in _limits(request):
        limits.check_tries(**limit)
    return verbs.find_voice(code)


def _limits(request: Visit) -> tuple[_Limit, _Limit]:
    """Of one address, and of everybody."""
    here, at = get_adapter().get_client_ip(request), request.at
    return (
        {"what": "voice", "who": here, "most": 30, "within": timedelta(minutes=10), "at": at},
        {"what": "voices", "who": "everybody", "most": 300, "within": timedelta(hours=1), "at": at},
    )


def _begin(request: Visit, voice: Voice, gathering: Gathering | None, where: str) -> HttpResponse:
    phone = new_page()
    if gathering is not None:
        verbs.check_round(voice, gathering)
    verbs.begin_as(voice, page=phone)
    if gathering is not None:
        slip = Slip(voice, gathering, phone, sits_in_room(where, gathering, request.at))
        return _answer(request, slip)
    asking = asked.open_in(voice.round_id)
    slips = [Slip(voice, each, phone, sits_in_room(where, each, request.at)) for each in asking]
    if len(slips) == 1:
        return _show(request, slips[0])
    return page(request, "voice_choose", {"slips": slips})


def _carry_on(request: Visit, gathering: Gathering | None) -> HttpResponse:
    slip = read_slip(request, gathering)
    if slip is None:
        told = {
            "form": VoiceCodeForm(asks_where=asks_where(gathering, request.at)),
            "gathering": gathering,
            "notice": _("It has been a while. Type your code again."),
            "kept": _unsent(request),
        }
        return page(request, "voice_card", told, 422)
    return _answer(request, slip)


def _answer(request: Visit, slip: Slip) -> HttpResponse:
    """Take what was pressed or written, and show what comes next."""
    try:
        if "words" in request.POST:
            return _show(request, _write(request, slip))
        if request.POST.get("said") in (*SAID, "skip"):
            slip = _vote(request, slip)
    except verbs.VotingIsClosed as refusal:
        return page(request, "voice_closed", {"slip": slip, "notice": refusal.sentence}, 409)
    except Refusal as refusal:
        slip = slip.but(notice=refusal.sentence)
    return _show(request, slip)


def _unsent(request: Visit) -> dict[str, str]:
    """An answer whose slip was too old to take it: it goes along, and counts once the code is typed."""
    if request.POST.get("said") not in SAID:
        return {}
    return {"said": request.POST["said"], "statement": str(number(request.POST.get("statement")) or "")}


def _asked_in(request: Visit, pk: int) -> Room:
    try:
        return asked.what_is_asked(pk, at=request.at)
    except Gathering.DoesNotExist:
        raise Http404 from None


def _vote(request: Visit, slip: Slip) -> Slip:
    pk = number(request.POST.get("statement"))
    nth = _asked_in(request, slip.gathering.pk).number_of(pk)
    if pk is None or nth is None:  # put aside a moment ago, new, or no sentence of this gathering
        statement = get_object_or_404(Statement, pk=pk, gathering=slip.gathering)
        pk, nth = statement.pk, statement.number
    slip = slip.but(before=nth, show=None)
    if request.POST["said"] == "skip":
        return slip.but(left=(*slip.left, nth))
    verbs.vote(
        pk,
        voice=slip.voice,
        choice=SAID[request.POST["said"]],
        in_room=slip.in_room,
        at=request.at,
    )
    if slip.begun_elsewhere:
        words = _(
            "This card has begun on another phone since. Both count as one, and the last answer holds. "
        )
        slip = slip.but(notice=words + _("If that was not you, ask for a new card."))
    return slip


def _write(request: Visit, slip: Slip) -> Slip:
    form = SentenceForm(request.POST)
    if not form.is_valid():
        return slip.but(form=form)
    try:
        verbs.write_statement(
            slip.gathering, words=form.cleaned_data["words"], voice=slip.voice, at=request.at
        )
    except verbs.EnoughWritten as refusal:
        form.add_error("words", refusal.sentence)
        return slip.but(form=form)
    thanks = _("We have your sentence. Somebody reads it, and then everybody is asked.")
    return slip.but(notice=thanks, at_end=True)


def _show(request: Visit, slip: Slip) -> HttpResponse:
    """The sentence asked for, or the next one that is not answered yet; at the end, thanks."""
    if not slip.gathering.voting_open:
        closed = verbs.VotingIsClosed().sentence
        return page(request, "voice_closed", {"slip": slip, "notice": closed}, 409)
    room = _asked_in(request, slip.gathering.pk)
    request._place = room.place  # type: ignore[attr-defined]  # as `place_of` keeps it
    said = said_here(room, taking.said_by(slip.voice))
    sentence = None if slip.at_end or slip.form else what_comes(slip, room, said)
    if sentence is None:
        return _thanks(request, slip, room.statements, said)
    answer = page(request, "voice_statement", {"slip": slip, **vars(sentence)})
    if not slip.notice:
        may_be_kept(answer, sentence, slip.signed)
    return answer


def _thanks(request: Visit, slip: Slip, statements: Sequence[Asked], said: Mapping[int, int]) -> HttpResponse:
    names = {choice.value: choice.label for choice in Vote.Choice}
    wrote = Statement.objects.filter(gathering=slip.gathering, written_by=slip.voice).count()
    told = {
        "slip": slip,
        "many": len(statements),
        "answered": len(said),
        "rows": [(each, names.get(said.get(each.pk, 9), "")) for each in statements],
        "skipped": len(statements) - len(said),
        "wrote": wrote,
        "may_write": wrote < verbs.MOST_WRITTEN,
        "form": slip.form or SentenceForm(),
        "gaps": slip.may_say_me_too,
    }
    wrong = slip.form is not None
    return page(request, "voice_thanks", told, 422 if wrong else 200)


def page(request: Visit, name: str, told: Mapping[str, object], status: int = 200) -> HttpResponse:
    """A page of the small site. The demo's switcher stays away: its form would set a cookie."""
    slip = told.get("slip")
    if isinstance(slip, Slip):
        told = {"gathering": slip.gathering, **told}
    return render(request, f"conversations/{name}.html", {**told, "above_template": ""}, status=status)
