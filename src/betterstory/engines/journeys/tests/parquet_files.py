"""Parquet files made at random, and both ways of putting in order what is read of them."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from betterstory.engines.journeys import Pattern, Step, compiled
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.parquet_rows import ParquetRows
from betterstory.engines.journeys.tests.made_up import ACTIVITIES

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
