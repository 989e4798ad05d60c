"""The tutorial of a whole round names addresses, neighbourhoods and words that are there."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

from betterstory.website.command import main
from betterstory.website.demo.streets import ROUNDS
from betterstory.website.demo.town import NEIGHBOURHOODS

TUTORIAL = Path(__file__).resolve().parents[4] / "docs" / "tutorial" / "a-first-round.md"
ADDRESS = re.compile(r"`(/[^`]*)`")


def addresses() -> list[str]:
    return ADDRESS.findall(TUTORIAL.read_text())


@pytest.mark.parametrize("address", addresses())
def test_every_address_is_one_of_ours(address: str) -> None:
    assert resolve(address.partition("?")[0]).view_name


def test_every_neighbourhood_it_sends_people_to_is_in_the_town() -> None:
    slugs = {name.lower().replace(" ", "-") for name in NEIGHBOURHOODS}
    named = set(re.findall(r"(?:neighbourhoods|immersion|begin)/([a-z-]+)/", " ".join(addresses())))
    assert named - {"print"} <= slugs
    assert {told.street.name for told in ROUNDS} | {"Tanners Row"} == set(NEIGHBOURHOODS)


def test_every_command_is_there() -> None:
    named = re.findall(r"^    .*better-story (\w+)", TUTORIAL.read_text(), re.M)
    assert named
    for name in named:
        with pytest.raises(SystemExit) as ended:
            main([name, "--help"])
        assert ended.value.code == 0
