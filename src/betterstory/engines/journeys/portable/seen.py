"""The first part of the text: the log as it is given, who is watched until when, and what is seen of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from betterstory.engines.journeys.pattern import Pattern, Spells
from betterstory.engines.journeys.portable.writing import (
    Dialect,
    column,
    end_of_day,
    microseconds,
    remark,
    table,
    texts,
)

EVER = -9_000_000_000_000_000_000  # long before any date that can be written


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of a chain: remarks, a name, and a SELECT."""

    name: str
    select: str
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([*map(remark, self.remarks), f"{self.name} AS (", self.select, ")"])


@dataclass(frozen=True, slots=True)
class Asked:
    """A pattern and where it is asked.

    contacts, people: names of tables; end: SQL for the data's end
    whole_times: times are whole microseconds already
    """

    pattern: Pattern
    contacts: str
    people: str | None
    end: str
    dialect: Dialect
    trusted_order: bool
    records_end: bool
    whole_times: bool

    def at(self, moment: str) -> str:
        """Whole microseconds of a moment."""
        return f"CAST({moment} AS BIGINT)" if self.whole_times else microseconds(moment, self.dialect)

    def at_end_of(self, moment: str) -> str:
        """The same, where a day without a clock means the end of that day."""
        return self.at(moment) if self.whole_times else end_of_day(moment, self.dialect)

    @property
    def columns(self) -> dict[str, str]:
        """What a `where` looks at, each with its name inside the text."""
        return {name: f"w{place}" for place, name in enumerate(self.pattern.columns, start=1)}


def seen_parts(asked: Asked) -> Iterator[Part]:
    """From the log to `step_0`: one row a contact that the pattern speaks of, in each one's window."""
    yield Part(
        "data_end",
        f"SELECT {asked.at_end_of(f'({asked.end})')} AS end_at",
        ("When the data ends, in whole microseconds, like every time below.",),
    )
    yield _log(asked)
    yield _watched(asked)
    yield _seen(asked)
    if asked.pattern.spells is not None:
        yield from _spells(asked, asked.pattern.spells)
    yield _listed(asked)


def _log(asked: Asked) -> Part:
    parts = [
        "nullif(CAST(c.person AS STRING), '') AS person",
        "nullif(CAST(c.activity AS STRING), '') AS activity",
        f"{asked.at('c.time')} AS moment",
        f"CAST({'c.seq' if asked.trusted_order else '0'} AS BIGINT) AS turn",
        *(
            f"nullif(CAST(c.{column(name, asked.dialect)} AS STRING), '') AS {inside}"
            for name, inside in asked.columns.items()
        ),
    ]
    order = (
        "Contacts of one moment are in the order of seq, which must be filled everywhere."
        if asked.trusted_order
        else "Contacts of one moment are simultaneous: none is later than another."
    )
    return Part(
        "log_rows",
        select(parts, f"FROM {table(asked.contacts)} AS c"),
        ("The log, each value as a text; an empty text is nothing.", order),
    )


def _watched(asked: Asked) -> Part:
    if asked.people is None:
        everyone = select(
            [
                "log_rows.person",
                f"CAST({EVER} AS BIGINT) AS starts",
                "max(data_end.end_at) AS last_look",
                "0 AS ended",
            ],
            "FROM log_rows CROSS JOIN data_end",
            "WHERE log_rows.person IS NOT NULL AND log_rows.activity IS NOT NULL",
            "  AND log_rows.moment <= data_end.end_at",
            "GROUP BY log_rows.person",
        )
        return Part("watched", everyone, ("Everyone with a contact. People without one are not known.",))
    starts = f"coalesce({asked.at('p.start')}, {EVER})"
    ends = f"coalesce({asked.at_end_of('p.end')}, e.end_at)" if asked.records_end else "e.end_at"
    look = f"CASE WHEN {ends} < e.end_at THEN {ends} ELSE e.end_at END"
    one = "nullif(CAST(p.person AS STRING), '')"
    everyone = select(
        [
            f"{one} AS person",
            f"min({starts}) AS starts",
            f"max({look}) AS last_look",
            f"min(CASE WHEN {look} < e.end_at THEN 1 ELSE 0 END) AS ended",
        ],
        f"FROM {table(asked.people)} AS p CROSS JOIN data_end AS e",
        f"WHERE {one} IS NOT NULL",
        f"GROUP BY {one}",
    )
    return Part(
        "watched",
        everyone,
        ("Everyone of the person table, watched until their own record or the data ends.",),
    )


def _seen(asked: Asked) -> Part:
    own = ["person", "moment", "turn", "activity", *asked.columns.values()]
    rows = select(
        [*(f"r.{name}" for name in own), "p.last_look", "p.ended"],
        "FROM log_rows AS r JOIN watched AS p ON r.person = p.person",
        "WHERE r.activity IS NOT NULL AND r.moment >= p.starts AND r.moment <= p.last_look",
    )
    return Part("seen", rows, ("What is seen of each: contacts while they were watched.",))


def _spells(asked: Asked, spells: Spells) -> Iterator[Part]:
    """The same as the definition: which of simultaneous contacts comes first is settled by what they say."""
    columns = list(asked.columns.values())
    kept = ["person", "moment", "turn", "activity", *columns, "last_look", "ended"]
    settled = ", ".join(["moment", "turn", *(f"{name} NULLS LAST" for name in ("activity", *columns))])
    listed = f"activity IN {texts(spells.activity)}" if spells.activity else "activity IS NOT NULL"
    gap = spells.gap.microseconds
    over = f"(PARTITION BY person ORDER BY {settled})"
    what = f"of {' or '.join(spells.activity)}" if spells.activity else "of any kind"
    yield Part(
        "in_spells",
        select(
            [
                *kept,
                f"lag(moment) OVER {over} AS moment_before",
                f"lead(moment) OVER {over} AS moment_after",
            ],
            "FROM seen",
            f"WHERE {listed}",
        ),
        (f"Contacts {what}, each at most {spells.gap} after the one before, are one spell.",),
    )
    starts = f"moment_before IS NULL OR moment - moment_before > {gap}"
    ends = f"moment_after IS NULL AND moment + {gap} <= last_look OR moment_after - moment > {gap}"
    yield Part(
        "spelt",
        select(kept, "FROM in_spells", f"WHERE {starts if spells.at == 'start' else ends}")
        + "\n  UNION ALL\n"
        + select(kept, "FROM seen", f"WHERE NOT ({listed})"),
        (
            "A spell counts as its first contact."
            if spells.at == "start"
            else "A spell counts as its last contact, once it can grow no more.",
        ),
    )


def _listed(asked: Asked) -> Part:
    pattern = asked.pattern
    of_steps = [activity for step in pattern.steps for activity in (*step.activity, *step.without)]
    parts = [
        "person",
        "last_look",
        "ended",
        "moment",
        "0 AS silent",
        "turn",
        "activity",
        *asked.columns.values(),
        "dense_rank() OVER (PARTITION BY person ORDER BY moment, turn) AS place",
    ]
    return Part(
        "step_0",
        select(
            parts,
            f"FROM {'spelt' if pattern.spells else 'seen'}",
            f"WHERE activity IN {texts(tuple(dict.fromkeys(of_steps)))}",
        ),
        ("The contacts that the pattern speaks of. A later place is strictly later.",),
    )


def select(parts: list[str], *rest: str) -> str:
    return "\n".join(["  SELECT " + ",\n         ".join(parts), *(f"  {line}" for line in rest)])
