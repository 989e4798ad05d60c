"""A circle at the poolside: its table, the goodwill round it, and the repair talks asked for."""

from betterstory.poolside.models.goodwill import Goodwill, Slip
from betterstory.poolside.models.repair import Repair, TookPlace
from betterstory.poolside.models.table import (
    Agreement,
    Answer,
    Poolside,
    PoolsideQuerySet,
    Question,
    Return,
    Sharing,
    Signature,
)

__all__ = [
    "Agreement",
    "Answer",
    "Goodwill",
    "Poolside",
    "PoolsideQuerySet",
    "Question",
    "Repair",
    "Return",
    "Sharing",
    "Signature",
    "Slip",
    "TookPlace",
]
