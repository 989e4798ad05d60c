"""Apache Spark, on this machine, finds what the definition finds; only counts leave it."""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from shutil import which
from typing import Any, Literal

import pytest

from betterstory.engines.disclosure import Withheld
from betterstory.engines.journeys import (
    LogRefused,
    PatternRefused,
    SparkLog,
    count,
    read_log,
    read_log_on_spark,
    read_pattern,
    reference,
    spark_path,
)
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.portable import protected_sql
from betterstory.engines.journeys.spark_log import LOG
from betterstory.engines.journeys.spark_log import PEOPLE as PEOPLE_VIEW
from betterstory.engines.journeys.tests.made_up import as_csv, some_pattern, some_people, some_rows
from betterstory.engines.journeys.tests.portable import give
from betterstory.engines.journeys.tests.tables import pattern_of
from betterstory.engines.journeys.tests.test_real_logs import BACK_WITHIN_A_MONTH, SEPSIS

pyspark = pytest.importorskip("pyspark", reason="pyspark is not here: counting with Spark was not checked")
pytestmark = pytest.mark.skipif(
    which("java") is None, reason="Java is not here: counting with Spark was not checked"
)
PEOPLE, PATTERNS = 300, 4
SMALL = {  # for small logs: nothing is compiled, nothing is dealt out
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
ORDERED, SIMULTANEOUS = "in trusted order", "simultaneous"


@pytest.fixture(scope="module")
def both_logs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[ContactLog, SparkLog]]]:
    """One Spark for the whole module, and two logs, each read by it and by DuckDB."""
    folder = tmp_path_factory.mktemp("spark")
    said = " ".join(f"--conf {name}={value}" for name, value in SMALL.items())
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"--master local[2] {said} pyspark-shell"
    random = Random(11)
    plain = as_csv(folder / "plain.csv", some_rows(random, PEOPLE))
    rows = [row | {"seq": place // 2} for place, row in enumerate(some_rows(random, PEOPLE))]
    ordered = as_csv(folder / "ordered.csv", rows)
    people = as_csv(folder / "people.csv", some_people(random, rows))
    logs = {
        SIMULTANEOUS: (read_log(plain), read_log_on_spark(plain)),
        ORDERED: (read_log(ordered, people=people), read_log_on_spark(ordered, people=people)),
    }
    for _, there in logs.values():
        assert there.session.conf.get("spark.sql.shuffle.partitions") == "1"  # the environment has its say
        there.session.table(LOG).cache()
    yield logs
    for here, there in logs.values():
        here.close()
        there.close()
    there.session.stop()
    del os.environ["PYSPARK_SUBMIT_ARGS"]


def found_by_definition(pattern: Pattern, log: ContactLog) -> list[tuple[Any, ...]]:
    found = reference.find(pattern, log.rows(), log.person_rows(), log.end)
    told = zip(
        found.people, *(each.tolist() for each in (found.levels, found.statuses, found.again)), strict=True
    )
    return [
        (*one, *(at if step < one[1] else None for step, at in enumerate(moments)))
        for one, moments in zip(told, found.reached.tolist(), strict=True)
    ]


@pytest.mark.parametrize("order", [SIMULTANEOUS, ORDERED])
def test_spark_finds_what_the_definition_finds(
    order: str, both_logs: dict[str, tuple[ContactLog, SparkLog]]
) -> None:
    """Some 2,400 people in all, of every kind that has ever gone wrong."""
    here, there = both_logs[order]
    random = Random(len(order))
    for _ in range(PATTERNS):
        pattern = some_pattern(random)
        rows = spark_path.find(pattern, there).orderBy("person").collect()
        assert [tuple(row) for row in rows] == found_by_definition(pattern, here), pattern


@pytest.mark.parametrize("order", [SIMULTANEOUS, ORDERED])
def test_a_standing_counted_on_spark_is_the_same_standing(
    order: str, both_logs: dict[str, tuple[ContactLog, SparkLog]]
) -> None:
    """True counts, exact waits, a look-over by a column, what was set aside, and what is shown of them."""
    here, there = both_logs[order]
    pattern = pattern_of("referral or visit; no letter for 2 days; call or visit within 3 weeks; assessment")
    expected, standing = count(pattern, here, by="ward"), count(pattern, there, by="ward")
    assert str(standing.exact(because="a test")) == str(expected.exact(because="a test"))
    for rule in ("default", "nhs-england-sde"):
        assert standing.protect(rule) == expected.protect(rule)


def test_the_same_is_known_of_a_log(both_logs: dict[str, tuple[ContactLog, SparkLog]]) -> None:
    for here, there in both_logs.values():
        assert there.activities == here.activities
        assert there.columns == here.columns
        assert (there.end, there.has_order, there.records_end) == (here.end, here.has_order, here.records_end)
        assert [a.said_exactly() for a in there.aside] == [a.said_exactly() for a in here.aside]


def test_no_release_is_made_of_people_that_spark_keeps(
    both_logs: dict[str, tuple[ContactLog, SparkLog]],
) -> None:
    standing = count(pattern_of("referral; visit"), both_logs[ORDERED][1])
    with pytest.raises(Withheld):
        standing.fingerprints(b"key")


def test_a_log_is_counted_where_it_was_read(both_logs: dict[str, tuple[ContactLog, SparkLog]]) -> None:
    here, there = both_logs[ORDERED]
    with pytest.raises(PatternRefused):
        count(pattern_of("referral"), here, backend="spark")
    with pytest.raises(PatternRefused):
        count(pattern_of("referral"), there, backend="duckdb")


ZONED = ["2024-01-31 10:00Z", "2024-01-31 10:00:00+01:30", "2024-01-31 10:00-0530", "2024-01-31 10:00 UTC"]
UNZONED = ["2024-01-31", "2024-2-1 9:05", "2024/02/01 24:00:00", "2024-02-29T23:59:59.9999999", "0001-01-01"]
FORMATTED = {"%d/%m/%Y %H:%M": ["31/1/2024 9:05", "01/12/1999 23:59"], "%d-%m-%y": ["01-02-70", "1-2-68"]}


@pytest.mark.usefixtures("both_logs")
@pytest.mark.parametrize(
    ("times", "written"), [(ZONED, None), (UNZONED, None), *((t, f) for f, t in FORMATTED.items())]
)
def test_times_are_read_as_everywhere_else(times: list[str], written: str | None, tmp_path: Path) -> None:
    rows = [{"person": f"p{n}", "activity": "a", "time": time} for n, time in enumerate(times)]
    path = as_csv(tmp_path / "log.csv", rows)
    with read_log(path, time_format=written) as here, read_log_on_spark(path, time_format=written) as there:
        expected = here.connection.execute("SELECT person, moment FROM log_rows ORDER BY 1").fetchall()
        read = there.session.sql(f"SELECT person, time FROM {LOG} ORDER BY 1").collect()  # noqa: S608 - our own names
        assert [tuple(row) for row in read] == expected


REFUSED = {
    "a day that is not": ("person,activity,time\np,a,2024-02-30\n", "cannot be read"),
    "two ways of parting a day": ("person,activity,time\np,a,2024/02-03\n", "cannot be read"),
    "zones here and there": (
        "person,activity,time\np,a,2024-01-01 10:00\np,a,2024-01-01 10:00Z\n",
        "time zone",
    ),
    "an order with holes": ("person,activity,time,seq\np,a,2024-01-01,\n", "no whole number"),
    "a line too short": ("person,activity,time\np,a\n", "as many columns"),
    "a line too long": ("person,activity,time\np,a,2024-01-01,secret\n", "as many columns"),
    "no column of the person": ("who,activity,time\np,a,2024-01-01\n", "no column called"),
    "no contacts": ("person,activity,time\n", "holds no contacts"),
}


@pytest.mark.usefixtures("both_logs")
@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_without_a_word_of_it(
    what: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words, because = REFUSED[what]
    path = tmp_path / "log.csv"
    path.write_text(words)
    capfd.readouterr()
    with pytest.raises(LogRefused) as refused:
        read_log_on_spark(path)
    said = capfd.readouterr()
    assert said.out == said.err == ""  # nor does Spark say it behind our back
    assert because in refused.value.sentence
    assert "secret" not in refused.value.sentence
    assert "2024" not in refused.value.sentence.replace("2024-03-31", "")


@pytest.mark.usefixtures("both_logs")
def test_a_log_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes("person,activity,time\nZo\xeb,a,2024-01-01\n".encode("latin-1"))
    with pytest.raises(LogRefused, match="UTF-8"):
        read_log_on_spark(path)


@pytest.mark.usefixtures("both_logs")
def test_a_person_who_stands_twice_in_the_person_table_is_refused(tmp_path: Path) -> None:
    log = as_csv(tmp_path / "log.csv", [{"person": "p", "activity": "a", "time": "2024-01-01"}])
    people = as_csv(tmp_path / "people.csv", [{"person": "p"}, {"person": "p"}])
    with pytest.raises(LogRefused, match="more than once"):
        read_log_on_spark(log, people=people)


def test_a_table_of_spark_is_a_log_too(both_logs: dict[str, tuple[ContactLog, SparkLog]]) -> None:
    """It is read in the session it is from, whose zone has no say: no hour of spring is missing."""
    session = both_logs[ORDERED][1].session.newSession()
    session.conf.set("spark.sql.session.timeZone", "Europe/London")
    table = session.sql(
        """SELECT * FROM VALUES (1, 'referral', TIMESTAMP_NTZ '2024-03-31 00:30:00', 2.0D),
                                (1, 'visit', TIMESTAMP_NTZ '2024-03-31 02:59:59.5', 3.0D)
           AS t(person, activity, time, ward)"""
    )
    with read_log_on_spark(table) as log:
        assert log.columns == ("ward",)
        assert log.end == 1_711_853_999_500_000
        exact = count(pattern_of("referral where ward is 2; visit after 2 hours"), log).exact(
            because="a test"
        )
        assert exact.exactly == (0, 0, 1)
    assert session.conf.get("spark.sql.session.timeZone") == "Europe/London"


@pytest.mark.parametrize("profile", ["default", "nhs-england-sde"])
def test_the_suppressed_form_is_the_same_on_spark(
    profile: str, both_logs: dict[str, tuple[ContactLog, SparkLog]]
) -> None:
    """Pasted as an analyst would paste it: over tables with TIMESTAMP and a column for `where`."""
    here, there = both_logs[ORDERED]
    pattern = pattern_of("referral or visit; no letter for 2 days; call where ward is North; assessment")
    give(here)
    ward = there.inside["ward"]
    there.session.sql(
        f"""CREATE OR REPLACE TEMP VIEW given AS
            SELECT person, activity, timestamp_micros(time) AS time, seq, {ward} AS ward FROM {LOG}"""  # noqa: S608 - our own names
    )
    there.session.sql(
        f"""CREATE OR REPLACE TEMP VIEW given_people AS
            SELECT person, timestamp_micros(start) AS start, timestamp_micros(`end`) AS `end`
            FROM {PEOPLE_VIEW}"""  # noqa: S608 - our own names
    )
    on: dict[str, Any] = {"contacts": "given", "people": "given_people", "profile": profile}
    on |= {"trusted_order": True, "records_end": True}
    on_duckdb = protected_sql(pattern, end=f"make_timestamp({here.end})", **on)
    on_spark = protected_sql(pattern, end=f"timestamp_micros({there.end})", dialect="spark", **on)
    rows = [tuple(row) for row in there.session.sql(on_spark).collect()]
    assert rows == here.connection.execute(on_duckdb).fetchall()


@pytest.mark.real_data
@pytest.mark.skipif(not SEPSIS.exists(), reason="no public logs: Spark was not checked on real records")
@pytest.mark.usefixtures("both_logs")
@pytest.mark.parametrize(("seq", "expected"), [(None, (1, 707, 58, 250, 34)), (False, (1, 708, 58, 250, 33))])
def test_sepsis_on_spark(seq: Literal[False] | None, expected: tuple[int, ...]) -> None:
    with read_log_on_spark(SEPSIS, seq=seq) as log:
        standing = count(read_pattern(BACK_WITHIN_A_MONTH), log, backend="spark")
        assert standing.exact(because="a test on public data").exactly == expected
