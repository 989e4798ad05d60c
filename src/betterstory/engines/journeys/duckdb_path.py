"""Asking a log that DuckDB reads: it filters and sorts the contacts that a pattern speaks of."""
# ruff: noqa: S608 - the names and texts in this SQL are ours, or pass text()

from collections.abc import Sequence

import numpy

from betterstory.engines.journeys.arrays import Arrays, offsets
from betterstory.engines.journeys.asked import NO_ORDER, Asked, Condition, conditions, each_asked
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.opening import run, text
from betterstory.engines.journeys.pattern import Pattern, Spells
from betterstory.engines.journeys.reference import NOT_KNOWN


def ask(patterns: Sequence[Pattern], log: ContactLog) -> list[Asked]:
    """The contacts that these patterns speak of, in order, as each of them sees them.

    They have the same spells, and with spells the same columns.
    """
    wanted = {activity for pattern in patterns for activity in pattern.activities}
    columns, spells = conditions(patterns), patterns[0].spells
    if log.held is not None and not columns and spells is None:
        return each_asked(_shared(log.held, log), patterns, log.activities)
    if log.is_numbered and not columns and spells is None:
        return each_asked(log.numbered.ask(wanted, log.activities, log.end), patterns, log.activities)
    activities = [activity for activity in log.activities if activity in wanted]
    seen = _in_spells(spells, patterns[0], log) if spells else "contacts"
    sql = _asked(activities, columns, seen, log)
    rows = run(log.connection, f"{sql} ORDER BY code, moment, seq", log.name).fetchnumpy()
    looks = run(log.connection, "SELECT last_look FROM people ORDER BY code", log.name).fetchnumpy()
    shared = Asked(
        first=offsets(numpy.asarray(rows["code"]), len(looks["last_look"])),
        kind=numpy.asarray(rows["kind"]),
        at=numpy.asarray(rows["moment"]),
        order=numpy.asarray(rows["seq"]) if log.has_order else NO_ORDER,
        last_look=numpy.asarray(looks["last_look"]),
        end=log.end,
    )
    return each_asked(shared, patterns, activities)


def _shared(held: Arrays, log: ContactLog) -> Asked:
    order = NO_ORDER if held.order is None else held.order
    return Asked(held.first, held.activity, held.at, order, held.last_look, log.end)


def _asked(activities: Sequence[str], columns: Sequence[Condition], seen: str, log: ContactLog) -> str:
    """SQL for the contacts that a step lists or bars, each with its kind: see `asked.kinds`."""
    holding = [
        f"CASE WHEN {log.inside[column]} IN {_texts(accepted)} THEN {len(activities) << place} ELSE 0 END"
        for place, (column, accepted) in enumerate(columns)
    ]
    place = f"list_position([{', '.join(map(text, activities))}], activity) - 1"
    size = "UINTEGER" if holding or len(activities) > 256 else "UTINYINT"
    return f"""SELECT code, moment, seq, CAST({" + ".join([place, *holding])} AS {size}) AS kind
        FROM {seen} WHERE activity IN {_texts(activities)}"""


def _texts(values: Sequence[str]) -> str:
    return f"({', '.join(map(text, values))})"


def _in_spells(spells: Spells, pattern: Pattern, log: ContactLog) -> str:
    """Contacts, with those of each spell put down to its first or last one."""
    columns = [log.inside[column] for column in pattern.columns]
    settled = ", ".join(["moment", "seq", *(f"{column} NULLS LAST" for column in ["activity", *columns])])
    kept = ", ".join(["code", "moment", "seq", "activity", *columns])
    listed = f"activity IN {_texts(spells.activity)}" if spells.activity else "true"
    gap = spells.gap.microseconds
    starts = "before IS NULL OR moment - before > " + str(gap)
    ends = f"next IS NULL AND moment + {gap} <= last_look OR next - moment > {gap}"
    return f"""(
        SELECT {kept} FROM (
            SELECT {kept}, people.last_look,
                   lag(moment) OVER one AS before, lead(moment) OVER one AS next
            FROM contacts JOIN people USING (code) WHERE {listed}
            WINDOW one AS (PARTITION BY code ORDER BY {settled})
        ) WHERE {starts if spells.at == "start" else ends}
        UNION ALL SELECT {kept} FROM contacts WHERE NOT ({listed})
    )"""


def values_by(column: str, log: ContactLog) -> tuple[dict[str, str], int]:
    """One value a person, and how many people's value in the log changed, where the log was asked."""
    own = f"person_rows.{log.inside_people[column]}" if column in log.inside_people else "NULL"
    table = "LEFT JOIN person_rows ON person_rows.person = people.person" if log.has_people else ""
    if column in log.inside:
        inside = log.inside[column]
        said = f"""SELECT code, arg_min({inside}, (moment, seq, {inside})) AS value,
                          count(DISTINCT {inside}) AS different
                   FROM contacts WHERE {inside} IS NOT NULL GROUP BY code"""
    else:
        said = "SELECT NULL AS code, NULL AS value, 0 AS different WHERE false"
    rows = run(
        log.connection,
        f"""SELECT CAST(people.person AS VARCHAR), coalesce({own}, said.value, {text(NOT_KNOWN)}),
                   {own} IS NULL AND coalesce(said.different, 0) > 1
            FROM people {table} LEFT JOIN ({said}) AS said ON said.code = people.code""",
        log.name,
    ).fetchall()
    return {person: value for person, value, _ in rows}, sum(changed for *_, changed in rows)
