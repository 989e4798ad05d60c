"""Whom we have not met yet, the lists we look out by, and the weave: pages as people use them."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from betterstory.immersion import unmet, verbs, weave_picture
from betterstory.immersion.models import Act, Group, Hours, Street
from betterstory.people.models import Person, Ring
from betterstory.people.verbs import NotYours
from betterstory.places.models import Neighbourhood
from conftest import AT, TODAY

SignIn = Callable[[Person], Client]
HERE = "/immersion/tanners-row/"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


def test_streets_groups_and_hours_not_met_yet(
    lists: None, act: Act, neighbourhood: Neighbourhood, partner: Person
) -> None:
    verbs.note_act(
        neighbourhood=neighbourhood,
        what="Tea",
        where="",
        groups="The Bowls Club and friends",
        hours=Hours.NIGHT,
        on=TODAY,
        by=partner,
        today=TODAY,
    )
    seen = unmet.look(neighbourhood)
    assert [(each.name, each.met) for each in seen.streets] == [("Lime Walk", True), ("Lock Court", False)]
    assert [(each.name, each.met) for each in seen.groups] == [
        ("the bowls club", True),
        ("the chip shop", False),
    ]
    assert [each.met for each in seen.hours] == [False, False, False, True]


def test_only_those_of_us_see_it(
    lists: None, act: Act, partner: Person, resident: Person, client: Client, signed_in_client: SignIn
) -> None:
    page = text(signed_in_client(partner).get(f"{HERE}not-met/"))
    assert "Lock Court" in page
    assert "We have been useful in 1 of 2." in page
    assert signed_in_client(resident).get(f"{HERE}not-met/").status_code == 403
    assert client.get(f"{HERE}not-met/").status_code == 302
    assert "not-met" not in text(signed_in_client(resident).get(HERE))


def test_an_organiser_keeps_the_lists(
    lists: None, organiser: Person, partner: Person, neighbourhood: Neighbourhood, signed_in_client: SignIn
) -> None:
    nasreen, url = signed_in_client(organiser), f"{HERE}streets-and-groups/"
    assert "Lock Court" in text(nasreen.get(url))
    post(
        nasreen,
        url,
        streets="Lime Walk\r\n\r\nWeir Road\nWeir Road",
        community="the choir",
        businesses="the choir",
    )
    assert list(Street.objects.values_list("name", flat=True)) == ["Lime Walk", "Weir Road"]
    assert list(Group.objects.values_list("name", "ring")) == [("the choir", "community")]
    assert signed_in_client(partner).get(url).status_code == 403
    assert post(signed_in_client(partner), url, streets="").status_code == 403
    with pytest.raises(NotYours):
        unmet.look_out_for(neighbourhood, streets=[], groups=[], by=partner)
    assert Street.objects.count() == 2


@pytest.mark.parametrize("streets", ["x" * 81, "\n".join(f"Street {n}" for n in range(61)), "la " * 20_000])
def test_a_list_that_will_not_do_is_said_and_nothing_changes(
    lists: None, organiser: Person, signed_in_client: SignIn, streets: str
) -> None:
    answer = post(signed_in_client(organiser), f"{HERE}streets-and-groups/", streets=streets)
    assert answer.status_code == 422
    assert 'class="field wrong"' in text(answer)
    assert Street.objects.count() == 2


@pytest.mark.parametrize(
    ("acts", "woven"),
    [
        ([], []),
        ([["businesses"]], []),
        ([["businesses", "community"]], [("community", "businesses", "once")]),
        ([["community", "businesses", "community"]] * 2, [("community", "businesses", "a few times")]),
        ([["community", "businesses"]] * 6, [("community", "businesses", "often")]),
        (
            [["family", "community", "businesses"]],
            [
                ("family", "community", "once"),
                ("family", "businesses", "once"),
                ("community", "businesses", "once"),
            ],
        ),
    ],
)
def test_the_weave_counts_acts_and_says_words(
    acts: list[list[str]], woven: list[tuple[str, str, str]]
) -> None:
    ties = unmet.weave(acts)
    assert [(tie.first.value, tie.second.value, str(tie.often.label)) for tie in ties] == woven


def test_the_weave_is_drawn_and_said_in_a_table(
    lists: None, partner: Person, neighbourhood: Neighbourhood, signed_in_client: SignIn
) -> None:
    for _act in range(7):
        verbs.note_act(
            neighbourhood=neighbourhood,
            what="Tea",
            where="the hall",
            rings=[Ring.COMMUNITY, Ring.LOCAL_SERVICES],
            on=TODAY,
            by=partner,
            today=TODAY,
        )
    page = text(signed_in_client(partner).get(f"{HERE}not-met/"))
    assert page.count('<path class="often"') == 1
    assert "<td>community</td><td>local services</td><td>often</td>" in page
    assert ">7<" not in page, "no counts to compare"


def test_every_ring_of_the_weave_has_its_word_inside_the_drawing() -> None:
    drawn = weave_picture.lay_out([])
    assert len(drawn.knots) == len(Ring)
    for knot in drawn.knots:
        for words, x, y in knot.words:
            wide = 7.4 * len(words)
            left = {"middle": float(x) - wide / 2, "start": float(x), "end": float(x) - wide}[knot.anchor]
            assert left >= 0, words
            assert left + wide <= drawn.width, words
            assert 12 <= float(y) <= drawn.height, words


def test_the_new_pages_ask_the_database_little(
    lists: None,
    act: Act,
    organiser: Person,
    signed_in_client: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    nasreen = signed_in_client(organiser)
    ways = ["tap/", "tap/?what=c0", "not-met/", "streets-and-groups/", "tap/on-paper/"]
    for url in [f"/immersion/acts/{act.pk}/own-name/", *(f"{HERE}{way}" for way in ways)]:
        with django_assert_max_num_queries(12, info=url):
            assert nasreen.get(url).status_code == 200
