"""What can be done with the codebook, and with what people read in a piece."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories import acting, rules
from betterstory.stories.exchange.project import Code as ReadCode
from betterstory.stories.models import Code, Coding, Piece, Use
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class OneCodeOfAName(Refusal):
    """There is a code of this name at this place already."""

    code = "one-code-of-a-name"
    words = _("There is a code of this name here already. Give it another name.")


class NotForYouToRead(Refusal):
    """Only somebody who may see a piece can say what they read in it."""

    code, status = "not-for-you-to-read", 403
    words = _("The teller has not said yes to showing you this piece. Ask them first.")


class OnlyAHeading(Refusal):
    """The code holds others together; no piece carries it."""

    code, status = "only-a-heading", 422
    words = _("This is only a heading. Choose a code beneath it.")


@dataclass(frozen=True)
class TakenIn:
    """How many codes of a codebook came in, and how many were there."""

    new: int
    known: int


@transaction.atomic
def add_code(
    *, name: str, by: Person, at: datetime, description: str = "", colour: str = "", under: Code | None = None
) -> Code:
    """Name something that is looked for. Raises NotYours or OneCodeOfAName."""
    if not acting.may_keep_codebook(by):
        raise NotYours
    name = " ".join(name.split())
    if Code.objects.filter(under=under, name__iexact=name).exists():
        raise OneCodeOfAName
    made = Code.objects.create(
        name=name, description=description.strip(), colour=colour, under=under, added_at=at
    )
    log.info("code added code=%s by=%s", made.pk, by.pk)
    return made


@transaction.atomic
def take_in(codes: Iterable[ReadCode], *, by: Person, at: datetime) -> TakenIn:
    """Take in a codebook from elsewhere; a code that is here stays as it is. Raises NotYours."""
    if not acting.may_keep_codebook(by):
        raise NotYours
    new, known = _take_in(codes, None, at)
    log.info("codebook taken in new=%s known=%s by=%s", new, known, by.pk)
    return TakenIn(new, known)


def _take_in(codes: Iterable[ReadCode], under: Code | None, at: datetime) -> tuple[int, int]:
    new = known = 0
    for code in codes:
        here = Code.objects.filter(uuid=code.guid).first()
        here = here or Code.objects.filter(under=under, name__iexact=code.name).first()
        if here is None:
            here = Code.objects.create(
                uuid=code.guid,
                name=code.name,
                description=code.description,
                colour=code.colour,
                is_codable=code.is_codable,
                under=under,
                added_at=at,
            )
            new += 1
        else:
            known += 1
        below = _take_in(code.parts, here, at)
        new, known = new + below[0], known + below[1]
    return new, known


@transaction.atomic
def read_in(piece: Piece, *, code: Code, by: Person, at: datetime) -> Coding:
    """Say that a piece is an example of something: one's own reading, beside the teller's.

    Raises NotForYouToRead or OnlyAHeading.
    """
    if not any(rules.may(by, use, piece, at) for use in (Use.READ, Use.QUOTE)):
        raise NotForYouToRead
    if not code.is_codable:
        raise OnlyAHeading
    reading, _new = Coding.objects.get_or_create(piece=piece, code=code, by=by, defaults={"at": at})
    log.info("read in piece=%s code=%s by=%s", piece.pk, code.pk, by.pk)
    return reading


@transaction.atomic
def take_away(reading: Coding, *, by: Person) -> None:
    """Take one's own reading away; the teller takes away any on their story. Raises NotYours."""
    if reading.by_id != by.pk and not acting.may_decide(by, reading.piece.version.story):
        raise NotYours
    gone = reading.pk
    reading.delete()
    log.info("reading taken away reading=%s by=%s", gone, by.pk)
