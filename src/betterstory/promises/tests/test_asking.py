"""Asking, and the four answers: yes, no because, not ours, no answer yet."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Answer, Ask, Promise, State
from betterstory.promises.tests.conftest import ASKED, SEPTEMBER, WORDS, days
from conftest import TODAY


def afresh(ask: Ask) -> Ask:
    return Ask.objects.get(pk=ask.pk)


def test_an_organiser_asks_for_a_room(ask: Ask, room: Circle, organiser: Person) -> None:
    assert (ask.asked_by, ask.asker, ask.written_by) == (room, None, organiser)
    assert (ask.mark, ask.is_waiting, ask.days(on=days(12))) == ("none_yet", True, 12)


@pytest.mark.parametrize("who", ["resident", "partner", "analyst"])
def test_nobody_but_an_organiser_asks_for_a_room(
    who: str, request: pytest.FixtureRequest, round_: Round, room: Circle, service: Body
) -> None:
    by = request.getfixturevalue(who)
    with pytest.raises(verbs.NotYoursToAsk):
        verbs.ask(
            round=round_, words=ASKED, of=service, by=by, on=TODAY, asked_by=room, asked_by_words="all of us"
        )
    assert not Ask.objects.exists()


def test_a_tellers_helpers_never_stand_on_the_wall(
    round_: Round, room: Circle, service: Body, organiser: Person
) -> None:
    Circle.objects.filter(pk=room.pk).update(kind=Circle.Kind.HELPERS)
    room.refresh_from_db()
    with pytest.raises(verbs.NotYoursToAsk):
        verbs.ask(
            round=round_,
            words=ASKED,
            of=service,
            by=organiser,
            on=TODAY,
            asked_by=room,
            asked_by_words="Sam’s helpers",
        )


def test_a_resident_asks_for_themselves_by_their_own_yes(lyndas_ask: Ask, lynda: Person) -> None:
    assert (lyndas_ask.asked_by, lyndas_ask.asker) == (None, lynda)
    assert lyndas_ask.asked_by_words == "Lyn from the lock"


def test_without_their_yes_nothing_stands_there(round_: Round, service: Body, lynda: Person) -> None:
    with pytest.raises(verbs.NeedsYourYes):
        verbs.ask(round=round_, words=ASKED, of=service, by=lynda, on=TODAY, asked_by_words="Lynda Okafor")
    assert not Ask.objects.exists()


def test_yes_is_a_promise_in_the_same_breath(ask: Ask, promise: Promise, room: Circle, head: Post) -> None:
    assert (promise.words, promise.due_on, promise.state) == (WORDS, SEPTEMBER, State.MADE)
    assert (promise.post, promise.to_circle, promise.to_words) == (head, room, "the people of 14 July")
    assert (promise.ask, afresh(ask).mark) == (ask, "yes")


def test_a_promise_that_cannot_stand_leaves_no_yes_behind(ask: Ask, head: Post, helen: Person) -> None:
    with pytest.raises(verbs.DayIsPast):
        verbs.answer_yes(ask, by=helen, on=TODAY, post=head, words=WORDS, due_on=days(-1))
    assert not Answer.objects.exists()
    assert not Promise.objects.exists()


def test_a_yes_to_lynda_is_promised_to_lynda(
    lyndas_ask: Ask, head: Post, helen: Person, lynda: Person
) -> None:
    promise = verbs.answer_yes(lyndas_ask, by=helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
    assert (promise.to_person, promise.to_circle, promise.to_words) == (lynda, None, "Lyn from the lock")


def test_no_says_why(ask: Ask, helen: Person) -> None:
    with pytest.raises(verbs.SayWhy):
        verbs.answer_no(ask, by=helen, on=TODAY, reason="  \n ")
    assert afresh(ask).mark == "none_yet"
    verbs.answer_no(ask, by=helen, on=TODAY, reason="The law does not let us.")
    answer = afresh(ask).last_answer
    assert answer is not None
    assert (answer.kind, answer.words, answer.in_the_room) == (
        "no_because",
        "The law does not let us.",
        False,
    )


def test_not_ours_names_whose_and_the_clock_goes_on(
    ask: Ask, service: Body, council: Body, helen: Person, femi: Person
) -> None:
    verbs.answer_not_ours(ask, by=helen, on=days(5), whose=council, note="Buses are theirs.")
    passed = afresh(ask)
    assert (passed.of, passed.mark, passed.is_waiting) == (council, "not_ours", True)
    assert passed.days(on=days(12)) == 12
    answer = passed.last_answer
    assert answer is not None
    assert (answer.body, answer.passed_to) == (service, council)
    with pytest.raises(verbs.NotYoursToAnswer):
        verbs.answer_no(passed, by=helen, on=days(6), reason="It went to the council.")
    verbs.answer_no(passed, by=femi, on=days(6), reason="There is no money this year.")
    assert afresh(ask).mark == "no_because"


def test_not_ours_cannot_mean_ours(ask: Ask, service: Body, helen: Person) -> None:
    with pytest.raises(verbs.SayWhose):
        verbs.answer_not_ours(ask, by=helen, on=TODAY, whose=service)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("who", ["lynda", "femi", "analyst", "teller"])
def test_nobody_answers_for_a_body_that_is_not_theirs(
    who: str, request: pytest.FixtureRequest, ask: Ask, head: Post, council: Body
) -> None:
    by = request.getfixturevalue(who)
    for answer in (
        lambda: verbs.answer_yes(ask, by=by, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER),
        lambda: verbs.answer_no(ask, by=by, on=TODAY, reason="No."),
        lambda: verbs.answer_not_ours(ask, by=by, on=TODAY, whose=council),
    ):
        with pytest.raises(verbs.NotYoursToAnswer):
            answer()
    assert not Answer.objects.exists()
    assert not Promise.objects.exists()


def test_an_organiser_writes_down_what_was_said_in_the_room(
    ask: Ask, head: Post, helen: Person, organiser: Person
) -> None:
    promise = verbs.answer_yes(ask, by=organiser, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
    assert (promise.in_the_room, promise.written_by, promise.made_by) == (True, organiser, helen)
    answer = afresh(ask).last_answer
    assert answer is not None
    assert answer.in_the_room


def test_a_post_of_another_body_cannot_promise(ask: Ask, helen: Person, femi: Person, council: Body) -> None:
    with pytest.raises(verbs.WrongPost):
        verbs.answer_yes(ask, by=helen, on=TODAY, post=council.posts.get(), words=WORDS, due_on=SEPTEMBER)
    assert not Promise.objects.exists()


def test_the_body_that_came_after_answers_for_it(
    ask: Ask, service: Body, council: Body, femi: Person, organiser: Person
) -> None:
    people.follow(service, by_this=council, by=organiser)
    promise = verbs.answer_yes(
        afresh(ask), by=femi, on=TODAY, post=council.posts.get(), words=WORDS, due_on=SEPTEMBER
    )
    assert promise.made_by == femi


def test_two_at_once_make_one_promise(ask: Ask, head: Post, helen: Person) -> None:
    """The second still holds the ask as it was before the first answered."""
    stale = afresh(ask)
    verbs.answer_yes(ask, by=helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
    with pytest.raises(verbs.AlreadyAnswered):
        verbs.answer_yes(stale, by=helen, on=TODAY, post=head, words="Something else.", due_on=SEPTEMBER)
    with pytest.raises(verbs.AlreadyAnswered):
        verbs.answer_no(stale, by=helen, on=TODAY, reason="We thought again.")
    assert Promise.objects.get().words == WORDS


def test_the_database_itself_takes_one_yes(ask: Ask, promise: Promise) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ask.answers.create(kind=Answer.Kind.YES, body=ask.of, on=TODAY)


def test_a_no_can_become_a_yes_and_both_stay(ask: Ask, head: Post, helen: Person) -> None:
    verbs.answer_no(ask, by=helen, on=TODAY, reason="Not this year.")
    with pytest.raises(verbs.AlreadyAnswered):
        verbs.answer_no(ask, by=helen, on=days(1), reason="Never.")
    verbs.answer_yes(ask, by=helen, on=days(2), post=head, words=WORDS, due_on=SEPTEMBER)
    assert [each.kind for each in afresh(ask).answers.all()] == ["no_because", "yes"]


def test_words_fit_the_wall_on_one_line(ask: Ask, head: Post, helen: Person) -> None:
    for words, wrong in (("word " * 20_000, verbs.TooLong), (" \t ", verbs.NothingSaid)):
        with pytest.raises(wrong):
            verbs.answer_yes(ask, by=helen, on=TODAY, post=head, words=words, due_on=SEPTEMBER)
    assert not Promise.objects.exists()
    promise = verbs.answer_yes(ask, by=helen, on=TODAY, post=head, words=" We\n will ", due_on=SEPTEMBER)
    assert promise.words == "We will"


def test_nobody_promises_to_their_own_side(
    round_: Round, service: Body, head: Post, helen: Person, organiser: Person
) -> None:
    own = verbs.ask(
        round=round_, words=ASKED, of=service, by=helen, on=TODAY, asked_by_words="Helen", own_yes=True
    )
    with pytest.raises(verbs.PromisedToOneself):
        verbs.answer_yes(own, by=organiser, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
    assert not Promise.objects.exists()


def test_a_log_line_holds_no_words_and_no_names(
    ask: Ask, head: Post, helen: Person, caplog: pytest.LogCaptureFixture, welcome: Callable[..., Person]
) -> None:
    with caplog.at_level("INFO"):
        verbs.answer_yes(ask, by=helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER, note="Gladly.")
    assert f"ask={ask.pk}" in caplog.text
    for words in (WORDS, "Gladly", helen.name, "14 July"):
        assert words not in caplog.text
