"""What a contact log is to whoever asks it: who had contact, of what kind, when."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import NamedTuple, Self

from betterstory.engines.disclosure import ProtectedCount, find_profile, protect
from betterstory.engines.journeys.arrays import Arrays
from betterstory.engines.journeys.aside import Aside
from betterstory.engines.journeys.found import People


class RawContact(NamedTuple):
    """A row of a log that says who, what and when; `columns` are the texts of the other columns."""

    person: str
    at: int
    seq: int
    activity: str
    columns: Mapping[str, str | None]


class RawPerson(NamedTuple):
    """A row of a person table; `starts` and `ends` are the first and last moment of the own record."""

    person: str
    starts: int | None
    ends: int | None
    columns: Mapping[str, str | None]


class Log(ABC):
    """A log that can be asked. What it prints is protected. Close it, or use it in a `with`.

    activities: every kind of contact in it; columns: what `where` and `by` may name
    end:        the data's end in microseconds; records_end: whether people's own records may end before it
    has_order:  whether contacts at equal times have a trusted order
    """

    name: str
    activities: tuple[str, ...]
    end: int
    records_end: bool
    has_order: bool
    has_people: bool
    first_month: str
    last_month: str
    aside: tuple[Aside, ...]
    inside: Mapping[str, str]
    inside_people: Mapping[str, str]
    _contacts: int

    @abstractmethod
    def arrays(self) -> Arrays:
        """Every contact inside everybody's window, in order."""

    @property
    @abstractmethod
    def many(self) -> int:
        """How many people there are, exactly: not for showing."""

    @abstractmethod
    def who(self) -> People:
        """The people, looked up when they are wanted: at the latest when the log is closed."""

    @abstractmethod
    def rows(self) -> Iterator[RawContact]:
        """Every contact, for the reference."""

    @abstractmethod
    def person_rows(self) -> list[RawPerson] | None:
        """The person table, for the reference; None where there is none."""

    @abstractmethod
    def close(self) -> None: ...

    @property
    def size(self) -> int:
        """How many contacts there are, exactly: not for showing."""
        return self._contacts

    def ids(self) -> list[str]:
        """The people, in order. An id speaks of one person: not for showing."""
        return list(self.who())

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.inside, *self.inside_people]))

    @property
    def people(self) -> ProtectedCount:
        return protect(self.many, find_profile("default"))

    @property
    def contacts(self) -> ProtectedCount:
        return protect(self._contacts, find_profile("default"))

    @property
    def set_aside(self) -> tuple[str, ...]:
        return tuple(aside.said(find_profile("default")) for aside in self.aside)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        lines = [
            f"A contact log: {self.contacts.words('contacts')} of {self.people}, "
            f"{len(self.activities)} kinds of contact, {self.first_month} to {self.last_month}."
        ]
        lines += (
            [] if self.has_people else ["There is no person table: people without a contact are not known."]
        )
        return "\n".join([*lines, *self.set_aside])
