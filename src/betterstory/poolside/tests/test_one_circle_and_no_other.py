"""What is done round one table is done round no other: each row of the other is as it was, and is not shown.

Both tables have the same words on them, and people who sit round both.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from betterstory.people import verbs as people
from betterstory.people.models import Circle, Membership, Person
from betterstory.places.models import Round
from betterstory.poolside import goodwill, repairing, showing, verbs
from betterstory.poolside.goodwill import Word
from betterstory.poolside.models import (
    Agreement,
    Answer,
    Goodwill,
    Poolside,
    Question,
    Repair,
    Return,
    Sharing,
    Signature,
    Slip,
    TookPlace,
)
from betterstory.poolside.repairing import Reply
from conftest import AT, TODAY

DAY = timedelta(days=1)
AGAIN = TODAY + 28 * DAY
# every table that holds something of a circle, and how its rows say of which
OF: dict[type[Model], str] = {
    Poolside: "pk",
    Question: "poolside",
    Answer: "question__poolside",
    Agreement: "poolside",
    Signature: "agreement__poolside",
    Return: "agreement__poolside",
    Goodwill: "back__agreement__poolside",
    Slip: "goodwill__back__agreement__poolside",
    Repair: "poolside",
    TookPlace: "poolside",
}


def rows_of(poolside: Poolside) -> dict[str, list[dict[str, Any]]]:
    """Each row that says something of one circle, its seats included."""
    found: dict[str, list[dict[str, Any]]] = {
        model.__name__: list(model._default_manager.filter(**{path: poolside.pk}).order_by("pk").values())
        for model, path in OF.items()
    }
    seats = Membership.objects.filter(circle=poolside.circle_id).order_by("pk")
    found["Membership"] = [dict(seat) for seat in seats.values()]
    return found


@pytest.fixture
def everybody(
    organiser: Person, partner: Person, teller: Person, steward: Person, welcome: Callable[..., Person]
) -> list[Person]:
    """Five who sit round both tables."""
    return [organiser, partner, teller, steward, welcome("Ann")]


@pytest.fixture
def lay(everybody: list[Person]) -> Callable[[str], Poolside]:
    """A table with something of everything on it."""

    def make(name: str) -> Poolside:
        first, second, third, *_more = everybody
        circle = people.open_circle(name=name, kind=Circle.Kind.POOLSIDE)
        for person in everybody:
            people.join(circle=circle, person=person, at=AT)
        laid = verbs.begin(circle=circle, by=first, on=TODAY)
        question = laid.questions.get(position=1)
        for person in (first, second):
            verbs.answer(question, words="The same.", sharing=Sharing.SHARED, by=person, on=TODAY)
        agreed = verbs.agree(laid, words="We say so.", come_back_on=AGAIN, by=first, on=TODAY)
        verbs.sign(agreed, by=first, on=TODAY)
        verbs.come_back(agreed, held="Tea", not_held="", changes="", next_on=AGAIN, by=first, on=TODAY)
        asked = goodwill.open_for(laid, first, on=TODAY)
        assert asked is not None
        goodwill.say(asked, words=[Word(1), Word(2), Word(3)], by=first, on=TODAY)
        talk = repairing.ask(laid, whom=second, words="That day.", by=third, on=TODAY)
        repairing.reply(talk.uuid, says=Reply.YES, by=second, on=TODAY)
        for person in (second, third):
            repairing.wish_known(talk.uuid, talked_on=TODAY, by=person, on=TODAY)
        return laid

    return make


def put_other_questions(one: Poolside, by: list[Person]) -> None:
    verbs.set_questions(one, words=["Why us?"], by=by[0], on=TODAY)


def take_an_answer_back(one: Poolside, by: list[Person]) -> None:
    verbs.take_back_answer(one.questions.get(position=1), by=by[0])


def answer_otherwise(one: Poolside, by: list[Person]) -> None:
    verbs.answer(
        one.questions.get(position=1), words="Something else.", sharing=Sharing.PRIVATE, by=by[0], on=TODAY
    )


def agree_anew(one: Poolside, by: list[Person]) -> None:
    new = verbs.agree(one, words="Otherwise.", come_back_on=AGAIN, by=by[1], on=TODAY, after=1)
    verbs.sign(new, by=by[1], on=TODAY)


def skip(one: Poolside, by: list[Person]) -> None:
    verbs.skip(one.agreements.get(), why="Ill", next_on=AGAIN + DAY, by=by[0], on=TODAY)


def say_quietly(one: Poolside, by: list[Person]) -> None:
    asked = goodwill.open_for(one, by[1], on=TODAY)
    assert asked is not None
    goodwill.say(asked, words=[Word(3), Word(3), Word(3)], by=by[1], on=TODAY)


def let_the_week_pass(one: Poolside, by: list[Person]) -> None:
    assert goodwill.settle_those_due(on=TODAY + goodwill.OPEN_FOR + DAY, poolside=one) == 1


def wish_it_unknown(one: Poolside, by: list[Person]) -> None:
    repairing.wish_unknown(one.repairs.get().uuid, by=by[1], on=TODAY)


def wipe_the_talk(one: Poolside, by: list[Person]) -> None:
    repairing.wipe(one.repairs.get().uuid, by=by[2], on=TODAY)


def ask_for_another_talk(one: Poolside, by: list[Person]) -> None:
    repairing.ask(one, whom=by[0], words="Another day.", by=by[1], on=TODAY)


def leave(one: Poolside, by: list[Person]) -> None:
    people.leave(circle=one.circle, person=by[4], at=AT, by=by[0])


DEEDS = [
    put_other_questions,
    take_an_answer_back,
    answer_otherwise,
    agree_anew,
    skip,
    say_quietly,
    let_the_week_pass,
    wish_it_unknown,
    wipe_the_talk,
    ask_for_another_talk,
    leave,
]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_the_other_table_is_as_it_was(
    deed: Callable[[Poolside, list[Person]], None], lay: Callable[[str], Poolside], everybody: list[Person]
) -> None:
    before_it, one, after_it = lay("a table before"), lay("this table"), lay("a table after")
    here, there = rows_of(one), [rows_of(other) for other in (before_it, after_it)]
    assert all(there[0].values()), "there is something of everything to be harmed"
    deed(Poolside.objects.get(pk=one.pk), everybody)
    assert rows_of(one) != here, "something was done"
    assert [rows_of(other) for other in (before_it, after_it)] == there


def test_it_belongs_to_a_round_alone(
    lay: Callable[[str], Poolside], everybody: list[Person], round_: Round
) -> None:
    one, other = lay("this table"), lay("the other")
    there = rows_of(other)
    verbs.belong(one, round_=round_, by=everybody[0], on=TODAY)
    assert Poolside.objects.get(pk=one.pk).round == round_
    assert rows_of(other) == there


def test_nobody_of_one_table_is_shown_round_the_other(
    lay: Callable[[str], Poolside], everybody: list[Person], welcome: Callable[..., Person]
) -> None:
    one, other = lay("this table"), lay("the other")
    stranger, gone = welcome("Zoe"), welcome("Yan")
    for person in (stranger, gone):
        people.join(circle=other.circle, person=person, at=AT)
    people.leave(circle=other.circle, person=gone, at=AT, by=everybody[0])
    here, left = showing.round_the_table(one)
    assert {person.name for person in here} == {person.name for person in everybody}
    assert left == []
    there, left = showing.round_the_table(other)
    assert stranger in there
    assert [each.name for each in left] == ["Yan"]


def test_a_quiet_question_is_open_at_its_own_table_alone(
    lay: Callable[[str], Poolside],
    everybody: list[Person],
    signed_in_client: Callable[[Person], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    one, other = lay("this table"), lay("the other")
    say_quietly(one, everybody)
    client = signed_in_client(everybody[1])
    quiet = [client.get(f"/poolside/{each.pk}/").context["is_quiet"] for each in (one, other)]
    assert quiet == [False, True]


def test_nothing_said_round_one_table_is_read_at_the_other(
    lay: Callable[[str], Poolside], everybody: list[Person]
) -> None:
    one, other = lay("this table"), lay("the other")
    secret = "Only said here."
    question = other.questions.get(position=1)
    verbs.answer(question, words=secret, sharing=Sharing.SHARED, by=everybody[0], on=TODAY)
    members = showing.members_of(one)
    asked = showing.what_is_asked(one, everybody[1], members)
    assert secret not in repr(asked)
    assert secret in repr(showing.what_is_asked(other, everybody[1], members))
    assert len(goodwill.line(one)) == 1
    assert len(repairing.mine(everybody[2], on=TODAY)) == 2, "one of each table"
