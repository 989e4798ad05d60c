"""A pattern as one text of SQL, the same for DuckDB and Apache Spark but for the few words of the dialect."""

from collections.abc import Iterator, Sequence

from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.portable.people import outcome_parts
from betterstory.engines.journeys.portable.seen import Asked, Part, seen_parts
from betterstory.engines.journeys.portable.steps import Steps
from betterstory.engines.journeys.portable.writing import Dialect, remark
from betterstory.engines.journeys.refused import PatternRefused


def levels_sql(
    pattern: Pattern,
    *,
    contacts: str,
    people: str | None,
    end: str,
    trusted_order: bool = False,
    records_end: bool = False,
    moments: bool = True,
    dialect: Dialect = "duckdb",
    whole_times: bool = False,
) -> str:
    """SQL with one row a person: person, level, status, again, and (`moments`) reached_1, reached_2, ...

    It speaks of single people: what it gives is not to be shown. Raises PatternRefused.

    contacts: a table with person, activity, time, seq (where `trusted_order`) and what a `where` looks at
    people:   a table with person, start and, where `records_end`, end; None where there is none
    end:      SQL for the data's end, such as TIMESTAMP '2024-03-31 23:59:59.999999'
    whole_times: the times in both tables, and `end`, are whole microseconds since 1970 and no TIMESTAMP
    """
    asked = Asked(
        pattern,
        contacts,
        people,
        end,
        dialect,
        trusted_order,
        records_end and people is not None,
        whole_times,
    )
    select = "SELECT * FROM outcome"
    return chained(asked, outcomes(asked, moments=moments), select)


def outcomes(asked: Asked, *, moments: bool) -> list[Part]:
    """All parts up to `outcome`, one row a person."""
    steps = Steps(asked, moments=moments)
    return [*seen_parts(asked), *steps.parts(), *outcome_parts(asked, steps)]


def chained(asked: Asked, parts: Sequence[Part], last: str) -> str:
    """The parts as one statement. Raises PatternRefused where a table has the name of a part."""
    own = {part.name for part in parts} | {"w", "r", "p", "c", "e", "f", "copies"}
    for name in (asked.contacts, asked.people or ""):
        if name.lower().strip('"`') in own:
            raise PatternRefused(f'Call the table "{name}" something else: a part of the SQL has that name.')
    body = ",\n".join(map(str, parts))
    return "\n".join([*map(remark, _opening(asked)), f"WITH {body}", last, ""])


def _opening(asked: Asked) -> Iterator[str]:
    yield f"{asked.pattern.name}: how far people came, and who may still go on."
    if asked.whole_times:
        return
    yield f"Written for {'Apache Spark' if asked.dialect == 'spark' else 'DuckDB'}. Only the parts data_end, "
    yield "log_rows and watched name the tables, and only there do DuckDB and Apache Spark differ:"
    yield "in how a TIMESTAMP becomes microseconds, and in the quotation marks around a column name."
    if asked.dialect == "spark":
        yield "Times that name no zone are taken as written only where the session time zone is UTC."
