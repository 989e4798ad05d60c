"""Which column is which, and how its values become texts and moments that compare alike on every path."""

from collections.abc import Sequence
from dataclasses import dataclass

from betterstory.engines.journeys.lengths import DAY
from betterstory.engines.journeys.opening import Column, Table, text
from betterstory.engines.journeys.refused import LogRefused
from betterstory.engines.journeys.words import did_you_mean, listed

DATE = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}"
CLOCK = r"[ T]\d{1,2}:\d{2}(:\d{2}([.]\d+)?)?"
ZONE = r" ?(Z|z|UTC|[+-]\d{2}(:?\d{2})?)"
YEARS = (-62_135_596_800_000_000, 253_402_300_799_999_999)  # the years 1 to 9999, in microseconds
ZONED = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS")
WHOLE_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
READABLE = "Dates are read when they are written like 2024-03-31 or 2024-03-31 14:30."


def find(table: Table, given: str | None, usual: Sequence[str], what: str) -> Column:
    """The column that holds the person, the activity or the time. Raises LogRefused, naming the nearest."""
    names = [given] if given is not None else [name for name in usual if table.find(name)]
    if not names:
        raise LogRefused(
            f'"{table.name}" has no column called {listed(usual, "or")}. '
            f"Say which one holds the {what}. {_has(table)}"
        )
    found = [column for column in table.columns if column.name == names[0]]
    if not found:
        known = [column.name for column in table.columns]
        near = did_you_mean(names[0], known) or f" {_has(table)}"
        raise LogRefused(f'"{table.name}" has no column called "{names[0]}".{near}')
    if len(found) > 1:
        raise LogRefused(f'"{table.name}" has more than one column called "{names[0]}".')
    if not is_plain(found[0]):
        raise LogRefused(
            f'The column "{names[0]}" of "{table.name}" holds lists or records, not single values.'
        )
    return found[0]


def _has(table: Table) -> str:
    names = [column.name for column in table.columns]
    shown = [f'"{name[:60]}"' for name in names[:12]]
    return (
        f"Its columns are {listed(shown)}." if len(names) <= 12 else f"Its first columns are {listed(shown)}."
    )


def is_plain(column: Column) -> bool:
    nested = ("STRUCT", "MAP", "UNION", "BLOB", "BIT", "VARIANT", "GEOMETRY")
    return not column.type.endswith("]") and not column.type.startswith(nested)


def as_text(column: Column) -> str:
    """SQL for a value as the text it is compared by: empty is nothing, a whole number has no point."""
    value, kind = column.sql, column.type
    if kind in ZONED:  # in UTC, wherever this runs
        return f"CAST(make_timestamp(epoch_us(CAST({value} AS TIMESTAMPTZ))) AS VARCHAR)"
    if kind != "FLOAT" and kind != "DOUBLE" and not kind.startswith("DECIMAL"):
        return f"nullif(CAST({value} AS VARCHAR), '')"
    number = value if kind == "FLOAT" else f"CAST({value} AS DOUBLE)"
    whole = f"{number} = trunc({number}) AND abs({number}) < 1e15"
    return (
        f"CASE WHEN isnan({number}) THEN NULL WHEN {whole} THEN CAST(CAST({number} AS BIGINT) AS VARCHAR) "
        f"ELSE CAST({number} AS VARCHAR) END"
    )


def as_number(column: Column) -> str:
    """SQL for a whole number; its text is the one that `as_text` gives."""
    return f"CAST({column.sql} AS BIGINT)"


@dataclass(frozen=True, slots=True)
class Moment:
    """SQL for a moment: its microseconds, whether there is one at all, whether it names its zone, whether it
    is only a day."""

    at: str
    given: str
    zoned: str
    day_only: str


def as_moment(table: Table, column: Column, time_format: str | None) -> Moment:
    """Zoned times are turned to UTC, unzoned ones are taken as written. Raises LogRefused for a column that
    holds no dates."""
    value, kind = column.sql, column.type
    given = f"({value} IS NOT NULL)"
    if kind == "VARCHAR":
        return _written(value, time_format)
    if kind == "DATE":
        return Moment(_within_years(f"epoch_us(CAST({value} AS TIMESTAMP))"), given, "false", "true")
    if kind in ZONED:
        return Moment(_within_years(f"epoch_us(CAST({value} AS TIMESTAMPTZ))"), given, "true", "false")
    if kind.startswith("TIMESTAMP"):
        return Moment(_within_years(f"epoch_us(CAST({value} AS TIMESTAMP))"), given, "false", "false")
    raise LogRefused(f'The column "{column.name}" of "{table.name}" does not hold dates. {READABLE}')


def _written(value: str, time_format: str | None) -> Moment:
    given = f"(nullif({value}, '') IS NOT NULL)"
    if time_format is not None:
        at = f"epoch_us(try_strptime({value}, {text(time_format)}))"
        has_clock = any(code in time_format for code in ("%H", "%I", "%c", "%X", "%T"))
        zoned = "true" if "%z" in time_format else "false"
        return Moment(_within_years(at), given, zoned, "false" if has_clock else "true")
    zoned = f"regexp_full_match({value}, {text(DATE + CLOCK + ZONE)})"
    plain = f"regexp_full_match({value}, {text(f'{DATE}({CLOCK})?')})"
    at = (
        f"CASE WHEN {plain} THEN epoch_us(TRY_CAST({value} AS TIMESTAMP)) "
        f"WHEN {zoned} THEN epoch_us(TRY_CAST({value} AS TIMESTAMPTZ)) END"
    )
    return Moment(_within_years(at), given, zoned, f"regexp_full_match({value}, {text(DATE)})")


def _within_years(at: str) -> str:
    """An infinite date, or one outside the calendar, is as good as unreadable."""
    return f"CASE WHEN ({at}) BETWEEN {YEARS[0]} AND {YEARS[1]} THEN ({at}) END"


def end_of_day(moment: Moment) -> str:
    """SQL for a moment that, where only a day is given, means the end of that day."""
    return f"({moment.at}) + CASE WHEN {moment.day_only} THEN {DAY - 1} ELSE 0 END"
