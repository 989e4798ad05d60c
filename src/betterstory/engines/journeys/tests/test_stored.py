"""A log that is put by is opened where it lies, and not believed more than it can show."""

import json
from pathlib import Path
from random import Random
from typing import Any

import numpy
import pytest

from betterstory.engines.journeys import LogRefused, count, open_stored, read_log, store
from betterstory.engines.journeys.tests.made_up import some_log
from betterstory.engines.journeys.tests.tables import pattern_of

ROWS = [
    {"person": person, "activity": activity, "time": f"2024-01-0{day}", "ward": ward}
    for person, activity, day, ward in (
        ("NA", "visit", 1, "North"),
        ("NA", "call", 2, None),
        ("zoë", "visit", 3, "NA"),
        ("ann", "visit", 3, ""),
    )
]


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    with read_log(ROWS, people=[{"person": "ann", "age": 7}, {"person": "NA"}, {"person": "zoë"}]) as log:
        return store(log, tmp_path / "stored")


def test_it_holds_what_the_log_held(stored: Path) -> None:
    log = open_stored(stored)
    assert log.ids() == ["NA", "ann", "zoë"]
    assert log.columns == ("ward", "age")
    assert [(row.person, row.activity, row.columns["ward"]) for row in log.rows()] == [
        ("NA", "visit", "North"),
        ("NA", "call", None),
        ("ann", "visit", None),
        ("zoë", "visit", "NA"),
    ]
    assert [row.columns["age"] for row in log.person_rows()] == [None, "7", None]


def test_contacts_are_mapped_and_not_copied(stored: Path) -> None:
    arrays = open_stored(stored).arrays()
    for array in (arrays.at, arrays.activity, arrays.first):
        assert not array.flags.owndata
        assert not array.flags.writeable


def test_only_its_owner_can_read_the_contacts(stored: Path) -> None:
    assert {path.stat().st_mode & 0o077 for path in stored.glob("*.npy")} == {0}


@pytest.mark.parametrize("seed", range(5))
def test_a_look_over_by_a_column_is_the_same(seed: int, tmp_path: Path) -> None:
    with some_log(Random(seed), tmp_path) as log:
        put_by = open_stored(store(log, tmp_path / "stored"))
        said = [
            count(pattern_of("referral; call within 9 days"), each, by="ward").exact(because="a test")
            for each in (log, put_by)
        ]
    assert said[0] == said[1]


def damaged(stored: Path) -> bool:
    try:
        open_stored(stored).ids()
    except LogRefused as refused:
        return "damaged" in refused.sentence
    return False


@pytest.mark.parametrize("name", ["first", "activity", "at", "last_look"])
def test_arrays_that_do_not_fit_together_are_refused(stored: Path, name: str) -> None:
    """The pass trusts them with its memory: it would read past their ends."""
    array = numpy.load(stored / f"{name}.npy")
    numpy.save(stored / f"{name}.npy", array[:-1])
    assert damaged(stored)


def test_somebody_who_begins_after_they_end_is_refused(stored: Path) -> None:
    numpy.save(stored / "first.npy", numpy.array([0, 3, 2, 4]))
    assert damaged(stored)


@pytest.mark.parametrize(
    "array", [numpy.array(["x", {}], dtype=object), numpy.zeros((4, 1), dtype=numpy.int64)]
)
def test_arrays_of_another_kind_are_refused(stored: Path, array: Any) -> None:
    """Objects would be unpickled, which runs what somebody else wrote."""
    numpy.save(stored / "at.npy", array)
    assert damaged(stored)


@pytest.mark.parametrize(
    "change", [{"format": 2}, {"activities": 7}, {"sums": {}}, {"aside": [1]}, {"columns": None}]
)
def test_a_list_that_was_changed_is_refused(stored: Path, change: dict[str, Any]) -> None:
    said = json.loads((stored / "log.json").read_text())
    (stored / "log.json").write_text(json.dumps(said | change))
    with pytest.raises(LogRefused):
        open_stored(stored)


def test_what_is_no_stored_log_is_said(tmp_path: Path) -> None:
    with pytest.raises(LogRefused, match="no log put by"):
        open_stored(tmp_path)
