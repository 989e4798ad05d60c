"""One look over a log that was taken in: what it holds, what is set aside, why it may not be read at all."""
# ruff: noqa: S608 - the names and texts in this SQL are ours, or pass quoted() or text()

from dataclasses import dataclass

import duckdb

from betterstory.engines.journeys.aside import Aside
from betterstory.engines.journeys.columns import READABLE
from betterstory.engines.journeys.opening import run, run_one
from betterstory.engines.journeys.refused import LogRefused
from betterstory.engines.journeys.typed import Typed, glance

MOST_ACTIVITIES = 20_000
EVER = -9_000_000_000_000_000_000  # long before any date that can be written
CONTACT = "person IS NOT NULL AND activity IS NOT NULL AND moment IS NOT NULL"


@dataclass(frozen=True, slots=True, repr=False)
class Facts:
    """True counts: never shown. `first` and `last` are moments of rows before any filter; `is_whole`: every
    row says who, what and when; `is_typed`: and nothing of it has to be turned into anything."""

    contacts: int
    first: int
    last: int
    aside: tuple[Aside, ...]
    activities: tuple[str, ...]
    is_whole: bool = True
    is_typed: bool = False


def look_over(connection: duckdb.DuckDBPyConnection, name: str, typed: Typed | None = None) -> Facts:
    """Raises LogRefused for dates that cannot be read, zones that cannot be compared, an order with holes.

    Most logs lack nothing: a quick look tells, and only where something is missing a long one follows. Where
    the file says itself what its columns hold, a glance is enough.
    """
    seen = glance(connection, typed, name, MOST_ACTIVITIES) if typed else None
    if seen is not None:
        return Facts(seen.contacts, seen.first, seen.last, (), seen.activities, is_typed=True)
    return _quick_look(connection, name) or _long_look(connection, name)


def _quick_look(connection: duckdb.DuckDBPyConnection, name: str) -> Facts | None:
    """What a log holds in which every row says who, what and when; None where one does not."""
    kinds = run(
        connection,
        f"""SELECT activity, count(*), count(person), count(moment), count(seq), count(*) FILTER (zoned),
            min(moment), max(moment)
            FROM log_rows GROUP BY activity LIMIT {MOST_ACTIVITIES + 1}""",
        name,
    ).fetchall()
    contacts, zoned = sum(kind[1] for kind in kinds), sum(kind[5] for kind in kinds)
    whole = all(kind[0] is not None and {*kind[2:5]} == {kind[1]} for kind in kinds)
    if not contacts or not whole or zoned not in (0, contacts) or len(kinds) > MOST_ACTIVITIES:
        return None
    activities = tuple(sorted(kind[0] for kind in kinds))
    return Facts(contacts, min(kind[6] for kind in kinds), max(kind[7] for kind in kinds), (), activities)


def _long_look(connection: duckdb.DuckDBPyConnection, name: str) -> Facts:
    kinds = run(
        connection,
        f"""SELECT activity, count(*) FILTER ({CONTACT}), min(moment), max(moment), count(*),
            count(*) FILTER (person IS NULL),
            count(*) FILTER (person IS NOT NULL AND activity IS NULL),
            count(*) FILTER (person IS NOT NULL AND activity IS NOT NULL AND NOT time_given),
            count(*) FILTER (time_given AND moment IS NULL),
            count(*) FILTER (time_given), count(*) FILTER (time_given AND zoned),
            count(*) FILTER ({CONTACT} AND seq IS NULL)
            FROM log_rows GROUP BY activity LIMIT {MOST_ACTIVITIES + 2}""",
        name,
    ).fetchall()
    if sum(kind[0] is not None for kind in kinds) > MOST_ACTIVITIES:
        raise LogRefused(
            f"{name} has more than {MOST_ACTIVITIES:,} different activities. Is that the right column?"
        )
    counts = (sum(kind[place] for kind in kinds) for place in (1, *range(4, 12)))
    contacts, rows, no_person, no_activity, no_time, unreadable, timed, zoned, unordered = counts
    if not rows:
        raise LogRefused(f"{name} names its columns but holds no contacts.")
    if unreadable:
        raise LogRefused(_unreadable(connection, "log_rows", "time_given AND moment IS NULL", name))
    if zoned not in (0, timed):
        raise LogRefused(
            f"Some times in {name} say their time zone and some do not, so they cannot be put in order. "
            "Write all of them with it, or all without."
        )
    if unordered:
        raise LogRefused(
            f"The column of the order in {name} has places that hold no whole number. "
            "Fill it everywhere, or count without it."
        )
    if not contacts:
        raise LogRefused(f"No row of {name} says who, what and when.")
    reasons = ((no_person, "no person"), (no_activity, "no activity"), (no_time, "no time"))
    aside = tuple(
        Aside(f"{{}} with {what} were set aside.", "contacts", number) for number, what in reasons if number
    )
    return Facts(
        contacts,
        is_whole=False,
        first=min(kind[2] for kind in kinds if kind[2] is not None),
        last=max(kind[3] for kind in kinds if kind[3] is not None),
        aside=aside,
        activities=tuple(sorted(kind[0] for kind in kinds if kind[1])),
    )


def look_over_people(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[Aside, ...]:
    """Raises LogRefused for a person who stands there twice, and for dates that cannot be read."""
    row = run_one(
        connection,
        """SELECT count(*) FILTER (person IS NULL), count(person), count(DISTINCT person),
           count(*) FILTER (starts_given AND starts IS NULL OR ends_given AND ends IS NULL),
           count(*) FILTER (ends < starts)
           FROM person_rows""",
        name,
    )
    no_person, people, different, unreadable, backwards = row
    if not people:
        raise LogRefused(f"{name} holds no people.")
    if unreadable:
        bad = "starts_given AND starts IS NULL OR ends_given AND ends IS NULL"
        raise LogRefused(_unreadable(connection, "person_rows", bad, name))
    if people != different:
        raise LogRefused(f"Someone stands in {name} more than once. A person table has one row a person.")
    aside = []
    if no_person:
        aside.append(Aside("{} of the person table with no person were set aside.", "rows", no_person))
    if backwards:
        aside.append(Aside("{} have a record that ends before it starts.", "people", backwards))
    return tuple(aside)


def _unreadable(connection: duckdb.DuckDBPyConnection, rows: str, bad: str, name: str) -> str:
    """Where the first one is, and never what it holds."""
    numbered = f"SELECT row_number() OVER () AS place, ({bad}) AS bad FROM {rows}"
    (place,) = run_one(connection, f"SELECT min(place) FROM ({numbered}) WHERE bad", name)
    where = f"The first is in row {place:,} below the column names."
    return f"Some dates in {name} cannot be read. {where} {READABLE}"


def settle_people(
    connection: duckdb.DuckDBPyConnection, name: str, *, end: int, table: bool
) -> tuple[Aside, ...]:
    """Make `people` (code, person, starts, last_look) and `contacts`, the rows inside each one's window."""
    if table:
        who = f"""SELECT person, coalesce(starts, {EVER}) AS starts,
                         least(coalesce(ends, {end}), {end}) AS last_look
                  FROM person_rows WHERE person IS NOT NULL"""
    else:
        who = f"""SELECT DISTINCT person, CAST({EVER} AS BIGINT) AS starts, CAST({end} AS BIGINT) AS last_look
                  FROM log_rows WHERE {CONTACT} AND moment <= {end}"""
    code = "CAST(row_number() OVER (ORDER BY person) - 1 AS INTEGER) AS code"
    run(connection, f"CREATE TABLE people AS SELECT {code}, * FROM ({who}) ORDER BY code", name)
    if not run_one(connection, "SELECT count(*) FROM people", name)[0]:
        raise LogRefused(f"Nobody has a contact up to the last day that is asked about in {name}.")
    connection.execute(
        """CREATE VIEW contacts AS
            SELECT people.code, log_rows.* FROM log_rows JOIN people ON log_rows.person = people.person
            WHERE activity IS NOT NULL AND moment BETWEEN starts AND last_look"""
    )
    unknown = f"""SELECT count(DISTINCT person) FROM log_rows WHERE {CONTACT}
                  AND NOT EXISTS (SELECT 1 FROM people WHERE people.person = log_rows.person)"""
    (strangers,) = run_one(connection, unknown, name) if table else (0,)
    sentence = "{} who had contacts are not in the person table; their contacts were set aside."
    return (Aside(sentence, "people", strangers),) if strangers else ()
