"""A session of Apache Spark: the analyst's own where there is one, else one on all cores of this machine."""

import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from shutil import which
from typing import Any

from betterstory.engines.journeys.refused import LogRefused

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",  # times that name no zone are taken as written
    "spark.sql.caseSensitive": "true",
    "spark.sql.csv.parser.columnPruning.enabled": "false",  # else a broken line in other columns goes unseen
}
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
PIECES = "spark.sql.shuffle.partitions"
PIECES_HERE = "16"  # on one machine; the usual 200 take longer to hand out than to work off


def session_for(sources: Iterable[Any]) -> Any:
    """The session that tables of Spark are from; for files, one of our own. Raises LogRefused."""
    tables = [source for source in sources if hasattr(source, "sparkSession")]
    if not tables:
        return open_session()
    _hush()
    return tables[0].sparkSession


def open_session() -> Any:
    """A session with our settings that leaves those of an open one alone. Raises LogRefused.

    Where `SPARK_REMOTE` or a `spark.master` of the environment says so, it is there; else `local[*]`.
    """
    sql = _pyspark()
    active = sql.SparkSession.getActiveSession()
    remote = "SPARK_REMOTE" in os.environ
    if active is not None:
        session = active if remote else active.newSession()
    else:
        session = _start(sql, remote=remote)
    for name, value in SETTINGS.items():
        session.conf.set(name, value)
    if not remote and _deals_out_for_nothing(session.sparkContext):
        session.conf.set(PIECES, PIECES_HERE)
    return session


def _deals_out_for_nothing(context: Any) -> bool:
    """On one machine, where nobody has said into how many pieces work is dealt out."""
    return context.master.startswith("local") and not context.getConf().contains(PIECES)


def _pyspark() -> Any:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sql = import_module("pyspark.sql")
    except ImportError:
        raise LogRefused(
            'Apache Spark is not installed here: install "better-story[spark]", or count with '
            "--backend duckdb."
        ) from None
    _hush()
    return sql


def _hush() -> None:
    """What Spark logs of an error repeats values of rows, so in this program it does not log them."""
    with suppress(ImportError, AttributeError):  # a Spark before 4 logs nothing here
        loggers = import_module("pyspark.logger").PySparkLogger
        for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
            loggers.getLogger(name).disabled = True


def _start(sql: Any, *, remote: bool) -> Any:
    builder = sql.SparkSession.builder.appName("better-story")
    if remote:
        return builder.getOrCreate()
    if which("java") is None and not os.environ.get("JAVA_HOME"):
        raise LogRefused(
            "Apache Spark needs Java 17 or newer, and there is none here: install it, or count with "
            "--backend duckdb."
        )
    for name, value in QUIET.items():
        builder = builder.config(name, value)
    try:
        with _silence(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            session = builder.getOrCreate()
    except Exception:
        raise LogRefused(
            "Apache Spark does not start here. It needs Java 17 or newer: look at JAVA_HOME, or count with "
            "--backend duckdb."
        ) from None
    return session


@contextmanager
def _silence() -> Iterator[None]:
    """What Java says while it starts, and after, is not for whoever reads the answer."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
