"""Pages that lie ready: in a hall, three hundred phones are shown the same sentence in the same moment.

A page of one sentence is the same for every card, apart from the signature of its slip. The first time it
is asked for, the whole site answers; that answer is kept, with a hole where the signature stood, and the next
card gets it at once. Nothing is decided here: the same verbs take the answer, and whatever is out of the
ordinary (another form, a card that is not known, a closed room, a cookie) goes the whole way.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import DisallowedHost
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils import timezone, translation

from betterstory.conversations import asked, taking, verbs, voice_codes
from betterstory.conversations.models import Gathering
from betterstory.conversations.pages.sentence import Sentence, said_here, says, what_comes
from betterstory.conversations.pages.slips import Slip, new_page, number, read_slip, sits_in_room
from betterstory.conversations.pages.voting import SAID, find_uncounted
from betterstory.people.codes import NotACode
from betterstory.people.visit import Visit
from betterstory.ui.refusal import Refusal

PATH = re.compile(r"/v/(?:([0-9]{1,9})/)?")
LONGEST = 1900  # bytes of a form: none as short as that holds more fields than may be sent
LONGEST_CODE = 40  # letters, as the form has it
MOST_KEPT = 1000  # pages of some five kilobytes
LONGEST_KEPT = 60.0  # seconds: words that were put aside or taken back do not stay in memory

type Key = tuple[Sentence, str, str]  # and its language, and how it came


@dataclass(frozen=True)
class _Kept:
    """A page as it was answered once, in the pieces that stand around the slip's signature."""

    pieces: tuple[bytes, ...]
    headers: Mapping[str, str]

    def answer(self, signed: str) -> HttpResponse:
        answer = HttpResponse(signed.encode().join(self.pieces))
        answer.headers = ResponseHeaders(self.headers)
        answer.headers["Content-Length"] = str(len(answer.content))
        return answer


_kept: dict[Key, _Kept] = {}
_since = [time.monotonic()]


def forget() -> None:
    """All pages are made anew."""
    _kept.clear()
    _since[0] = time.monotonic()


class ReadyPages:
    """Of a hall: answers from what lies ready; else passes on, and keeps what comes back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        form = PATH.fullmatch(request.path_info) if _is_plain(request) else None
        if time.monotonic() - _since[0] > LONGEST_KEPT:
            forget()
        if form is None:
            return self.get_response(request)
        try:
            ready = _answer_at_once(cast(Visit, request), number(form[1]))
        except (Error, Http404, NotACode, Refusal):  # whoever answers the whole way says what is wrong
            ready = None
        if ready is not None:
            return ready
        answer = self.get_response(request)
        _keep(request, answer)
        return answer


def _is_plain(request: HttpRequest) -> bool:
    """A short form as a phone sends it in a hall, with nothing beside it that could change a page."""
    told = request.META
    length = told.get("CONTENT_LENGTH") or ""
    return (
        request.method == "POST"
        and request.content_type == "application/x-www-form-urlencoded"
        and length.isdecimal()
        and int(length) <= LONGEST
        and not told.get("HTTP_COOKIE")
        and _is_ours(request)
    )


def _is_ours(request: HttpRequest) -> bool:
    """Any other name that this site is called by is refused the whole way."""
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _answer_at_once(request: Visit, pk: int | None) -> HttpResponse | None:
    request.at = timezone.now()
    fields = request.POST
    if pk is not None and "slip" in fields and fields.get("said") in SAID and "words" not in fields:
        return _vote(request, pk)
    if pk is None and "code" in fields and "slip" not in fields and len(fields["code"]) <= LONGEST_CODE:
        return _begin(request, fields["code"])
    return None


def _vote(request: Visit, pk: int) -> HttpResponse | None:
    """The answer is taken last, when it is known what page comes: nothing is taken twice over."""
    try:
        room = asked.what_is_asked(pk, at=request.at)
    except Gathering.DoesNotExist:
        return None
    statement = number(request.POST.get("statement"))
    slip = read_slip(request, room.gathering)
    if slip is None or statement is None or room.number_of(statement) is None:
        return None
    if slip.at_end or slip.begun_elsewhere:
        return None
    choice = SAID[request.POST["said"]]
    said = said_here(room, taking.said_by(slip.voice) | {statement: int(choice)})
    slip = slip.but(before=room.number_of(statement), show=None)
    sentence = what_comes(slip, room, said)
    ready = _find(request, sentence)
    if ready is None:
        return None
    verbs.vote(statement, voice=slip.voice, choice=choice, in_room=slip.in_room, at=request.at)
    return ready.answer(slip.signed)


def _begin(request: Visit, typed: str) -> HttpResponse | None:
    voice = find_uncounted(request, voice_codes.read_code(typed))
    asking = asked.open_in(voice.round_id)
    if len(asking) != 1:
        return None
    room = asked.what_is_asked(asking[0].pk, at=request.at)
    slip = Slip(voice, asking[0], new_page(), sits_in_room("", asking[0], request.at))
    sentence = what_comes(slip, room, said_here(room, taking.said_by(voice)))
    ready = _find(request, sentence)
    if ready is None:
        return None
    verbs.begin_as(voice, page=slip.page)
    return ready.answer(slip.signed)


def _find(request: HttpRequest, sentence: Sentence | None) -> _Kept | None:
    return None if sentence is None else _kept.get(_key(request, sentence))


def _key(request: HttpRequest, sentence: Sentence) -> Key:
    return sentence, translation.get_language_from_request(request), str(request.scheme)


def _keep(request: HttpRequest, answer: HttpResponse) -> None:
    told = says(answer)
    if told is None:
        return
    sentence, signed = told
    pieces = tuple(answer.content.split(signed.encode()))
    if len(pieces) < 2:
        return
    if len(_kept) >= MOST_KEPT:
        forget()
    _kept[_key(request, sentence)] = _Kept(pieces, dict(answer.headers.items()))
