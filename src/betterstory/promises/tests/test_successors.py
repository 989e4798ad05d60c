"""A promise outlives its holder: it stays with the post, and goes on with what took the post's place."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post, Ring
from betterstory.promises import rules, verbs
from betterstory.promises.models import Ask, Promise, Verdict
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS
from conftest import AT, TODAY

SignIn = Callable[[Person], Client]
WAS = "Head of the service, The Talking Service"
NOW = "Director, The Trust"


@pytest.fixture
def trust(organiser: Person) -> Body:
    return people.name_body(name="The Trust", ring=Ring.LOCAL_SERVICES, by=organiser)


@pytest.fixture
def ola(welcome: Callable[..., Person]) -> Person:
    return welcome("Ola", "partner")


@pytest.fixture
def director(trust: Body, ola: Person, organiser: Person) -> Post:
    return people.name_post(body=trust, title="Director", by=organiser, holder=ola)


def afresh(promise: Promise) -> Promise:
    return Promise.objects.on_the_wall().get(pk=promise.pk)


def test_the_next_holder_keeps_it_and_may_ask_for_time(
    promise: Promise, head: Post, helen: Person, ola: Person, organiser: Person
) -> None:
    people.hand_over(head, to=ola, by=organiser, on=TODAY, today=TODAY)
    assert afresh(promise).keeper == ola
    assert list(Promise.objects.promised_by(ola)) == [promise]
    assert not Promise.objects.promised_by(helen).exists()
    later = SEPTEMBER + timedelta(days=9)
    verbs.ask_for_time(afresh(promise), by=ola, on=TODAY, due_on=later, because="I am new.")


def test_a_post_that_follows_owes_what_the_first_one_owed(
    promise: Promise, head: Post, director: Post, trust: Body, ola: Person, helen: Person, organiser: Person
) -> None:
    people.follow(head, by_this=director, by=organiser)
    now = afresh(promise)
    assert (now.who, now.kept_today, now.keeper) == (WAS, NOW, ola)
    assert list(Promise.objects.promised_by(ola)) == list(Promise.objects.about(trust)) == [promise]
    assert rules.may_ask_for_time(ola, now)
    assert rules.gave_word(ola, now)
    page = Client().get("/promises/").text
    assert WAS in page
    assert f"Today kept by {NOW}." in page
    assert "Ola" not in page
    assert "Helen" not in page


def test_nobody_on_either_side_of_the_hand_over_judges_it(
    promise: Promise,
    head: Post,
    director: Post,
    room: Circle,
    ola: Person,
    helen: Person,
    lynda: Person,
    organiser: Person,
    welcome: Callable[..., Person],
) -> None:
    colleague = welcome("Kit", "partner")
    people.name_post(body=director.body, title="Reception", by=organiser, holder=colleague)
    for person in (ola, colleague):
        people.join(circle=room, person=person, at=AT)
    people.follow(head, by_this=director, by=organiser)
    for person in (ola, colleague, helen):
        with pytest.raises(verbs.NotPromisedToYou):
            verbs.judge(promise, by=person, on=SEPTEMBER, verdict=Verdict.KEPT)
    with pytest.raises(verbs.LeaveNamesOut):
        verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.NOT_KEPT, note="Ola knew.")
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.KEPT)
    assert Promise.objects.get().judgements.count() == 1


def test_when_bodies_merge_the_new_one_answers_and_keeps(
    promise: Promise,
    lyndas_ask: Ask,
    service: Body,
    director: Post,
    trust: Body,
    ola: Person,
    organiser: Person,
) -> None:
    council = people.name_body(name="A later one", ring=Ring.LOCAL_SERVICES, by=organiser)
    people.follow(service, by_this=council, by=organiser)
    people.follow(council, by_this=trust, by=organiser)  # a chain: service, council, trust
    assert afresh(promise).kept_today == "Head of the service, The Trust"
    assert list(Promise.objects.about(trust)) == [promise]
    assert set(Ask.objects.asked_of(ola)) == set(Ask.objects.about(trust)) == set(Ask.objects.all())
    ask = Ask.objects.select_related("of").get(pk=lyndas_ask.pk)
    made = verbs.answer_yes(ask, by=ola, on=TODAY, post=director, words="We ring.", due_on=SEPTEMBER)
    assert (made.who, made.in_the_room) == (NOW, False)
    assert "The Trust took its place." in Client().get(f"/promises/asks/{promise.ask_id}/").text


def test_a_post_that_was_followed_speaks_for_nobody_any_more(
    ask: Ask, head: Post, director: Post, helen: Person, organiser: Person
) -> None:
    people.follow(head, by_this=director, by=organiser)
    with pytest.raises(verbs.NotYoursToAnswer):
        verbs.answer_yes(ask, by=helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
    assert not Promise.objects.exists()


def test_what_the_new_holder_owes_stands_on_their_part_of_the_wall(
    promise: Promise, head: Post, director: Post, ola: Person, organiser: Person, signed_in_client: SignIn
) -> None:
    people.follow(head, by_this=director, by=organiser)
    assert WORDS in signed_in_client(ola).get("/promises/?mine=by").text
    assert WORDS in Client().get(f"/promises/?body={director.body_id}").text
