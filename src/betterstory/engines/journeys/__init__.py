"""Who stands behind a story: a pattern asked of a contact log.

    from betterstory.engines import journeys

    pattern = journeys.read_pattern("back-within-a-month.toml")
    log = journeys.read_log("contacts.parquet", people="people.csv")
    print(journeys.say(pattern))
    standing = journeys.count(pattern, log)     # prints protected figures only
    journeys.draw_map(log)                      # where people went next, protected too

What exactly is counted is written in `reference.py`, with the worked tables of `tests/`.
"""

from betterstory.engines.journeys.asking import count, count_many
from betterstory.engines.journeys.checking import check
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.exact import Exact
from betterstory.engines.journeys.lengths import Length, read_length
from betterstory.engines.journeys.log import Log
from betterstory.engines.journeys.map import JourneyMap, draw_map
from betterstory.engines.journeys.opening import Limits, columns_of
from betterstory.engines.journeys.pattern import Pattern, Spells, Step
from betterstory.engines.journeys.protected import Protected
from betterstory.engines.journeys.reading import read_log
from betterstory.engines.journeys.refused import LogRefused, PatternRefused, Refused
from betterstory.engines.journeys.spark_log import SparkLog, read_log_on_spark
from betterstory.engines.journeys.spoken import say
from betterstory.engines.journeys.standing import Standing
from betterstory.engines.journeys.stored import StoredLog, is_stored, open_stored
from betterstory.engines.journeys.storing import store
from betterstory.engines.journeys.toml_file import read_pattern, write_pattern

__all__ = [
    "ContactLog",
    "Exact",
    "JourneyMap",
    "Length",
    "Limits",
    "Log",
    "LogRefused",
    "Pattern",
    "PatternRefused",
    "Protected",
    "Refused",
    "SparkLog",
    "Spells",
    "Standing",
    "Step",
    "StoredLog",
    "check",
    "columns_of",
    "count",
    "count_many",
    "draw_map",
    "is_stored",
    "open_stored",
    "read_length",
    "read_log",
    "read_log_on_spark",
    "read_pattern",
    "say",
    "store",
    "write_pattern",
]
