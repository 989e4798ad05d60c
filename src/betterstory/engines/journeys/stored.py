"""A log put by for many questions: sorted, in whole numbers, and looked at where it lies on the disk.

A folder with a file for each array (numpy's own form, without objects) and `log.json`, format 1, which names
the activities, says what was set aside, and what each file sums to. Opening it reads no contact: the arrays
are mapped into memory, and the pass walks them there.

    first, activity, at, order, last_look    as in `Arrays`
    id_ends, id_text                         the people's ids in order, and where in them each ends
    c0, c1, ... and p0, p1, ...              the other columns of contacts and of people, as codes of texts
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import file_digest, sha256
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, BinaryIO

import numpy
from numpy.lib import format as npy

from betterstory.engines.journeys.arrays import Arrays, Whole
from betterstory.engines.journeys.aside import Aside
from betterstory.engines.journeys.found import People
from betterstory.engines.journeys.log import Log, RawContact, RawPerson
from betterstory.engines.journeys.refused import LogRefused

FORMAT = 1
LARGEST_LIST = 500_000_000  # bytes of `log.json`
KINDS = {"activity": ("|u1", "<u4"), "id_text": ("|u1",)}
CODE = ("<u4",)
WHOLE = ("<i8",)
NOTHING = 0
"""The code of a place where nothing is written. Texts have codes from 1, in their order."""


class StoredLog(Log):
    """A log that was put by. What it prints is protected."""

    def __init__(self, folder: Path, said: Mapping[str, Any]) -> None:
        self.folder = folder
        self.name = folder.name
        self.activities = tuple(said["activities"])
        self.end = int(said["end"])
        self.records_end = bool(said["records_end"])
        self.has_people = bool(said["has_people"])
        self.first_month, self.last_month = str(said["first_month"]), str(said["last_month"])
        self.aside = tuple(Aside(*each) for each in said["aside"])
        self.sums: Mapping[str, str] = said["sums"]
        self.has_order = "order" in self.sums
        self._texts: Mapping[str, Sequence[str]] = said["texts"]
        self.inside = {name: f"c{place}" for place, name in enumerate(said["columns"])}
        self.inside_people = {name: f"p{place}" for place, name in enumerate(said["people_columns"])}
        self._arrays = self._checked()
        self._contacts = len(self._arrays.at)

    def arrays(self) -> Arrays:
        return self._arrays

    @property
    def many(self) -> int:
        return self._arrays.people

    def who(self) -> People:
        return People(self.many, lambda: self._ids)

    @cached_property
    def _ids(self) -> list[str]:
        ends, text = self._array("id_ends"), self._array("id_text").tobytes()
        if len(ends) != self.many or (len(ends) and int(ends[-1]) != len(text)):
            raise self._damaged()
        return [
            text[begin:end].decode() for begin, end in zip([0, *ends.tolist()], ends.tolist(), strict=False)
        ]

    def codes(self, column: str) -> tuple[Whole, Sequence[str]]:
        """A column of contacts: a code a contact, and the texts, of which the first has code 1."""
        return self._codes(self.inside[column], self._contacts)

    def codes_of_people(self, column: str) -> tuple[Whole, Sequence[str]]:
        """The same of a column of the person table, a code a person."""
        return self._codes(self.inside_people[column], self.many)

    def _codes(self, name: str, many: int) -> tuple[Whole, Sequence[str]]:
        codes, texts = self._array(name), self._texts[name]
        if len(codes) != many or int(codes.max(initial=0)) > len(texts):
            raise self._damaged()
        return codes, texts

    def rows(self) -> Iterator[RawContact]:
        """Every contact inside everybody's window, for the reference."""
        arrays, ids = self._arrays, self._ids
        order = [0] * self._contacts if arrays.order is None else arrays.order
        columns = {name: self._written(*self.codes(name)) for name in self.inside}
        for person, id_ in enumerate(ids):
            for place in range(int(arrays.first[person]), int(arrays.first[person + 1])):
                yield RawContact(
                    id_,
                    int(arrays.at[place]),
                    int(order[place]),
                    self.activities[arrays.activity[place]],
                    {name: values[place] for name, values in columns.items()},
                )

    def person_rows(self) -> list[RawPerson]:
        """Everybody, with the last moment that is seen of them as the end of their record."""
        columns = {name: self._written(*self.codes_of_people(name)) for name in self.inside_people}
        looks = self._arrays.last_look.tolist()
        return [
            RawPerson(id_, None, looks[place], {name: values[place] for name, values in columns.items()})
            for place, id_ in enumerate(self._ids)
        ]

    @staticmethod
    def _written(codes: Whole, texts: Sequence[str]) -> list[str | None]:
        return [None if code == NOTHING else texts[code - 1] for code in codes.tolist()]

    @property
    def mark(self) -> str:
        """The same for the same data, read the same way."""
        told = [self.end, self.records_end, self.has_people, list(self.activities), sorted(self.sums.items())]
        return sha256(json.dumps(told).encode()).hexdigest()

    def check_sums(self) -> None:
        """Read every file and hold it against its sum. Raises LogRefused where one was changed."""
        for name, expected in self.sums.items():
            with (self.folder / f"{name}.npy").open("rb") as file:
                if file_digest(file, "sha256").hexdigest() != expected:
                    raise self._damaged()

    def close(self) -> None:
        """Nothing is held open but maps, which go with the log."""

    def _array(self, name: str) -> Whole:
        if name not in self.sums:
            raise self._damaged()
        try:
            with (self.folder / f"{name}.npy").open("rb") as file:
                shape, dtype = _header(file)
                allowed = KINDS.get(name, CODE if name[0] in "cp" else WHOLE)
                if len(shape) != 1 or dtype.str not in allowed:
                    raise self._damaged()
                mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
                return numpy.ndarray(shape, dtype, buffer=mapped, offset=file.tell())
        except (OSError, ValueError, TypeError, BufferError):
            raise self._damaged() from None

    def _checked(self) -> Arrays:
        """The arrays, which must at least fit together: the pass trusts them with its memory."""
        order = self._array("order") if self.has_order else None
        names = ("first", "activity", "at", "last_look")
        first, activity, at, last_look = (self._array(name) for name in names)
        fit = (
            len(first) == len(last_look) + 1
            and int(first[0]) == 0
            and int(first[-1]) == len(at) == len(activity)
            and (order is None or len(order) == len(at))
            and bool((first[1:] >= first[:-1]).all())
            # a code that is one byte cannot point past the tables, which have 256 places
            and (activity.itemsize == 1 or int(activity.max(initial=0)) < len(self.activities))
        )
        if not fit:
            raise self._damaged()
        return Arrays(first, activity, at, order, last_look)

    def _damaged(self) -> LogRefused:
        return LogRefused(f'"{self.name}" is damaged, or was changed. Put the log by again.')


def _header(file: BinaryIO) -> tuple[tuple[int, ...], numpy.dtype[Any]]:
    """The shape and type of an array in numpy's own form. `numpy.load` does much besides."""
    if npy.read_magic(file) != (1, 0):
        raise ValueError("written in another form")
    shape, _, dtype = npy.read_array_header_1_0(file)
    return shape, dtype


def is_stored(path: str | Path) -> bool:
    return (Path(path) / "log.json").is_file()


def open_stored(folder: str | Path) -> StoredLog:
    """Open a log that was put by with `store`. Raises LogRefused."""
    path = Path(folder)
    try:
        written = path / "log.json"
        if written.stat().st_size > LARGEST_LIST:
            raise LogRefused(f'"{path.name}" names more than can be read.')
        said = json.loads(written.read_bytes())
        if said["format"] != FORMAT:
            raise LogRefused(f'"{path.name}" was put by in another form. Put the log by again.')
        return StoredLog(path, said)
    except LogRefused:
        raise
    except OSError:
        raise LogRefused(f'There is no log put by at "{path.name}" that can be read.') from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise LogRefused(f'"{path.name}" is damaged, or was changed. Put the log by again.') from None
