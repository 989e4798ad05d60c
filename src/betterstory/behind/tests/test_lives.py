"""Where they live: whole neighbourhoods of the place, put together until none is small."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from betterstory.behind import answering, verbs
from betterstory.behind.counting import Columns
from betterstory.behind.models import ContactLog, Draft, Pattern, Release
from betterstory.behind.tests.conftest import ASKED, FIRST_DAY, NOW, WHOLE, LetOut
from betterstory.people.models import Person
from betterstory.places import verbs as places
from betterstory.places.models import Place

type Browser = Callable[[Person], Client]
type Homes = dict[str, tuple[int, int]]
USUAL: Homes = {
    "Tanners Row": (60, 200),
    "Lock Side": (37, 150),
    "The Limes": (12, 90),
    "Cold Hatch": (3, 60),
}


@pytest.fixture
def log_of(own_log: Place, analyst: Person, organiser: Person, tmp_path: Path) -> Callable[..., ContactLog]:
    """A log of people with homes: so many of each neighbourhood went the whole way, so many only asked."""
    for name in USUAL:
        places.name_neighbourhood(name=name, by=organiser)

    def make(homes: Homes = USUAL) -> ContactLog:
        log, people = tmp_path / "log.csv", tmp_path / "people.csv"
        with log.open("w", newline="") as one, people.open("w", newline="") as two:
            contacts, everybody = csv.writer(one), csv.writer(two)
            contacts.writerow(["person", "activity", "time"])
            everybody.writerow(["person", "home", "until"])
            for home, (whole, asked) in homes.items():
                for number in range(whole + asked):
                    everybody.writerow([f"{home} {number}", home, ""])
                    for day, activity in WHOLE if number < whole else ASKED:
                        when = FIRST_DAY + timedelta(days=day)
                        contacts.writerow([f"{home} {number}", activity, when])
        arrival = verbs.receive(log=log, people=people, by=analyst, at=NOW)
        words: Any = {"name": "visits", "source": "the service", "cannot_see": "many"}
        return verbs.bring_log(arrival, columns=Columns(ends="until"), by=analyst, at=NOW, **words)

    return make


def test_small_neighbourhoods_are_put_together_and_none_is_shown_small(
    plain_pattern: Pattern, log_of: Callable[..., ContactLog], let_out: LetOut
) -> None:
    release = let_out(plain_pattern, log=log_of(), by_column="home")
    lives = answering.lives(release.figures)
    assert lives is not None
    assert lives.heading == "Where the about 110 live"
    assert [(area, people) for area, people, _since in lives.rows] == [
        ("Tanners Row", "about 60 people"),
        ("Lock Side", "about 35 people"),
        ("The Limes and Cold Hatch", "about 15 people"),
    ]
    figures = str(release.figures)
    for true in ("112", "37", "12,", " 3,"):
        assert true not in figures.replace("[3, 3]", "").replace("'first': 3, 'last': 3", "")


def test_each_name_has_its_own_figure_in_the_order_of_what_is_shown(
    plain_pattern: Pattern, log_of: Callable[..., ContactLog], let_out: LetOut
) -> None:
    """One person more lives at Lock Side than in Cold Hatch. Both read 120, and their order says no more."""
    log = log_of({"Lock Side": (41, 80), "Cold Hatch": (60, 60), "The Limes": (20, 30)})
    by = let_out(plain_pattern, log=log, by_column="home").figures["by"]
    assert [(row["values"], row["people"]) for row in by["rows"]] == [
        (["Cold Hatch"], [60, 60]),
        (["Lock Side"], [80, 40]),
        (["The Limes"], [30, 20]),
    ]


def test_the_page_says_where_they_live(
    plain_pattern: Pattern, log_of: Callable[..., ContactLog], let_out: LetOut
) -> None:
    release = let_out(plain_pattern, log=log_of(), by_column="home")
    page = re.sub(r"\s+", " ", Client().get(release.get_absolute_url()).content.decode())
    assert "Where the about 110 live" in page
    assert "<dt>The Limes and Cold Hatch</dt><dd>about 15 people" in page
    assert "Whole neighbourhoods only" in page


def test_without_a_column_nothing_is_said_of_homes(
    plain_pattern: Pattern, log_of: Callable[..., ContactLog], let_out: LetOut
) -> None:
    release = let_out(plain_pattern, log=log_of())
    assert "by" not in release.figures
    assert " live" not in Client().get(release.get_absolute_url()).content.decode()


def test_streets_are_no_neighbourhoods(
    plain_pattern: Pattern, log_of: Callable[..., ContactLog], analyst: Person
) -> None:
    log = log_of({"Tanners Row": (60, 200), "12 Tanner Row": (30, 100)})
    with pytest.raises(verbs.NotCounted) as told:
        verbs.count(plain_pattern, log=log, by=analyst, at=NOW, by_column="home")
    assert 'Did you mean "Tanners Row"' in told.value.sentence
    assert not Draft.objects.exists()


@pytest.mark.parametrize("column", ["activity", "person", "nothing"])
def test_only_a_column_of_the_list_of_everybody_is_looked_over_by(
    plain_pattern: Pattern, log_of: Callable[..., ContactLog], analyst: Person, column: str
) -> None:
    with pytest.raises(verbs.NotCounted):
        verbs.count(plain_pattern, log=log_of(), by=analyst, at=NOW, by_column=column)


def test_released_by_a_column_it_is_not_released_by_another(
    plain_pattern: Pattern, log_of: Callable[..., ContactLog], analyst: Person, let_out: LetOut
) -> None:
    """Two tables by two columns would cut the same people into smaller pieces than either shows."""
    log = log_of()
    alone = let_out(plain_pattern, log=log)
    by_home = let_out(plain_pattern, log=log, by_column="home")
    assert [alone.number, by_home.number] == [1, 2]
    assert verbs.count(plain_pattern, log=log, by=analyst, at=NOW, by_column="home") == by_home
    with pytest.raises(verbs.OtherColumnOut):
        verbs.count(plain_pattern, log=log, by=analyst, at=NOW, by_column="until")
    assert Release.objects.count() == 2


def test_the_column_is_chosen_on_the_page(
    plain_pattern: Pattern, log_of: Callable[..., ContactLog], analyst: Person, signed_in_client: Browser
) -> None:
    log, browser = log_of(), signed_in_client(analyst)
    page = browser.get(reverse("behind:pattern", args=[plain_pattern.pk])).content.decode()
    assert '<option value="home"' in page
    assert '<option value="until"' not in page
    assert '<option value="person"' not in page
    there = reverse("behind:count", args=[plain_pattern.pk])
    wrong: Any = browser.post(there, {"log": log.pk, "by_column": "street"})
    assert wrong.status_code == 422
    answer = browser.post(there, {"log": log.pk, "by_column": "home"})
    draft = Draft.objects.get()
    assert answer.headers["Location"] == draft.get_absolute_url()
    assert draft.by_column == "home"
    assert "Where the about 110 live" in browser.get(draft.get_absolute_url()).content.decode()
