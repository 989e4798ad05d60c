"""Adding to what is being told, and taking out: steps, gaps, wishes. `verbs` names them all."""

import logging
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from betterstory.people.models import Person, Ring
from betterstory.stories.how_long import HowLong
from betterstory.stories.models import (
    Gap,
    GapShape,
    Moment,
    Piece,
    Shape,
    Size,
    Source,
    Step,
    Story,
    Version,
    Wish,
)
from betterstory.stories.open_version import checked, mark_of_piece, open_version
from betterstory.stories.refusals import AlreadyAgreed, ChangedSince, NoSuchStep
from betterstory.stories.sealing import GAP_SHAPE, SHAPE, WHEN, WORDS, seal

log = logging.getLogger(__name__)


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


def _next_position(version: Version, kind: Piece.Kind) -> int:
    last = version.pieces.filter(kind=kind).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
