"""One thing the doctor looked at, in a sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    FINE = "fine"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what to do about it."""

    about: str
    level: Level
    words: str


def fine(about: str, words: str) -> Finding:
    return Finding(about, Level.FINE, words)


def note(about: str, words: str) -> Finding:
    return Finding(about, Level.NOTE, words)


def fault(about: str, words: str) -> Finding:
    return Finding(about, Level.FAULT, words)
