"""The SQL that protects inside the query shows what the door of the program shows, and nothing more."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from betterstory.engines.disclosure import PROFILES, ProtectedCount, Withheld, find_profile
from betterstory.engines.journeys import LogRefused, Pattern, Standing, count, read_log
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.figures import Figures
from betterstory.engines.journeys.found import NO_STATUS, WAY_CLOSED, Found
from betterstory.engines.journeys.portable import protected_sql
from betterstory.engines.journeys.portable.protecting import STATUSES, protecting_tally
from betterstory.engines.journeys.portable.seen import Part
from betterstory.engines.journeys.standing import possible_statuses
from betterstory.engines.journeys.tests import portable
from betterstory.engines.journeys.tests.made_up import some_log, some_pattern, some_rows
from betterstory.engines.journeys.tests.tables import found_of, pattern_of, read

PATTERNS, COUNTS_EACH = 80, 50


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
    return found_of(
        list(map(str, range(len(levels)))), levels, statuses, again, [[0] * steps for _ in levels], steps
    )


def tally_of(figures: Figures, steps: int) -> dict[str, int]:
    cells = {f"people_{k}": figures.exactly[k] for k in range(steps + 1)}
    for name in (*STATUSES, "again"):
        cells |= {f"{name}_{k}": getattr(figures, name)[k] for k in range(1, steps)}
    return cells


def said(standing: Standing, pattern: Pattern, profile: str) -> list[tuple[Any, ...]]:
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


def together(
    connection: duckdb.DuckDBPyConnection,
    pattern: Pattern,
    tallies: list[dict[str, int]],
    profile: str,
    *,
    records_end: bool,
) -> list[list[tuple[Any, ...]]]:
    """The protecting part alone over many rows of counts at once: a number tells them apart throughout."""
    parts = protecting_tally(
        pattern, find_profile(profile), records_end=records_end, denominator="the person table"
    )
    apart = [replace(part, select=_numbered(part)) for part in parts]
    rows = " UNION ALL ".join(
        "SELECT " + ", ".join(f"{value}::BIGINT AS {name}" for name, value in {"n": n, **tally}.items())
        for n, tally in enumerate(tallies)
    )
    body = ",\n".join(map(str, [f"tally AS ({rows})", *apart]))
    sql = f"WITH {body} SELECT * FROM shown ORDER BY n, level_from"  # noqa: S608 - all of it is ours
    shown: list[list[tuple[Any, ...]]] = [[] for _ in tallies]
    for number, *row in connection.execute(sql).fetchall():
        shown[number].append(tuple(row[:-1]))
    return shown


def _numbered(part: Part) -> str:
    starred = part.select.lstrip().startswith("SELECT *")
    select = part.select if starred else part.select.replace("SELECT ", "SELECT n, ", 1)
    return select.replace("OVER ()", "OVER (PARTITION BY n)")


def test_thousands_of_counts_come_out_as_a_standing_shows_them() -> None:
    random = Random(8)
    connection = duckdb.connect(config={"threads": 1})
    seen: set[tuple[str, str, str]] = set()
    for _ in range(PATTERNS):
        pattern, profile = some_pattern(random), random.choice(list(PROFILES))
        records_end, steps = random.random() < 0.5, len(pattern.steps)
        possible = possible_statuses(pattern, records_end=records_end)
        founds = [found_with(random, steps, possible) for _ in range(COUNTS_EACH)]
        tallies = [tally_of(Figures(found, steps), steps) for found in founds]
        all_shown = together(connection, pattern, tallies, profile, records_end=records_end)
        for found, tally, shown in zip(founds, tallies, all_shown, strict=True):
            standing = Standing(pattern, Figures(found, steps), records_end=records_end)
            assert shown == said(standing, pattern, profile), (pattern, tally)
            seen |= {(row[3], row[5], row[9]) for row in shown}
    # every kind of row came up
    assert {status for status, _, _ in seen} == {"shown", "fewer than 8", "fewer than 10"}
    assert (
        {split for _, split, _ in seen} == {again for _, _, again in seen} == {"shown", "not shown", "none"}
    )


def ask(pattern: Pattern, log: ContactLog, profile: str) -> list[tuple[Any, ...]]:
    portable.give(log)
    sql = protected_sql(
        pattern,
        contacts="given",
        people=portable.people_of(log),
        end=f"make_timestamp({log.end})",
        profile=profile,
        trusted_order=log.has_order,
        records_end=log.records_end,
    )
    return log.connection.execute(sql).fetchall()


@pytest.mark.parametrize("seed", range(20))
def test_a_whole_query_gives_what_the_program_gives(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    with some_log(random, tmp_path) as log:
        for _ in range(4):
            pattern, profile = some_pattern(random), random.choice(list(PROFILES))
            rows = ask(pattern, log, profile)
            assert [row[:-1] for row in rows] == said(count(pattern, log), pattern, profile)
            whose = "the person table" if log.has_people else "people with a contact"
            assert {row[-1] for row in rows} == {whose}


def test_no_row_holds_a_count_that_is_not_rounded(tmp_path: Path) -> None:
    random = Random(99)
    for _ in range(3):
        with some_log(random, tmp_path) as log:
            for row in ask(some_pattern(random), log, "nhs-england-sde"):
                figures = [row[place] for place in (4, 6, 7, 8, 10, 11)]
                assert all(figure is None or (figure % 5 == 0 and figure != 5) for figure in figures)


def test_an_order_with_holes_gives_no_rows_at_all(tmp_path: Path) -> None:
    """The program refuses such a log. A query cannot refuse: it gives nothing rather than something wrong."""
    rows = [row | {"seq": place} for place, row in enumerate(some_rows(Random(1), 60))]
    pattern = pattern_of("referral; visit")
    with read_log(rows) as log:
        assert ask(pattern, log, "default")
        log.connection.execute("UPDATE given SET seq = NULL WHERE seq = 7")
        sql = protected_sql(
            pattern, contacts="given", people=None, end="now()::TIMESTAMP", trusted_order=True
        )
        assert log.connection.execute(sql).fetchall() == []
    rows[7]["seq"] = None
    with pytest.raises(LogRefused):
        read_log(rows)


def test_nothing_goes_out_under_no_rule() -> None:
    with pytest.raises(Withheld):
        protected_sql(pattern_of("referral"), contacts="c", people=None, end="now()", profile="none")


def test_without_records_that_end_nobody_is_too_early_for_a_reason_that_is_not_said() -> None:
    """A person's own end is looked at only where the query says that records end."""
    people = "person  start  end\n" + "\n".join(f"p{n}  0  3" for n in range(27))
    table = "person  day  activity\n" + "\n".join(f"p{n}  1  referral" for n in range(18))
    table += "\n" + "\n".join(f"p{n}  2  visit" for n in range(9))
    pattern = pattern_of("referral; visit")
    with read(table, people, until=9) as log:
        portable.give(log)
        for records_end, parts in ((True, (None, None, None)), (False, (10, 0, 0))):
            sql = protected_sql(
                pattern,
                contacts="given",
                people="given_people",
                end=f"make_timestamp({log.end})",
                records_end=records_end,
            )
            row = log.connection.execute(sql).fetchall()[1]
            assert row[1:5] == (1, 1, "shown", 10)
            assert row[6:9] == parts
