"""Beginning a round from lessons of earlier ones."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.learning import rules
from betterstory.learning.models import Beginning, Chosen, Lesson, Standing, Trial
from betterstory.learning.verbs.trying import LearnedHere, NotOffered, SayWhy, say_how
from betterstory.learning.verbs.wording import LONGEST, LONGEST_WHY, said
from betterstory.learning.verbs.writing import NotYoursToWrite
from betterstory.people.models import Person
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST_CHOSEN = 8


class BegunMeanwhile(Refusal):
    """Somebody else began a round since the page was read."""

    code = "begun-meanwhile"
    words = _("Somebody has begun a round here since you opened this page. Look at that one first.")


class BegunAlready(Refusal):
    """How this round began was said before."""

    code = "begun-already"
    words = _("How this round began is written down already. It stays.")


class SayWhatIsDifferent(Refusal):
    """Lessons were chosen, and nothing is done otherwise."""

    code, status = "say-what-is-different", 422
    words = _("Say what you do differently this time. Else nothing was learned.")


class TooManyChosen(Refusal):
    """More lessons than a round can hold in mind."""

    code, status = "too-many-chosen", 422
    words = _("Choose %(most)s lessons at most: those you will really act on.")


@dataclass(frozen=True)
class Choice:
    """A lesson, and why it was chosen."""

    lesson: Lesson
    because: str


@transaction.atomic
def begin(
    *,
    neighbourhood: Neighbourhood,
    chosen: Sequence[Choice] = (),
    differently: str = "",
    after: int,
    by: Person,
    on: date,
) -> Round:
    """Begin the next round, from lessons chosen out of earlier ones; a first round may begin from none.

    `after` is the number of the last round, as it was read; 0 where there was none.
    Raises NotYours, BegunMeanwhile, and what `say_how_it_began` does.
    """
    locked = Neighbourhood.objects.select_for_update().get(pk=neighbourhood.pk)
    last = locked.rounds.order_by("-number").first()
    if after != (last.number if last else 0):
        raise BegunMeanwhile
    begun = places.begin_round(neighbourhood=locked, by=by, on=on)
    if chosen or differently.strip():
        say_how_it_began(begun, chosen=chosen, differently=differently, by=by, on=on)
    return begun


@transaction.atomic
def say_how_it_began(
    round_: Round, *, chosen: Sequence[Choice], differently: str, by: Person, on: date
) -> Beginning:
    """Write down the lessons a round began from and what it does differently. Said once; it stays.

    A lesson of another neighbourhood is being tried here from now on.
    Raises NotYoursToWrite, BegunAlready, TooManyChosen, SayWhatIsDifferent, SayWhy, NotOffered, LearnedHere
    or TooLong.
    """
    round_ = Round.objects.select_for_update(of=("self",)).select_related("neighbourhood").get(pk=round_.pk)
    if not rules.may_write(by, round_):
        raise NotYoursToWrite
    if Beginning.objects.filter(round=round_).exists():
        raise BegunAlready
    if len(chosen) > MOST_CHOSEN:
        raise TooManyChosen(most=MOST_CHOSEN)
    if not differently.strip():
        raise SayWhatIsDifferent
    beginning = Beginning.objects.create(
        round=round_, differently=said(differently, most=LONGEST), by=by, on=on
    )
    for choice in chosen:
        _choose(beginning, choice, by=by, on=on)
    log.info("round began from lessons round=%s chosen=%s by=%s", round_.pk, len(chosen), by.pk)
    return beginning


def _choose(beginning: Beginning, choice: Choice, *, by: Person, on: date) -> None:
    """Note why, and take the lesson up in this round, where it was not taken up before."""
    lesson = Lesson.objects.select_for_update(of=("self",)).select_related("round").get(pk=choice.lesson.pk)
    round_ = beginning.round
    if lesson.round_id == round_.pk:
        raise LearnedHere
    if not (lesson.is_offered or lesson.round.neighbourhood_id == round_.neighbourhood_id):
        raise NotOffered
    if not choice.because.strip():
        raise SayWhy
    because = said(choice.because, most=LONGEST_WHY)
    Chosen.objects.create(beginning=beginning, lesson=lesson, because=because, of_version=lesson.version)
    if not Trial.objects.filter(lesson=lesson, round=round_).exists():
        say_how(lesson, round=round_, standing=Standing.TRYING, reason=because, by=by, on=on)
