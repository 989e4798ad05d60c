"""What can be done with the words of a story. What its teller says yes to is in `consenting`."""

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from betterstory.people import keys
from betterstory.people.models import Circle, Membership, Person, Ring
from betterstory.places.models import Neighbourhood
from betterstory.stories import care, carrying, rules
from betterstory.stories.how_long import HowLong
from betterstory.stories.models import (
    Gap,
    GapShape,
    Moment,
    Piece,
    ReadBack,
    Shape,
    Size,
    Source,
    Step,
    Story,
    Version,
    Wish,
)
from betterstory.stories.refusals import (
    AlreadyAgreed,
    ChangedSince,
    LimitsFirst,
    NoLead,
    NoSuchStep,
    NotYourStory,
    TakenBack,
    TooLong,
)
from betterstory.stories.safeguarding import rules as safety
from betterstory.stories.sealing import GAP_SHAPE, NAME, SHAPE, TEXT, TITLE, WHEN, WORDS, open_all, seal
from betterstory.ui.plain import plain_name, plain_words

__all__ = [
    "AlreadyAgreed",
    "ChangedSince",
    "LimitsFirst",
    "NoLead",
    "NoSuchStep",
    "NotYourStory",
    "TakenBack",
    "TooLong",
]

log = logging.getLogger(__name__)
LONGEST = 200_000


@transaction.atomic
def begin(
    *,
    by: Person,
    teller: Person,
    neighbourhood: Neighbourhood,
    limits_heard: bool,
    at: datetime,
    title: str = "",
    chosen_name: str = "",
) -> Story:
    """Begin a story under a key of its own, with an empty first version.

    Title and name can wait: `call_it` says them later.
    `limits_heard` says that the limits of confidentiality were read or said first; without it LimitsFirst.
    They name somebody: where nobody holds that post, NoLead.
    Somebody else than the teller who begins it writes for the teller, and is let in as a helper.
    """
    if safety.first() is None:
        raise NoLead
    if not limits_heard:
        raise LimitsFirst
    if not rules.may_write_for(by, teller):
        raise NotYourStory
    title, chosen_name = plain_name(title) or _("My story"), plain_name(chosen_name) or _("Somebody")
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
def call_it(story: Story, *, by: Person, title: str = "", chosen_name: str = "") -> Story:
    """Say what the story, or its teller in it, is called; what is left empty stays."""
    story = open_version(story, by).story
    if title := plain_name(title):
        story.title_sealed = seal(title, key=story.key, name=TITLE, row=story.uuid)
    if chosen_name := plain_name(chosen_name):
        story.name_sealed = seal(chosen_name, key=story.key, name=NAME, row=story.uuid)
    story.save(update_fields=["title_sealed", "name_sealed"])
    log.info("story called story=%s", story.pk)
    return story


@transaction.atomic
def write(story: Story, *, by: Person, text: str, at: datetime, as_read: str | None = None) -> Version:
    """Put down the words of the open version. Raises NotYourStory, TooLong, AlreadyAgreed or TakenBack.

    `as_read` is the `mark_of` what was on the page; raises ChangedSince where somebody wrote meanwhile.
    """
    version = open_version(story, by)
    if as_read is not None and as_read != mark_of(version):
        raise ChangedSince
    text = checked(text)
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
    feeling_words: str = "",
    size: Size | str = Size.NOT_SAID,
    helped: str = "",
    after: HowLong | None = None,
) -> Step:
    """Add one thing that happened, at the end. `after`: how long after the one before. Raises as `write`."""
    version = open_version(story, by)
    shape = Shape(
        tuple(str(ring) for ring in rings),
        feeling,
        checked(feeling_words),
        str(moment),
        told_again,
        str(source),
        str(size),
        checked(helped),
        str(after or ""),
    )
    row = uuid.uuid4()
    step = Step.objects.create(
        uuid=row,
        version=version,
        kind=Piece.Kind.STEP,
        position=_next_position(version, Piece.Kind.STEP),
        words_sealed=seal(checked(words), key=story.key, name=WORDS, row=row),
        when_sealed=seal(checked(when), key=story.key, name=WHEN, row=row),
        shape_sealed=seal(shape.to_text(), key=story.key, name=SHAPE, row=row),
    )
    step.shape = shape
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
    version = open_version(story, by)
    if after.version_id != version.pk:
        raise NoSuchStep
    row, shape = uuid.uuid4(), GapShape(str(kind), str(ring), str(lasted or ""))
    gap = Gap.objects.create(
        uuid=row,
        version=version,
        kind=Piece.Kind.GAP,
        position=after.position,
        words_sealed=seal(checked(words), key=story.key, name=WORDS, row=row),
        shape_sealed=seal(shape.to_text(), key=story.key, name=GAP_SHAPE, row=row),
        after=after,
    )
    gap.shape = shape
    log.info("gap named story=%s gap=%s", story.pk, gap.pk)
    return gap


@transaction.atomic
def wish(story: Story, *, by: Person, words: str, kind: Wish.WishKind) -> Wish:
    """Write down what would keep the teller well, what they can give, or what they hope for."""
    version = open_version(story, by)
    row = uuid.uuid4()
    made = Wish.objects.create(
        uuid=row,
        version=version,
        kind=Piece.Kind.WISH,
        position=_next_position(version, Piece.Kind.WISH),
        words_sealed=seal(checked(words), key=story.key, name=WORDS, row=row),
        wish_kind=kind,
    )
    log.info("wish told story=%s wish=%s", story.pk, made.pk)
    return made


@transaction.atomic
def remove(piece: Piece, *, by: Person, as_read: str | None = None) -> None:
    """Take one piece out of the open version; later steps move up. Raises as `write` does."""
    version = open_version(piece.version.story, by)
    if piece.version_id != version.pk:
        raise AlreadyAgreed
    if as_read is not None and as_read != mark_of_piece(piece):
        raise ChangedSince
    gone = piece.pk
    piece.delete()
    log.info("piece removed piece=%s by=%s", gone, by.pk)


@transaction.atomic
def agree(
    story: Story,
    *,
    by: Person,
    at: datetime,
    as_read: str | None = None,
    how: ReadBack.How = ReadBack.How.MYSELF,
) -> Version:
    """The version was read back, and its teller says: so it is. Only the teller can. Care is owed from then.

    `as_read` is the `mark_of` what was read; raises ChangedSince where it was changed after that.
    """
    if not rules.may_decide(by, story):
        raise NotYourStory
    version = open_version(story, by)
    if as_read is not None and as_read != mark_of(version, pieces_of(version)):
        raise ChangedSince
    version.agreed_at = at
    version.save(update_fields=["agreed_at"])
    ReadBack.objects.create(version=version, how=how, at=at)
    care.owe_after_telling(story, at=at)
    log.info("version agreed story=%s version=%s", story.pk, version.number)
    return version


def mark_of(version: Version, pieces: Iterable[Piece] = ()) -> str:
    """Changes with any word of a version's text and of these pieces, and says nothing of them.

    Sealed anew, the same words look different each time.
    """
    mark = sha256(bytes(version.text_sealed))
    for piece in sorted(pieces, key=lambda each: each.pk):
        mark.update(f"{piece.pk}{mark_of_piece(piece)}".encode())
    return mark.hexdigest()


def mark_of_piece(piece: Piece) -> str:
    """Changes with anything said of one piece: its words, and the shape of a step or gap."""
    mark = sha256(bytes(piece.words_sealed))
    for part in ("when_sealed", "shape_sealed"):
        mark.update(bytes(getattr(piece, part, b"")))
    return mark.hexdigest()


def pieces_of(version: Version) -> list[Piece]:
    """Every piece of a version as what it is: a step, a gap or a wish."""
    kinds = (Step, Gap, Wish)
    return [piece for kind in kinds for piece in kind.objects.filter(version=version)]


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
    return copy_version(story, old, at=at)


def copy_version(story: Story, old: Version, *, at: datetime) -> Version:
    """A new open version that says the same, piece by piece and in the same order. Inside a transaction."""
    [text] = open_all([(old.text_sealed, TEXT, old.uuid)])
    new = _new_version(story, number=old.number + 1, text=text, at=at)
    carrying.carry_over(old, new)
    log.info("version begun story=%s version=%s", story.pk, new.number)
    return new


def checked(words: str) -> str:
    """Words that can be kept. Raises CannotBeKept or TooLong."""
    if len(words) > LONGEST:
        raise TooLong
    return plain_words(words)


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


def open_version(story: Story, by: Person) -> Version:
    """The version that is being told, held for whoever may write in it. Raises as `write` does."""
    story = _locked(story)
    if not rules.may_change(by, story):
        raise NotYourStory
    if story.taken_back_at or story.destroyed_at:
        raise TakenBack
    version = story.newest()
    version.story = story
    if version.agreed_at:
        raise AlreadyAgreed
    return version


def _next_position(version: Version, kind: Piece.Kind) -> int:
    last = version.pieces.filter(kind=kind).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
