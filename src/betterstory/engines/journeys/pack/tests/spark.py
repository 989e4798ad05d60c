"""A small Spark of our own, tables from text, and a pack's SQL filled in: what is asked on made-up rows."""

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from betterstory.engines.journeys.pack import make_pack
from betterstory.engines.journeys.pack.asked import Asked, place_for
from betterstory.engines.journeys.pack.question import CONTACTS, contacts_sql
from betterstory.engines.journeys.pattern import Pattern, Step
from betterstory.engines.journeys.tests.tables import rows_of

SETTINGS = {
    # a few rows need no code made for them, and no compiler that thinks long
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


@contextmanager
def spark_session(sql: Any) -> Iterator[Any]:
    """One local Spark; `sql` is the module pyspark.sql."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Spark needs Java, which is not here: this was not run.")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    building = sql.SparkSession.builder.master("local[1]").appName("recipes")
    for key, value in SETTINGS.items():
        building = building.config(key, value)
    session = building.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


def tables(session: Any, named: Mapping[str, str], types: Mapping[str, str]) -> None:
    """Each text a table: "-" is nothing, a text in quotation marks keeps its spaces, the rest are texts
    unless `types` says that a column is something else."""
    for name, text in named.items():
        rows = rows_of(text)
        head = list(rows[0])
        values = ", ".join(f"({', '.join(_value(row[column]) for column in head)})" for row in rows)
        columns = ", ".join(f"CAST({one} AS {types.get(one, 'STRING')}) AS {one}" for one in head)
        session.sql(
            f"SELECT {columns} FROM VALUES {values} AS t({', '.join(head)})"  # noqa: S608 - our own rows
        ).createOrReplaceTempView(name)


def _value(cell: str | None) -> str:
    if cell is None:
        return "CAST(NULL AS STRING)"
    return "'" + cell.strip('"') + "'"


def filled(text: str, blanks: Mapping[str, str]) -> str:
    """As an analyst does it: each blank replaced everywhere."""
    for name, value in blanks.items():
        text = text.replace(f"{{{name}}}", value)
    return re.sub(r"\b(MESH_MHSDS|mesh_IAPT|MESH_ECDS)\.", "", text)


def contact_log(session: Any, place: str, *data_sets: str, blanks: Mapping[str, str] | None = None) -> str:
    """The contacts that the recipes make, as a text table."""
    pattern = Pattern("Any", (Step("Any", ("referral",)),))
    asked = Asked(pattern, until=date(2024, 12, 31))
    there = place_for(pattern, place, data_sets)
    text = contacts_sql(asked, there).replace("-- WHEN 'name here' THEN 'referral'", "")
    rows = session.sql(
        f"WITH {filled(text, blanks or {})} SELECT * FROM {CONTACTS} "  # noqa: S608 - our own text
        "ORDER BY person, time, seq, activity"
    ).collect()
    cells = [
        (row.person, _moment(row.time), row.seq, row.activity, row.provider or "-", row.referral or "-")
        for row in rows
    ]
    return "\n".join("  ".join(map(str, line)) for line in cells)


def _moment(time: Any) -> str:
    return f"{time:%Y-%m-%d}" if f"{time:%H%M%S}" == "000000" else f"{time:%Y-%m-%dT%H:%M}"


def question(pattern: Pattern, place: str, *data_sets: str, rule: str = "default") -> str:
    """The question as it stands in the pack."""
    files = make_pack(pattern, environments=[place], data_sets=data_sets, rule=rule, until=date(2024, 12, 31))
    return files[f"{place}/question.sql"]


def same(made: str, expected: str) -> bool:
    """Two text tables with the same cells; remarks do not count."""
    return _cells(made) == _cells(expected)


def _cells(table: str) -> list[list[str]]:
    lines = [line.split("#")[0].split() for line in table.strip().splitlines()]
    return [line for line in lines if line]
