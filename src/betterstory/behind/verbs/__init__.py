"""Logs, patterns, counts, who lets them out, and estimates. Every change to them is one of these verbs."""

from betterstory.behind.verbs.answers import NotAnAnswer, approve_answer, bring_answer, refuse_answer
from betterstory.behind.verbs.approving import (
    CHECKS,
    AlreadyAnswered,
    NoReason,
    NotHeldAgainst,
    NotLookedAt,
    NotYoursToApprove,
    RecordsGone,
    approve,
    end_trustee,
    name_trustee,
    refuse,
)
from betterstory.behind.verbs.counts import NotCounted, add_estimate, count
from betterstory.behind.verbs.held import OtherColumnOut
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
    "CHECKS",
    "AlreadyAnswered",
    "InTheTellersWords",
    "LogNotRead",
    "NoLogHere",
    "NoReason",
    "NobodyAnswersForIt",
    "NotAPattern",
    "NotAnAnswer",
    "NotCounted",
    "NotHeldAgainst",
    "NotLookedAt",
    "NotToBeCounted",
    "NotYoursToApprove",
    "OtherColumnOut",
    "PeopleNotRead",
    "RecordsGone",
    "add_estimate",
    "approve",
    "approve_answer",
    "bring_answer",
    "bring_log",
    "count",
    "end_trustee",
    "make_pattern",
    "name_trustee",
    "receive",
    "refuse",
    "refuse_answer",
    "switch_off",
    "switch_on",
    "throw_away",
    "throw_away_arrivals",
]
