"""Who stands behind a story: a pattern asked of a contact log.

    from betterstory.engines import journeys

    pattern = journeys.read_pattern("back-within-a-month.toml")
    log = journeys.read_log("contacts.parquet", people="people.csv")
    print(journeys.say(pattern))
    standing = journeys.count(pattern, log)     # prints protected figures only

What exactly is counted is written in `reference.py`, with the worked tables of `tests/`.
"""

from betterstory.engines.journeys.asking import count, count_many
from betterstory.engines.journeys.checking import check
from betterstory.engines.journeys.exact import Exact
from betterstory.engines.journeys.lengths import Length, read_length
from betterstory.engines.journeys.log import ContactLog, Log, read_log
from betterstory.engines.journeys.opening import Limits, columns_of
from betterstory.engines.journeys.pattern import Pattern, Spells, Step
from betterstory.engines.journeys.protected import Protected
from betterstory.engines.journeys.refused import LogRefused, PatternRefused, Refused
from betterstory.engines.journeys.spoken import say
from betterstory.engines.journeys.standing import Standing
from betterstory.engines.journeys.stored import StoredLog, open_stored
from betterstory.engines.journeys.storing import store
from betterstory.engines.journeys.toml_file import read_pattern, write_pattern

__all__ = [
    "ContactLog",
    "Exact",
    "Length",
    "Limits",
    "Log",
    "LogRefused",
    "Pattern",
    "PatternRefused",
    "Protected",
    "Refused",
    "Spells",
    "Standing",
    "Step",
    "StoredLog",
    "check",
    "columns_of",
    "count",
    "count_many",
    "open_stored",
    "read_length",
    "read_log",
    "read_pattern",
    "say",
    "store",
    "write_pattern",
]
