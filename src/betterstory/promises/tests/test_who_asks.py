"""Who asks: a few stand one below the other; many are a list in parts, with nobody chosen beforehand."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post, Ring
from betterstory.places.models import Round
from betterstory.promises.forms.asking import AT_A_GLANCE
from betterstory.promises.models import Ask
from betterstory.promises.tests.test_confirming import now, send
from conftest import AT

__all__ = ["now"]  # a fixture
SignIn = Callable[[Person], Client]


@pytest.fixture
def many(room: Circle, organiser: Person) -> list[Body]:
    return [
        people.name_body(name=f"Body number {number}", ring=Ring.COMMUNITY, by=organiser)
        for number in range(AT_A_GLANCE)
    ]


def who_asks(page: str) -> str:
    return page.split("Who asks?")[1].split("How shall we say who asks?")[0]


def test_a_few_stand_one_below_the_other(
    now: None, round_: Round, room: Circle, head: Post, organiser: Person, signed_in_client: SignIn
) -> None:
    part = who_asks(signed_in_client(organiser).get(f"/promises/ask/{round_.pk}/").text)
    assert ['type="radio"' in part, "<optgroup" in part] == [True, False]
    assert all(each in part for each in (room.name, "The Talking Service", "I do, for myself"))


def test_many_are_a_list_in_parts_and_none_is_chosen_beforehand(
    now: None,
    round_: Round,
    room: Circle,
    many: list[Body],
    service: Body,
    organiser: Person,
    signed_in_client: SignIn,
) -> None:
    browser, address = signed_in_client(organiser), f"/promises/ask/{round_.pk}/"
    part = who_asks(browser.get(address).text)
    assert ['type="radio"' in part, part.count("<optgroup")] == [False, 2]
    assert part.index("people together") < part.index(room.name) < part.index("a body")
    assert "selected" not in part.replace('value="" selected', "")
    asked: dict[str, Any] = {"words": "Ring back.", "of": service.pk, "asked_by_words": "the Row"}
    answer: Any = send(browser, address, **asked)
    assert answer.status_code == 422
    assert "Choose who asks." in answer.text
    assert "Ring back." in answer.text, "what was typed is still there"
    assert not Ask.objects.exists()
    send(browser, address, **asked, asked_by=f"b{many[3].pk}")
    assert (Ask.objects.get().asking_body, Ask.objects.get().asked_on) == (many[3], AT.date())
