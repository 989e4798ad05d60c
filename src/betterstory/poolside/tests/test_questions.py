"""The questions are six to begin with, and the circle's own from then on."""

import pytest

from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.people.verbs import NotYours
from betterstory.poolside import verbs
from betterstory.poolside.models import Answer, Poolside, Question, Sharing
from betterstory.poolside.verbs import NoQuestions, NotRoundThisTable
from conftest import AT, TODAY


def asked(poolside: Poolside) -> list[str]:
    return list(poolside.questions.filter(set_aside_on=None).values_list("words", flat=True))


def test_a_circle_begins_with_six_questions_and_no_neighbourhood(poolside: Poolside) -> None:
    assert len(asked(poolside)) == 6
    assert poolside.round is None
    assert poolside.circle.kind == Circle.Kind.POOLSIDE


def test_whoever_opens_it_sits_in_it(poolside: Poolside, organiser: Person) -> None:
    assert poolside.circle.includes(organiser)


def test_a_circle_that_is_there_already_can_begin(steward: Person) -> None:
    circle = people.open_circle(name="from before", kind=Circle.Kind.POOLSIDE, by=steward)
    people.join(circle=circle, person=steward, at=AT, by=steward)
    begun = verbs.begin(circle=circle, by=steward, on=TODAY)
    assert verbs.begin(circle=circle, by=steward, on=TODAY) == begun
    assert Poolside.objects.count() == 1


def test_a_resident_does_not_open_a_circle(resident: Person) -> None:
    with pytest.raises(NotYours):
        verbs.open_poolside(name="mine", by=resident, at=AT, on=TODAY)
    assert not Circle.objects.exists()


def test_an_organiser_outside_a_circle_does_not_begin_it(organiser: Person, steward: Person) -> None:
    circle = people.open_circle(name="theirs", kind=Circle.Kind.POOLSIDE, by=steward)
    with pytest.raises(NotYours):
        verbs.begin(circle=circle, by=organiser, on=TODAY)
    assert not Poolside.objects.exists()


def test_a_member_who_does_not_organise_does_not_begin_it(partner: Person) -> None:
    circle = people.open_circle(name="ours", kind=Circle.Kind.POOLSIDE)
    people.join(circle=circle, person=partner, at=AT)
    with pytest.raises(NotYours):
        verbs.begin(circle=circle, by=partner, on=TODAY)
    assert not Poolside.objects.exists()


def test_a_gathering_is_not_a_poolside(organiser: Person, circle: Circle) -> None:
    with pytest.raises(NotYours):
        verbs.begin(circle=circle, by=organiser, on=TODAY)


def test_anybody_round_the_table_changes_the_set(poolside: Poolside, teller: Person) -> None:
    first, second, *_rest = asked(poolside)
    verbs.set_questions(poolside, words=[second, "", "Who is missing here?", first], by=teller, on=TODAY)
    assert asked(poolside) == [second, "Who is missing here?", first]


def test_the_same_question_twice_is_asked_once(poolside: Poolside, teller: Person) -> None:
    verbs.set_questions(poolside, words=["Why?", " Why? "], by=teller, on=TODAY)
    assert asked(poolside) == ["Why?"]


def test_a_question_left_out_keeps_its_answers_and_can_come_back(
    poolside: Poolside, question: Question, teller: Person
) -> None:
    verbs.answer(question, words="Too much.", sharing=Sharing.PRIVATE, by=teller, on=TODAY)
    verbs.set_questions(poolside, words=["Why?"], by=teller, on=TODAY)
    question.refresh_from_db()
    assert question.set_aside_on == TODAY
    assert Answer.objects.filter(question=question).exists()
    verbs.set_questions(poolside, words=[question.words], by=teller, on=TODAY)
    question.refresh_from_db()
    assert question.set_aside_on is None


@pytest.mark.parametrize("words", [[], [" "], [f"Question {n}?" for n in range(13)]])
def test_a_set_is_neither_empty_nor_endless(poolside: Poolside, teller: Person, words: list[str]) -> None:
    before = asked(poolside)
    with pytest.raises(NoQuestions):
        verbs.set_questions(poolside, words=words, by=teller, on=TODAY)
    assert asked(poolside) == before


def test_nobody_outside_changes_our_questions(poolside: Poolside, steward: Person) -> None:
    before = asked(poolside)
    with pytest.raises(NotRoundThisTable):
        verbs.set_questions(poolside, words=["Mine?"], by=steward, on=TODAY)
    assert asked(poolside) == before
