"""Asking a log the fast way: DuckDB reads, filters and sorts; the one pass decides."""
# ruff: noqa: S608 - the names and texts in this SQL are ours, or pass text()

from itertools import pairwise

from betterstory.engines.journeys.found import Found
from betterstory.engines.journeys.log import ContactLog
from betterstory.engines.journeys.onepass import Contacts, Outcomes, plan, space, walk_all
from betterstory.engines.journeys.opening import run, text
from betterstory.engines.journeys.pattern import Pattern, Spells, Step
from betterstory.engines.journeys.reference import NOT_KNOWN


def find(pattern: Pattern, log: ContactLog) -> Found:
    """How far everyone came. The same as the reference finds."""
    ids = log.ids()
    last_looks = [
        at for (at,) in log.connection.execute("SELECT last_look FROM people ORDER BY code").fetchall()
    ]
    rows = run(log.connection, f"{_asked(pattern, log)} ORDER BY code, moment, seq", log.name).fetchall()
    codes, at, order, fits, bars = (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 5
    first = _first_places(codes, len(ids))
    steps = len(pattern.steps)
    width = max((stop - start for start, stop in pairwise(first)), default=0) + 1
    out = Outcomes([0] * len(ids), [0] * len(ids), [0] * len(ids), [0] * (len(ids) * steps))
    walk_all(
        plan(pattern), space(steps, width), Contacts(first, at, order, fits, bars, last_looks), log.end, out
    )
    return Found(ids, out.level, out.status, [bool(again) for again in out.again], out.reached)


def _first_places(codes: list[int], people: int) -> list[int]:
    """Where each person's contacts start, and where the last one's end."""
    counts = [0] * (people + 1)
    for code in codes:
        counts[code + 1] += 1
    for code in range(people):
        counts[code + 1] += counts[code]
    return counts


def _asked(pattern: Pattern, log: ContactLog) -> str:
    """SQL for the contacts that the pattern speaks of, each with the steps it fits and bars."""
    fits = " | ".join(
        f"CASE WHEN {_fits(step, log)} THEN {1 << k} ELSE 0 END" for k, step in enumerate(pattern.steps)
    )
    bars = " | ".join(
        f"CASE WHEN activity IN {_texts(step.without)} THEN {1 << k} ELSE 0 END"
        for k, step in enumerate(pattern.steps)
        if step.without
    )
    seen = _in_spells(pattern.spells, pattern, log) if pattern.spells else "contacts"
    return f"""SELECT code, moment, seq, fits, bars FROM (
        SELECT code, moment, seq, CAST({fits} AS BIGINT) AS fits, CAST({bars or "0"} AS BIGINT) AS bars
        FROM {seen}
    ) WHERE fits <> 0 OR bars <> 0"""


def _fits(step: Step, log: ContactLog) -> str:
    """A listed activity, and every `where` true: nothing is not true."""
    where = [f"{log.inside[column]} IN {_texts(accepted)}" for column, accepted in step.where]
    return " AND ".join([f"activity IN {_texts(step.activity)}", *where])


def _texts(values: tuple[str, ...]) -> str:
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
        f"""SELECT people.person, coalesce({own}, said.value, {text(NOT_KNOWN)}),
                   {own} IS NULL AND coalesce(said.different, 0) > 1
            FROM people {table} LEFT JOIN ({said}) AS said ON said.code = people.code""",
        log.name,
    ).fetchall()
    return {person: value for person, value, _ in rows}, sum(changed for *_, changed in rows)
