"""The portable SQL, on DuckDB, finds what the definition finds; a slip of one sign in it is noticed."""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from betterstory.engines.journeys import Length, Pattern, PatternRefused, Step, reference
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.found import ON_THE_WAY, TOO_EARLY, WAY_CLOSED, Found
from betterstory.engines.journeys.portable import levels_sql
from betterstory.engines.journeys.portable.writing import remark, text
from betterstory.engines.journeys.tests.made_up import some_log, some_pattern
from betterstory.engines.journeys.tests.portable import find_portably, give, portable_sql
from betterstory.engines.journeys.tests.tables import pattern_of, read, said

LOGS, PATTERNS_A_LOG = 45, 5


def same(one: Found, other: Found) -> bool:
    return said(one) == said(other)


def by_definition(pattern: Pattern, log: ContactLog) -> Found:
    return reference.find(pattern, log.rows(), log.person_rows(), log.end)


@pytest.mark.parametrize("seed", range(1000, 1000 + LOGS))
def test_the_definition_and_the_portable_sql_agree_about_everyone(seed: int, tmp_path: Path) -> None:
    """45 logs of about 100 people, 5 patterns each: some 20,000 people in all, each with every moment."""
    random = Random(seed)
    with some_log(random, tmp_path) as log:
        give(log)
        for _ in range(PATTERNS_A_LOG):
            pattern = some_pattern(random)
            assert same(find_portably(pattern, log), by_definition(pattern, log)), pattern


def test_every_kind_of_answer_is_among_them(tmp_path: Path) -> None:
    random = Random(1000)
    statuses: Counter[int] = Counter()
    again, people = 0, 0
    for _ in range(6):
        with some_log(random, tmp_path) as log:
            give(log)
            for _ in range(PATTERNS_A_LOG):
                found = find_portably(some_pattern(random), log)
                statuses.update(found.statuses)
                again += sum(found.again)
                people += len(found.people)
    assert min(statuses[ON_THE_WAY], statuses[WAY_CLOSED], statuses[TOO_EARLY], again) > 5
    assert people > 2000


WORKED: list[tuple[str, dict[str, Any], int | None]] = [
    # the latest of two choices cannot go on, but the one before it can
    (
        "person  day  activity\np  0  a\np  5  b\np  8  b\nq  0  c",
        {"steps": "a; b; c after 4 days", "whole": "11 days"},
        8,
    ),
    # the last moments of every limit, and the first after them
    (
        "person  day  activity\np  0  a\np  7  b\np  9  a\np  16.00001  b\nq  0  a\nq  7  b\nq  3  d",
        {"steps": "a; b after 7 days within 7 days without d; c within 3 days"},
        19,
    ),
    (
        "person  day  activity\np  0  a\np  4  a\np  8  b\nq  0  a\nq  5  a\nq  8  b",
        {"steps": "2 times a in 4 days; b"},
        9,
    ),
    (
        "person  day  activity\np  0  a\np  3  c\nq  0  a\nq  2  c\nr  0  a\nr  2  b\nr  4  c",
        {"steps": "a; no b for 2 days; c"},
        4,
    ),
    ("person  day  activity\np  0  a\np  2  b\nq  1  a\nr  0  c", {"steps": "a; no b for 2 days; c"}, 2),
    (
        "person  day  activity\np  0  a\np  5  b\nq  0  a\nq  5.1  b",
        {"steps": "a; b; c", "whole": "5 days"},
        6,
    ),
    (
        "person  day  activity\np  0  a\np  0  d\np  0  b\np  2  b\nq  0  a\nq  1  d\nq  2  b",
        {"steps": "a; b without d; c"},
        4,
    ),
    # the first of a repeat comes long before what a minimum gap alone would allow
    (
        "person  day  activity\np  0  a\np  1  b\np  2  a\np  5  b\nq  0  a\nq  1  b\nq  3  c",
        {"steps": "a; 2 times b in 5 days after 2 days; c"},
        9,
    ),
    # a silence that is complete at the very last look
    (
        "person  day  activity\np  0  a\nq  2  c\nr  1  b",
        {"steps": "a; no b for 2 days; c within 0 days"},
        None,
    ),
]
SLIPS = [
    ("1 PRECEDING)", "0 PRECEDING)"),
    ("moment - from_moment <=", "moment - from_moment <"),
    ("moment - first_at <=", "moment - first_at <"),
    ("moment - from_start <=", "moment - from_start <"),
    ("bar_before <= from_place", "bar_before < from_place"),
    ("bar_last <= place", "bar_last < place"),
    ("broken_at > moment", "broken_at >= moment"),
    ("<= last_look)", "< last_look)"),
    ("> last_look", ">= last_look"),
    ("last_look < moment", "last_look <= moment"),
    ("last_look < start", "last_look <= start"),
    ("1 FOLLOWING", "0 FOLLOWING"),
    ("WHEN copy = 1 THEN 1 ELSE silent", "WHEN copy = 1 THEN 0 ELSE silent"),
    ("ended = 1", "ended = 0"),
    ("moment <= p.last_look", "moment < p.last_look"),
    ("moment >= p.starts", "moment > p.starts"),
    ("moment - moment_before >", "moment - moment_before >="),
    ("moment_after - moment >", "moment_after - moment >="),
    ("run_place < long_place", "run_place > long_place"),
    ("min(CASE WHEN start_", "max(CASE WHEN start_"),
]


def test_worked_tables_come_out_as_the_definition_says() -> None:
    for table, steps, until in WORKED:
        with read(table, until=until) as log:
            give(log)
            pattern = pattern_of(**steps)
            assert same(find_portably(pattern, log), by_definition(pattern, log)), steps


def test_a_slip_of_one_sign_is_noticed(tmp_path: Path) -> None:
    missed = set(SLIPS)
    for table, steps, until in WORKED:
        with read(table, until=until) as log:
            give(log)
            missed -= noticed(pattern_of(**steps), log, missed)
    random = Random(7)
    for _ in range(25):
        with some_log(random, tmp_path) as log:
            give(log)
            for _ in range(6):
                missed -= noticed(some_pattern(random), log, missed)
        if not missed:
            break
    assert missed == set()


def noticed(pattern: Pattern, log: ContactLog, slips: set[tuple[str, str]]) -> set[tuple[str, str]]:
    sql, right = portable_sql(pattern, log), by_definition(pattern, log)
    tried = [slip for slip in slips if slip[0] in sql]
    return {slip for slip in tried if not same(find_portably(pattern, log, sql.replace(*slip)), right)}


ODD = [
    "it's",
    'say "no"',
    "back\\slash",
    "end */ of",
    "-- gone",
    "two\nlines",
    "${x}",
    "a;b",
    "{{ y }}",
    "é‮x",
    "\u2028",
]


def test_no_name_ends_a_text_or_a_remark() -> None:
    """Each name comes back from SQL as it was, and a remark made of it hides nothing of what follows."""
    with duckdb.connect() as connection:
        for name in ODD:
            said = f"{remark(name)}\nSELECT {text(name)}"
            assert connection.execute(said).fetchall() == [(name,)], name
            assert len(remark(name).splitlines()) == 1
            assert not set(remark(name)) & set("'\"`\\;$*")


def test_a_pattern_with_odd_names_counts_what_it_says() -> None:
    names = [name for name in ODD if name.strip()]
    table = "person  day  activity\n" + "\n".join(f"p{n}  1  x{n}" for n in range(len(names)))
    with read(table) as log:
        give(log)
        for n, name in enumerate(names):
            log.connection.execute("UPDATE given SET activity = $1 WHERE activity = $2", [name, f"x{n}"])
        for name in names:
            found = find_portably(Pattern(name, (Step(name, (name,)),)), log)
            assert sum(found.levels) == 1, name


def test_a_table_is_a_name_and_nothing_more() -> None:
    pattern = pattern_of("referral")
    assert 'FROM lake."my log".`x` AS c' in levels_sql(
        pattern, contacts='lake."my log".`x`', people=None, end="now()"
    )
    for name in ("contacts; DROP TABLE x", "(SELECT 1)", "a b", "step_1", "LOG_ROWS", ""):
        with pytest.raises(PatternRefused):
            levels_sql(pattern, contacts=name, people=None, end="now()")


def test_a_day_without_a_clock_ends_with_the_day() -> None:
    """The data's end, and a person's own, include the whole day."""
    with duckdb.connect() as connection:
        connection.execute(
            """CREATE TABLE given AS
               SELECT 'p' AS person, 'a' AS activity, TIMESTAMP '2024-01-02 15:00' AS time"""
        )
        connection.execute(
            """CREATE TABLE whose AS SELECT 'p' AS person, NULL::DATE AS start, DATE '2024-01-02' AS "end" """
        )
        sql = levels_sql(
            pattern_of("a; b"), contacts="given", people="whose", end="DATE '2024-01-03'", records_end=True
        )
        assert connection.execute(sql).fetchall()[0][1:3] == (1, TOO_EARLY)


def test_the_text_of_two_dialects_differs_in_three_parts_only() -> None:
    pattern = pattern_of("referral where ward is North; no visit for 2 weeks; call", whole="1 year")
    texts = [
        levels_sql(pattern, contacts="c1", people="p1", end="now()", records_end=True, dialect=dialect).split(
            " AS (\n"
        )
        for dialect in ("duckdb", "spark")
    ]
    different = {
        one[0].splitlines()[-1].removeprefix("WITH ")
        for one, after, other in zip([[part] for part in texts[0]], texts[0][1:], texts[1][1:], strict=False)
        if after != other
    }
    assert different == {"data_end", "log_rows", "watched"}


def test_thirty_steps_and_the_longest_limits_still_run() -> None:
    long = Length(200 * 365 * 86_400_000_000, "200 years")
    steps = [Step("a", ("a",)), *[Step(f"s{n}", ("a",), within=long) for n in range(29)]]
    with read("person  day  activity\n" + "\n".join(f"p  {n}  a" for n in range(31))) as log:
        give(log)
        pattern = Pattern("long", tuple(steps))
        sql = levels_sql(
            pattern, contacts="given", people=None, end=f"make_timestamp({log.end})", moments=False
        )
        assert [row[1] for row in log.connection.execute(sql).fetchall()] == [30]
