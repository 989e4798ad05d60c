"""An answer that came back: the protected figures of one pattern in one body's records."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from betterstory.engines.disclosure import NOBODY, Group, ProtectedCount, each_part, find_profile
from betterstory.engines.journeys.pack.answer_rows import STATUSES, WITH_A_LIST, Row
from betterstory.engines.journeys.protected import Counts, Protected
from betterstory.engines.journeys.refused import Refused
from betterstory.engines.journeys.standing import at_least_of


class AnswerRefused(Refused):
    """An answer file that cannot be taken as it is; `sentences` says everything that is wrong."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Header:
    """Whose records, from when to when, and who looked the figures over."""

    body: str = ""
    source: str = ""
    period_from: date | None = None
    period_to: date | None = None
    data_until: date | None = None
    checked_by: str = ""
    checked_on: date | None = None
    notes: str = ""


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
class Answer:
    """All of it may be shown: it holds nothing but what a protected query gave and somebody checked.

    by_hand: whether the figures were pasted; else Better Story wrote them, and they are as it wrote them
    """

    pattern: str
    fingerprint: str
    steps: tuple[str, ...]
    rule: str
    header: Header
    rows: tuple[Row, ...]
    by_hand: bool = True

    @property
    def body(self) -> str:
        return self.header.body

    @property
    def with_a_list(self) -> bool:
        """Whether everybody on a list of people was counted, with a contact or without."""
        return self.rows[0].denominator_is == WITH_A_LIST

    @property
    def levels(self) -> tuple[AnsweredLevel, ...]:
        return tuple(_level(row, find_profile(self.rule).hidden_below) for row in self.rows)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The levels that are counted as one, as a protected standing has them."""
        return tuple(Group(level.first, level.last, level.people) for level in self.levels)

    @property
    def people(self) -> ProtectedCount:
        return self.at_least[0]

    @property
    def at_least(self) -> Counts:
        return at_least_of(self.groups)

    def protected(self) -> Protected:
        """The same as a protected standing, for whatever shows one."""
        return Protected(
            profile=self.rule,
            steps=self.steps,
            people=self.people,
            exactly=each_part(self.groups),
            at_least=self.at_least,
            on_the_way=self._each("on_the_way"),
            way_closed=self._each("way_closed"),
            too_early=self._each("too_early"),
            again=self._each("again"),
            groups=self.groups,
            waits=(None,) * len(self.steps),
            by=None,
            set_aside=(),
            warnings=tuple(self.notes()),
        )

    def _each(self, status: str) -> Counts:
        return tuple(
            getattr(level, status) for level in self.levels for _ in range(level.first, level.last + 1)
        )

    def notes(self) -> list[str]:
        """What a reader has to know beside the figures."""
        said = (
            "Everybody on a list of people was counted, with a contact or without."
            if self.with_a_list
            else "There was no list of people: only those with a contact were counted."
        )
        return [said, *([f"A note that came with it: {self.header.notes}"] if self.header.notes else [])]

    def lines(self) -> list[str]:
        """The answer in words, with where it comes from."""
        header = self.header
        return [
            f"{self.pattern}, asked of {header.body}.",
            f"From {header.source}, {header.period_from} to {header.period_to}; "
            f"the data are complete until {header.data_until}.",
            f"Rule: {self.rule}. Checked by {header.checked_by} on {header.checked_on}.",
            *self.protected().lines(),
        ]

    def __str__(self) -> str:
        return "\n".join(line[:1].upper() + line[1:] for line in self.lines())

    def as_json(self) -> dict[str, Any]:
        """What to store. `from_json` checks it again and gives the same answer back."""
        said: dict[str, Any] = {"format": 1, "pattern": self.pattern, "fingerprint": self.fingerprint}
        said |= {"steps": list(self.steps), "rule": self.rule, "by_hand": self.by_hand}
        for name, value in asdict(self.header).items():
            said[name] = value.isoformat() if isinstance(value, date) else value
        return said | {"rows": [row.as_json() for row in self.rows]}


def _level(row: Row, below: int) -> AnsweredLevel:
    whole = ProtectedCount(row.people, "fewer" if row.people is None else "shown", below)
    parts = {name: _part(getattr(row, name), row.split_status, below) for name in STATUSES}
    again = _part(row.again, row.again_status, below)
    return AnsweredLevel(row.first, row.last, whole, again=again, **parts)


def _part(figure: int | None, status: str, below: int) -> ProtectedCount:
    if status == "none" or figure == 0:
        return NOBODY
    return ProtectedCount(figure, "together" if figure is None else "shown", below)
