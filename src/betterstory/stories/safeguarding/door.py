"""The one logged door: the lead or the deputy opens one piece, for a concern, with a reason in writing.

Beside `showing` the only place that opens sealed words. It does not ask what the teller said yes to; it asks
`rules`, and writes down each opening in the same transaction, before a word is read.
"""

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.stories.models import Asked, Concern, Entry, Hold, Opening, Piece, Story, Version
from betterstory.stories.safeguarding import concerns, rules
from betterstory.stories.safeguarding.sealing import CHECKED, ENTRY, HOLD, REASON, WHO, WORDS, seal
from betterstory.stories.safeguarding.states import Kind, State
from betterstory.stories.sealing import TEXT
from betterstory.stories.sealing import WORDS as PIECE
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
SHORTEST_REASON = 10


class NotOpenToYou(Refusal):
    """Nobody else than the lead or the deputy passes, and only for a concern that is open."""

    code, status = "not-open-to-you", 404
    words = _("There is nothing here.")


class ReasonFirst(Refusal):
    """Why it is needed is written before it is read."""

    code, status = "reason-first", 422
    words = _("Write in a sentence why you need to read this. The teller may read your reason.")


class OnePiece(Refusal):
    """One piece, never the whole."""

    code, status = "one-piece", 422
    words = _("Choose one piece of this story.")


@dataclass(frozen=True)
class Choice:
    """A piece that can be opened, without a word of it."""

    value: str
    kind: str
    number: int


@dataclass(frozen=True)
class Opened:
    """One piece, opened this once."""

    opening: Opening
    words: str


def choices(concern: Concern, *, by: Person) -> list[Choice]:
    """What can be opened, one by one: numbers alone. Paragraphs are counted, never shown."""
    story = concern.story
    if story is None or not rules.may_open(by, concern):
        return []
    version = story.newest()
    found = []
    for piece in version.pieces.order_by("kind", "position", "pk"):
        found.append(Choice(f"piece:{piece.pk}", piece.kind, piece.position))
    if concern.piece_id and not any(each.value == f"piece:{concern.piece_id}" for each in found):
        found.insert(0, Choice(f"piece:{concern.piece_id}", "named", 0))  # of an older version
    paragraphs = len(_paragraphs(version))
    return found + [Choice(f"paragraph:{n}", "paragraph", n) for n in range(1, paragraphs + 1)]


@transaction.atomic
def open_one(
    concern: Concern,
    *,
    which: str,
    reason: str,
    by: Person,
    at: datetime,
    safe_to_tell: bool = True,
    why_not: str = "",
    review_on: date | None = None,
) -> Opened:
    """Open one piece and write it down. Its teller reads that it was, unless that is not safe.

    Raises NotOpenToYou, ReasonFirst, OnePiece, or as `concerns.write` does where it is not safe to tell.
    """
    story = locked_story(concern)
    if story is None or not rules.may_open(by, concern):
        raise NotOpenToYou
    now = concerns.standing_now(concern)
    if now.state in (State.RAISED, State.CLOSED) or by.pk not in now.readers:
        raise NotOpenToYou
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonFirst
    version, piece, paragraph = _chosen(story, which)
    if not safe_to_tell:
        concerns.write(concern, kind=Kind.NOT_TOLD, words=why_not, review_on=review_on, by=by, at=at)
    row = uuid.uuid4()
    opening = Opening.objects.create(
        uuid=row,
        concern=concern,
        story=story,
        version=version,
        piece=piece,
        paragraph=paragraph,
        reason_sealed=seal(reason.strip()[: concerns.FEW_WORDS], key=concern.key, name=REASON, row=row),
        by=by,
        at=at,
    )
    if not concern.accuses:
        log.info("piece opened opening=%s concern=%s by=%s", row, concern.uuid, by.pk)
    if piece is not None:
        return Opened(opening, keyring().open(piece.words_sealed, name=PIECE, row=piece.uuid))
    return Opened(opening, _paragraphs(version)[(paragraph or 1) - 1])


def locked_story(concern: Concern) -> Story | None:
    """The story a concern is about as it stands now, held until the transaction ends."""
    if concern.story_id is not None:
        concern.story = Story.objects.select_for_update().get(pk=concern.story_id)
    return concern.story


def _chosen(story: Story, which: str) -> tuple[Version, Piece | None, int | None]:
    """The piece of this very story, or the paragraph of its newest version, that was chosen."""
    kind, _colon, number = which.partition(":")
    if not number.isdecimal() or len(number) > 15:
        raise OnePiece
    if kind == "piece":
        piece = Piece.objects.select_related("version").filter(pk=int(number), version__story=story).first()
        if piece is not None:
            return piece.version, piece, None
    elif kind == "paragraph":
        version = story.newest()
        if 0 < int(number) <= len(_paragraphs(version)):
            return version, None, int(number)
    raise OnePiece


def _paragraphs(version: Version) -> list[str]:
    text = keyring().open(version.text_sealed, name=TEXT, row=version.uuid) if version.text_sealed else ""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


@dataclass(frozen=True)
class Read:
    """A concern, opened for somebody who wrote down that they read it."""

    words: str
    entries: list[tuple[Entry, str]]
    openings: list[tuple[Opening, str]]


def read(concern: Concern, *, by: Person) -> Read | None:
    """What was raised and what was done, for somebody who wrote down that they read it; else None."""
    if not rules.may_see(by, concern) or by.pk not in concerns.standing_of(concern).readers:
        return None
    return Read(
        words=_words(concern.words_sealed, WORDS, concern.uuid),
        entries=[(each, _words(each.words_sealed, ENTRY, each.uuid)) for each in concern.entries.all()],
        openings=read_openings(concern.openings.select_related("by", "piece")),
    )


def read_openings(openings: Iterable[Opening]) -> list[tuple[Opening, str]]:
    """Openings with their reasons. Ask for those the looker may see: `beside.for_teller`, or `read`."""
    return [(each, _words(each.reason_sealed, REASON, each.uuid)) for each in openings]


def read_hold(hold: Hold) -> str:
    """Why words wait: for the teller, whom it is owed, and whoever named it."""
    return _words(hold.reason_sealed, HOLD, hold.uuid)


def read_asked(asked: Asked, *, by: Person) -> tuple[str, str] | None:
    """Who asked, and what was checked; for a steward or whoever holds a post."""
    if not rules.may_take_requests(by):
        return None
    return _words(asked.who_sealed, WHO, asked.uuid), _words(asked.checked_sealed, CHECKED, asked.uuid)


def _words(sealed: bytes | memoryview, name: str, row: uuid.UUID) -> str:
    """Nothing was sealed, or it was forgotten: nothing is said."""
    return keyring().open(sealed, name=name, row=row) if sealed else ""
