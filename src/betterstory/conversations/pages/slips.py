"""The signed slip that stands for a voice card in one gathering: in the page, for as long as an evening."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django import forms
from django.conf import settings
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404

from betterstory.conversations import taking
from betterstory.conversations.asked import gatherings_to_answer
from betterstory.conversations.models import Gathering, Side, Voice
from betterstory.people.visit import Visit

SALT = "betterstory.conversations.voice"
EVENING = timedelta(hours=12)
BEFORE, AFTER = timedelta(hours=1), timedelta(hours=5)  # around its beginning, people may sit in the hall
LONGEST_LEFT = 1200  # letters: some 300 numbers


@dataclass(frozen=True)
class Slip:
    """One card in one gathering, and what is to be shown next.

    `page` tells two phones apart, `in_room` whether its holder sits in the hall; `left` are the numbers of
    sentences left out for now, `before` the one just answered.
    """

    voice: Voice
    gathering: Gathering
    page: str = ""
    in_room: bool = False
    left: tuple[int, ...] = ()
    before: int | None = None
    show: int | None = None
    at_end: bool = False
    notice: str = ""
    form: forms.Form | None = None

    @cached_property
    def signed(self) -> str:
        told = {"v": str(self.voice.uuid), "g": self.gathering.pk, "p": self.page, "r": int(self.in_room)}
        return signing.dumps(told, salt=SALT)

    @property
    def left_out(self) -> str:
        """The numbers as a page carries them."""
        return " ".join(str(number) for number in self.left)[:LONGEST_LEFT]

    @property
    def begun_elsewhere(self) -> bool:
        """The code was typed again since, perhaps on another phone."""
        return bool(self.page and self.voice.begun_as and self.page != self.voice.begun_as)

    @property
    def may_say_me_too(self) -> bool:
        """There is a gap that this card may say “me too” to."""
        return self.voice.side == Side.RESIDENT and bool(getattr(self.gathering, "has_gaps", False))

    def but(self, **more: object) -> "Slip":
        return replace(self, **more)  # type: ignore[arg-type]  # each is a field of it


def new_page() -> str:
    """A name for one phone's evening; it says nothing about the phone."""
    return secrets.token_hex(4)


def is_on(gathering: Gathering, at: datetime) -> bool:
    """People may sit in the hall now."""
    return gathering.at - BEFORE <= at <= gathering.at + AFTER


def asks_where(gathering: Gathering | None, at: datetime) -> bool:
    """Whether somebody has to say where they are. The small site of a hall is reached in the hall alone."""
    if settings.HALL:
        return False
    if gathering is not None:
        return is_on(gathering, at)
    return Gathering.objects.filter(voting_open=True, at__range=(at - AFTER, at + BEFORE)).exists()


def sits_in_room(where: str, gathering: Gathering, at: datetime) -> bool:
    return bool(settings.HALL) or (where == "hall" and is_on(gathering, at))


def read_slip(request: Visit, gathering: Gathering | None) -> Slip | None:
    """The slip of a page, or nothing where it is too old, was changed, or its card was lost."""
    try:
        told = signing.loads(request.POST.get("slip", ""), salt=SALT, max_age=EVENING)
    except signing.BadSignature:
        return None
    voice = taking.find_by(UUID(told["v"]))
    if voice is None or (gathering is not None and gathering.pk != told["g"]):
        return None
    return Slip(
        voice,
        gathering or find_open(told["g"]),
        page=str(told.get("p", "")),
        in_room=bool(told.get("r")),
        left=_numbers(request.POST.get("left", "")),
        show=number(request.POST.get("show")),
        at_end="end" in request.POST,
    )


def find_open(pk: int) -> Gathering:
    """A gathering with what its pages say of it. Raises Http404."""
    return get_object_or_404(gatherings_to_answer(), pk=pk)


def number(typed: str | None) -> int | None:
    """A number from a form; None where there is none. Raises Http404 where it is no number of ours."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 9:
        raise Http404
    return int(typed)


def _numbers(typed: str) -> tuple[int, ...]:
    return tuple(each for each in map(number, typed[:LONGEST_LEFT].split()) if each is not None)
