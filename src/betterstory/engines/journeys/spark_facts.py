"""One look over a log that Spark holds: what is set aside, and why it may not be read at all."""
# ruff: noqa: S608 - the names in this SQL are ours

from collections.abc import Sequence
from typing import Any, NamedTuple

from betterstory.engines.journeys.aside import Aside
from betterstory.engines.journeys.columns import READABLE
from betterstory.engines.journeys.facts import MOST_ACTIVITIES
from betterstory.engines.journeys.refused import LogRefused

CONTACT = "person IS NOT NULL AND activity IS NOT NULL AND time IS NOT NULL"


class Facts(NamedTuple):
    """True figures: never shown."""

    first: int
    last: int
    aside: tuple[Aside, ...]
    activities: tuple[str, ...]


def run(session: Any, sql: str, name: str) -> list[Any]:
    """The rows of a question that has few. What Spark says about a file is replaced by a sentence of ours."""
    try:
        return list(session.sql(sql).collect())
    except Exception as error:
        if "PARSE_SYNTAX_ERROR" in str(error) or "UNRESOLVED" in str(error):
            raise  # our own mistake, not the file's
        raise LogRefused(
            f"{name} cannot be read by Spark. Each line must have as many columns as the first, and "
            "quotation marks must close; or it is damaged, or Spark ran out of room."
        ) from None


def look_over(session: Any, log: str, others: Sequence[str], name: str) -> Facts:
    """Raises LogRefused for dates that cannot be read, zones that cannot be compared, an order with holes."""

    def how_many(condition: str) -> str:
        return f"count(CASE WHEN {condition} THEN 1 END)"

    strange = " OR ".join(f"locate('\ufffd', {column}) > 0" for column in ("person", "activity", *others))
    counts = [
        "count(*)",
        how_many(CONTACT),
        f"min(CASE WHEN {CONTACT} THEN time END)",
        "min(time)",
        "max(time)",
        how_many("person IS NULL"),
        how_many("person IS NOT NULL AND activity IS NULL"),
        how_many("person IS NOT NULL AND activity IS NOT NULL AND NOT time_given"),
        how_many("time_given AND time IS NULL"),
        how_many("time_given"),
        how_many("time_given AND zoned"),
        how_many(f"{CONTACT} AND seq IS NULL"),
        how_many(strange),
    ]
    (row,) = run(session, f"SELECT {', '.join(counts)} FROM {log}", name)
    rows, contacts, first, _, last, *asides, unreadable, timed, zoned, unordered, broken = row
    _refuse(name, rows, contacts, unreadable, zoned not in (0, timed), unordered, broken)
    whats = ("no person", "no activity", "no time")
    aside = tuple(
        Aside(f"{{}} with {what} were set aside.", "contacts", number)
        for number, what in zip(asides, whats, strict=True)
        if number
    )
    return Facts(first, last, aside, _activities(session, log, name))


def _refuse(
    name: str, rows: int, contacts: int, unreadable: int, mixed: bool, unordered: int, broken: int
) -> None:
    if not rows:
        raise LogRefused(f"{name} names its columns but holds no contacts.")
    if broken:
        raise LogRefused(f'{name} is not written in UTF-8: save it as "CSV UTF-8".')
    if unreadable:
        raise LogRefused(f"Some dates in {name} cannot be read. {READABLE}")
    if mixed:
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


def _activities(session: Any, log: str, name: str) -> tuple[str, ...]:
    sql = f"SELECT DISTINCT activity FROM {log} WHERE {CONTACT} LIMIT {MOST_ACTIVITIES + 1}"
    found = run(session, sql, name)
    if len(found) > MOST_ACTIVITIES:
        raise LogRefused(
            f"{name} has more than {MOST_ACTIVITIES:,} different activities. Is that the right column?"
        )
    return tuple(sorted(activity for (activity,) in found))


def look_over_people(session: Any, people: str, name: str) -> tuple[Aside, ...]:
    """Raises LogRefused for a person who stands there twice, and for dates that cannot be read."""
    bad = "start_given AND start IS NULL OR end_given AND `end` IS NULL"
    sql = f"""SELECT count(CASE WHEN person IS NULL THEN 1 END), count(person), count(DISTINCT person),
              count(CASE WHEN {bad} THEN 1 END), count(CASE WHEN `end` < start THEN 1 END) FROM {people}"""
    ((no_person, persons, different, unreadable, backwards),) = run(session, sql, name)
    if not persons:
        raise LogRefused(f"{name} holds no people.")
    if unreadable:
        raise LogRefused(f"Some dates in {name} cannot be read. {READABLE}")
    if persons != different:
        raise LogRefused(f"Someone stands in {name} more than once. A person table has one row a person.")
    aside = []
    if no_person:
        aside.append(Aside("{} of the person table with no person were set aside.", "rows", no_person))
    if backwards:
        aside.append(Aside("{} have a record that ends before it starts.", "people", backwards))
    return tuple(aside)


def strangers(session: Any, log: str, people: str) -> tuple[Aside, ...]:
    sql = f"""SELECT count(DISTINCT l.person) FROM {log} AS l LEFT ANTI JOIN {people} AS p
              ON l.person = p.person WHERE {CONTACT.replace("person IS", "l.person IS")}"""
    ((number,),) = run(session, sql, "the log")
    sentence = "{} who had contacts are not in the person table; their contacts were set aside."
    return (Aside(sentence, "people", number),) if number else ()
