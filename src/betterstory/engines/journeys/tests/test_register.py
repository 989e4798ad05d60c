"""What is out stays out as it was, and nothing comes out that could be taken from it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from betterstory.engines.disclosure import Withheld
from betterstory.engines.journeys import Pattern, Standing, count, read_log
from betterstory.engines.journeys.register import Checked, Register, Somebody, open_register
from betterstory.engines.journeys.tests.tables import pattern_of

ADE, GRACE = Somebody("Ade", "Public Health"), Somebody("Grace", "the trustees")
ON = date(2026, 7, 6)
PATTERN = pattern_of("referral; visit within 28 days")


def rows(*, both: int, one: int = 200, late: int = 0) -> list[dict[str, Any]]:
    """`both` people with both steps, `one` with the first alone, `late` whose visit comes on day 29."""
    many = both + one + late
    made = [{"person": f"p{n}", "activity": "referral", "time": "2024-01-01"} for n in range(many)]
    made += [{"person": f"p{n}", "activity": "visit", "time": "2024-01-20"} for n in range(both)]
    return made + [{"person": f"p{both + n}", "activity": "visit", "time": "2024-01-30"} for n in range(late)]


def standing(pattern: Pattern = PATTERN, by: str | None = None, **how: int) -> Standing:
    with read_log(rows(**how), until=date(2024, 12, 31)) as log:
        return count(pattern, log, by=by)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with open_register(tmp_path / "releases.json") as opened:
        yield opened


def release(register: Register, what: Standing, data: str = "first", pattern: Pattern = PATTERN) -> Checked:
    return register.release(what, pattern, data, rule="default", asked_by=ADE, approved_by=GRACE, on=ON)[1]


def test_releases_are_numbered_and_the_same_asked_again_is_the_same(register: Register) -> None:
    release(register, standing(both=100))
    release(register, standing(both=100))
    release(register, standing(pattern_of("visit"), both=100), pattern=pattern_of("visit"))
    assert [each.number for each in register.releases] == [1, 2]


def test_whoever_asked_cannot_approve_nor_can_their_own_body(register: Register) -> None:
    colleague = Somebody("Bo", "public health")
    with pytest.raises(Withheld, match="another body"):
        register.release(
            standing(both=100), PATTERN, "d", rule="default", asked_by=ADE, approved_by=colleague, on=ON
        )
    assert register.releases == []


def test_a_near_twin_on_the_same_data_stays_in(register: Register) -> None:
    """28 days and 29 days differ by 3 people: the two together would show them."""
    release(register, standing(both=100, late=3))
    twin = pattern_of("referral; visit within 29 days")
    with pytest.raises(Withheld, match="only a few people"):
        register.check(standing(twin, both=100, late=3), twin, "first")


def test_a_twin_that_differs_by_enough_people_comes_out(register: Register) -> None:
    release(register, standing(both=100, late=8))
    twin = pattern_of("referral; visit within 29 days")
    assert register.check(standing(twin, both=100, late=8), twin, "first").protected.exactly[2].shown == 110


def test_on_newer_data_a_figure_that_hardly_changed_keeps_what_was_shown(register: Register) -> None:
    assert release(register, standing(both=102)).protected.exactly[2].shown == 100
    newer = register.check(standing(both=106), PATTERN, "second")
    assert newer.protected.exactly[2].shown == 100  # alone it would read 105
    assert (newer.since, "level 2 to 2" in newer.no_clear_change) == (1, True)


def test_sums_are_made_again_from_what_is_kept(register: Register) -> None:
    release(register, standing(both=102))
    shown = register.check(standing(both=106), PATTERN, "second").protected
    parts = sum(group.people.shown or 0 for group in shown.groups)
    assert shown.people.shown == shown.at_least[0].shown == parts


def test_on_newer_data_a_clear_change_is_shown(register: Register) -> None:
    release(register, standing(both=102))
    newer = register.check(standing(both=110), PATTERN, "second")
    assert newer.protected.exactly[2].shown == 110
    assert "level 2 to 2" not in newer.no_clear_change


def test_a_twin_on_newer_data_stays_in_too(register: Register) -> None:
    release(register, standing(both=100))
    twin = pattern_of("referral; visit within 29 days")
    with pytest.raises(Withheld):
        register.check(standing(twin, both=100, late=3), twin, "second")


def test_ninety_days_of_newer_data_show_no_single_person(register: Register) -> None:
    """Somebody who watches every day must never see a figure follow one person's coming."""
    seen = []
    for day in range(90):
        data = f"day {day}"
        checked = release(register, standing(both=100 + day), data)
        seen.append((100 + day, checked.protected.exactly[2].shown or 0))
    changes = [true for (true, shown), (_, before) in zip(seen[1:], seen, strict=False) if shown != before]
    assert min(later - earlier for earlier, later in zip([100, *changes], changes, strict=False)) >= 8


def test_the_look_over_by_a_column_is_held_against_what_is_out(tmp_path: Path) -> None:
    """Three people who changed their ward between two look-overs would stand in the difference."""

    def looked_over(moved: int) -> Standing:
        made = [
            row
            | {"ward": "North" if int(row["person"][1:]) % 2 or int(row["person"][1:]) < moved else "South"}
            for row in rows(both=100)
        ]
        with read_log(made) as log:
            return count(PATTERN, log, by="ward")

    with open_register(tmp_path / "releases.json") as register:
        release(register, looked_over(moved=0))
        with pytest.raises(Withheld):
            register.check(looked_over(moved=6), PATTERN, "first")


def test_the_file_holds_nobodys_id_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "releases.json"
    with open_register(path) as register:
        release(register, standing(both=100))
        before = register.releases
    with open_register(path) as again:
        assert again.releases == before
    written = path.read_text()
    assert '"p7"' not in written
    assert "p7" not in json.loads(written)["releases"][0]["who"]
    assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "releases.json.key").stat().st_mode & 0o077 == 0


def test_a_forgotten_log_is_compared_no_more_and_shown_no_more(register: Register) -> None:
    release(register, standing(both=100))
    assert register.forget("first") == 1
    with pytest.raises(Withheld, match="forgotten"):
        register.check(standing(both=100), PATTERN, "first")
    assert register.releases[0].shown["exactly"][2] == 100


@pytest.mark.parametrize(
    "damage", ["", "{}", '{"format": 2, "releases": []}', '{"format": 1, "releases": [{}]}']
)
def test_a_register_that_cannot_be_read_lets_nothing_out(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "releases.json"
    with open_register(path) as register:
        release(register, standing(both=100))
    path.write_text(damage)
    with pytest.raises(Withheld, match="cannot be read"), open_register(path):
        pass


def test_a_lost_key_lets_nothing_out(tmp_path: Path) -> None:
    path = tmp_path / "releases.json"
    with open_register(path) as register:
        release(register, standing(both=100))
    (tmp_path / "releases.json.key").unlink()
    with pytest.raises(Withheld, match="its key"), open_register(path):
        pass


@pytest.mark.parametrize("words", ["Ade", "Ade,", ", Public Health", ""])
def test_somebody_says_of_which_body_they_are(words: str) -> None:
    with pytest.raises(Withheld, match="of which body"):
        Somebody.read(words)
