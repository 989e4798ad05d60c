"""A log of whole numbers is read as far as it is asked, and no row is believed that was not there before."""

from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest

from betterstory.engines.journeys import LogRefused, compiled, count, read_log
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.pattern import Pattern, Step

KINDS = [f"kind {number}" for number in range(8)]
RARE = Pattern("rare", (Step("first", ("kind 0",)), Step("second", ("kind 1",))))
OTHER = Pattern("other", (Step("first", ("kind 2",)), Step("second", ("kind 0",))))


def write(path: Path, ids: list[int], seed: int = 1) -> Path:
    """A file whose columns need no other look, with some twelve contacts each."""
    random = Random(seed)
    rows = [(person, random.choice(KINDS), random.randint(0, 10**12)) for person in ids for _ in range(12)]
    random.shuffle(rows)
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE TABLE log (person BIGINT, activity VARCHAR, time TIMESTAMP)")
        connection.executemany("INSERT INTO log VALUES (?, ?, make_timestamp(?))", rows)
        connection.execute(f"COPY log TO '{path}' (FORMAT parquet)")
    return path


def counted_right(pattern: Pattern, log: ContactLog) -> int:
    """How many people there are at all levels, which must be those that the definition counts."""
    told = [count(pattern, log, backend=way).exact(because="made up").exactly for way in ("duckdb", "python")]
    assert told[0] == told[1]
    return sum(told[0])


def read_so_far(log: ContactLog) -> int:
    """How many contacts were handed over at the last question."""
    fetching = log.numbered
    kept = fetching._all or (fetching._some and fetching._some[1])
    assert kept is not None
    return len(kept.at)


@pytest.mark.parametrize("quickly", [True, False])
@pytest.mark.parametrize("apart", [1, 2**40])
def test_the_first_question_is_given_its_own_contacts_and_the_next_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: int, *, quickly: bool
) -> None:
    if quickly and not compiled.is_here():
        pytest.skip("numba is not here: its way of numbering was not checked")
    monkeypatch.setattr(compiled, "is_worth_it", lambda _contacts: quickly)
    with read_log(write(tmp_path / "log.parquet", [apart * n for n in range(-20, 20)])) as log:
        counted_right(RARE, log)
        own = read_so_far(log)
        assert 0 < own < log.size / 2
        counted_right(RARE, log)
        assert read_so_far(log) == own
        counted_right(OTHER, log)
        assert read_so_far(log) == log.size
        counted_right(RARE, log)
        assert read_so_far(log) == log.size


def test_whoever_has_no_contact_of_these_is_counted_too(tmp_path: Path) -> None:
    """They are at level 0, and known by their ids even after the log is closed."""
    with read_log(write(tmp_path / "log.parquet", list(range(40)))) as log:
        people = counted_right(RARE, log)
        who = log.who()
    assert people == len(who) == 40
    assert list(who) == [str(number) for number in range(40)]


@pytest.mark.parametrize("quickly", [True, False])
@pytest.mark.parametrize("ids", [[0, 100], [1, 2, 3, 50], [-(2**50), 7], [2, 4, 8]])
def test_somebody_who_was_not_there_a_moment_ago_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ids: list[int], *, quickly: bool
) -> None:
    """The file is changed between its people and its contacts: their numbers would point anywhere."""
    if quickly and not compiled.is_here():
        pytest.skip("numba is not here: its way of numbering was not checked")
    monkeypatch.setattr(compiled, "is_worth_it", lambda _contacts: quickly)
    path, other = write(tmp_path / "log.parquet", [1, 2, 3, 8]), write(tmp_path / "other.parquet", ids)
    with read_log(path) as log:
        assert log.numbered.ids.tolist() == [1, 2, 3, 8]
        path.write_bytes(other.read_bytes())
        with pytest.raises(LogRefused, match="seems damaged"):
            log.numbered.every()


def test_only_contacts_up_to_the_last_day_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "log.parquet", list(range(40)))
    with read_log(path) as whole, read_log(path, until=date(1970, 1, 1)) as short:
        assert 0 < len(short.numbered.every().at) < len(whole.numbered.every().at)
        assert short.numbered.every().at.max() <= short.end


def test_it_does_not_print_who_is_in_it(tmp_path: Path) -> None:
    with read_log(write(tmp_path / "log.parquet", [123456789, 987654321])) as log:
        log.numbered.every()
        assert "123456789" not in repr(log.numbered)
