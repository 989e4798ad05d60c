"""Whom an ask is of: a body or residents; who asks: a room, a person, or a body, the funder too."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from betterstory.behind.models import Release
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Ask, Promise, State, Verdict
from betterstory.promises.tests.conftest import SEPTEMBER, days
from conftest import TODAY

SignIn = Callable[[Person], Client]


@pytest.fixture
def of_residents(round_: Round, room: Circle, council: Body, femi: Person) -> Ask:
    """The council asks the room."""
    return verbs.ask(
        round=round_,
        words="Tell us which pavements you cannot pass.",
        of=room,
        by=femi,
        on=TODAY,
        asked_by=council,
        asked_by_words="Aldermouth Council",
    )


def test_a_body_asks_residents_and_it_stands_on_the_open_wall(of_residents: Ask, council: Body) -> None:
    assert (of_residents.asking_body, of_residents.of, of_residents.whom) == (
        council,
        None,
        "people of 14 July",
    )
    page = Client().get("/promises/").content.decode()
    assert "Aldermouth Council asked people of 14 July on" in page
    assert Client().get(f"/promises/asks/{of_residents.pk}/").status_code == 200


def test_one_of_them_says_yes_for_themselves_and_the_body_judges(
    of_residents: Ask, lynda: Person, femi: Person, council: Body
) -> None:
    with pytest.raises(verbs.NeedsYourYes):
        verbs.answer_yes(of_residents, by=lynda, on=TODAY, words="I will.", due_on=SEPTEMBER, by_words="Lyn")
    promise = verbs.answer_yes(
        of_residents, by=lynda, on=TODAY, words="I will walk.", due_on=SEPTEMBER, by_words="Lyn", own_yes=True
    )
    assert (promise.person, promise.to_body, promise.who) == (lynda, council, "Lyn")
    with pytest.raises(verbs.NotPromisedToYou):
        verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.KEPT)
    verbs.judge(promise, by=femi, on=SEPTEMBER, verdict=Verdict.KEPT)
    assert Promise.objects.get().state == State.KEPT
    assert list(Promise.objects.promised_to(femi)) == [promise]


def test_one_resident_never_says_no_for_all(of_residents: Ask, lynda: Person, organiser: Person) -> None:
    for refuse in (
        lambda by: verbs.answer_no(of_residents, by=by, on=TODAY, reason="No time."),
        lambda by: verbs.answer_later(of_residents, by=by, on=TODAY, due_on=SEPTEMBER),
    ):
        with pytest.raises(verbs.OneOfMany):
            refuse(lynda)
    verbs.answer_no(of_residents, by=organiser, on=TODAY, reason="We said so together.")
    assert Ask.objects.on_the_wall().get().mark == "no_because"
    assert (
        "people of 14 July said no, because:"
        in Client().get(f"/promises/asks/{of_residents.pk}/").content.decode()
    )


def test_residents_pass_it_on_and_the_days_go_on(
    of_residents: Ask, organiser: Person, service: Body, council: Body
) -> None:
    with pytest.raises(verbs.SayWhose):
        verbs.answer_not_ours(of_residents, by=organiser, on=days(3), whose=council)
    verbs.answer_not_ours(of_residents, by=organiser, on=days(3), whose=service)
    ask = Ask.objects.on_the_wall().get()
    assert (ask.of, ask.of_circle, ask.first_whom, ask.days(on=days(9))) == (
        service,
        None,
        "people of 14 July",
        9,
    )


def test_the_chain_of_passing_is_shown(ask: Ask, council: Body, helen: Person, femi: Person) -> None:
    service = ask.of
    assert service is not None
    verbs.answer_not_ours(ask, by=helen, on=TODAY, whose=council)
    verbs.answer_not_ours(ask, by=femi, on=TODAY, whose=service)
    assert Ask.objects.on_the_wall().get().passed_on == [
        ("The Talking Service", "Aldermouth Council"),
        ("Aldermouth Council", "The Talking Service"),
    ]
    page = Client().get("/promises/").content.decode()
    assert page.index("Passed on to Aldermouth Council.") < page.index("Passed on to The Talking Service.")


def test_a_body_asks_another_and_promises_nothing_to_itself(
    round_: Round, service: Body, council: Body, head: Post, helen: Person, femi: Person
) -> None:
    with pytest.raises(verbs.AskedOfOneself):
        verbs.ask(
            round=round_, words="Try.", of=council, by=femi, on=TODAY, asked_by=council, asked_by_words="us"
        )
    asked = verbs.ask(
        round=round_,
        words="Tell us when.",
        of=service,
        by=femi,
        on=TODAY,
        asked_by=council,
        asked_by_words="Aldermouth Council",
    )
    promise = verbs.answer_yes(asked, by=helen, on=TODAY, post=head, words="We will.", due_on=SEPTEMBER)
    assert promise.to_body == council
    with pytest.raises(verbs.NotToMany):
        verbs.ask_residents(promise, by=femi, on=SEPTEMBER, until=SEPTEMBER)


@pytest.mark.parametrize("who", ["lynda", "helen"])
def test_nobody_asks_for_a_body_that_is_not_theirs(
    who: str, request: pytest.FixtureRequest, round_: Round, service: Body, council: Body, head: Post
) -> None:
    with pytest.raises(verbs.NotYoursToAskFor):
        verbs.ask(
            round=round_,
            words="Pay.",
            of=service,
            by=request.getfixturevalue(who),
            on=TODAY,
            asked_by=council,
            asked_by_words="the council",
        )
    assert not Ask.objects.exists()


def test_a_tellers_helpers_are_asked_nothing(
    round_: Round, room: Circle, council: Body, femi: Person
) -> None:
    Circle.objects.filter(pk=room.pk).update(kind=Circle.Kind.HELPERS)
    room.refresh_from_db()
    with pytest.raises(verbs.NotYoursToAsk):
        verbs.ask(
            round=round_, words="Who?", of=room, by=femi, on=TODAY, asked_by=council, asked_by_words="us"
        )


BROKEN: list[dict[str, Any]] = [{"of": None}, {"asked_by": None}, {"both": True}]


@pytest.mark.parametrize("broken", BROKEN)
def test_the_database_holds_that_one_asks_and_one_is_asked(
    broken: dict[str, Any], round_: Round, room: Circle, service: Body
) -> None:
    told: dict[str, Any] = {"of": service, "asked_by": room}
    told |= {"of_circle": room} if broken.pop("both", False) else broken
    with pytest.raises(IntegrityError), transaction.atomic():
        Ask.objects.create(round=round_, words="x", asked_by_words="x", asked_on=TODAY, **told)


def test_on_the_form_a_body_asks_residents_and_rests_on_a_count(
    round_: Round,
    room: Circle,
    council: Body,
    femi: Person,
    lynda: Person,
    release: Release,
    signed_in_client: SignIn,
) -> None:
    url = f"/promises/ask/{round_.pk}/"
    Circle.objects.filter(pk=room.pk).update(kind=Circle.Kind.GATHERING)
    people = signed_in_client(lynda).get(url).content.decode()
    assert "people of 14 July" in people
    assert f'value="b{council.pk}"' not in people, "she holds no post there"
    from betterstory.people import verbs as people_verbs  # noqa: PLC0415 - for this one line
    from conftest import AT  # noqa: PLC0415 - likewise

    people_verbs.join(circle=room, person=femi, at=AT)
    sent = {
        "once": str(uuid.uuid4()),
        "words": "Tell us.",
        "of": f"c{room.pk}",
        "asked_by": f"b{council.pk}",
        "asked_by_words": "Aldermouth Council",
        "release": release.pk,
    }
    answer = signed_in_client(Person.objects.get(pk=femi.pk)).post(url, sent)
    assert answer.status_code == 302
    made = Ask.objects.get()
    assert (made.of_circle, made.asking_body, made.release) == (room, council, release)
    assert "About 120 people went the same way." in Client().get(answer["Location"]).content.decode()
