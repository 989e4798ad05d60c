"""A Parquet file is read by Arrow where that is here, and says then what DuckDB would have said of it."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from betterstory.engines.journeys import (
    Limits,
    LogRefused,
    Pattern,
    Step,
    compiled,
    count,
    parquet_file,
    read_log,
)
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.parquet_file import AT_ONCE, Bounds, ParquetFile
from betterstory.engines.journeys.parquet_kinds import read_kinds
from betterstory.engines.journeys.parquet_rows import ParquetRows
from betterstory.engines.journeys.tests.made_up import ACTIVITIES, some_pattern
from betterstory.engines.journeys.tests.tables import find

arrow: Any = pytest.importorskip("pyarrow", reason="Arrow is not here: its way of reading was not checked")
parquet: Any = pytest.importorskip("pyarrow.parquet")

DAY = 86_400_000_000
START = 1_704_067_200_000_000
type Columns = dict[str, list[Any]]
"""A file's columns by name."""

TWO_STEPS = Pattern("two", (Step("first", ("referral",)), Step("second", ("visit",))))


@pytest.fixture(params=[True, False], ids=["numba", "columns"])
def quickly(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Both ways of putting in order what was read."""
    if request.param and not compiled.is_here():
        pytest.skip("numba is not here: its way was not checked")
    monkeypatch.setattr(compiled, "is_worth_it", lambda _contacts: request.param)
    return bool(request.param)


def some_columns(
    random: Random, ids: list[int], activities: list[str], many: int = 9
) -> dict[str, list[Any]]:
    """Contacts of these people, many at one moment, in no order."""
    who = [person for person in ids for _ in range(random.randint(1, many))]
    random.shuffle(who)
    return {
        "person": who,
        "activity": [random.choice(activities) for _ in who],
        "time": [START + random.randint(0, 40) * DAY for _ in who],
        "seq": [random.randint(0, 3) for _ in who],
        "ward": [random.choice(["North", "NA", None]) for _ in who],
        "came": [random.choice(["yes", "no"]) for _ in who],
    }


def write(path: Path, columns: Columns, part: int = 17, **kinds: Any) -> Path:
    """A file in parts of so many rows; `kinds`: another type for a column."""
    usual = {"person": arrow.int64(), "time": arrow.timestamp("us"), "seq": arrow.int32()}
    made = {name: arrow.array(column, (usual | kinds).get(name)) for name, column in columns.items()}
    parquet.write_table(arrow.table(made), path, row_group_size=part)
    return path


def some_file(folder: Path, **kinds: Any) -> Path:
    columns = some_columns(Random(3), list(range(5, 60)), ACTIVITIES)
    return write(folder / "log.parquet", columns, **kinds)


def rows_of(log: ContactLog) -> ParquetRows:
    assert isinstance(log._rows, ParquetRows)
    return log._rows


def without_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "is_worth_it", lambda _path: False)


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("seed", range(12))
def test_it_counts_what_the_definition_counts(tmp_path: Path, seed: int) -> None:
    """Conditions on other columns, spells and repeats too: then DuckDB is opened after all."""
    random = Random(seed)
    columns = some_columns(random, [random.choice([n, -n, 9 * n]) for n in range(40)], ACTIVITIES)
    if seed % 2:
        del columns["seq"]
    until = None if seed % 3 else date(2024, 1, 20)
    with read_log(write(tmp_path / "log.parquet", columns, random.choice([5, 64, 1000])), until=until) as log:
        assert rows_of(log).file.rows == len(columns["person"])
        for _ in range(4):
            find(some_pattern(random), log)


@pytest.mark.usefixtures("quickly")
def test_it_says_of_a_log_what_duckdb_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(log: ContactLog) -> tuple[Any, ...]:
        told = log.arrays()
        held = [told.first, told.activity, told.at, told.order, told.last_look]
        facts = (
            log.name,
            log.activities,
            log.end,
            log.size,
            log.aside,
            log.columns,
            log.has_order,
            log.ids(),
        )
        return (*facts, log.first_month, log.last_month, *(None if x is None else x.tolist() for x in held))

    path = some_file(tmp_path)
    with read_log(path) as one, read_log(path, until=date(2024, 1, 15)) as early:
        by_arrow = said(one), said(early)
        assert rows_of(one)
    without_arrow(monkeypatch)
    with read_log(path) as one, read_log(path, until=date(2024, 1, 15)) as early:
        assert one._rows is None
        assert (said(one), said(early)) == by_arrow


@pytest.mark.usefixtures("quickly")
def test_duckdb_is_opened_when_it_is_needed_and_not_before(tmp_path: Path) -> None:
    with read_log(some_file(tmp_path)) as log:
        count(TWO_STEPS, log)
        assert "_connection" not in vars(log)
        assert count(TWO_STEPS, log, by="ward").people
        assert "_connection" in vars(log)
    with pytest.raises(duckdb.ConnectionException):
        log.connection.execute("SELECT 1")
    with read_log(tmp_path / "log.parquet") as log:
        assert rows_of(log)
    with pytest.raises(duckdb.ConnectionException):
        log.connection.execute("SELECT 1")


@pytest.mark.usefixtures("quickly")
def test_many_activities_are_numbered_too(tmp_path: Path) -> None:
    """More than a byte can tell apart, in a file whose parts know different ones."""
    many = [f"kind {number:04}" for number in range(700)]
    columns = some_columns(Random(1), list(range(300)), many)
    with read_log(write(tmp_path / "log.parquet", columns, 100)) as log:
        assert len(log.activities) > 256
        pattern = Pattern("two", (Step("first", tuple(many[:200])), Step("second", tuple(many[200:500]))))
        find(pattern, log)


@pytest.mark.usefixtures("quickly")
def test_parts_of_the_file_that_are_larger_than_what_is_held_at_once(tmp_path: Path) -> None:
    many = AT_ONCE + 5
    columns: Columns = {
        "person": [number % 7 for number in range(many)],
        "activity": ["referral" if number < many - 3 else "visit" for number in range(many)],
        "time": [START + number for number in range(many)],
    }
    with read_log(write(tmp_path / "log.parquet", columns, many)) as log:
        assert rows_of(log)
        assert count(TWO_STEPS, log).exact(because="made up").exactly == (0, 4, 3)


NOT_ITS = {
    "no person": ("person", None, "were set aside"),
    "no activity": ("activity", None, "were set aside"),
    "an empty activity": ("activity", "", "were set aside"),
    "no time": ("time", None, "were set aside"),
    "a year that is none": ("time", 2**62, "cannot be read"),
    "an order with a hole": ("seq", None, "hold no whole number"),
    "ids far apart": ("person", 2**50, ""),
}


@pytest.mark.parametrize(("column", "value", "said"), NOT_ITS.values(), ids=NOT_ITS)
def test_what_lacks_anything_is_left_to_duckdb(tmp_path: Path, column: str, value: object, said: str) -> None:
    columns = some_columns(Random(3), list(range(5, 60)), ACTIVITIES)
    columns[column][4] = value
    try:
        with read_log(write(tmp_path / "log.parquet", columns)) as log:
            assert log._rows is None
            words = " ".join(log.set_aside)
    except LogRefused as refused:
        words = str(refused)
    assert said in words


def nested() -> Any:
    return arrow.array([[1]] * 3)


OTHER_KINDS: dict[str, dict[str, Callable[[], Any]]] = {
    "a list beside": {"more": nested},
    "bytes beside": {"more": lambda: arrow.array([b"a"] * 3)},
    "a point in a name": {"more.or less": lambda: arrow.array([1] * 3)},
    "two names alike": {"Ward": lambda: arrow.array(["N"] * 3), "ward": lambda: arrow.array(["N"] * 3)},
    "ids in texts": {"person": lambda: arrow.array(["1", "2", "3"])},
    "ids without a sign": {"person": lambda: arrow.array([1, 2, 3], arrow.uint64())},
    "times with a zone": {"time": lambda: arrow.array([1, 2, 3], arrow.timestamp("us", tz="UTC"))},
    "times in thousandths": {"time": lambda: arrow.array([1, 2, 3], arrow.timestamp("ms"))},
    "days": {"time": lambda: arrow.array([1, 2, 3], arrow.date32())},
}


@pytest.mark.parametrize("other", OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_other_columns_than_it_knows_are_left_to_duckdb(
    tmp_path: Path, other: dict[str, Callable[[], Any]]
) -> None:
    usual = {"person": arrow.array([1, 2, 3]), "activity": arrow.array(["a"] * 3)}
    times = {"time": arrow.array([1, 2, 3], arrow.timestamp("us"))}
    made = usual | times | {name: make() for name, make in other.items()}
    parquet.write_table(arrow.table(made), tmp_path / "log.parquet")
    with read_log(tmp_path / "log.parquet") as log:
        assert log._rows is None
        assert log.size == 3


def test_plain_columns_beside_are_known_by_name(tmp_path: Path) -> None:
    beside = {
        "born": arrow.array([1, 2, 3], arrow.date32()),
        "cost": arrow.array([1.5, 2, 3]),
        "first": arrow.array([True, False, None]),
        "ward": arrow.array(["N", "S", None]).dictionary_encode(),
        "small": arrow.array([1, 2, 3], arrow.uint8()),
    }
    usual = {"person": arrow.array([1, 2, 3], arrow.int32()), "activity": arrow.array(["a"] * 3)}
    times = {"time": arrow.array([1, 2, 3], arrow.timestamp("us"))}
    parquet.write_table(arrow.table(usual | times | beside), tmp_path / "log.parquet")
    with read_log(tmp_path / "log.parquet") as log:
        assert rows_of(log)
        assert log.columns == tuple(beside)
        assert next(iter(log.rows())).columns["cost"] == "1.5"


def damage(path: Path) -> None:
    """Noise where the rows are; what the file says of itself stays."""
    whole = bytearray(path.read_bytes())
    for place in range(4, len(whole) - 4 - int.from_bytes(whole[-8:-4], "little") - 4, 3):
        whole[place] ^= 0xFF
    path.write_bytes(whole)


def test_a_damaged_file_is_refused_in_the_usual_words(tmp_path: Path) -> None:
    path = some_file(tmp_path)
    damage(path)
    with pytest.raises(LogRefused, match="It seems damaged"):
        read_log(path)


@pytest.mark.usefixtures("quickly")
def test_a_file_that_became_another_one_is_refused(tmp_path: Path) -> None:
    path = some_file(tmp_path)
    with read_log(path) as log:
        columns = some_columns(Random(4), list(range(5, 60)), ACTIVITIES)
        write(path, columns)
        with pytest.raises(LogRefused, match="seems damaged"):
            count(TWO_STEPS, log)
    with read_log(path) as log:
        damage(path)
        with pytest.raises(LogRefused, match="seems damaged"):
            count(TWO_STEPS, log)


LIES: dict[str, Callable[[ParquetRows], ParquetRows]] = {
    "less than the least id": lambda rows: replace(
        rows, persons=Bounds(rows.persons.least + 1, rows.persons.most)
    ),
    "more than the most": lambda rows: replace(
        rows, persons=Bounds(rows.persons.least, rows.persons.most - 1)
    ),
    "earlier than the first": lambda rows: replace(rows, times=Bounds(rows.times.least + 1, rows.times.most)),
    "later than the last": lambda rows: replace(rows, times=Bounds(rows.times.least, rows.times.most - 1)),
}


@pytest.mark.usefixtures("quickly")
def test_a_file_with_the_same_rows_in_another_order_is_another_one(tmp_path: Path) -> None:
    columns = some_columns(Random(3), list(range(5, 60)), ACTIVITIES)
    path = write(tmp_path / "log.parquet", columns)
    with read_log(path) as log:
        assert rows_of(log)
        write(path, {name: column[::-1] for name, column in columns.items()})
        with pytest.raises(LogRefused, match="seems damaged"):
            count(TWO_STEPS, log)


@pytest.mark.usefixtures("quickly")
def test_what_was_read_before_must_fit_what_is_read_now(tmp_path: Path) -> None:
    columns = some_columns(Random(3), list(range(5, 60)), ACTIVITIES) | {"hole": []}
    columns["hole"] = [None, *columns["seq"][1:]]
    with read_log(write(tmp_path / "log.parquet", columns)) as log:
        rows = rows_of(log)
        fewer = replace(rows.kinds, of_row=rows.kinds.of_row[:-1])
        for other in (replace(rows, kinds=fewer), replace(rows, roles=rows.roles | {"seq": "hole"})):
            with pytest.raises(LogRefused, match="seems damaged"):
                other.take(None, None)
        numbering = rows.number()
        assert rows.take(None, numbering)[0].ids.tolist() == numbering.ids.tolist()
        with pytest.raises(LogRefused, match="seems damaged"):
            rows.take(None, replace(numbering, ids=numbering.ids + 1))


def test_half_a_file_is_not_taken_for_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = parquet_file.look(some_file(tmp_path), Limits())
    assert file is not None
    assert read_kinds(file, "activity", 100, 2)
    whole = ParquetFile.read
    monkeypatch.setattr(ParquetFile, "read", lambda *given, **named: islice(whole(*given, **named), 2))
    assert read_kinds(file, "activity", 100, 2) is None


@pytest.mark.usefixtures("quickly")
def test_a_last_day_before_everything_leaves_nobody(tmp_path: Path) -> None:
    with (
        read_log(some_file(tmp_path), until=date(2023, 12, 31)) as log,
        pytest.raises(LogRefused, match="Nobody has a contact"),
    ):
        count(TWO_STEPS, log)


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_file_that_lies_about_itself_is_found_out(
    tmp_path: Path, lie: Callable[[ParquetRows], ParquetRows]
) -> None:
    """Ids point into a table that is as large as the file says it must be."""
    with read_log(some_file(tmp_path)) as log:
        rows = rows_of(log)
        with pytest.raises(LogRefused, match="seems damaged"):
            lie(rows).take(None, None)


def test_it_says_nothing_of_single_people(tmp_path: Path) -> None:
    columns = some_columns(Random(1), [123456789], ["referral"])
    with read_log(write(tmp_path / "log.parquet", columns)) as log:
        log.arrays()
        said = f"{rows_of(log)!r} {rows_of(log).file!r} {rows_of(log).kinds!r} {log!r}"
        assert "123456789" not in said
        assert "referral" not in said


def test_too_many_activities_are_refused_by_duckdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = some_file(tmp_path)
    for module in ("reading", "facts"):
        monkeypatch.setattr(sys.modules[f"betterstory.engines.journeys.{module}"], "MOST_ACTIVITIES", 5)
    with pytest.raises(LogRefused, match="more than 5 different activities"):
        read_log(path)


def test_more_rows_than_fit_are_left_to_duckdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = some_file(tmp_path)
    monkeypatch.setattr(parquet_file, "MOST_ROWS", 20)
    with read_log(path) as log:
        assert log._rows is None


def test_a_small_file_does_not_wait_for_arrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, table = some_file(tmp_path), tmp_path / "log.csv"
    table.write_text("person,activity,time\n1,a,2024-01-01\n")
    assert parquet_file.is_worth_it(path)  # it is in use here
    assert not parquet_file.is_worth_it(table)
    monkeypatch.delitem(sys.modules, "pyarrow.parquet")
    assert not parquet_file.is_worth_it(path)
    monkeypatch.setattr(parquet_file, "WORTH_STARTING", path.stat().st_size)
    assert parquet_file.is_worth_it(path)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert not parquet_file.is_worth_it(path)
