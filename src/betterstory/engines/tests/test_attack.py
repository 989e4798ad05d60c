"""Somebody who wants to find people out, with all that is shown, the true totals, and the rule itself.

Two attackers. One tries every table there is and keeps those that would have been shown just so: nothing can
know more. The other solves for the least and the most each hidden cell can be, on tables too large to try.
The second is also let loose on the rule that is often used instead (hide 1 to 4, print true totals), which it
must break: an attack that breaks nothing proves nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from random import Random

import numpy
import pytest
from scipy.optimize import linprog

from betterstory.engines.disclosure import (
    PROFILES,
    Profile,
    each_part,
    find_profile,
    part_of,
    parts_of_a_whole,
    split,
)
from betterstory.engines.journeys.by_column import by_table

DEFAULT = find_profile("default")

type Shown = tuple[object, ...]
type Sum = tuple[Sequence[int], int, int]
"""Some cells, and the least and the most that they can come to together."""


def tables(cells: int, total: int) -> Iterator[tuple[int, ...]]:
    """Every way to put so many people into so many cells."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in tables(cells - 1, total - first):
            yield (first, *rest)


def what_could_be(shown_as: dict[tuple[int, ...], Shown]) -> dict[Shown, list[set[int]]]:
    """For each thing that could be shown, the values that each cell could have."""
    possible: dict[Shown, list[set[int]]] = defaultdict(list)
    for table, shown in shown_as.items():
        cells = possible[shown] or [set() for _ in table]
        for cell, people in zip(cells, table, strict=True):
            cell.add(people)
        possible[shown] = cells
    return possible


def found_out(shown_as: dict[tuple[int, ...], Shown], below: int) -> list[tuple[int, ...]]:
    """Tables with a small cell of which at most three values are left."""
    possible = what_could_be(shown_as)
    return [
        table
        for table, shown in shown_as.items()
        if any(
            people < below and len(values) <= 3 for people, values in zip(table, possible[shown], strict=True)
        )
    ]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
@pytest.mark.parametrize(("cells", "totals"), [(2, range(8, 80)), (3, range(8, 60)), (4, range(8, 36))])
def test_no_small_level_is_found_out_by_trying_every_table(
    profile: Profile, cells: int, totals: range
) -> None:
    for total in totals:
        shown_as: dict[tuple[int, ...], Shown] = {}
        for table in tables(cells, total):
            groups = parts_of_a_whole(table, profile)
            shown_as[table] = (groups, each_part(groups))
        assert found_out(shown_as, profile.hidden_below) == []


def test_no_small_status_is_found_out_by_trying_every_table() -> None:
    """Four cells: nobody yet, on the way, way closed, whole path; of the closed some are on it again."""
    for total in (16, 21, 28):
        shown_as: dict[tuple[int, ...], Shown] = {}
        for nobody, going, closed, again, whole in tables(5, total):
            groups = parts_of_a_whole([nobody, going + closed + again, whole], DEFAULT)
            alone = any(group.first == group.last == 1 for group in groups)
            parts = {"on_the_way": going, "way_closed": closed + again, "too_early": 0}
            apart = split(parts, {"on_the_way", "way_closed"}, DEFAULT) if alone else {}
            seen = bool(apart) and bool(apart["way_closed"].shown)
            once_more = part_of(again, closed + again, DEFAULT) if seen else None
            shown_as[nobody, going, closed, again, whole] = (groups, tuple(apart.items()), once_more)
        assert found_out(shown_as, 8) == []


def test_hiding_small_parts_one_by_one_would_be_found_out() -> None:
    """The same attacker against cells that are only hidden, as is often done: 98, 0 and 0 of a true 98."""
    broken = 0
    for total in range(8, 60):
        shown_as: dict[tuple[int, ...], Shown] = {
            table: tuple(None if people < 8 else DEFAULT.rounded(people) for people in table)
            for table in tables(3, total)
        }
        broken += len(found_out(shown_as, 8))
    assert broken > 1000


def bounds(wanted: Sequence[int], cells: int, sums: Sequence[Sum]) -> dict[int, tuple[float, float]]:
    """The least and the most of each wanted cell, where these cells sum to at least and at most so much."""
    above = numpy.zeros((2 * len(sums), cells))
    limits = numpy.zeros(2 * len(sums))
    for place, (members, least, most) in enumerate(sums):
        above[2 * place, list(members)], limits[2 * place] = 1, most
        above[2 * place + 1, list(members)], limits[2 * place + 1] = -1, -least
    found = {}
    for cell in wanted:
        ends = []
        for sign in (1, -1):
            aim = numpy.zeros(cells)
            aim[cell] = sign
            solved = linprog(aim, A_ub=above, b_ub=limits, bounds=(0, None), method="highs")
            assert solved.fun is not None
            ends.append(sign * solved.fun)
        found[cell] = (ends[0], ends[1])
    return found


def some_table(random: Random, rows: int, levels: int) -> list[list[int]]:
    """Places of different size; the further along the path, the fewer people."""
    sizes = [random.choice([15, 40, 120, 400]) for _ in range(rows)]
    return [
        [int(random.expovariate(1) * size / (1 + level) ** 1.5) for level in range(levels)] for size in sizes
    ]


def attacked(
    made: list[list[list[int]]], what_is_seen: Callable[[list[list[int]]], list[Sum]]
) -> tuple[int, int, int]:
    """Small cells in all, those recovered exactly, and those known to within three values.

    A row of three people or fewer gives its cells away by its true total alone, whatever is shown: left out.
    """
    small = exact = near = 0
    for table in made:
        cells = [people for row in table for people in row]
        rows = [row for row in table for _ in row]
        wanted = [cell for cell, people in enumerate(cells) if people < 8 and sum(rows[cell]) > 3]
        for cell, (least, most) in bounds(wanted, len(cells), what_is_seen(table)).items():
            assert least - 1e-6 <= cells[cell] <= most + 1e-6
            small += 1
            exact += most - least < 1 - 1e-6
            near += most - least < 3 - 1e-6
    return small, exact, near


def seen_of_the_naive_rule(table: list[list[int]]) -> list[Sum]:
    """1 to 4 hidden, everything else as it is, with true totals of rows, columns and all."""
    width = len(table[0])
    seen: list[Sum] = []
    for row, people in enumerate(table):
        for level, count in enumerate(people):
            least, most = (1, 4) if 1 <= count <= 4 else (count, count)
            seen.append(([row * width + level], least, most))
    for level in range(width):
        total = sum(people[level] for people in table)
        seen.append(([row * width + level for row in range(len(table))], total, total))
    return seen + true_totals(table)


def true_totals(table: list[list[int]]) -> list[Sum]:
    width = len(table[0])
    return [
        ([row * width + level for level in range(width)], sum(people), sum(people))
        for row, people in enumerate(table)
    ]


def seen_of_ours(table: list[list[int]]) -> list[Sum]:
    """The levels of everybody, the look-over by row, and every true total of a row."""
    width = len(table[0])
    groups = parts_of_a_whole([sum(row[level] for row in table) for level in range(width)], DEFAULT)
    by = by_table("place", {f"{row:02}": people for row, people in enumerate(table)}, groups, DEFAULT)
    everywhere: Sequence[int] = range(len(table))
    spans = [(everywhere, group.first, group.last, group.people.shown) for group in groups]
    named = {f"{row:02}" for row, people in enumerate(table) if sum(people) >= 8}
    others = [row for row in everywhere if f"{row:02}" not in named]
    for line in by.rows:
        rows: Sequence[int] = [
            *(int(value) for value in line.values if value in named),
            *(others if "others" in line.values else []),
        ]
        for (first, last), count in zip(by.levels, line.people, strict=True):
            spans.append((rows, first, last, count.shown))
    return true_totals(table) + [
        ([row * width + level for row in rows for level in range(first, last + 1)], shown - 2, shown + 2)
        for rows, first, last, shown in spans
        if shown is not None
    ]


def test_no_small_cell_is_recovered_from_a_look_over_by_place() -> None:
    random = Random(5)
    made = [some_table(random, random.randint(2, 7), random.randint(3, 5)) for _ in range(60)]
    small, exact, near = attacked(made, seen_of_ours)
    assert small > 150
    assert (exact, near) == (0, 0)


def test_the_same_attack_breaks_the_naive_rule() -> None:
    random = Random(5)
    made = [some_table(random, random.randint(2, 7), random.randint(3, 5)) for _ in range(60)]
    _, exact, near = attacked(made, seen_of_the_naive_rule)
    small = sum(1 <= people <= 4 for table in made for row in table for people in row)
    assert exact > 0.5 * small
    assert near > 0.9 * small
