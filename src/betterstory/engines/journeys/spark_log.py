"""A contact log that Apache Spark holds: nothing of a person is ever brought to this machine.

Read by the rules of `taking_in.py`: person, activity and other columns are texts, an empty text is nothing,
"NA" is an id, times become whole microseconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from betterstory.engines.journeys.aside import Aside
from betterstory.engines.journeys.columns import end_of_day, find, is_plain
from betterstory.engines.journeys.contact_log import end_of
from betterstory.engines.journeys.opening import DEFAULT, Column, Table, csv_header
from betterstory.engines.journeys.refused import LogRefused
from betterstory.engines.journeys.spark_columns import as_moment, as_text, kind_of
from betterstory.engines.journeys.spark_facts import look_over, look_over_people, strangers
from betterstory.engines.journeys.spark_session import session_for
from betterstory.engines.journeys.taking_in import ACTIVITY, PERSON, TIME, Names

LOG, PEOPLE = "better_story_log", "better_story_people"
CSV = {
    "header": True,
    "quote": '"',
    "escape": '"',
    "mode": "FAILFAST",
    "multiLine": True,
    "encoding": "UTF-8",
}


@dataclass(frozen=True, slots=True)
class Read:
    """A table of Spark, and what is known of it."""

    frame: Any
    table: Table


@dataclass(frozen=True, slots=True, repr=False)
class SparkLog:
    """A log that can be counted with Spark. Its rows are in two views of `session`, named LOG and PEOPLE.

    LOG:    person, activity, time (microseconds), seq, and the other columns by their names in `inside`
    PEOPLE: person, start, end (microseconds), and the other columns by their names in `inside_people`
    """

    session: Any
    name: str
    activities: tuple[str, ...]
    end: int
    inside: Mapping[str, str]
    inside_people: Mapping[str, str]
    has_people: bool
    records_end: bool
    has_order: bool
    aside: tuple[Aside, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.inside, *self.inside_people]))

    def __repr__(self) -> str:
        return f"A contact log on Spark: {len(self.activities)} kinds of contact."

    def close(self) -> None:
        for view in (LOG, PEOPLE):
            self.session.catalog.dropTempView(view)

    def __enter__(self) -> "SparkLog":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_log_on_spark(
    source: Any,
    *,
    people: Any = None,
    person: str | None = None,
    activity: str | None = None,
    time: str | None = None,
    seq: str | Literal[False] | None = None,
    starts: str | None = None,
    ends: str | None = None,
    until: date | None = None,
    time_format: str | None = None,
) -> SparkLog:
    """Read a contact log with Spark: CSV or Parquet, one or several, or a table (DataFrame) of Spark.

    The arguments are those of `read_log`. A path is on this machine, or is written with its scheme, such as
    hdfs://. Raises LogRefused.
    """
    names = Names(person, activity, time, seq, starts, ends, time_format)
    # a table of Spark stays in the session it is from; no time zone of that session has a say in what is read
    session = session_for([*_each(source), *_each(people)])
    reads = [_read(session, one) for one in _each(source)]
    name = reads[0].table.name if len(reads) == 1 else "the log"
    inside, has_order = _take_in(reads, names)
    facts = look_over(session, LOG, list(inside.values()), name)
    aside, inside_people, records_end = facts.aside, dict[str, str](), False
    end = facts.last if until is None else end_of(until)
    if people is not None:
        person_reads = [_read(session, one) for one in _each(people)]
        inside_people, records_end = _take_in_people(person_reads, names)
        aside += look_over_people(session, PEOPLE, person_reads[0].table.name)
        aside += strangers(session, LOG, PEOPLE)
    elif facts.first > end:
        raise LogRefused(f"Nobody has a contact up to the last day that is asked about in {name}.")
    return SparkLog(
        session,
        name,
        facts.activities,
        end,
        inside,
        inside_people,
        people is not None,
        records_end,
        has_order,
        aside,
    )


def _each(source: Any) -> list[Any]:
    return list(source) if isinstance(source, list | tuple) else [source]


def _read(session: Any, source: Any) -> Read:
    if not isinstance(source, str | Path):
        if not hasattr(source, "selectExpr"):
            raise LogRefused("With Spark, a log is a file or a table of Spark. This is neither.")
        return _known(source, "the log")
    name, path = Path(str(source)).name, _address(source)
    try:
        if str(source).endswith((".csv", ".txt", ".tsv")):
            return _csv(session, path, name)
        frame = session.read.option("datetimeRebaseMode", "CORRECTED").parquet(path)
        return _known(frame, name)
    except LogRefused:
        raise
    except Exception:
        raise LogRefused(
            f'"{name}" cannot be read by Spark. It reads CSV (named .csv) and Parquet with times in '
            "millionths of a second."
        ) from None


def _address(source: str | Path) -> str:
    """A path with its scheme is Spark's own; any other is on this machine."""
    if "://" in str(source):
        return str(source)
    path = Path(source)
    try:
        real = path.resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        raise LogRefused(f'There is no file "{path.name}" that can be read.') from None
    if any(sign in "*?[]{}" or not sign.isprintable() for sign in str(real)):
        raise LogRefused(f'Please rename "{path.name}": its name or folder holds * ? [ ] {{ }} or worse.')
    return real.as_uri()


def _known(frame: Any, name: str) -> Read:
    fields = [(field.name, field.dataType.simpleString()) for field in frame.schema.fields]
    renamed = frame.toDF(*(f"c{place}" for place in range(len(fields))))
    columns = (Column(called, f"c{n}", kind_of(kind)) for n, (called, kind) in enumerate(fields))
    return Read(renamed, Table(name, name, tuple(columns)))


def _csv(session: Any, path: str, name: str) -> Read:
    """All columns are read as text, by place: no guessing."""
    first = session.read.text(path).head(1)
    names, delimiter = csv_header(name, (first[0][0] if first else "").encode(), DEFAULT)
    schema = ", ".join(f"c{place} STRING" for place in range(len(names)))
    frame = session.read.options(**CSV, sep=delimiter).schema(schema).csv(path)
    columns = (Column(called, f"c{place}", "VARCHAR") for place, called in enumerate(names))
    return Read(frame, Table(name, name, tuple(columns)))


def _take_in(reads: Sequence[Read], names: Names) -> tuple[dict[str, str], bool]:
    """Make the view LOG."""
    roles = [_roles(read.table, names) for read in reads]
    others = _others(reads, [{column.name for column in found.values()} for found in roles], "x")
    trusted = all("seq" in found for found in roles)
    frames = []
    for read, found in zip(reads, roles, strict=True):
        moment = as_moment(read.table, found["time"], names.time_format)
        parts = [
            f"{as_text(found['person'])} AS person",
            f"{as_text(found['activity'])} AS activity",
            f"{moment.at} AS time",
            f"{f'TRY_CAST({as_text(found["seq"])} AS BIGINT)' if trusted else 'CAST(0 AS BIGINT)'} AS seq",
            f"{moment.given} AS time_given",
            f"{moment.zoned} AS zoned",
        ]
        frames.append(read.frame.selectExpr(*parts, *_columns(others, read.table)))
    _union(frames).createOrReplaceTempView(LOG)
    return others, trusted


def _roles(table: Table, names: Names) -> dict[str, Column]:
    found = {
        "person": find(table, names.person, PERSON, "person"),
        "activity": find(table, names.activity, ACTIVITY, "activity"),
        "time": find(table, names.time, TIME, "time"),
    }
    if names.seq is not False and (names.seq is not None or table.find("seq")):
        found["seq"] = find(table, names.seq, ("seq",), "order")
    return found


def _take_in_people(reads: Sequence[Read], names: Names) -> tuple[dict[str, str], bool]:
    """Make the view PEOPLE; whether it says when people's records end."""
    roles = []
    for read in reads:
        own = names.person if names.person and read.table.find(names.person) else None
        found = {"person": find(read.table, own, PERSON, "person")}
        for role, given in (("start", names.starts), ("end", names.ends)):
            if given is not None or read.table.find(role):
                found[role] = find(read.table, given, (role,), role)
        roles.append(found)
    others = _others(reads, [{column.name for column in found.values()} for found in roles], "y")
    frames = []
    for read, found in zip(reads, roles, strict=True):
        parts = [f"{as_text(found['person'])} AS person"]
        for role in ("start", "end"):
            moment = as_moment(read.table, found[role], names.time_format) if role in found else None
            at = moment and (moment.at if role == "start" else end_of_day(moment))
            parts += [f"CAST({at or 'NULL'} AS BIGINT) AS `{role}`"]
            parts += [f"{moment.given if moment else 'false'} AS {role}_given"]
        frames.append(read.frame.selectExpr(*parts, *_columns(others, read.table)))
    _union(frames).createOrReplaceTempView(PEOPLE)
    return others, any("end" in found for found in roles)


def _union(frames: Sequence[Any]) -> Any:
    whole = frames[0]
    for frame in frames[1:]:
        whole = whole.unionAll(frame)
    return whole


def _others(reads: Sequence[Read], used: Sequence[Iterable[str]], letter: str) -> dict[str, str]:
    """The columns with no part of their own. A name that stands twice in one table could mean either."""
    names: dict[str, None] = {}
    for read, taken in zip(reads, used, strict=True):
        listed = [column.name for column in read.table.columns]
        plain = [c.name for c in read.table.columns if is_plain(c) and listed.count(c.name) == 1 and c.name]
        names |= dict.fromkeys(name for name in plain if name not in taken)
    return {name: f"{letter}{place}" for place, name in enumerate(names)}


def _columns(others: Mapping[str, str], table: Table) -> list[str]:
    columns = {column.name: column for column in table.columns if is_plain(column)}
    return [
        f"CAST({as_text(columns[name]) if name in columns else 'NULL'} AS STRING) AS {inside}"
        for name, inside in others.items()
    ]
