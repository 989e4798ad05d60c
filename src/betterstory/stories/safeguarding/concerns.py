"""Raising a concern, and writing under it what was done. Nothing written here is changed afterwards."""

import logging
import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from betterstory.people import keys
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories.models import Concern, Entry, Piece, Story, Worry
from betterstory.stories.safeguarding import rules
from betterstory.stories.safeguarding.sealing import ENTRY, WORDS, seal
from betterstory.stories.safeguarding.states import Kind, Standing, standing
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
FEW_WORDS = 1_000
WORDS_NEEDED = {Kind.DONE, Kind.PASSED_ON, Kind.NO_FURTHER, Kind.NOT_TOLD, Kind.OPENED_AGAIN}


class NotNow(Refusal):
    """This cannot come after what was written before."""

    code = "not-now"
    words = _("This does not follow from what was written before. Load the page again and look.")


class SayWhat(Refusal):
    """An entry that says nothing."""

    code, status = "say-what", 422
    words = _("Write a few words: what was done, whom you told, or why.")


class ReviewDay(Refusal):
    """Keeping it from the teller is asked again on a day."""

    code, status = "review-day", 422
    words = _("Choose a day after today, and within three months, to ask again whether it is safe.")


class TellFirst(Refusal):
    """A concern about a story is not closed over its teller's head."""

    code, status = "tell-first", 422
    words = _("Write down first when the teller was told, or why it is not safe to tell them.")


LONGEST_HUSH_DAYS = 92


@transaction.atomic
def raise_concern(
    *,
    by: Person,
    kind: Worry,
    words: str,
    at: datetime,
    story: Story | None = None,
    piece: Piece | None = None,
    about: Person | None = None,
    outside_only: bool = False,
) -> Concern:
    """Write down what somebody heard or saw. Anybody who came in may. Raises SayWhat.

    `about` is who is accused; `outside_only` that it is somebody not to be named here. The log says nothing
    of an accusation: whoever is accused may be reading it.
    """
    if not words.strip():
        raise SayWhat
    row, key = uuid.uuid4(), keys.keyring().make()
    concern = Concern.objects.create(
        uuid=row,
        key=key,
        kind=kind,
        words_sealed=seal(words.strip()[:FEW_WORDS], key=key, name=WORDS, row=row),
        raised_by=by,
        raised_at=at,
        story=story,
        piece=piece
        if story is not None and piece is not None and piece.version.story_id == story.pk
        else None,
        about=about,
        outside_only=outside_only,
    )
    if not concern.accuses:
        log.info("concern raised concern=%s", row)
    return concern


@transaction.atomic
def write(
    concern: Concern,
    *,
    kind: Entry.Kind,
    by: Person,
    at: datetime,
    words: str = "",
    review_on: date | None = None,
) -> Entry:
    """Add one line. Raises NotYours, NotNow, SayWhat, ReviewDay or TellFirst."""
    if not rules.may_see(by, concern):
        raise NotYours
    # held until the end: of two who write at once the second reads what the first wrote
    Concern.objects.select_for_update().get(pk=concern.pk)
    now = standing_now(concern)
    if not now.allows(kind) or (kind != Kind.SEEN and by.pk not in now.readers):
        raise NotNow
    if kind in WORDS_NEEDED and not words.strip():
        raise SayWhat
    if kind == Kind.NOT_TOLD:
        _check_review(review_on, localtime(at).date())
    if kind == Kind.CLOSED and concern.story_id and not now.is_settled:
        raise TellFirst
    row = uuid.uuid4()
    entry = Entry.objects.create(
        uuid=row,
        concern=concern,
        kind=kind,
        words_sealed=seal(words.strip()[:FEW_WORDS], key=concern.key, name=ENTRY, row=row) if words else b"",
        by=by,
        at=at,
        review_on=review_on if kind == Kind.NOT_TOLD else None,
    )
    if not concern.accuses:
        log.info("concern written concern=%s entry=%s kind=%s", concern.uuid, row, kind)
    return entry


def standing_of(concern: Concern) -> Standing:
    """Where it stands now. Reads what was prefetched as `entries`."""
    return standing(concern.entries.all())


def standing_now(concern: Concern) -> Standing:
    """Where it stands in the database, whatever was read before."""
    return standing(Entry.objects.filter(concern=concern).order_by("pk"))


def _check_review(review_on: date | None, today: date) -> None:
    if review_on is None or not 0 < (review_on - today).days <= LONGEST_HUSH_DAYS:
        raise ReviewDay
