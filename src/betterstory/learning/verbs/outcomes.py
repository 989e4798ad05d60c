"""What changed because of it, as one person saw it; and a second person who says so too."""

import logging
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.learning import rules
from betterstory.learning.models import Lesson, Outcome, SaysSo
from betterstory.learning.verbs.wording import LONGEST_NAME, LONGEST_REASON, LONGEST_WHY, said
from betterstory.learning.verbs.writing import NotYoursToWrite
from betterstory.people.models import Person
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
LONGEST_WHO = 160


class NotYoursToSaySo(Refusal):
    """Whoever wrote it cannot be the second person."""

    code, status = "not-yours-to-say-so", 403
    words = _("Somebody else has to say so: not who wrote this card or the lesson.")


class SaidSo(Refusal):
    """They said so before."""

    code = "said-so"
    words = _("You have said so already.")


@transaction.atomic
def tell_outcome(
    lesson: Lesson, *, who: str, what: str, matters: str, our_part: str, by: Person, on: date
) -> Outcome:
    """Write down who changed what, why it matters, and our part in it.

    Raises NotYoursToWrite, NothingSaid or TooLong.
    """
    if not rules.may_write(by, lesson.round):
        raise NotYoursToWrite
    outcome = Outcome.objects.create(
        lesson=lesson,
        who=said(who, most=LONGEST_WHO),
        what=said(what, most=LONGEST_REASON),
        matters=said(matters, most=LONGEST_REASON),
        our_part=said(our_part, most=LONGEST_REASON),
        by=by,
        on=on,
    )
    log.info("outcome written outcome=%s lesson=%s by=%s", outcome.pk, lesson.pk, by.pk)
    return outcome


@transaction.atomic
def say_so(outcome: Outcome, *, by: Person, on: date, called: str = "", words: str = "") -> SaysSo:
    """Bear it out, as somebody who did not write it. `called` is the name they wish to stand there, if any.

    Raises NotYoursToSaySo, SaidSo or TooLong.
    """
    outcome = (
        Outcome.objects.select_for_update(of=("self",)).select_related("lesson__round").get(pk=outcome.pk)
    )
    if not rules.may_say_so(by, outcome):
        raise NotYoursToSaySo
    if outcome.sayings.filter(by=by, ended_on=None).exists():
        raise SaidSo
    saying = outcome.sayings.create(
        by=by,
        on=on,
        called=said(called, most=LONGEST_NAME, needed=False),
        words=said(words, most=LONGEST_WHY, needed=False),
    )
    log.info("outcome borne out outcome=%s by=%s", outcome.pk, by.pk)
    return saying


@transaction.atomic
def unsay(outcome: Outcome, *, by: Person, on: date) -> None:
    """Take back what I said; my name and words go with it."""
    said_before = outcome.sayings.filter(by=by, ended_on=None)
    said_before.update(ended_on=on, called="", words="")
    log.info("outcome unsaid outcome=%s by=%s", outcome.pk, by.pk)
