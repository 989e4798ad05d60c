"""An answer that came back: the protected figures of one pattern in one body's records."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from betterstory.engines.disclosure import Group, ProtectedCount, each_part
from betterstory.engines.journeys.protected import Protected
from betterstory.engines.journeys.refused import Refused
from betterstory.engines.journeys.standing import at_least_of

type Everybody = Literal["list", "contacts"]

STATUSES = ("on_the_way", "way_closed", "too_early", "again")
EVERYBODY = {
    "list": "Everybody on a list of people was counted, with a contact or without.",
    "contacts": "There was no list of people: only those with a contact were counted.",
}


class AnswerRefused(Refused):
    """An answer file that cannot be taken as it is; `sentences` says everything that is wrong."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class AnsweredLevel:
    """One row of an answer: the people at levels `first` to `last`, and what may be said of them."""

    first: int
    last: int
    people: ProtectedCount
    on_the_way: ProtectedCount
    way_closed: ProtectedCount
    too_early: ProtectedCount
    again: ProtectedCount


@dataclass(frozen=True, slots=True)
class Header:
    """Whose records, from when to when, and who looked the figures over."""

    body: str = ""
    source: str = ""
    period_from: date | None = None
    period_to: date | None = None
    data_until: date | None = None
    everybody: Everybody | Literal[""] = ""
    checked_by: str = ""
    checked_on: date | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """All of it may be shown: it holds nothing but what came out of a protected query and was checked."""

    pattern: str
    fingerprint: str
    steps: tuple[str, ...]
    rule: str
    header: Header
    levels: tuple[AnsweredLevel, ...]
    by_hand: bool = True

    @property
    def body(self) -> str:
        return self.header.body

    @property
    def groups(self) -> tuple[Group, ...]:
        """The levels that are counted as one, as a protected standing has them."""
        return tuple(Group(level.first, level.last, level.people) for level in self.levels)

    @property
    def people(self) -> ProtectedCount:
        return at_least_of(self.groups)[0]

    @property
    def at_least(self) -> tuple[ProtectedCount, ...]:
        return at_least_of(self.groups)

    def protected(self) -> Protected:
        """The same as a protected standing, for whatever shows one."""
        parts = {name: self._each(name) for name in STATUSES}
        return Protected(
            profile=self.rule,
            steps=self.steps,
            people=self.people,
            exactly=each_part(self.groups),
            at_least=self.at_least,
            on_the_way=parts["on_the_way"],
            way_closed=parts["way_closed"],
            too_early=parts["too_early"],
            again=parts["again"],
            groups=self.groups,
            waits=(None,) * len(self.steps),
            by=None,
            set_aside=(),
            warnings=self.beware(),
        )

    def _each(self, status: str) -> tuple[ProtectedCount, ...]:
        return tuple(
            getattr(level, status) for level in self.levels for _ in range(level.first, level.last + 1)
        )

    def beware(self) -> tuple[str, ...]:
        """What a reader has to know beside the figures."""
        said = [EVERYBODY[self.header.everybody]] if self.header.everybody else []
        if self.header.notes:
            said.append(f"A note that came with it: {self.header.notes}")
        return tuple(said)

    def lines(self) -> list[str]:
        """The answer in words, with where it comes from."""
        header = self.header
        return [
            f"{self.pattern}, asked of {header.body}.",
            f"From {header.source}, {header.period_from} to {header.period_to}; "
            f"the data are complete up to {header.data_until}.",
            f"Rule: {self.rule}. Checked by {header.checked_by} on {header.checked_on}.",
            *self.protected().lines(),
        ]

    def __str__(self) -> str:
        return "\n".join(line[:1].upper() + line[1:] for line in self.lines())

    def as_json(self) -> dict[str, Any]:
        """What to store. `from_json` checks it again and gives the same answer back."""
        header = self.header
        days = {"period_from", "period_to", "data_until", "checked_on"}
        said: dict[str, Any] = {"format": 1, "pattern": self.pattern, "fingerprint": self.fingerprint}
        said |= {"steps": list(self.steps), "rule": self.rule, "by_hand": self.by_hand}
        for name in Header.__slots__:
            value = getattr(header, name)
            said[name] = value.isoformat() if name in days and value else value
        said["people"] = self.people.shown
        said["levels"] = [row_of(level) for level in self.levels]
        return said


def row_of(level: AnsweredLevel) -> dict[str, int | None]:
    """A row as it is written: a hidden figure is None, never 0."""
    row: dict[str, int | None] = {"level_from": level.first, "level_to": level.last}
    return row | {name: getattr(level, name).shown for name in ("people", *STATUSES)}


def rows_of(protected: Protected) -> list[dict[str, int | None]]:
    """The rows of an answer, from a standing that was counted here."""
    rows: list[dict[str, int | None]] = []
    for group in protected.groups:
        row: dict[str, int | None] = {"level_from": group.first, "level_to": group.last}
        row["people"] = group.people.shown
        for name in STATUSES:
            counts = getattr(protected, name)[group.first : group.last + 1]
            nobody = all(count.status == "none" for count in counts)
            row[name] = 0 if nobody else (counts[0].shown if len(counts) == 1 else None)
        rows.append(row)
    return rows
