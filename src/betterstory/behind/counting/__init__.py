"""The one door to the journeys engine.

Patterns are small and written by people of the place: they are read here (`shapes`). Logs come from
anywhere, so each is opened in a process apart (`apart` on this side, `child` on that one), which may write
nothing, runs out of time, and sends back names and protected figures alone: true counts never reach the web's
memory. For that process to start quickly, nothing here needs Django.
"""

from betterstory.behind.counting.answers import LARGEST_ANSWER, Answered, WrongAnswer, read_answered
from betterstory.behind.counting.asking import Counted, Earlier, ask, columns_of, compare, forget, look_over
from betterstory.behind.counting.keeping import Keys
from betterstory.behind.counting.records import RULE, CannotAnswer, Columns, Looked, Records
from betterstory.behind.counting.shapes import (
    LONGEST_PATTERN,
    Shape,
    SpellWords,
    StepWords,
    check_length,
    nearest_to,
    read,
    write,
)

__all__ = [
    "LARGEST_ANSWER",
    "LONGEST_PATTERN",
    "RULE",
    "Answered",
    "CannotAnswer",
    "Columns",
    "Counted",
    "Earlier",
    "Keys",
    "Looked",
    "Records",
    "Shape",
    "SpellWords",
    "StepWords",
    "WrongAnswer",
    "ask",
    "check_length",
    "columns_of",
    "compare",
    "forget",
    "look_over",
    "nearest_to",
    "read",
    "read_answered",
    "write",
]
