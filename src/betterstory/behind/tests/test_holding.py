"""What whoever holds every release in their hands must not find out, over many days and many patterns."""

import csv
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from betterstory.behind import counting
from betterstory.behind.counting import Columns, Earlier, Records
from betterstory.behind.counting.keeping import Kept
from betterstory.behind.tests._records import files_of
from betterstory.behind.tests.conftest import (
    ASKED,
    ELSEWHERE,
    FIRST_DAY,
    KEYS,
    ON_THE_WAY,
    STOPPED,
    TOML,
    WHOLE,
)

DAYS = 90
NEAR = 8

STAY = """\
format = 1
name = "Asked, seen again within {days} days"

[[step]]
name = "Asked"
activity = ["Referral"]

[[step]]
name = "Seen again"
activity = ["Second visit"]
within = "{days} days"
"""


class Town:
    """A log that grows: each morning some come new to the path, and now and then somebody's last step."""

    def __init__(self, folder: Path) -> None:
        self.chance = Random(20_260_706)
        self.folder = folder
        self.people = [(f"P{number:04d}", self.chance.choice(["North", "South"])) for number in range(900)]
        self.contacts = [(person, 0, "Letter") for person, _where in self.people]
        for person, _where in self.people[:300]:
            self.contacts.append((person, 1, "Referral"))
        for person, _where in self.people[:100]:
            self.contacts.append((person, 20, "Second visit"))
        for person, _where in self.people[100:103]:  # those whom the near twin would point at
            self.contacts.append((person, 30, "Second visit"))
        self.days = 40

    def next_day(self) -> None:
        self.days += 1
        for person, _where in self.chance.sample(self.people[300:], self.chance.choice([0, 0, 1, 1, 2, 3])):
            self.contacts.append((person, self.days, "Referral"))
            if self.chance.random() < 0.4:
                self.contacts.append((person, self.days, "Letter"))
        if self.chance.random() < 0.5:
            self.contacts.append((self.chance.choice(self.people[103:300])[0], self.days, "Second visit"))

    def write(self) -> Records:
        there = self.folder / f"day-{self.days}"
        there.mkdir(parents=True)
        with (there / "log").open("w", newline="") as one, (there / "people").open("w", newline="") as two:
            log, people = csv.writer(one), csv.writer(two)
            log.writerow(["person", "activity", "time"])
            people.writerow(["person", "where"])
            people.writerows(self.people)
            log.writerows((p, what, FIRST_DAY + timedelta(days=day)) for p, day, what in self.contacts)
        return Records(str(there / "log"), str(there / "people"), Columns())


class Releases:
    """A release a day, of records said to be newer ones of the same, as verbs would keep them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out: list[tuple[str, Path, Records]] = []
        self.figures: list[dict[str, Any]] = []

    def count(self, toml: str, records: Records, *, by: str = "where") -> Kept:
        earlier = [
            Earlier(number, pattern, kept, is_older=there != records, is_same=pattern == toml)
            for number, (pattern, kept, there) in reversed(list(enumerate(self.out, start=1)))
        ]
        said = counting.ask(toml, records, earlier, keys=KEYS, by=by, areas=["North", "South"])
        kept = self.folder / f"kept-{len(self.out)}"
        kept.write_bytes(said.kept)
        self.out.append((toml, kept, records))
        self.figures.append(said.figures)
        opened = Kept.read(kept, KEYS)
        assert opened is not None
        return opened


def test_ninety_mornings_never_tell_that_a_few_people_came_or_went(tmp_path: Path) -> None:
    """Every figure on every page is of the very people of an earlier one, or of 8 people others at least.

    So whoever lays two pages side by side, of any two mornings and of both patterns, never has two figures
    whose people differ by 1 to 7. Without holding, 28 of the first 30 mornings would give somebody away.
    """
    town, releases = Town(tmp_path / "logs"), Releases(tmp_path)
    shown: dict[frozenset[bytes], set[int | None]] = {}
    for morning in range(DAYS):
        town.next_day()
        records = town.write()
        for days in (28, 29) if morning % 10 == 5 else (28,):
            kept = releases.count(STAY.format(days=days), records)
            for cell in kept.cells.values():
                shown.setdefault(cell.people, set()).add(cell.shown)
    assert all(len(figures) == 1 for figures in shown.values()), "the same people, the same figure, for ever"
    people = list(shown)
    near = [
        (one, other)
        for at, one in enumerate(people)
        for other in people[at + 1 :]
        if abs(len(one) - len(other)) < NEAR and len(one ^ other) < NEAR
    ]
    assert not near
    assert len(people) > 20, "and what did change is shown as soon as 8 came or went"


def test_the_naive_way_would_give_somebody_away(tmp_path: Path) -> None:
    """The same mornings, each rounded and shown by itself: the attack above finds people, so it does bite."""
    town, people = Town(tmp_path / "logs"), []
    for _morning in range(10):
        town.next_day()
        said = counting.ask(STAY.format(days=28), town.write(), keys=KEYS)
        (tmp_path / "kept").write_bytes(said.kept)
        kept = Kept.read(tmp_path / "kept", KEYS)
        assert kept is not None
        people += [cell.people for cell in kept.cells.values()]
    assert any(0 < len(one ^ other) < NEAR for one in people for other in people)


def test_the_near_twin_on_the_same_morning_stays_in(tmp_path: Path) -> None:
    """28 and 29 days, three people apart: some take 29 days, and the two pages together would be them."""
    town, releases = Town(tmp_path / "logs"), Releases(tmp_path)
    records = town.write()
    releases.count(STAY.format(days=28), records)
    with pytest.raises(counting.CannotAnswer, match="differs by only a few people"):
        releases.count(STAY.format(days=29), records)


def test_a_neighbourhood_is_held_against_too(tmp_path: Path) -> None:
    """Few enough apart in one neighbourhood alone, while the whole city differs by many."""
    town, releases = Town(tmp_path / "logs"), Releases(tmp_path)
    north = [person for person, where in town.people[103:300] if where == "North"]
    south = [person for person, where in town.people[103:300] if where == "South"]
    for person in north[:20] + south[:2]:
        town.contacts.append((person, 29, "Second visit"))
    records = town.write()
    releases.count(STAY.format(days=27), records)
    with pytest.raises(counting.CannotAnswer, match="differs by only a few people"):
        releases.count(STAY.format(days=28), records)
    assert releases.count(STAY.format(days=28), records, by=""), "without neighbourhoods, 22 apart is enough"


def test_a_level_does_not_come_up_or_go_because_of_one_person(tmp_path: Path) -> None:
    """Eight went the whole way, then seven: the level stays, with the figure it had."""
    before = Records(*files_of(tmp_path / "a", ((8, WHOLE), (40, STOPPED), (60, ASKED), (500, ELSEWHERE))))
    after = Records(*files_of(tmp_path / "b", ((7, WHOLE), (41, STOPPED), (60, ASKED), (500, ELSEWHERE))))
    releases = Releases(tmp_path)
    releases.count(TOML, before, by="")
    releases.count(TOML, after, by="")
    one, two = (
        [(group["first"], group["last"], group["people"]) for group in figures["groups"]]
        for figures in releases.figures
    )
    assert one == two
    assert all(group["since"]["people"] == 1 for group in releases.figures[1]["groups"])
    alone = counting.ask(TOML, after, keys=KEYS).figures
    assert [(group["first"], group["last"]) for group in alone["groups"]] != [span[:2] for span in one]


def test_many_new_people_are_shown_and_the_rest_keeps_its_figure(tmp_path: Path) -> None:
    before = Records(
        *files_of(tmp_path / "a", ((40, WHOLE), (33, ON_THE_WAY), (22, STOPPED), (444, ELSEWHERE)))
    )
    plan = ((40, WHOLE), (33, ON_THE_WAY), (62, STOPPED), (404, ELSEWHERE))
    after = Records(*files_of(tmp_path / "b", plan))
    releases = Releases(tmp_path)
    releases.count(TOML, before, by="")
    releases.count(TOML, after, by="")
    groups = {(group["first"], group["last"]): group for group in releases.figures[1]["groups"]}
    assert groups[3, 3]["since"] == {"people": 1}
    assert groups[3, 3]["people"] == 40
    assert "since" not in groups[0, 1]
    assert (groups[2, 2]["on_the_way"], groups[2, 2]["way_closed"]) == (35, 60)
    assert groups[2, 2]["since"] == {"on_the_way": 1}
