"""Saying more about a step, one question at a time, and putting words right."""

import logging
from dataclasses import replace
from typing import Any

from django.db import transaction

from betterstory.people.models import Person
from betterstory.stories.how_long import HowLong
from betterstory.stories.models import Gap, GapShape, Piece, Shape, Step
from betterstory.stories.refusals import AlreadyAgreed, ChangedSince
from betterstory.stories.sealing import GAP_SHAPE, SHAPE, WHEN, WORDS, open_all, seal
from betterstory.stories.verbs import checked, mark_of_piece, open_version

log = logging.getLogger(__name__)
WORDY = ("feeling_words", "helped")


@transaction.atomic
def describe(
    step: Step,
    *,
    by: Person,
    as_read: str | None = None,
    when: str | None = None,
    lasted: HowLong | None = None,
    **answers: Any,
) -> Step:
    """Answer one question about a step; what is not named stays. `answers` are parts of its Shape.

    `lasted` is how long the newest gap after it was. `as_read` is the `mark_of_piece` of what was on the
    page. Raises as `write` does.
    """
    step = _held(step, by, as_read)
    key = step.version.story.key
    [text] = open_all([(step.shape_sealed, SHAPE, step.uuid)])
    said: dict[str, Any] = {
        name: checked(value) if name in WORDY else value for name, value in answers.items()
    }
    if "after" in said:
        said["after"] = str(said["after"] or "")
    step.shape = replace(Shape.from_text(text), **said)
    step.shape_sealed = seal(step.shape.to_text(), key=key, name=SHAPE, row=step.uuid)
    if when is not None:
        step.when_sealed = seal(checked(when), key=key, name=WHEN, row=step.uuid)
    step.save(update_fields=["shape_sealed", "when_sealed"])
    if lasted is not None:
        _say_how_long(step, lasted)
    log.info("step described step=%s", step.pk)
    return step


def put_right(piece: Piece, **words: Any) -> None:
    """Put the teller's own words about a step another way: part of a verb that has asked who may."""
    step = Step.objects.select_related("version__story").get(pk=piece.pk)
    [text] = open_all([(step.shape_sealed, SHAPE, step.uuid)])
    shape = replace(Shape.from_text(text), **words)
    step.shape_sealed = seal(shape.to_text(), key=step.version.story.key, name=SHAPE, row=step.uuid)
    step.save(update_fields=["shape_sealed"])


def _say_how_long(step: Step, lasted: HowLong) -> None:
    gap = step.gaps.order_by("-pk").first()
    if gap is None:
        return
    [text] = open_all([(gap.shape_sealed, GAP_SHAPE, gap.uuid)])
    shape = replace(GapShape.from_text(text), lasted=str(lasted))
    gap.shape_sealed = seal(shape.to_text(), key=step.version.story.key, name=GAP_SHAPE, row=gap.uuid)
    gap.save(update_fields=["shape_sealed"])


@transaction.atomic
def reword(piece: Piece, *, by: Person, words: str, as_read: str | None = None) -> None:
    """Put the words of a step, gap or wish another way. Raises as `write` does."""
    held = _held(piece, by, as_read)
    key = held.version.story.key
    held.words_sealed = seal(checked(words), key=key, name=WORDS, row=held.uuid)
    held.save(update_fields=["words_sealed"])
    log.info("piece reworded piece=%s", held.pk)


def _held[P: (Piece, Step, Gap)](piece: P, by: Person, as_read: str | None) -> P:
    """The piece as it stands now, in the open version."""
    version = open_version(piece.version.story, by)
    if piece.version_id != version.pk:
        raise AlreadyAgreed
    now = type(piece).objects.get(pk=piece.pk)
    if as_read is not None and as_read != mark_of_piece(now):
        raise ChangedSince
    now.version = version
    return now
