"""What can be done with the words of a story. What its teller says yes to is in `consenting`."""

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from betterstory.people import keys
from betterstory.people.models import Circle, Membership, Person, Ring
from betterstory.places.models import Neighbourhood
from betterstory.stories import rules
from betterstory.stories.how_long import HowLong
from betterstory.stories.models import Gap, Moment, Piece, Source, Step, Story, Version, Wish
from betterstory.stories.sealing import (
    AFTER,
    LASTED,
    NAME,
    TEXT,
    TITLE,
    WHEN,
    WORDS,
    open_all,
    open_lengths,
    seal,
    seal_length,
)
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
LONGEST = 200_000


class NotYourStory(Refusal):
    """Somebody who is neither the teller nor their helper asked to change or decide about a story."""

    code, status = "not-your-story", 403
    words = _("This story belongs to somebody else.")


class TooLong(Refusal):
    """More words than one story can hold."""

    code, status = "too-long", 422
    words = _("This is longer than one story can hold. Tell the rest as a second story.")


class AlreadyAgreed(Refusal):
    """This version was read back and agreed: a change begins a new one."""

    code = "already-agreed"
    words = _("This version is agreed and stays as it is. Begin a new version to change it.")


class TakenBack(Refusal):
    """The story was taken back."""

    code = "taken-back"
    words = _("This story was taken back. Nothing can be added to it.")


class NoSuchStep(Refusal):
    """A gap was to stand after a step of another story."""

    code, status = "no-such-step", 422
    words = _("Choose one of the steps of this story.")


class ChangedSince(Refusal):
    """Somebody changed the words between the reading back and the yes to them."""

    code = "changed-since"
    words = _("Somebody changed it meanwhile. Open it in a second window, compare, and send it again.")


class LimitsFirst(Refusal):
    """The limits of confidentiality come before the first word."""

    code, status = "limits-first", 422
    words = _("Read first what we may have to pass on, and tick that you have. Then your story can begin.")


@transaction.atomic
def begin(
    *,
    by: Person,
    teller: Person,
    neighbourhood: Neighbourhood,
    title: str,
    chosen_name: str,
    limits_heard: bool,
    at: datetime,
) -> Story:
    """Begin a story under a key of its own, with an empty first version.

    `limits_heard` says that the limits of confidentiality were read or said first; without it LimitsFirst.
    Somebody else than the teller who begins it writes for the teller, and is let in as a helper.
    """
    if not limits_heard:
        raise LimitsFirst
    if not rules.may_write_for(by, teller):
        raise NotYourStory
    key = keys.keyring().make()
    row = uuid.uuid4()
    helpers = None
    if by.pk != teller.pk:
        helpers = Circle.objects.create(name="helpers", kind=Circle.Kind.HELPERS)
        Membership.objects.create(circle=helpers, person=by, joined_at=at)
        by.read_again()  # read again: the circle is new
    story = Story.objects.create(
        uuid=row,
        teller=teller,
        helpers=helpers,
        neighbourhood=neighbourhood,
        key=key,
        title_sealed=seal(title, key=key, name=TITLE, row=row),
        name_sealed=seal(chosen_name, key=key, name=NAME, row=row),
        limits_heard_at=at,
        begun_at=at,
    )
    _new_version(story, number=1, text="", at=at)
    log.info("story begun story=%s", story.pk)
    return story


@transaction.atomic
def write(story: Story, *, by: Person, text: str, at: datetime, as_read: str | None = None) -> Version:
    """Put down the words of the open version. Raises NotYourStory, TooLong, AlreadyAgreed or TakenBack.

    `as_read` is the `mark_of` what was on the page; raises ChangedSince where somebody wrote meanwhile.
    """
    version = _open_version(story, by)
    if as_read is not None and as_read != mark_of(version):
        raise ChangedSince
    if len(text) > LONGEST:
        raise TooLong
    version.text_sealed = seal(text, key=story.key, name=TEXT, row=version.uuid)
    version.save(update_fields=["text_sealed"])
    log.info("story written story=%s version=%s", story.pk, version.number)
    return version


@transaction.atomic
def add_step(
    story: Story,
    *,
    by: Person,
    words: str,
    when: str = "",
    rings: Iterable[Ring | str] = (),
    feeling: int | None = None,
    moment: Moment = Moment.HAPPENED,
    told_again: int = 0,
    source: Source = Source.TOLD,
    after: HowLong | None = None,
) -> Step:
    """Add one thing that happened, at the end. `after`: how long after the one before. Raises as `write`."""
    version = _open_version(story, by)
    row = uuid.uuid4()
    step = Step.objects.create(
        uuid=row,
        version=version,
        kind=Piece.Kind.STEP,
        position=_next_position(version, Piece.Kind.STEP),
        words_sealed=seal(words, key=story.key, name=WORDS, row=row),
        when_sealed=seal(when, key=story.key, name=WHEN, row=row),
        after_sealed=seal_length(after, key=story.key, name=AFTER, row=row),
        rings=[str(ring) for ring in rings],
        feeling=feeling,
        moment=moment,
        told_again=told_again,
        source=source,
    )
    log.info("step added story=%s step=%s", story.pk, step.pk)
    return step


@transaction.atomic
def name_gap(
    story: Story,
    *,
    by: Person,
    after: Step,
    words: str,
    kind: Gap.GapKind,
    ring: Ring = Ring.LOCAL_SERVICES,
    lasted: HowLong | None = None,
) -> Gap:
    """Name the hole after a step. Raises as `write` does, and NoSuchStep."""
    version = _open_version(story, by)
    if after.version_id != version.pk:
        raise NoSuchStep
    row = uuid.uuid4()
    gap = Gap.objects.create(
        uuid=row,
        version=version,
        kind=Piece.Kind.GAP,
        position=after.position,
        words_sealed=seal(words, key=story.key, name=WORDS, row=row),
        after=after,
        gap_kind=kind,
        ring=ring,
        lasted_sealed=seal_length(lasted, key=story.key, name=LASTED, row=row),
    )
    log.info("gap named story=%s gap=%s", story.pk, gap.pk)
    return gap


@transaction.atomic
def wish(story: Story, *, by: Person, words: str, kind: Wish.WishKind) -> Wish:
    """Write down what would keep the teller well, what they can give, or what they hope for."""
    version = _open_version(story, by)
    row = uuid.uuid4()
    made = Wish.objects.create(
        uuid=row,
        version=version,
        kind=Piece.Kind.WISH,
        position=_next_position(version, Piece.Kind.WISH),
        words_sealed=seal(words, key=story.key, name=WORDS, row=row),
        wish_kind=kind,
    )
    log.info("wish told story=%s wish=%s", story.pk, made.pk)
    return made


@transaction.atomic
def remove(piece: Piece, *, by: Person) -> None:
    """Take one piece out of the open version; later steps move up. Raises as `write` does."""
    version = _open_version(piece.version.story, by)
    if piece.version_id != version.pk:
        raise AlreadyAgreed
    gone = piece.pk
    piece.delete()
    log.info("piece removed piece=%s by=%s", gone, by.pk)


@transaction.atomic
def agree(story: Story, *, by: Person, at: datetime, as_read: str | None = None) -> Version:
    """The version was read back, and its teller says: so it is. Only the teller can.

    `as_read` is the `mark_of` what was read; raises ChangedSince where it was changed after that.
    """
    if not rules.may_decide(by, story):
        raise NotYourStory
    version = _open_version(story, by)
    if as_read is not None and as_read != mark_of(version, version.pieces.all()):
        raise ChangedSince
    version.agreed_at = at
    version.save(update_fields=["agreed_at"])
    log.info("version agreed story=%s version=%s", story.pk, version.number)
    return version


def mark_of(version: Version, pieces: Iterable[Piece] = ()) -> str:
    """Changes with any word of a version's text and of these pieces, and says nothing of them.

    Sealed anew, the same words look different each time.
    """
    mark = sha256(bytes(version.text_sealed))
    for piece in sorted(pieces, key=lambda each: each.pk):
        mark.update(f"{piece.pk}".encode() + bytes(piece.words_sealed))
    return mark.hexdigest()


@transaction.atomic
def begin_version(story: Story, *, by: Person, at: datetime) -> Version:
    """Begin a new version from the newest, piece by piece. What was agreed before keeps its own yeses."""
    story = _locked(story)
    if not rules.may_change(by, story):
        raise NotYourStory
    if story.taken_back_at or story.destroyed_at:
        raise TakenBack
    old = story.newest()
    if old.agreed_at is None:
        return old
    if not rules.may_decide(by, story):
        raise NotYourStory  # agreed words are the teller's to open again, for a helper too
    [text] = open_all([(old.text_sealed, TEXT, old.uuid)])
    new = _new_version(story, number=old.number + 1, text=text, at=at)
    copied = {step.pk: _copy_step(step, new) for step in Step.objects.filter(version=old)}
    for gap in Gap.objects.filter(version=old):
        row, sealed = _sealed_again(gap, story)
        after = copied[gap.after_id]
        [lasted] = open_lengths([(gap.lasted_sealed, LASTED, gap.uuid)])
        Gap.objects.create(
            **_same(gap, new, row, sealed),
            after=after,
            gap_kind=gap.gap_kind,
            ring=gap.ring,
            lasted_sealed=seal_length(lasted, key=story.key, name=LASTED, row=row),
        )
    for told in Wish.objects.filter(version=old):
        row, sealed = _sealed_again(told, story)
        Wish.objects.create(**_same(told, new, row, sealed), wish_kind=told.wish_kind)
    log.info("version begun story=%s version=%s", story.pk, new.number)
    return new


def _copy_step(step: Step, version: Version) -> Step:
    row, sealed = _sealed_again(step, version.story)
    [when] = open_all([(step.when_sealed, WHEN, step.uuid)])
    [after] = open_lengths([(step.after_sealed, AFTER, step.uuid)])
    return Step.objects.create(
        **_same(step, version, row, sealed),
        when_sealed=seal(when, key=version.story.key, name=WHEN, row=row),
        after_sealed=seal_length(after, key=version.story.key, name=AFTER, row=row),
        rings=step.rings,
        feeling=step.feeling,
        moment=step.moment,
        told_again=step.told_again,
        source=step.source,
    )


def _sealed_again(piece: Piece, story: Story) -> tuple[uuid.UUID, bytes]:
    """A new row id, and the piece's words bound to it."""
    row = uuid.uuid4()
    [words] = open_all([(piece.words_sealed, WORDS, piece.uuid)])
    return row, seal(words, key=story.key, name=WORDS, row=row)


def _same(piece: Piece, version: Version, row: uuid.UUID, sealed: bytes) -> dict[str, Any]:
    return {
        "uuid": row,
        "version": version,
        "kind": piece.kind,
        "position": piece.position,
        "words_sealed": sealed,
    }


def _new_version(story: Story, *, number: int, text: str, at: datetime) -> Version:
    row = uuid.uuid4()
    return Version.objects.create(
        uuid=row,
        story=story,
        number=number,
        text_sealed=seal(text, key=story.key, name=TEXT, row=row),
        begun_at=at,
    )


def _locked(story: Story) -> Story:
    """The story as it stands now, held until the transaction ends: two who write wait for each other."""
    return Story.objects.select_for_update().get(pk=story.pk)


def _open_version(story: Story, by: Person) -> Version:
    story = _locked(story)
    if not rules.may_change(by, story):
        raise NotYourStory
    if story.taken_back_at or story.destroyed_at:
        raise TakenBack
    version = story.newest()
    if version.agreed_at:
        raise AlreadyAgreed
    return version


def _next_position(version: Version, kind: Piece.Kind) -> int:
    last = version.pieces.filter(kind=kind).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
