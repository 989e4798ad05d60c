"""One part of the wall: a state, an answer, a body, a neighbourhood, a round, or what is mine."""

from datetime import timedelta

import pytest
from django.test import Client

from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises import verbs
from betterstory.promises.models import Ask, Promise
from betterstory.promises.tests._wall import MARKS, NOW, SignIn, answered, full, text, words_on
from conftest import TODAY

__all__ = ["answered", "full"]  # fixtures that tests ask for by name


@pytest.mark.parametrize("state", list(MARKS))
def test_one_state_alone(state: str, full: dict[str, Promise], answered: dict[str, Ask]) -> None:
    expected = {full[state].words} | ({"Gladly we will."} if state == "to_come" else set())
    assert words_on(f"/promises/?state={state}") == expected


@pytest.mark.parametrize("answer", ["yes", "no_because", "not_ours", "none_yet"])
def test_one_answer_alone(answer: str, full: dict[str, Promise], answered: dict[str, Ask]) -> None:
    assert words_on(f"/promises/?state={answer}") == {f"{answer}?"}


def test_the_newest_answer_says_where_an_ask_stands(answered: dict[str, Ask], femi: Person) -> None:
    verbs.answer_no(answered["not_ours"], by=femi, on=NOW, reason="No money.")
    assert words_on("/promises/?state=not_ours") == set()
    assert words_on("/promises/?state=no_because") == {"no_because?", "not_ours?"}
    assert [ask.words for ask in Ask.objects.waiting()] == ["none_yet?"]


def test_what_was_asked_and_promised_for_oneself_is_mine(
    lyndas_ask: Ask, head: Post, helen: Person, lynda: Person, teller: Person, signed_in_client: SignIn
) -> None:
    due_on = NOW + timedelta(days=9)
    verbs.answer_yes(lyndas_ask, by=helen, on=NOW, post=head, words="The same day.", due_on=due_on)
    mine = {"Ring me back the same day.", "The same day."}
    assert words_on("/promises/?mine=to", signed_in_client(lynda)) == mine
    assert words_on("/promises/?mine=to", signed_in_client(teller)) == set()
    assert words_on("/promises/?mine=to") == mine, "nobody in particular sees all of it"


def test_one_body_alone_keeps_what_it_passed_on(
    full: dict[str, Promise], answered: dict[str, Ask], council: Body
) -> None:
    assert words_on(f"/promises/?body={council.pk}") == {"not_ours?"}
    service = answered["yes"].of
    assert service is not None
    assert {"not_ours?", "Overdue."} <= words_on(f"/promises/?body={service.pk}")


def test_one_neighbourhood_and_one_round_alone(
    full: dict[str, Promise],
    neighbourhood: Neighbourhood,
    room: Circle,
    head: Post,
    helen: Person,
    organiser: Person,
) -> None:
    def elsewhere(round_: Round, words: str) -> None:
        verbs.make(
            round=round_, words=words, by=helen, on=NOW, due_on=NOW, to=room, to_words="all", post=head
        )

    second = places.begin_round(neighbourhood=neighbourhood, by=organiser, on=TODAY)
    lock = places.name_neighbourhood(name="Lock Side", by=organiser)
    elsewhere(second, "In the second round.")
    elsewhere(places.begin_round(neighbourhood=lock, by=organiser, on=TODAY), "At the lock.")
    assert words_on("/promises/?neighbourhood=lock-side") == {"At the lock."}
    assert "At the lock." not in words_on("/promises/?neighbourhood=tanners-row")
    assert words_on("/promises/?neighbourhood=tanners-row&round=2") == {"In the second round."}


def test_mine_alone(
    full: dict[str, Promise],
    answered: dict[str, Ask],
    signed_in_client: SignIn,
    lynda: Person,
    helen: Person,
    femi: Person,
) -> None:
    assert "Coming." in words_on("/promises/?mine=to", signed_in_client(lynda))
    assert words_on("/promises/?mine=by", signed_in_client(lynda)) == set()
    assert "Coming." in words_on("/promises/?mine=by", signed_in_client(helen))
    assert words_on("/promises/?mine=by", signed_in_client(femi)) == {"not_ours?"}


@pytest.mark.parametrize(
    "query",
    [
        "state=failed",
        "neighbourhood=nowhere",
        "body=0",
        "body=abc",
        "body=99999999999999999999",
        "body=²",
        "round=7&neighbourhood=tanners-row",
        "page=99999999999999999999",
    ],
)
def test_what_names_nothing_is_no_page(query: str, full: dict[str, Promise]) -> None:
    assert Client().get(f"/promises/?{query}").status_code == 404


def test_the_links_of_a_filter_keep_the_others(full: dict[str, Promise], service: Body) -> None:
    page = text(Client().get(f"/promises/?neighbourhood=tanners-row&body={service.pk}"))
    assert f"?neighbourhood=tanners-row&amp;body={service.pk}&amp;state=late" in page
    assert f'href="?body={service.pk}"' in page, "everywhere takes the neighbourhood away alone"
