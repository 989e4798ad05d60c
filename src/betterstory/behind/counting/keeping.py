"""Who is in each figure, kept so that later counts can be held against it without counting again.

People are keyed hashes, the same for a person in every log of this place. The whole is sealed (AES-256-GCM)
and filled up to a round length before it leaves the process that counted, so that the web, which puts it by
the log, never has a true count in its memory: neither the sets nor how large they are. Both keys are made
from the place's key file and are kept nowhere else.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from betterstory.engines import journeys
from betterstory.engines.journeys.standing import STATUSES, Mark

HASH = 16
NONCE = 12
ROUND_TO = 1 << 16
NAME = b"betterstory: people in figures, 1"


@dataclass(frozen=True)
class Keys:
    """One to hash people with, one to seal what is kept."""

    people: bytes
    seal: bytes

    def as_json(self) -> dict[str, str]:
        return {"people": self.people.hex(), "seal": self.seal.hex()}

    @classmethod
    def read(cls, saved: Mapping[str, str]) -> "Keys":
        return cls(bytes.fromhex(saved["people"]), bytes.fromhex(saved["seal"]))

    def __repr__(self) -> str:
        return "<Keys>"


@dataclass(frozen=True)
class Row:
    """Values of a column that are counted as one: as they may be named, and as they are."""

    names: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True)
class Structure:
    """Which figures a count shows: groups of levels, parts of a level, and rows by a column."""

    spans: tuple[tuple[int, int], ...]
    parts: tuple[tuple[str, int], ...]
    by_column: str = ""
    by_spans: tuple[tuple[int, int], ...] = ()
    by_rows: tuple[Row, ...] = ()

    @classmethod
    def of(cls, standing: journeys.Standing, rule: str, by_column: str) -> "Structure":
        shown = standing.protect(rule)
        spans = tuple((group.first, group.last) for group in shown.groups)
        parts = tuple(
            (name, level)
            for name in (*STATUSES, "again")
            for level, count in enumerate(getattr(shown, name))
            if count.shown
        )
        if shown.by is None:
            return cls(spans, parts)
        by_spans, named = standing.looked_over(rule)
        rows = tuple(Row(names, values) for names, values in named)
        return cls(spans, parts, by_column, tuple(by_spans), rows)

    @classmethod
    def read(cls, saved: Mapping[str, Any]) -> "Structure":
        return cls(
            _spans(saved["spans"]),
            tuple((name, level) for name, level in saved["parts"]),
            saved["by_column"],
            _spans(saved["by_spans"]),
            tuple(Row(tuple(row["names"]), tuple(row["values"])) for row in saved["by_rows"]),
        )

    def sets(self, marks: Sequence[Mark]) -> dict[str, list[bytes]]:
        """The people in each figure, by the figure's name."""
        sets: dict[str, list[bytes]] = {name: [] for name in self.names()}
        in_span = {level: sets[name] for level, name in _by_level(self.spans, whole).items()}
        number: dict[str, int | str] = STATUSES | {"again": "again"}
        in_part = {(number[name], level): sets[part(name, level)] for name, level in self.parts}
        in_row: dict[tuple[str | None, int], list[bytes]] = {
            (value, level): sets[cell(row, span)]
            for row in self.by_rows
            for value in row.values
            for span in self.by_spans
            for level in range(span[0], span[1] + 1)
        }
        for person, level, status, again, value in marks:
            in_span[level].append(person)
            if (status, level) in in_part:
                in_part[status, level].append(person)
            if again and ("again", level) in in_part:
                in_part["again", level].append(person)
            if (value, level) in in_row:
                in_row[value, level].append(person)
        return sets

    def names(self) -> list[str]:
        return [
            *(whole(span) for span in self.spans),
            *(part(name, level) for name, level in self.parts),
            *(cell(row, span) for row in self.by_rows for span in self.by_spans),
        ]

    def knows(self, marks: Sequence[Mark]) -> bool:
        """Whether every value of the column has its row."""
        values = {value for row in self.by_rows for value in row.values}
        return not self.by_rows or {mark.value for mark in marks} <= values


def whole(span: tuple[int, int]) -> str:
    return f"level {span[0]} to {span[1]}"


def part(name: str, level: int) -> str:
    return f"{name} {level}"


def cell(row: Row, span: tuple[int, int]) -> str:
    return f"by {json.dumps(row.values)} {span[0]} to {span[1]}"


def _by_level(spans: Sequence[tuple[int, int]], name: Any) -> dict[int, str]:
    return {level: name(span) for span in spans for level in range(span[0], span[1] + 1)}


def _spans(saved: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((first, last) for first, last in saved)


@dataclass(frozen=True)
class Cell:
    """A figure: what is shown, since which release (0: this count's own), and the people it was shown of."""

    shown: int | None
    since: int
    hashes: bytes

    @property
    def many(self) -> int:
        return len(self.hashes) // HASH

    @cached_property
    def people(self) -> frozenset[bytes]:
        return frozenset(self.hashes[at : at + HASH] for at in range(0, len(self.hashes), HASH))

    def __repr__(self) -> str:
        return "<Cell, not shown>"


@dataclass(frozen=True)
class Kept:
    """All figures of one count. `said` is what stands beside them: waits, and what was set aside."""

    structure: Structure
    cells: Mapping[str, Cell]
    said: Mapping[str, Any]

    def seal(self, keys: Keys) -> bytes:
        """As it may lie in a file."""
        head = {
            "format": 1,
            "structure": asdict(self.structure),
            "said": self.said,
            "cells": [[name, cell.shown, cell.since, cell.many] for name, cell in self.cells.items()],
        }
        plain = json.dumps(head).encode() + b"\n" + b"".join(cell.hashes for cell in self.cells.values())
        plain += bytes(-len(plain) % ROUND_TO)
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(keys.seal).encrypt(nonce, plain, NAME)

    @classmethod
    def read(cls, path: Path, keys: Keys) -> "Kept | None":
        """What a file keeps; None where it is gone, was spoilt, or was sealed under another key."""
        try:
            sealed = path.read_bytes()
            plain = AESGCM(keys.seal).decrypt(sealed[:NONCE], sealed[NONCE:], NAME)
        except (OSError, InvalidTag, ValueError):
            return None
        line, _, hashes = plain.partition(b"\n")
        head = json.loads(line)
        cells, at = {}, 0
        for name, shown, since, many in head["cells"]:
            cells[name] = Cell(shown, since, hashes[at : at + many * HASH])
            at += many * HASH
        return cls(Structure.read(head["structure"]), cells, head["said"])
