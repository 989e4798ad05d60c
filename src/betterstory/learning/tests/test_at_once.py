"""Two at the same moment: one lesson offered, one wording a number, one round begun."""

import pytest

from betterstory.learning import verbs
from betterstory.learning.models import Lesson, Standing, Trial, TrialWords, Wording
from betterstory.learning.tests.conftest import OTHER_WORDS
from betterstory.people.models import Person
from betterstory.people.tests.conftest import AtOnce, at_once
from betterstory.places.models import Neighbourhood, Round
from conftest import TODAY

__all__ = ["at_once"]  # a fixture
pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_write_it_again_at_once_and_one_stands(lesson: Lesson, tomasz: Person, at_once: AtOnce) -> None:
    def again() -> Wording:
        return verbs.write_again(lesson, OTHER_WORDS, after=1, because="plainer", by=tomasz, on=TODAY)

    said = at_once(*[again] * 10)
    assert sum(isinstance(each, Wording) for each in said) == 1
    assert sum(isinstance(each, verbs.NewerWords) for each in said) == 9
    assert at_once(Wording.objects.count, lambda: Lesson.objects.get().version) == [2, 2]


def test_two_say_how_it_went_and_the_second_reads_the_first(
    offered: Lesson, side: Round, mo: Person, organiser: Person, at_once: AtOnce
) -> None:
    def say(standing: Standing, by: Person) -> Trial:
        return verbs.say_how(offered, round=side, standing=standing, reason="a", by=by, on=TODAY)

    said = at_once(
        *[lambda: say(Standing.TRIED, mo)] * 4, *[lambda: say(Standing.NOT_FOR_HERE, organiser)] * 4
    )
    assert sum(isinstance(each, Trial) for each in said) == 1
    assert sum(isinstance(each, verbs.NewerWords) for each in said) == 7
    assert at_once(Trial.objects.count, TrialWords.objects.count) == [1, 1]


def test_two_organisers_begin_one_round(
    neighbourhood: Neighbourhood, organiser: Person, steward: Person, at_once: AtOnce
) -> None:
    def begin(by: Person) -> Round:
        return verbs.begin(neighbourhood=neighbourhood, after=0, by=by, on=TODAY)

    begun = at_once(*[lambda: begin(organiser)] * 3, *[lambda: begin(steward)] * 3)
    assert sum(isinstance(each, Round) for each in begun) == 1
    assert sum(isinstance(each, verbs.BegunMeanwhile) for each in begun) == 5
    assert at_once(Round.objects.count) == [1]
