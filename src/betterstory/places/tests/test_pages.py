"""Looking after the place, page by page, as a browser does it."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood, Place, Round, Stage

SignIn = Callable[[Person], Client]
WORDS = {
    "name": "Aldermouth",
    "help_now": "Ring 999.",
    "organiser_phone": "01632 960 155",
}


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def bea(steward: Person, signed_in_client: SignIn) -> Client:
    return signed_in_client(steward)


@pytest.fixture
def nasreen(organiser: Person, signed_in_client: SignIn) -> Client:
    return signed_in_client(organiser)


def test_a_new_place_is_set_up_by_its_steward(bea: Client) -> None:
    assert "Set the place up" in text(bea.get("/places/"))
    assert post(bea, "/places/", **WORDS)["Location"] == "/places/neighbourhoods/"
    place = Place.objects.get()
    assert (place.name, place.organiser_phone, place.keeps_a_log) == ("Aldermouth", "01632 960 155", False)
    assert 'value="01632 960 155"' in text(bea.get("/places/"))


def test_a_place_says_something_else_from_now_on(bea: Client, place: Place) -> None:
    post(bea, "/places/", **WORDS)
    found = Place.objects.get()
    assert (found.organiser_phone, found.safeguarding_lead) == ("01632 960 155", "Grace"), "the lead stays"


def test_a_place_without_a_name_is_no_answer(bea: Client) -> None:
    answer = post(bea, "/places/", **{**WORDS, "name": " "})
    assert answer.status_code == 422
    assert 'value="01632 960 155"' in text(answer), "what was typed is kept"
    assert not Place.objects.exists()


def test_a_log_without_a_controller_is_answered_beside_the_field(bea: Client, place: Place) -> None:
    answer = post(bea, "/places/", **WORDS, keeps_a_log="on")
    assert answer.status_code == 422
    assert "answerable for the log" in text(answer)
    assert Place.objects.get().organiser_phone == "", "nothing is half kept"
    post(bea, "/places/", **WORDS, keeps_a_log="on", log_controller="The hospital")
    assert Place.objects.get().keeps_a_log


def test_an_organiser_does_not_change_the_place(nasreen: Client, place: Place) -> None:
    page = nasreen.get("/places/")
    assert page.status_code == 403
    assert "Ring 999 if somebody" not in text(page)
    assert post(nasreen, "/places/", **WORDS).status_code == 403
    assert Place.objects.get().organiser_phone == ""


def test_a_neighbourhood_is_added_and_its_first_round_can_begin(nasreen: Client, place: Place) -> None:
    added = post(nasreen, "/places/neighbourhoods/", name="Tanners Row", about="Fourteen streets")
    assert added["Location"] == "/places/neighbourhoods/tanners-row/"
    assert "Fourteen streets" in text(nasreen.get(added["Location"]))
    assert "/learning/begin/tanners-row/" in text(nasreen.get("/places/neighbourhoods/tanners-row/"))


def test_a_name_that_is_taken_is_said_beside_the_field(nasreen: Client, neighbourhood: Neighbourhood) -> None:
    answer = post(nasreen, "/places/neighbourhoods/", name="tanners row", about="The other one")
    assert answer.status_code == 422
    assert "by this name already" in text(answer)
    assert 'value="The other one"' in text(answer)
    assert Neighbourhood.objects.count() == 1


def test_its_own_name_is_not_taken(nasreen: Client, neighbourhood: Neighbourhood) -> None:
    post(nasreen, "/places/neighbourhoods/tanners-row/", name="Tanners Row", about="By the lock")
    assert Neighbourhood.objects.get().about == "By the lock"


def test_the_round_moves_on_and_ends(nasreen: Client, round_: Round) -> None:
    url = f"/places/rounds/{round_.pk}/"
    assert re.search(r'value="poolside"[^>]*checked', text(nasreen.get(url)))
    assert post(nasreen, url, to="hearing")["Location"] == "/neighbourhoods/tanners-row/"
    assert Round.objects.get().stage == Stage.HEARING
    post(nasreen, f"{url}end/")
    assert Round.objects.get().ended_on is not None
    assert "This round is over since" in text(nasreen.get(url))
    assert post(nasreen, f"{url}end/").status_code == 404


@pytest.mark.parametrize("stage", ["", "swimming"])
def test_a_stage_nobody_knows_is_answered_beside_the_field(
    nasreen: Client, round_: Round, stage: str
) -> None:
    answer = post(nasreen, f"/places/rounds/{round_.pk}/", to=stage)
    assert answer.status_code == 422
    assert Round.objects.get().stage == Stage.POOLSIDE


def test_others_are_not_shown_these_pages(
    partner: Person, signed_in_client: SignIn, client: Client, round_: Round
) -> None:
    helen = signed_in_client(partner)
    ways = ["", "neighbourhoods/", "neighbourhoods/tanners-row/", f"rounds/{round_.pk}/"]
    for url in (f"/places/{way}" for way in ways):
        assert helen.get(url).status_code == 403
        assert client.get(url)["Location"].startswith("/people/come-in/")
    assert post(helen, f"/places/rounds/{round_.pk}/", to="learning").status_code == 403
    assert post(helen, f"/places/rounds/{round_.pk}/end/").status_code == 403
    found = Round.objects.get()
    assert (found.stage, found.ended_on) == (Stage.POOLSIDE, None)


def test_looking_changes_nothing(nasreen: Client, round_: Round) -> None:
    assert nasreen.get(f"/places/rounds/{round_.pk}/end/").status_code == 405


def test_no_page_asks_the_database_much(
    bea: Client, round_: Round, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ways = ["", "neighbourhoods/", "neighbourhoods/tanners-row/", f"rounds/{round_.pk}/"]
    for url in (f"/places/{way}" for way in ways):
        with django_assert_max_num_queries(12, info=url):
            assert bea.get(url).status_code == 200
