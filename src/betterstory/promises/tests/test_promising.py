"""Promises nobody asked for, promises made again, and the name on the wall."""

from datetime import timedelta
from typing import Any

import pytest

from betterstory.people.models import Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Ask, Promise, State, Verdict
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS, days
from conftest import TODAY

OCTOBER = SEPTEMBER + timedelta(days=40)


def afresh(promise: Promise) -> Promise:
    return Promise.objects.get(pk=promise.pk)


def make(round_: Round, by: Person, to: Circle | Person, **more: Any) -> Promise:
    told = {"words": "I will ring back.", "on": TODAY, "due_on": SEPTEMBER, "to_words": "the Row", **more}
    return verbs.make(round=round_, by=by, to=to, **told)


def test_the_head_of_a_service_promises_unasked(
    round_: Round, room: Circle, head: Post, helen: Person
) -> None:
    promise = make(round_, helen, room, post=head)
    assert (promise.who, promise.to_words) == ("Head of the service, The Talking Service", "the Row")
    assert (promise.made_by, promise.in_the_room, promise.person, promise.ask) == (helen, False, None, None)


def test_it_can_be_due_today_but_not_yesterday(
    round_: Round, room: Circle, head: Post, helen: Person
) -> None:
    assert make(round_, helen, room, post=head, due_on=TODAY).due_on == TODAY
    with pytest.raises(verbs.DayIsPast):
        make(round_, helen, room, post=head, due_on=days(-1))
    assert Promise.objects.count() == 1


def test_nobody_promises_in_the_name_of_a_service_not_theirs(
    round_: Round, room: Circle, head: Post, lynda: Person, femi: Person
) -> None:
    for by in (lynda, femi):
        with pytest.raises(verbs.NotYoursToPromise):
            make(round_, by, room, post=head)
    assert not Promise.objects.exists()


def test_the_name_of_whoever_promises_for_themselves_stands_by_their_own_yes(
    round_: Round, room: Circle, lynda: Person
) -> None:
    with pytest.raises(verbs.NeedsYourYes):
        make(round_, lynda, room, by_words="Lynda Okafor")
    with pytest.raises(verbs.NothingSaid):
        make(round_, lynda, room, own_yes=True)
    assert not Promise.objects.exists()
    assert make(round_, lynda, room, by_words="Lyn", own_yes=True).who == "Lyn"


def test_a_person_it_is_promised_to_has_no_name_there_until_they_say_so(
    round_: Round, head: Post, helen: Person, lynda: Person, organiser: Person
) -> None:
    promise = make(round_, helen, lynda, post=head, to_words="Lynda Okafor of Lime Walk")
    assert promise.to_words == "somebody here"
    for other in (helen, organiser):
        with pytest.raises(verbs.NotYourName):
            verbs.be_named(promise, by=other, words="Lynda Okafor")
    assert afresh(promise).to_words == "somebody here"
    verbs.be_named(promise, by=lynda, words="Lyn")
    assert afresh(promise).to_words == "Lyn"
    verbs.be_named(promise, by=lynda, words="")
    assert afresh(promise).to_words == "somebody here"


def test_a_name_comes_off_an_ask_and_off_the_promise_it_became(
    lyndas_ask: Ask, head: Post, helen: Person, lynda: Person
) -> None:
    promise = verbs.answer_yes(lyndas_ask, by=helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
    verbs.be_named(lyndas_ask, by=lynda, words=" ")
    assert Ask.objects.get().asked_by_words == "somebody here"
    assert afresh(promise).to_words == "somebody here"


def test_whoever_promised_for_themselves_takes_their_name_off(
    round_: Round, room: Circle, lynda: Person
) -> None:
    promise = make(round_, lynda, room, by_words="Lyn", own_yes=True)
    verbs.be_named(promise, by=lynda, words="")
    assert (afresh(promise).who, afresh(promise).to_words) == ("somebody here", "the Row")


def test_nobody_promises_to_themselves(round_: Round, head: Post, helen: Person, lynda: Person) -> None:
    with pytest.raises(verbs.PromisedToOneself):
        make(round_, helen, helen, post=head)
    with pytest.raises(verbs.PromisedToOneself):
        make(round_, lynda, lynda, by_words="Lyn", own_yes=True)
    assert not Promise.objects.exists()


def test_made_again_takes_both_sides_and_the_first_words_stay(
    promise: Promise, helen: Person, lynda: Person
) -> None:
    asked = verbs.ask_for_time(
        promise,
        by=helen,
        on=days(30),
        due_on=OCTOBER,
        because="The rule is not written yet.",
        words="We will.",
    )
    assert (afresh(promise).state, afresh(promise).due_on) == (State.MADE, SEPTEMBER)
    again = verbs.make_again(asked, by=lynda, on=days(31))
    assert (again.state, again.due_on, again.words) == (State.MADE_AGAIN, OCTOBER, "We will.")
    kept = promise.agains.get()
    assert (kept.was_words, kept.was_due_on, kept.agreed_by) == (WORDS, SEPTEMBER, lynda)


def test_the_promiser_cannot_agree_with_herself(promise: Promise, helen: Person) -> None:
    asked = verbs.ask_for_time(promise, by=helen, on=days(30), due_on=OCTOBER, because="Later.")
    with pytest.raises(verbs.NotPromisedToYou):
        verbs.make_again(asked, by=helen, on=days(30))
    assert afresh(promise).due_on == SEPTEMBER


def test_only_the_promiser_or_an_organiser_for_her_asks_for_time(
    promise: Promise, lynda: Person, femi: Person, organiser: Person
) -> None:
    for other in (lynda, femi):
        with pytest.raises(verbs.NotYoursToPromise):
            verbs.ask_for_time(promise, by=other, on=days(30), due_on=OCTOBER, because="Later.")
    assert not promise.agains.exists()
    assert verbs.ask_for_time(promise, by=organiser, on=days(30), due_on=OCTOBER, because="Said in the room.")


def test_no_organiser_speaks_for_a_neighbour(
    round_: Round, room: Circle, lynda: Person, organiser: Person
) -> None:
    promise = make(round_, lynda, room, by_words="Lyn", own_yes=True)
    with pytest.raises(verbs.NotYoursToPromise):
        verbs.ask_for_time(promise, by=organiser, on=days(3), due_on=OCTOBER, because="She is ill.")
    assert not promise.agains.exists()


def test_nobody_agrees_to_a_day_they_have_not_read(promise: Promise, helen: Person, lynda: Person) -> None:
    read = verbs.ask_for_time(promise, by=helen, on=days(30), due_on=OCTOBER, because="Later.")
    far = OCTOBER + timedelta(days=3000)
    verbs.ask_for_time(promise, by=helen, on=days(30), due_on=far, because="Much later.")
    with pytest.raises(verbs.NotOpen):
        verbs.make_again(read, by=lynda, on=days(31))
    assert afresh(promise).due_on == SEPTEMBER


def test_what_was_judged_is_not_made_again(promise: Promise, helen: Person, lynda: Person) -> None:
    asked = verbs.ask_for_time(promise, by=helen, on=days(30), due_on=OCTOBER, because="Later.")
    verbs.judge(promise, by=lynda, on=days(31), verdict=Verdict.NOT_KEPT)
    with pytest.raises(verbs.NotOpen):
        verbs.make_again(asked, by=lynda, on=days(32))
    with pytest.raises(verbs.NotOpen):
        verbs.ask_for_time(promise, by=helen, on=days(32), due_on=OCTOBER, because="Please.")
    assert afresh(promise).state == State.NOT_KEPT
    assert promise.agains.get().agreed_on is None


def test_a_second_yes_to_the_same_new_day_changes_nothing(
    promise: Promise, helen: Person, lynda: Person
) -> None:
    asked = verbs.ask_for_time(promise, by=helen, on=days(30), due_on=OCTOBER, because="Later.")
    verbs.make_again(asked, by=lynda, on=days(31))
    with pytest.raises(verbs.NotOpen):
        verbs.make_again(asked, by=lynda, on=days(32))
    assert promise.agains.get().agreed_on == days(31)


def test_a_new_day_in_the_past_is_none(promise: Promise, helen: Person) -> None:
    with pytest.raises(verbs.DayIsPast):
        verbs.ask_for_time(promise, by=helen, on=days(90), due_on=days(89), because="Sorry.")
    assert not promise.agains.exists()
