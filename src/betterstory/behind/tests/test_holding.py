"""What whoever holds every release in their hands must not find out, over many days and many patterns."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from betterstory.behind import counting, verbs
from betterstory.behind.counting import Columns, Earlier, Records, apart
from betterstory.behind.counting.keeping import ROUND_TO, Kept
from betterstory.behind.models import ContactLog, Draft, Pattern, Release
from betterstory.behind.tests.conftest import (
    ASKED,
    ELSEWHERE,
    FIRST_DAY,
    KEYS,
    NOW,
    ON_THE_LAST_DAY,
    ON_THE_WAY,
    STOPPED,
    TOML,
    TWIN,
    WHOLE,
    LetOut,
    Plan,
    write_log,
)
from betterstory.people.models import Person

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
    before = Records(*_files(tmp_path / "a", ((8, WHOLE), (40, STOPPED), (60, ASKED), (500, ELSEWHERE))))
    after = Records(*_files(tmp_path / "b", ((7, WHOLE), (41, STOPPED), (60, ASKED), (500, ELSEWHERE))))
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


def _files(folder: Path, plan: Plan) -> tuple[str, str, Columns]:
    log, people = write_log(folder, plan)
    return str(log), str(people), Columns()


def test_many_new_people_are_shown_and_the_rest_keeps_its_figure(tmp_path: Path) -> None:
    before = Records(
        *_files(tmp_path / "a", ((40, WHOLE), (33, ON_THE_WAY), (22, STOPPED), (444, ELSEWHERE)))
    )
    plan = ((40, WHOLE), (33, ON_THE_WAY), (62, STOPPED), (404, ELSEWHERE))
    after = Records(*_files(tmp_path / "b", plan))
    releases = Releases(tmp_path)
    releases.count(TOML, before, by="")
    releases.count(TOML, after, by="")
    groups = {(group["first"], group["last"]): group for group in releases.figures[1]["groups"]}
    assert groups[3, 3]["since"] == {"people": 1}
    assert groups[3, 3]["people"] == 40
    assert "since" not in groups[0, 1]
    assert (groups[2, 2]["on_the_way"], groups[2, 2]["way_closed"]) == (35, 60)
    assert groups[2, 2]["since"] == {"on_the_way": 1}


def test_what_is_kept_says_nothing_without_its_key_and_its_length_hardly_anything(tmp_path: Path) -> None:
    lengths = set()
    for many in (8, 60):
        records = Records(*_files(tmp_path / str(many), ((many, WHOLE), (500, ELSEWHERE))))
        sealed = counting.ask(TOML, records, keys=KEYS).kept
        assert b"level" not in sealed
        assert b"First visit" not in sealed
        lengths.add(len(sealed))
        (tmp_path / "kept").write_bytes(sealed)
        assert Kept.read(tmp_path / "kept", counting.Keys(KEYS.people, b"x" * 32)) is None
        (tmp_path / "kept").write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
        assert Kept.read(tmp_path / "kept", KEYS) is None
    assert len(lengths) == 1
    assert lengths.pop() > ROUND_TO


def test_nothing_but_what_is_sealed_and_shown_crosses_over(tmp_path: Path, monkeypatch: Any) -> None:
    """The web is handed rounded figures and sealed bytes; true counts and the sets are in neither."""
    records = Records(*_files(tmp_path / "there", ((43, WHOLE), (557, ELSEWHERE))))
    heard: list[Any] = []
    answer = apart.answer

    def listen(question: Any) -> Any:
        heard.append(answer(question))
        return heard[-1]

    monkeypatch.setattr(apart, "answer", listen)
    said = counting.ask(TOML, records, keys=KEYS)
    figures = json.dumps(said.figures)
    assert "43" not in figures
    assert "557" not in figures
    assert set(heard[0]) == {"figures", "kept"}


def lines_of(release: Release) -> dict[tuple[int, int], Any]:
    return {(group["first"], group["last"]): group for group in release.figures["groups"]}


def test_newer_records_of_the_same_are_released_with_no_clear_change(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], let_out: LetOut, client: Any
) -> None:
    first = bring(((40, WHOLE), (500, ELSEWHERE)))
    let_out(plain_pattern, log=first)
    second = bring(((43, WHOLE), (497, ELSEWHERE)), in_place_of=first)
    release = let_out(plain_pattern, log=second)
    assert release.number == 2
    assert lines_of(release)[3, 3]["people"] == 40
    page = client.get(release.get_absolute_url()).content.decode()
    assert "No clear change since release 1" in page
    third = bring(((48, WHOLE), (492, ELSEWHERE)), in_place_of=second)
    now = let_out(plain_pattern, log=third)
    assert lines_of(now)[3, 3]["people"] == 50, "eight more than the figure that was shown"


def test_a_figure_creeps_nowhere_a_few_people_at_a_time(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], let_out: LetOut
) -> None:
    """Each morning three more: held against the people it was shown of, it moves once they are eight."""
    log, shown = None, []
    for many in (40, 43, 46, 49):
        log = bring(((many, WHOLE), (600 - many, ELSEWHERE)), in_place_of=log)
        shown.append(lines_of(let_out(plain_pattern, log=log))[3, 3]["people"])
    assert shown == [40, 40, 40, 50]


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_goes_with_the_last_log_of_its_line(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], let_out: LetOut, analyst: Person, settings: Any
) -> None:
    first = bring(((40, WHOLE), (500, ELSEWHERE)))
    let_out(plain_pattern, log=first)
    second = bring(((43, WHOLE), (497, ELSEWHERE)), in_place_of=first)
    verbs.throw_away(first, by=analyst)
    released = Release.objects.get()
    assert (released.kept_with, released.log) == (second, None)
    assert released.kept_path is not None
    assert released.kept_path.exists()
    assert lines_of(let_out(plain_pattern, log=second))[3, 3]["people"] == 40, "held, though the log is gone"
    verbs.throw_away(second, by=analyst)
    assert not [path for path in (Path(settings.HOME) / "logs").rglob("*") if path.is_file()]


def test_where_what_was_kept_is_lost_it_is_counted_again(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], analyst: Person, let_out: LetOut
) -> None:
    """So it is with releases from before anything was kept, too."""
    log = bring(((40, WHOLE), (3, ON_THE_LAST_DAY), (500, ELSEWHERE)))
    release = let_out(plain_pattern, log=log)
    assert release.kept_path is not None
    release.kept_path.unlink()
    twin = verbs.make_pattern(toml=TWIN, by=analyst, at=NOW)
    with pytest.raises(verbs.NotCounted, match="not-counted"):
        verbs.count(twin, log=log, by=analyst, at=NOW)


def test_a_draft_whose_kept_file_is_lost_is_counted_again_before_it_goes_out(
    plain_pattern: Pattern,
    bring: Callable[..., ContactLog],
    analyst: Person,
    other_body: Person,
    let_out: LetOut,
) -> None:
    log = bring()
    verbs.count(plain_pattern, log=log, by=analyst, at=NOW)
    draft = Draft.objects.get()
    let_out(verbs.make_pattern(toml=TWIN, by=analyst, at=NOW), log=bring(prefix="Z"))
    assert draft.kept_path is not None
    draft.kept_path.unlink()
    with pytest.raises(verbs.NotHeldAgainst) as told:
        verbs.approve(draft, by=other_body, at=NOW, looked_at=list(verbs.CHECKS))
    assert "Count it again" in told.value.sentence


def test_kept_files_are_for_the_place_alone(log: ContactLog, plain_pattern: Pattern, let_out: LetOut) -> None:
    release = let_out(plain_pattern, log=log)
    assert release.kept_path is not None
    assert release.kept_path.stat().st_mode & 0o777 == 0o600
