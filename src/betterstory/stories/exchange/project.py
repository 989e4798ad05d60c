"""What every format says the same thing about: codes, documents, and which words carry which code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

# Everything here that has no id of its own gets one from this: the same thing, the same id in every copy.
OURS = UUID("6b1f7c1e-52c3-5d0e-9a36-2f6f1f0f7a55")


def lasting_id(*parts: object) -> UUID:
    """The id of something named by these parts: the same parts give the same id, always."""
    return uuid5(OURS, "/".join(map(str, parts)))


@dataclass(frozen=True)
class Code:
    """A name that words can carry; `parts` are the codes beneath it."""

    guid: UUID
    name: str
    description: str = ""
    colour: str = ""
    is_codable: bool = True
    parts: tuple[Code, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Whose reading a coding is: the teller's own, or somebody's beside it."""

    guid: UUID
    name: str


@dataclass(frozen=True)
class Coding:
    """One code on some words, by one reader."""

    guid: UUID
    code: UUID
    by: UUID


@dataclass(frozen=True)
class Selection:
    """Words of a document: code points from 0, the end not included."""

    guid: UUID
    start: int
    end: int
    codings: tuple[Coding, ...]


@dataclass(frozen=True)
class Document:
    """A story, or the pieces of one that may be shown."""

    guid: UUID
    name: str
    text: str
    about: str
    selections: tuple[Selection, ...]

    def quote(self, selection: Selection) -> str:
        return self.text[selection.start : selection.end]


@dataclass(frozen=True)
class Project:
    """All of one copy."""

    guid: UUID
    name: str
    about: str
    made_at: datetime
    readers: tuple[Reader, ...]
    codes: tuple[Code, ...]
    documents: tuple[Document, ...]


def paths(codes: Iterable[Code], *, above: str = "") -> Iterator[tuple[str, Code]]:
    """Each code with its path from the top, as Taguette and many others write it: `gap.a wait`."""
    for code in codes:
        path = f"{above}.{code.name}" if above else code.name
        yield path, code
        yield from paths(code.parts, above=path)
