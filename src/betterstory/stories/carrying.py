"""Carrying what was told from an agreed version into the next one, piece by piece, each sealed anew."""

import uuid
from typing import Any

from betterstory.stories.models import (
    Care,
    Gap,
    Piece,
    Reading,
    Step,
    Story,
    Thanks,
    Told,
    Tongue,
    Version,
    Wish,
)
from betterstory.stories.sealing import (
    GAP_SHAPE,
    OTHER_WORDS,
    READING,
    SHAPE,
    TONGUE,
    WHEN,
    WORDS,
    open_all,
    seal,
)


def carry_over(old: Version, new: Version) -> None:
    """Everything told in the old version stands in the new one too."""
    steps = {step.pk: _step(step, new) for step in Step.objects.filter(version=old)}
    for gap in Gap.objects.filter(version=old):
        same = _piece(gap, new)
        shape = _again(gap.shape_sealed, GAP_SHAPE, gap.uuid, same["uuid"], new)
        Gap.objects.create(**same, after=steps[gap.after_id], shape_sealed=shape)
    for told in Wish.objects.filter(version=old):
        Wish.objects.create(**_piece(told, new), wish_kind=told.wish_kind)
    _what_lies_beside(old, new, steps)


def _step(step: Step, version: Version) -> Step:
    same = _piece(step, version)
    return Step.objects.create(
        **same,
        when_sealed=_again(step.when_sealed, WHEN, step.uuid, same["uuid"], version),
        shape_sealed=_again(step.shape_sealed, SHAPE, step.uuid, same["uuid"], version),
    )


def _what_lies_beside(old: Version, new: Version, steps: dict[int, Step]) -> None:
    """Recordings keep their sealed file; readings, and a second language, are sealed anew."""
    for told in Told.objects.filter(version=old):
        told.pk, told.uuid, told.version = None, uuid.uuid4(), new
        told._state.adding = True
        told.save()
    for tongue in Tongue.objects.filter(version=old):
        row = uuid.uuid4()
        Tongue.objects.create(
            uuid=row,
            version=new,
            facts_sealed=_again(tongue.facts_sealed, TONGUE, tongue.uuid, row, new),
            words_sealed=_again(tongue.words_sealed, OTHER_WORDS, tongue.uuid, row, new),
        )
    for reading in Reading.objects.filter(step__version=old):
        row = uuid.uuid4()
        Reading.objects.create(
            uuid=row,
            step=steps[reading.step_id],
            by=reading.by,
            words_sealed=_again(reading.words_sealed, READING, reading.uuid, row, new),
            written_at=reading.written_at,
            let_in_at=reading.let_in_at,
        )


def _piece(piece: Piece, version: Version) -> dict[str, Any]:
    row = uuid.uuid4()
    return {
        "uuid": row,
        "version": version,
        "kind": piece.kind,
        "position": piece.position,
        "words_sealed": _again(piece.words_sealed, WORDS, piece.uuid, row, version),
    }


def _again(sealed: bytes | memoryview, name: str, was: uuid.UUID, row: uuid.UUID, version: Version) -> bytes:
    """The same words, bound to a new row."""
    [words] = open_all([(sealed, name, was)])
    return seal(words, key=version.story.key, name=name, row=row)


def wipe_beside(story: Story) -> None:
    """When a story is destroyed: what lies beside its pieces goes with them."""
    Told.objects.filter(version__story=story).delete()
    Tongue.objects.filter(version__story=story).delete()
    Reading.objects.filter(step__version__story=story).delete()
    Thanks.objects.filter(story=story).update(words_sealed=b"")
    Care.objects.filter(story=story).update(words_sealed=b"")
