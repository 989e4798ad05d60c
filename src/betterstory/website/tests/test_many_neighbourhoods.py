"""A hundred neighbourhoods are as easy to read as seven: a page at a time, and none is dropped."""

import pytest
from django.test import Client

from betterstory.places.models import Neighbourhood, Place, Round, Stage
from betterstory.website.pages import A_PAGE
from conftest import TODAY

pytestmark = pytest.mark.django_db
NAMES = [f"Street {number:03}" for number in range(A_PAGE + 5)]


@pytest.fixture
def many(place: Place) -> list[Neighbourhood]:
    return Neighbourhood.objects.bulk_create(
        Neighbourhood(name=name, slug=name.lower().replace(" ", "-")) for name in NAMES
    )


def test_each_stands_on_one_page_and_the_first_says_how_many_more(many: list[Neighbourhood]) -> None:
    first, second = (Client().get(f"/neighbourhoods/{page}").text for page in ("", "?page=2"))
    assert [name for name in NAMES if (f">{name}<" in first) == (f">{name}<" in second)] == []
    assert "5 more neighbourhoods" in first
    assert "more neighbourhood" not in second
    assert "Those before these" in second


@pytest.mark.parametrize("page", ["3", "99999", "0", "x", "-1"])
def test_a_page_that_is_not_there_shows_one_that_is(many: list[Neighbourhood], page: str) -> None:
    answer = Client().get(f"/neighbourhoods/?page={page}")
    assert answer.status_code == 200
    assert any(name in answer.text for name in NAMES)


def test_each_has_its_newest_round_and_no_other(many: list[Neighbourhood]) -> None:
    for number, stage in ((1, Stage.HEARING), (3, Stage.PLANNING), (2, Stage.LEARNING)):
        Round.objects.create(neighbourhood=many[-1], number=number, stage=stage, began_on=TODAY)
    told = Client().get("/neighbourhoods/").text
    assert "Round 3: planning" in told
    assert "Round 1" not in told
    assert "Round 2" not in told
    assert told.index(NAMES[-1]) < told.index(NAMES[0])  # those that began stand first
