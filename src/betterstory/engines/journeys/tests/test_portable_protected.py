"""The SQL that protects inside the query shows what the door of the program shows, and nothing more."""

from random import Random
from typing import Any

import duckdb

from betterstory.engines.disclosure import PROFILES, ProtectedCount, Withheld, find_profile
from betterstory.engines.journeys import Pattern, Standing, count, duckdb_path
from betterstory.engines.journeys.figures import Figures
from betterstory.engines.journeys.found import NO_STATUS, ON_THE_WAY, TOO_EARLY, WAY_CLOSED, Found
from betterstory.engines.journeys.log import ContactLog
from betterstory.engines.journeys.portable import protected_sql
from betterstory.engines.journeys.portable.protecting import STATUSES, protecting_tally
from betterstory.engines.journeys.standing import possible_statuses
from betterstory.engines.journeys.tests.made_up import some_log, some_pattern
from betterstory.engines.journeys.tests.tables import pattern_of, read

ROWS = 2500


def found_with(random: Random, steps: int, possible: tuple[frozenset[str], ...]) -> Found:
    """People at random levels and in statuses that can be; many levels are small."""
    levels, statuses, again = [], [], []
    for level in range(steps + 1):
        for _ in range(random.choice([0, 0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 13, 20, 33, 60])):
            can = sorted(possible[level])
            status = STATUSES[random.choice(can + can[:1] * 2)] if can else NO_STATUS
            levels.append(level)
            statuses.append(status)
            again.append(status == WAY_CLOSED and level > 1 and random.random() < 0.5)
    return Found([str(p) for p in range(len(levels))], levels, statuses, again, [0] * (len(levels) * steps))


def tally_of(figures: Figures, steps: int) -> str:
    cells = {f"people_{k}": figures.exactly[k] for k in range(steps + 1)}
    for name in (*STATUSES, "again"):
        cells |= {f"{name}_{k}": getattr(figures, name)[k] for k in range(1, steps)}
    return ", ".join(f"{value} AS {name}" for name, value in cells.items())


def said(standing: Standing, pattern: Pattern, profile: str, *, records_end: bool) -> list[tuple[Any, ...]]:
    """What a standing shows, in the rows of the SQL."""
    shown = standing.protect(profile)
    least = find_profile(profile).hidden_below
    rows: list[tuple[Any, ...]] = []
    for group in shown.groups:
        level, alone = group.first, group.first == group.last
        parts = [getattr(shown, name)[level] for name in STATUSES]
        inner = 0 < level < len(pattern.steps)
        apart = alone and inner and any(part.shown for part in parts)
        again = shown.again[level]
        rows.append(
            (
                profile,
                group.first,
                group.last,
                f"fewer than {least}" if group.people.shown is None else "shown",
                group.people.shown,
                "shown" if apart else "not shown" if inner or not alone else "none",
                *(part.shown if apart else None for part in parts),
                _status(again, alone=alone),
                again.shown if alone and again.shown else None,
                shown.people.shown,
            )
        )
    return rows


def _status(again: ProtectedCount, *, alone: bool) -> str:
    if not alone:
        return "not shown"
    return "shown" if again.shown else "none" if again.status == "none" else "not shown"


def through_sql(pattern: Pattern, tally: str, profile: str, *, records_end: bool) -> list[tuple[Any, ...]]:
    parts = protecting_tally(
        pattern, find_profile(profile), records_end=records_end, denominator="the person table"
    )
    body = ",\n".join(map(str, parts))
    with duckdb.connect(config={"threads": 1}) as connection:
        sql = f"WITH tally AS (SELECT {tally}), {body} SELECT * FROM shown ORDER BY level_from"  # noqa: S608
        return [row[:-1] for row in connection.execute(sql).fetchall()]


def test_thousands_of_counts_come_out_as_a_standing_shows_them() -> None:
    random = Random(8)
    seen: set[tuple[str, str, str]] = set()
    for _ in range(ROWS):
        pattern = some_pattern(random)
        records_end = random.random() < 0.5
        profile = random.choice(list(PROFILES))
        steps = len(pattern.steps)
        found = found_with(random, steps, possible_statuses(pattern, records_end=records_end))
        standing = Standing(pattern, Figures(found, steps), records_end=records_end)
        tally = tally_of(Figures(found, steps), steps)
        shown = through_sql(pattern, tally, profile, records_end=records_end)
        assert shown == said(standing, pattern, profile, records_end=records_end), (pattern, tally)
        seen |= {(row[3], row[5], row[9]) for row in shown}
    # every kind of row came up
    assert {status for status, _, _ in seen} >= {"shown", "fewer than 8", "fewer than 10"}
    assert {split for _, split, _ in seen} == {again for _, _, again in seen} == {"shown", "not shown", "none"}
