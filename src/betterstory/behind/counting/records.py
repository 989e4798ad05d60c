"""Where a log is, how it is read, and what may be said of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from betterstory.engines import journeys

RULE = "default"


class CannotAnswer(ValueError):
    """What the engine will not do, in a sentence for a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence[:1].upper() + sentence[1:]


@dataclass(frozen=True)
class Columns:
    """Which column of a log is which; empty where there is none. `until`: the last day it is complete for."""

    person: str = "person"
    activity: str = "activity"
    time: str = "time"
    seq: str = ""
    starts: str = ""
    ends: str = ""
    time_format: str = ""
    until: str = ""

    def for_engine(self) -> dict[str, Any]:
        named = {name: value or None for name, value in asdict(self).items()}
        return named | {
            "seq": self.seq or False,
            "until": date.fromisoformat(self.until) if self.until else None,
        }


@dataclass(frozen=True)
class Records:
    """Where a log is, and how it is read."""

    log: str
    people: str | None
    columns: Columns

    def open(self) -> journeys.ContactLog:
        return journeys.read_log(self.log, people=self.people, **self.columns.for_engine())

    @classmethod
    def read(cls, saved: Mapping[str, Any]) -> "Records":
        return cls(saved["log"], saved["people"], Columns(**saved["columns"]))


@dataclass(frozen=True)
class Looked:
    """What may be said of a log. Months as "2024-07"; `people` is rounded, None where they are few."""

    activities: list[str]
    first_month: str
    last_month: str
    people: int | None
    set_aside: list[str]
