"""What somebody says at the poolside, and whose eyes it is for."""

from datetime import timedelta

import pytest

from betterstory.people import verbs as people
from betterstory.people.models import Person
from betterstory.poolside import showing, verbs
from betterstory.poolside.models import Answer, Poolside, Question, Sharing
from betterstory.poolside.verbs import NotRoundThisTable, SetAside
from conftest import AT, TODAY

WORDS = "My mother is ill, and so is half the team."


def seen_by(person: Person, question: Question) -> showing.Asked:
    members = showing.members_of(question.poolside)
    asked = showing.what_is_asked(question.poolside, person, members)
    return next(each for each in asked if each.question == question)


def say(question: Question, by: Person, sharing: Sharing, words: str = WORDS) -> Answer:
    return verbs.answer(question, words=words, sharing=sharing, by=by, on=TODAY)


def test_what_is_shared_is_read_by_the_circle(question: Question, partner: Person, teller: Person) -> None:
    say(question, partner, Sharing.SHARED)
    seen = seen_by(teller, question)
    assert [(said.who, said.words, said.on) for said in seen.shared] == [("Helen", WORDS, TODAY)]


def test_what_is_mine_alone_nobody_else_sees_nor_that_i_wrote(
    question: Question, partner: Person, teller: Person
) -> None:
    say(question, partner, Sharing.PRIVATE)
    seen = seen_by(teller, question)
    assert (seen.mine, seen.shared, seen.aloud) == (None, [], [])
    mine = seen_by(partner, question).mine
    assert mine is not None
    assert mine.words == WORDS


def test_what_i_read_out_is_announced_and_not_shown(
    question: Question, partner: Person, teller: Person
) -> None:
    say(question, partner, Sharing.ALOUD)
    seen = seen_by(teller, question)
    assert seen.aloud == ["Helen"]
    assert (seen.mine, seen.shared) == (None, [])


def test_saying_it_again_replaces_what_was_said(question: Question, partner: Person, teller: Person) -> None:
    say(question, partner, Sharing.SHARED)
    say(question, partner, Sharing.SHARED, "Less than last month.")
    assert [said.words for said in seen_by(teller, question).shared] == ["Less than last month."]


def test_sharing_can_be_taken_back(question: Question, partner: Person, teller: Person) -> None:
    say(question, partner, Sharing.SHARED)
    say(question, partner, Sharing.PRIVATE)
    assert seen_by(teller, question).shared == []


def test_an_answer_can_be_unsaid(question: Question, partner: Person, teller: Person) -> None:
    say(question, partner, Sharing.SHARED)
    say(question, teller, Sharing.SHARED, "The dog.")
    verbs.take_back_answer(question, by=partner)
    assert [answer.by for answer in Answer.objects.all()] == [teller]


def test_who_leaves_takes_their_answers_along(
    poolside: Poolside, question: Question, partner: Person, teller: Person
) -> None:
    say(question, partner, Sharing.SHARED)
    second = poolside.questions.get(position=2)
    say(second, partner, Sharing.ALOUD)
    people.leave(circle=poolside.circle, person=partner, at=AT, by=partner)
    assert seen_by(teller, question).shared == []
    assert seen_by(teller, second).aloud == []


def test_who_left_can_still_unsay_what_they_said(
    poolside: Poolside, question: Question, partner: Person
) -> None:
    say(question, partner, Sharing.SHARED)
    people.leave(circle=poolside.circle, person=partner, at=AT, by=partner)
    verbs.take_back_answer(question, by=partner)
    assert not Answer.objects.exists()


def test_nobody_outside_answers(question: Question, resident: Person) -> None:
    with pytest.raises(NotRoundThisTable):
        say(question, resident, Sharing.SHARED)
    assert not Answer.objects.exists()


def test_nobody_who_left_answers(poolside: Poolside, question: Question, partner: Person) -> None:
    people.leave(circle=poolside.circle, person=partner, at=AT, by=partner)
    with pytest.raises(NotRoundThisTable):
        say(question, partner, Sharing.SHARED)


def test_a_circle_that_is_over_is_over(poolside: Poolside, question: Question, partner: Person) -> None:
    poolside.circle.ends_on = TODAY - timedelta(days=1)
    poolside.circle.save()
    with pytest.raises(NotRoundThisTable):
        say(Question.objects.get(pk=question.pk), partner, Sharing.SHARED)
    assert not Poolside.objects.around(partner, on=TODAY).exists()


def test_a_circle_lasts_through_its_last_day(poolside: Poolside, question: Question, partner: Person) -> None:
    poolside.circle.ends_on = TODAY
    poolside.circle.save()
    say(Question.objects.get(pk=question.pk), partner, Sharing.SHARED)
    assert Poolside.objects.around(partner, on=TODAY).exists()


def test_a_question_set_aside_takes_no_new_answer_but_gives_old_ones_back(
    poolside: Poolside, question: Question, partner: Person
) -> None:
    say(question, partner, Sharing.SHARED)
    verbs.set_questions(poolside, words=["Why?"], by=partner, on=TODAY)
    question.refresh_from_db()
    with pytest.raises(SetAside):
        say(question, partner, Sharing.PRIVATE)
    verbs.take_back_answer(question, by=partner)
    assert not Answer.objects.exists()
