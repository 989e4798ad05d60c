"""Looking around as somebody else: in the demo, and nowhere but there."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import NoReverseMatch, reverse

from betterstory.people.models import Person
from betterstory.website.demo.cast import CAST, welcome_all
from betterstory.website.tests import demo_addresses
from conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any, place: object) -> dict[str, Person]:
    settings.DEMO = True
    settings.ROOT_URLCONF = demo_addresses.__name__  # imported before DEMO is set: addresses are read once
    return welcome_all(on=TODAY)


@pytest.mark.parametrize("who", [member.key for member in CAST])
def test_anybody_may_look_as_one_of_the_cast(client: Client, demo: dict[str, Person], who: str) -> None:
    answer = client.post(f"/demo/look-as/{who}/")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session[SESSION_KEY] == str(demo[who].pk)
    text = client.get("/help/").text
    assert "You are looking as" in text
    assert text.count('aria-current="true"') == 1


def test_the_strip_names_all_five_ways_to_look(client: Client, demo: dict[str, Person]) -> None:
    text = client.get("/help/").text
    assert "Look around as" in text
    for member in CAST:
        assert str(member.words) in text
    assert text.count("/demo/look-as/") == len(CAST) + 1


def test_looking_as_somebody_else_keeps_nothing_of_the_one_before(
    client: Client, demo: dict[str, Person]
) -> None:
    client.post("/demo/look-as/teller/")
    session = client.session
    session["left"] = "by the teller"
    session.save()
    client.post("/demo/look-as/service/")
    assert "left" not in client.session
    assert client.session[SESSION_KEY] == str(demo["service"].pk)


def test_staff_of_the_demo_need_no_second_factor(client: Client, demo: dict[str, Person]) -> None:
    client.post("/demo/look-as/organiser/")
    assert client.get("/people/everybody/").status_code == 200


@pytest.mark.parametrize("who", ["steward", "council", "nobody", "admin"])
def test_nobody_outside_the_cast_can_be_looked_as(client: Client, demo: dict[str, Person], who: str) -> None:
    assert client.post(f"/demo/look-as/{who}/").status_code == 404
    assert SESSION_KEY not in client.session


def test_a_link_does_not_change_who_you_are(client: Client, demo: dict[str, Person]) -> None:
    assert client.get("/demo/look-as/teller/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/demo/look-as/teller/").status_code == 403


def test_outside_the_demo_there_is_no_such_address(client: Client, welcome: Callable[..., Person]) -> None:
    welcome("Robin", "resident", email="teller@demo.invalid")
    assert client.post("/demo/look-as/teller/").status_code == 404
    assert SESSION_KEY not in client.session
    with pytest.raises(NoReverseMatch):
        reverse("demo:look_as", args=["teller"])
    assert "look-as" not in client.get("/help/").text


@pytest.mark.parametrize(
    ("setting", "there"), [("1", "True"), ("0", "False"), ("", "False"), ("yes", "False")]
)
def test_only_the_word_that_start_gives_opens_it(tmp_path: Path, setting: str, there: str) -> None:
    """Asked of a process of its own, for addresses are read once."""
    ask = (
        "import django; django.setup();"
        "from django.urls import is_valid_path; print(is_valid_path('/demo/look-as/teller/') is not False)"
    )
    said = subprocess.run(
        [sys.executable, "-c", ask],
        env={
            "BETTER_STORY_HOME": str(tmp_path),
            "BETTER_STORY_DEMO": setting,
            "DJANGO_SETTINGS_MODULE": "betterstory.website.settings",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == there
