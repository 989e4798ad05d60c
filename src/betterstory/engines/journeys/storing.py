"""Putting a log by: every contact in its place, every text as a code, and nothing half written."""
# ruff: noqa: S608 - the names and texts in this SQL are ours, or pass text()

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any

import numpy

from betterstory.engines.journeys.arrays import Whole, kind_of_code, offsets
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.opening import run, text
from betterstory.engines.journeys.refused import LogRefused
from betterstory.engines.journeys.stored import FORMAT, NOTHING

type Told = Callable[[str], None]
"""Somebody who waits is told what is being done."""


def store(log: ContactLog, folder: str | Path, told: Told = lambda _words: None) -> Path:
    """Put a log by in a new folder, to be opened with `open_stored`. Raises LogRefused."""
    target = Path(folder)
    if target.exists() or target.is_symlink():
        raise LogRefused(f'There is something called "{target.name}" already. Choose another name.')
    if not target.parent.is_dir():
        raise LogRefused(f'There is no folder to put "{target.name}" into.')
    with _in_the_making(target) as making:
        told("Sorting")
        columns = {f"c{place}": inside for place, inside in enumerate(log.inside.values())}
        own = {f"p{place}": inside for place, inside in enumerate(log.inside_people.values())}
        texts = {name: _coded(log, name, "contacts", inside) for name, inside in columns.items()}
        texts |= {name: _coded(log, name, "person_rows", inside) for name, inside in own.items()}
        arrays = _contacts(log, columns) | _people(log, own)
        told("Writing")
        sums = {name: _write(making / f"{name}.npy", array) for name, array in arrays.items()}
        said = _said(log) | {"texts": texts, "sums": sums}
        (making / "log.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return target


def _said(log: ContactLog) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "activities": list(log.activities),
        "end": log.end,
        "first_month": log.first_month,
        "last_month": log.last_month,
        "records_end": log.records_end,
        "has_people": log.has_people,
        "columns": list(log.inside),
        "people_columns": list(log.inside_people),
        "aside": [aside.as_list() for aside in log.aside],
    }


@contextmanager
def _in_the_making(target: Path) -> Iterator[Path]:
    """A folder that gets its name when all of it is there."""
    try:
        making = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError:
        raise LogRefused(f'Nothing may be written where "{target.name}" is to be.') from None
    try:
        yield making
        os.replace(making, target)
    except OSError:
        raise LogRefused(f'"{target.name}" could not be written. Is there room on the disk?') from None
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _coded(log: ContactLog, name: str, table: str, inside: str) -> list[str]:
    """Give each text of a column its code, in a table called after it. Gives the texts in order."""
    distinct = f"SELECT DISTINCT {inside} AS text FROM {table} WHERE {inside} IS NOT NULL"
    code = "CAST(row_number() OVER (ORDER BY text) AS UINTEGER) AS code"
    run(
        log.connection,
        f"CREATE OR REPLACE TEMP TABLE codes_{name} AS SELECT text, {code} FROM ({distinct})",
        log.name,
    )
    rows = run(log.connection, f"SELECT text FROM codes_{name} ORDER BY code", log.name).fetchall()
    return [value for (value,) in rows]


def _joined(columns: Mapping[str, str]) -> tuple[str, str]:
    """SQL for the codes of some columns, and for where they come from."""
    codes = "".join(
        f", CAST(coalesce(codes_{name}.code, {NOTHING}) AS UINTEGER) AS {name}" for name in columns
    )
    tables = " ".join(
        f"LEFT JOIN codes_{name} ON codes_{name}.text = rows.{inside}" for name, inside in columns.items()
    )
    return codes, tables


def _contacts(log: ContactLog, columns: Mapping[str, str]) -> dict[str, Whole]:
    """Every contact inside everybody's window, in an order that the order of rows in a file cannot change."""
    codes, tables = _joined(columns)
    kinds = ", ".join(map(text, log.activities))
    order = ", ".join(["person", "moment", "seq", "activity", *columns])
    rows = run(
        log.connection,
        f"""SELECT rows.code AS person, moment, seq,
                   CAST(list_position([{kinds}], activity) - 1 AS UINTEGER) AS activity{codes}
            FROM contacts AS rows {tables} ORDER BY {order}""",
        log.name,
    ).fetchnumpy()
    person, activity = numpy.asarray(rows["person"]), numpy.asarray(rows["activity"])
    arrays = {
        "first": offsets(person, log.many),
        "activity": activity.astype(kind_of_code(len(log.activities))),
        "at": numpy.asarray(rows["moment"]),
        **{name: numpy.asarray(rows[name]) for name in columns},
    }
    return arrays | ({"order": numpy.asarray(rows["seq"])} if log.has_order else {})


def _people(log: ContactLog, columns: Mapping[str, str]) -> dict[str, Whole]:
    codes, tables = _joined(columns)
    own = "LEFT JOIN person_rows AS rows ON rows.person = people.person" if log.has_people else ""
    rows = run(
        log.connection,
        f"SELECT people.last_look{codes} FROM people {own} {tables} ORDER BY people.code",
        log.name,
    ).fetchnumpy()
    ids = [person.encode() for person in log.who()]
    arrays = {
        "last_look": numpy.asarray(rows["last_look"]),
        "id_ends": numpy.cumsum(numpy.fromiter(map(len, ids), dtype=numpy.int64, count=len(ids))),
        "id_text": numpy.frombuffer(b"".join(ids), dtype=numpy.uint8),
    }
    return arrays | {name: numpy.asarray(rows[name]) for name in columns}


def _write(path: Path, array: Whole) -> str:
    """Write an array; gives the sum of its file."""
    numpy.save(path, array, allow_pickle=False)
    path.chmod(0o600)
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
