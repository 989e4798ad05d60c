"""Many people press at the same moment: one promise, one word a day."""

import pytest

from betterstory.people.models import Body, Person, Post
from betterstory.people.tests.conftest import AtOnce, at_once
from betterstory.promises import verbs
from betterstory.promises.models import Answer, Ask, Judgement, Promise, Verdict
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS
from conftest import TODAY

__all__ = ["at_once"]  # a fixture
pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_yeses_at_once_make_one_promise(ask: Ask, head: Post, helen: Person, at_once: AtOnce) -> None:
    def yes() -> Promise:
        return verbs.answer_yes(ask, by=helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)

    answers = at_once(*[yes] * 20)
    assert sum(isinstance(answer, Promise) for answer in answers) == 1
    assert sum(isinstance(answer, verbs.AlreadyAnswered) for answer in answers) == 19
    assert at_once(Promise.objects.count, Answer.objects.count) == [1, 1]


def test_no_and_not_ours_at_once_is_one_of_them(
    ask: Ask, council: Body, helen: Person, at_once: AtOnce
) -> None:
    answers = at_once(
        *[lambda: verbs.answer_no(ask, by=helen, on=TODAY, reason="We cannot.")] * 5,
        *[lambda: verbs.answer_not_ours(ask, by=helen, on=TODAY, whose=council)] * 5,
    )
    assert sum(isinstance(answer, Answer) for answer in answers) == 1
    assert at_once(Answer.objects.count) == [1]


def test_two_of_the_room_at_once_and_the_first_word_stands(
    promise: Promise,
    lynda: Person,
    organiser: Person,
    at_once: AtOnce,
) -> None:
    said = at_once(
        *[lambda: verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.KEPT)] * 5,
        *[lambda: verbs.judge(promise, by=organiser, on=SEPTEMBER, verdict=Verdict.NOT_KEPT)] * 5,
    )
    [stands] = [each for each in said if isinstance(each, Judgement)]
    assert sum(isinstance(each, verbs.NotOpen) for each in said) == 9
    [state] = at_once(lambda: Promise.objects.get().state)
    assert state == stands.verdict
