"""How Spark turns the values of a column into texts and moments: the same as DuckDB does in `columns.py`."""

import re
from dataclasses import dataclass

from betterstory.engines.journeys.columns import READABLE, YEARS, Moment
from betterstory.engines.journeys.lengths import DAY, MICROSECONDS_IN, SECOND
from betterstory.engines.journeys.opening import Column, Table
from betterstory.engines.journeys.portable.writing import text
from betterstory.engines.journeys.refused import LogRefused

HOUR, MINUTE = MICROSECONDS_IN["hour"], MICROSECONDS_IN["minute"]
CLOCK = "([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.]([0-9]+))?)?"
ZONE = "(Z| ?UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?"
WRITTEN = f"^([0-9]{{4}})([-/])([0-9]{{1,2}})([-/])([0-9]{{1,2}})(?:[ T]{CLOCK}{ZONE})?$"
CODES = {
    "%Y": ("year", "([0-9]{4})"),
    "%y": ("short", "([0-9]{2})"),
    "%m": ("month", "([0-9]{1,2})"),
    "%d": ("day", "([0-9]{1,2})"),
    "%H": ("hour", "([0-9]{1,2})"),
    "%M": ("minute", "([0-9]{1,2})"),
    "%S": ("second", "([0-9]{1,2})"),
    "%f": ("part", "([0-9]{1,6})"),
}
ZONED = "TIMESTAMP WITH TIME ZONE"
NESTED = ("STRUCT", "MAP", "ARRAY", "BINARY", "VARIANT", "INTERVAL", "VOID", "GEO")


def kind_of(spark_type: str) -> str:
    """Spark's name of a type in the words of `columns.py`."""
    name = spark_type.upper()
    known = {"STRING": "VARCHAR", "TIMESTAMP": ZONED, "TIMESTAMP_NTZ": "TIMESTAMP"}
    if name.startswith(NESTED):
        return f"{name}[]"  # which `is_plain` takes for what it is: not a single value
    return "VARCHAR" if name.startswith(("VARCHAR", "CHAR")) else known.get(name, name)


def as_text(column: Column) -> str:
    """SQL for a value as the text it is compared by: empty is nothing, a whole number has no point."""
    value, kind = column.sql, column.type
    if kind == ZONED:  # in UTC, wherever this runs
        return f"CAST(to_utc_timestamp({value}, current_timezone()) AS STRING)"
    if kind != "FLOAT" and kind != "DOUBLE" and not kind.startswith("DECIMAL"):
        return f"nullif(CAST({value} AS STRING), '')"
    number = value if kind == "FLOAT" else f"CAST({value} AS DOUBLE)"
    whole = f"{number} = floor({number}) AND abs({number}) < 1e15"
    return (
        f"CASE WHEN isnan({number}) THEN NULL WHEN {whole} THEN CAST(CAST({number} AS BIGINT) AS STRING) "
        f"ELSE CAST({number} AS STRING) END"
    )


def as_moment(table: Table, column: Column, time_format: str | None) -> Moment:
    """Zoned times are turned to UTC, unzoned ones are taken as written. Raises LogRefused for a column that
    holds no dates."""
    value, kind = column.sql, column.type
    if kind == "VARCHAR":
        return _formatted(value, time_format) if time_format is not None else _written(value)
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        at = {"DATE": _of_day(value), ZONED: f"unix_micros({value})"}.get(kind) or _as_written(value)
        zoned = "true" if kind == ZONED else "false"
        day_only = "true" if kind == "DATE" else "false"
        return Moment(_within_years(at), f"({value} IS NOT NULL)", zoned, day_only)
    raise LogRefused(f'The column "{column.name}" of "{table.name}" does not hold dates. {READABLE}')


@dataclass(frozen=True, slots=True)
class _Clock:
    """SQL for the texts of a moment's parts, each '' or null where there is none."""

    year: str
    month: str
    day: str
    hour: str = "'0'"
    minute: str = "'0'"
    second: str = "'0'"
    part: str = "'0'"

    def at(self) -> str:
        """Its microseconds, or nothing where the calendar has no such day or the clock no such time."""
        day = f"TRY_CAST(concat({self.year}, '-', lpad({self.month}, 2, '0'), '-', "
        day += f"lpad({self.day}, 2, '0')) AS DATE)"
        hour, minute, second = (_whole(words) for words in (self.hour, self.minute, self.second))
        in_day = f"({hour} * {HOUR} + {minute} * {MINUTE} + {second} * {SECOND} + {_millionths(self.part)})"
        real = f"{minute} < 60 AND {second} < 60 AND {in_day} <= {DAY}"
        return f"CASE WHEN {real} THEN {_of_day(day)} + {in_day} END"


def _of_day(day: str) -> str:
    return f"CAST(unix_date({day}) AS BIGINT) * {DAY}"


def _as_written(value: str) -> str:
    """A time that names no zone. Whatever zone the session is in has no say in it."""
    # as BIGINT, because minutes times microseconds do not fit the whole numbers that Spark starts from
    clock = f"CAST(hour({value}) AS BIGINT) * {HOUR} + CAST(minute({value}) AS BIGINT) * {MINUTE}"
    seconds = f"CAST(extract(SECOND FROM {value}) * {SECOND} AS BIGINT)"
    return f"{_of_day(f'CAST({value} AS DATE)')} + {clock} + {seconds}"


def _whole(words: str) -> str:
    return f"coalesce(TRY_CAST({words} AS BIGINT), 0)"


def _millionths(digits: str) -> str:
    return _whole(f"substring(rpad({digits}, 6, '0'), 1, 6)")


def _written(value: str) -> Moment:
    def part(place: int) -> str:
        return f"regexp_extract({value}, {text(WRITTEN)}, {place})"

    at = _Clock(part(1), part(3), part(5), part(6), part(7), part(8), part(9)).at()
    zone = part(10)
    digits = f"regexp_replace({zone}, '[^0-9]', '')"
    away = (
        f"{_whole(f'substring({digits}, 1, 2)')} * {HOUR} + {_whole(f'substring({digits}, 3, 2)')} * {MINUTE}"
    )
    offset = f"CASE WHEN {zone} LIKE '-%' THEN -1 ELSE 1 END * ({away})"
    full = f"{part(0)} = {value} AND {part(2)} = {part(4)}"
    return Moment(
        _within_years(f"CASE WHEN {full} THEN {at} - {offset} END"),
        f"(nullif({value}, '') IS NOT NULL)",
        f"({zone} <> '')",
        f"({part(6)} = '')",
    )


def _formatted(value: str, time_format: str) -> Moment:
    """A format is read as a pattern of digits. Raises LogRefused for what is not only digits."""
    pattern, names = "", list[str]()
    for piece in re.findall(r"%.?|[^%]+", time_format):
        if piece in CODES:
            name, digits = CODES[piece]
            names.append(name)
            pattern += digits
        elif piece == "%%":
            pattern += "%"
        elif piece.startswith("%"):
            raise LogRefused(
                f'With Spark, dates are read by {", ".join(CODES)} alone; the format says "{piece}". '
                "Use --backend duckdb, or write them another way."
            )
        else:
            pattern += "".join(sign if sign.isalnum() else f"[{_in_brackets(sign)}]" for sign in piece)
    if (
        len(set(names)) < len(names)
        or not {"month", "day"} <= {*names}
        or len({"year", "short"} & {*names}) != 1
    ):
        raise LogRefused("A format of dates names the year, the month and the day, each once.")
    parts = {
        name: f"regexp_extract({value}, {text(f'^{pattern}$')}, {place})"
        for place, name in enumerate(names, start=1)
    }
    if (short := parts.pop("short", None)) is not None:
        parts["year"] = f"concat(CASE WHEN {short} < '69' THEN '20' ELSE '19' END, {short})"
    whole = f"regexp_extract({value}, {text(f'^{pattern}$')}, 0) = {value}"
    return Moment(
        _within_years(f"CASE WHEN {whole} THEN {_Clock(**parts).at()} END"),
        f"(nullif({value}, '') IS NOT NULL)",
        "false",
        "false" if "hour" in names else "true",
    )


def _in_brackets(sign: str) -> str:
    return f"\\{sign}" if sign in r"\]^[-&" else sign


def _within_years(at: str) -> str:
    return f"CASE WHEN ({at}) BETWEEN {YEARS[0]} AND {YEARS[1]} THEN ({at}) END"
