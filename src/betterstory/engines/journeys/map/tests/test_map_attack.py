"""Somebody who wants to find people out, with a map, the rule, and how many people had each kind of contact.

They are also given that everybody has each kind once at most, so that all ways out of a kind add up to its
people, and so do all ways into it: the most that subtraction can ever use. One attacker tries every table
there is; the other solves whole maps for the least and the most of each hidden way. Both must break the rule
that hides few people and rounds the others, and nothing more.
"""

import re
from collections.abc import Callable, Sequence
from random import Random

import numpy
import pytest

from betterstory.engines.disclosure import PROFILES, Profile, find_profile, protect
from betterstory.engines.journeys import draw_map, read_log
from betterstory.engines.journeys.map.rule import nearly_all, parts_to_show, ways_to_show
from betterstory.engines.tests.test_attack import Shown, Sum, bounds, found_out, tables

DEFAULT = find_profile("default")


def shown_of(parts: tuple[int, ...], profile: Profile) -> Shown:
    whole = numpy.full(len(parts), sum(parts))
    said = nearly_all(numpy.array(parts_to_show(list(parts), profile)), whole, profile)
    return tuple(protect(int(people), profile).shown if people else None for people in said)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
@pytest.mark.parametrize(("ways", "totals"), [(2, range(8, 90)), (3, range(8, 52)), (4, range(8, 31))])
def test_no_few_people_are_found_out_by_trying_every_table(
    profile: Profile, ways: int, totals: range
) -> None:
    for total in totals:
        shown_as = {table: shown_of(table, profile) for table in tables(ways, total)}
        assert found_out(shown_as, profile.hidden_below) == []


def test_the_naive_rule_is_found_out_by_trying_every_table() -> None:
    broken = 0
    for total in range(8, 60):
        shown_as: dict[tuple[int, ...], Shown] = {
            table: tuple(protect(people, DEFAULT).shown for people in table) for table in tables(3, total)
        }
        broken += len(found_out(shown_as, 8))
    assert broken > 1000


def some_cells(random: Random) -> numpy.ndarray:
    """People who each have some kinds once, mostly one after the other."""
    kinds = random.randint(2, 5)
    cells = numpy.zeros((kinds + 1, kinds + 1), dtype=numpy.int64)
    for _ in range(random.choice([30, 80, 200])):
        path = [kind for kind in range(kinds) if random.random() < 0.75]
        if random.random() < 0.15:
            random.shuffle(path)
        for start, end in zip([kinds, *path], [*path, kinds], strict=True):
            cells[start, end] += bool(path)
    return cells


def attacked(
    made: Sequence[numpy.ndarray], what_is_seen: Callable[[numpy.ndarray], list[Sum]]
) -> tuple[int, int, int]:
    """Small cells in all, those recovered exactly, and those known to within three values."""
    small = exact = near = 0
    for cells in made:
        side = len(cells)
        flat = cells.reshape(-1)
        wanted = [
            place
            for place, people in enumerate(flat.tolist())
            if 0 < people < 8 and min(cells[place // side].sum(), cells[:, place % side].sum()) > 7
        ]
        known: list[Sum] = [([side * side - 1], 0, 0)]
        for line in range(side):
            row, column = int(cells[line].sum()), int(cells[:, line].sum())
            known.append(([line * side + place for place in range(side)], row, row))
            known.append(([place * side + line for place in range(side)], column, column))
        found = bounds(wanted, side * side, known + what_is_seen(cells))
        for place, (least, most) in found.items():
            assert least - 1e-6 <= flat[place] <= most + 1e-6
            small += 1
            exact += most - least < 1 - 1e-6
            near += most - least < 3 - 1e-6
    return small, exact, near


def seen_of_ours(cells: numpy.ndarray) -> list[Sum]:
    """A way has at most so many people as are shown. With those of the hidden ways of its row and its column,
    some of whom are counted in with it, it has at least so many; a few less where it is shown as all."""
    wholes = cells.sum(axis=1)
    said, side = ways_to_show(cells, wholes, DEFAULT), len(cells)
    hidden = [(place // side, place % side) for place in numpy.flatnonzero(said.reshape(-1) == 0).tolist()]
    seen: list[Sum] = []
    for start, end in zip(*(each.tolist() for each in numpy.nonzero(said)), strict=True):
        shown = protect(int(said[start, end]), DEFAULT).shown or 0
        all_of_them = said[start, end] == min(wholes[start], wholes[end])
        others = [one * side + other for one, other in hidden if (one == start) != (other == end)]
        seen.append(([start * side + end], 0, shown + 2))
        seen.append(([start * side + end, *others], shown - 2 - 7 * bool(all_of_them), 10_000))
    return seen


def seen_of_the_naive_rule(cells: numpy.ndarray) -> list[Sum]:
    """Under 8 hidden, everything else rounded by itself."""
    seen: list[Sum] = []
    for place, people in enumerate(cells.reshape(-1).tolist()):
        shown = protect(people, DEFAULT).shown
        seen.append(([place], 0, 7) if shown is None else ([place], shown - 2, shown + 2))
    return seen


def test_no_few_people_are_found_out_in_whole_maps() -> None:
    random = Random(11)
    made = [some_cells(random) for _ in range(90)]
    small, exact, near = attacked(made, seen_of_ours)
    assert small > 300
    assert (exact, near) == (0, 0)


def test_the_same_attack_breaks_the_naive_rule() -> None:
    random = Random(11)
    _, exact, near = attacked([some_cells(random) for _ in range(90)], seen_of_the_naive_rule)
    assert near > 20
    assert exact > 0


def log_of(went: int, stayed: int, strayed: int) -> list[dict[str, str]]:
    """People who went from a referral to a visit, some who went nowhere, a few who went astray."""
    rows = []
    for number in range(went + stayed + strayed):
        rows.append({"person": f"p{number}", "activity": "referral", "time": f"2024-01-{1 + number % 7:02}"})
        if number < went:
            rows.append({"person": f"p{number}", "activity": "visit", "time": f"2024-02-{1 + number % 9:02}"})
        elif number < went + strayed:
            rows.append({"person": f"p{number}", "activity": "ward", "time": "2024-02-20"})
    return [*rows, {"person": "p0", "activity": "visit", "time": "2024-12-31"}]


def everything_said(rows: list[dict[str, str]]) -> str:
    with read_log(rows) as log:
        drawn = draw_map(log)
    return "".join([str(drawn), drawn.svg(), drawn.csv(), drawn._repr_html_(), str(drawn.as_json())])


def test_a_person_more_changes_nothing_that_is_said() -> None:
    """Picture, coordinates, order, table and CSV come from shown figures alone."""
    assert everything_said(log_of(101, 41, 3)) == everything_said(log_of(102, 41, 3))
    assert everything_said(log_of(103, 41, 0)) == everything_said(log_of(103, 41, 1))


def test_no_true_count_is_anywhere() -> None:
    said = everything_said(log_of(103, 41, 3))
    text = re.sub(r'<style>.*?</style>|\b[a-zA-Z-]+="[^"]*"', "", said)  # colours, coordinates
    numbers = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)}
    assert not numbers & {103, 41, 44, 147, 144, 106}
    assert "ward" not in said


def test_where_only_a_few_did_not_go_a_way_all_of_them_did() -> None:
    """48 of 50: two people would be the rest."""
    cells = numpy.array([[0, 48, 2], [0, 0, 48], [50, 0, 0]])
    said = ways_to_show(cells, numpy.array([50, 48, 50]), DEFAULT)
    assert said[0, 1] == 48  # all of those who had a visit
    assert said[0, 2] == 0
