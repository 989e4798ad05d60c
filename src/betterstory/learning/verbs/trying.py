"""Taking a lesson up elsewhere, and saying how it went there."""

import logging
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.learning import rules
from betterstory.learning.models import Lesson, Standing, Trial
from betterstory.learning.verbs.wording import LONGEST, LONGEST_REASON, said
from betterstory.learning.verbs.writing import NewerWords
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NotYoursToTry(Refusal):
    """Somebody from outside the round says how it went there."""

    code, status = "not-yours-to-try", 403
    words = _("The people of a round say what they tried. You are not in its rooms.")


class NotOffered(Refusal):
    """The neighbourhood that learned it has not offered it yet."""

    code = "not-offered"
    words = _("It is not offered yet. Ask the people who wrote it whether they will offer it.")


class LearnedHere(Refusal):
    """A round tries its own lesson."""

    code, status = "learned-here", 422
    words = _("This round learned it. Another round can try it.")


class SayWhy(Refusal):
    """No reason was given."""

    code, status = "say-why", 422
    words = _("Say why. The reason stands beside it.")


class SayWhatChanged(Refusal):
    """Tried with a change, and the change is not said."""

    code, status = "say-what-changed", 422
    words = _("Say what you did another way.")


@transaction.atomic
def say_how(
    lesson: Lesson,
    *,
    round: Round,  # noqa: A002 - our word for one pass of the thread
    standing: Standing | str,
    reason: str,
    by: Person,
    on: date,
    changed: str = "",
    came_of: str = "",
    after: int = 0,
) -> Trial:
    """Say how a lesson of another round stands in this one; what was said before stays, below.

    `after` is the number of what was said last, as it was read; 0 where nothing was.
    Raises NotYoursToTry, NotOffered, LearnedHere, NewerWords, SayWhy, SayWhatChanged, NothingSaid or TooLong.
    """
    if not rules.may_try(by, round):
        raise NotYoursToTry
    lesson = Lesson.objects.select_for_update(of=("self",)).select_related("round").get(pk=lesson.pk)
    if lesson.round_id == round.pk:
        raise LearnedHere
    if not lesson.is_offered and lesson.round.neighbourhood_id != round.neighbourhood_id:
        raise NotOffered
    if not reason.strip():
        raise SayWhy
    standing = Standing(standing)
    if standing == Standing.ADAPTED and not changed.strip():
        raise SayWhatChanged
    trial = Trial.objects.filter(lesson=lesson, round=round).first()
    if after != (trial.version if trial else 0):
        raise NewerWords
    if trial is None:
        trial = Trial(lesson=lesson, round=round, began_on=on, version=0)
    trial.version += 1
    trial.standing = standing
    trial.save()
    trial.sayings.create(
        number=trial.version,
        standing=standing,
        reason=said(reason, most=LONGEST_REASON),
        changed=said(changed, most=LONGEST_REASON, needed=False) if standing == Standing.ADAPTED else "",
        came_of=said(came_of, most=LONGEST, needed=False),
        of_version=lesson.version,
        by=by,
        on=on,
    )
    log.info("lesson tried lesson=%s round=%s standing=%s by=%s", lesson.pk, round.pk, standing.value, by.pk)
    return trial
