"""Answer files of other bodies: brought by one person, let out or kept in by another."""

import hashlib
import logging
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.behind import counting, rules
from betterstory.behind.counting import WrongAnswer
from betterstory.behind.models import Answer, Pattern
from betterstory.behind.verbs.approving import (
    CHECKS,
    AlreadyAnswered,
    NoReason,
    NotLookedAt,
    NotYoursToApprove,
    as_whom,
)
from betterstory.behind.verbs.logs import without_stop
from betterstory.behind.verbs.patterns import NotToBeCounted
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.ui.refusal import Refusal

logger = logging.getLogger(__name__)


class NotAnAnswer(Refusal):
    """The file cannot be taken as it is. `sentences` says all that is to be put right."""

    code, status = "not-an-answer", 422
    words = _("%(sentence)s")

    @property
    def sentences(self) -> list[str]:
        return [str(sentence) for sentence in self.params["sentences"]]  # type: ignore[attr-defined]  # a list


@transaction.atomic
def bring_answer(pattern: Pattern, *, content: bytes, cannot_see: str, by: Person, at: datetime) -> Answer:
    """Keep what one body's records said. It waits until somebody else has looked. Twice is the same one.

    Raises NotYours, NotToBeCounted or NotAnAnswer; then nothing is kept.
    """
    if not rules.may_make(by):
        raise NotYours
    if not rules.is_free(pattern, at=at):
        raise NotToBeCounted
    try:
        answered = counting.read_answered(content, pattern.toml)
    except WrongAnswer as wrong:
        raise NotAnAnswer(sentence=wrong.sentence, sentences=wrong.sentences) from None
    brought, new = Answer.objects.get_or_create(
        pattern=pattern,
        mark=hashlib.sha256(content).hexdigest(),
        defaults={
            **asdict(answered),
            "source": without_stop(answered.source),
            "cannot_see": without_stop(cannot_see),
            "brought_by": by,
            "brought_at": at,
        },
    )
    logger.info("answer brought answer=%s new=%s by=%s", brought.pk, new, by.pk)
    return brought


@transaction.atomic
def approve_answer(answer: Answer, *, by: Person, at: datetime, looked_at: Collection[str]) -> None:
    """Anyone may see it. Raises NotYoursToApprove, NotToBeCounted, NotLookedAt or AlreadyAnswered."""
    if not rules.may_approve(by, answer):
        raise NotYoursToApprove
    if not rules.is_free(answer.pattern, at=at):
        raise NotToBeCounted
    if set(CHECKS) - set(looked_at):
        raise NotLookedAt
    waiting = Answer.objects.waiting().filter(pk=answer.pk)
    if not waiting.update(approved_by=by, approved_at=at, approved_as=as_whom(by)):
        raise AlreadyAnswered
    logger.info("answer let out answer=%s by=%s", answer.pk, by.pk)


@transaction.atomic
def refuse_answer(answer: Answer, *, by: Person, at: datetime, reason: str) -> None:
    """It stays in, and the reason with it. Raises NotYoursToApprove, NoReason or AlreadyAnswered."""
    if not rules.may_approve(by, answer):
        raise NotYoursToApprove
    if not reason.strip():
        raise NoReason
    waiting = Answer.objects.waiting().filter(pk=answer.pk)
    if not waiting.update(refused_by=by, refused_at=at, refusal=reason.strip()):
        raise AlreadyAnswered
    logger.info("answer kept in answer=%s by=%s", answer.pk, by.pk)
