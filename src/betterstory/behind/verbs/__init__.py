"""Logs that come and go, patterns, counts and estimates. Every change to them is one of these verbs."""

from betterstory.behind.verbs.counts import NotCounted, add_estimate, count
from betterstory.behind.verbs.logs import (
    LogNotRead,
    NobodyAnswersForIt,
    NoLogHere,
    PeopleNotRead,
    bring_log,
    receive,
    switch_off,
    switch_on,
    throw_away,
    throw_away_arrivals,
)
from betterstory.behind.verbs.patterns import InTheTellersWords, NotAPattern, NotToBeCounted, make_pattern

__all__ = [
    "InTheTellersWords",
    "LogNotRead",
    "NoLogHere",
    "NobodyAnswersForIt",
    "NotAPattern",
    "NotCounted",
    "NotToBeCounted",
    "PeopleNotRead",
    "add_estimate",
    "bring_log",
    "count",
    "make_pattern",
    "receive",
    "switch_off",
    "switch_on",
    "throw_away",
    "throw_away_arrivals",
]
