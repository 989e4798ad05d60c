"""A register of releases: numbered figures that are out, and what the next ones are held against.

Beside what was shown it keeps, for each figure, who was in it, as keyed hashes; the key lies in a file of its
own. Both are as secret as the log, and go with it: `forget`. Without them nothing more can be compared, so
nothing more of that log is released.

On the same data, a figure that differs from any that is out by a few people stays in. On newer data the
same figure of the same pattern keeps what was shown before, marked "no clear change"; any other stays in.
"""

import fcntl
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from betterstory.engines.disclosure import Withheld, apart, find_profile
from betterstory.engines.journeys.held import keep_figures
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.protected import Protected
from betterstory.engines.journeys.standing import Standing
from betterstory.engines.journeys.toml_file import fingerprint

FORMAT = 1
HASH = 8  # bytes of each hash that are kept: enough to tell millions of people apart
TOO_NEAR = (
    "This differs by only a few people from figures that are already out, so the two together could point at "
    "someone. Keep the figures that are out."
)

type Who = dict[str, frozenset[bytes]]
"""For each figure that is shown, the people in it as keyed hashes."""


@dataclass(frozen=True, slots=True, repr=False)
class Release:
    """Figures that are out. `who` is empty once the log they came from is forgotten."""

    number: int
    pattern: str
    name: str
    data: str
    rule: str
    on: str
    asked_by: str
    approved_by: str
    shown: dict[str, Any]
    figures: dict[str, int]
    who: Who

    def __repr__(self) -> str:
        return f"release {self.number} of {self.name}, {self.on}"


@dataclass(frozen=True, slots=True)
class Checked:
    """Figures as they may go out; the names of those that kept what was shown before, and since when."""

    protected: Protected
    no_clear_change: tuple[str, ...]
    since: int | None
    compared: int


class Register:
    """The releases of one file. `with open_register(path) as register:` holds it for one user at a time."""

    def __init__(self, path: Path, key: bytes, releases: list[Release]) -> None:
        self.path, self._key, self.releases = path, key, releases

    def check(self, standing: Standing, pattern: Pattern, data: str, rule: str = "default") -> Checked:
        """What of a standing may go out. Raises Withheld.

        data: a mark that is the same for the same log read the same way
        """
        return self._compare(standing, pattern, data, rule)[0]

    def _compare(self, standing: Standing, pattern: Pattern, data: str, rule: str) -> tuple[Checked, Who]:
        """What may go out, and whom each figure then speaks of: one that is kept still speaks of those who
        were in it when it was counted, or a slow drift would never become a clear change."""
        asked, profile = fingerprint(pattern), find_profile(rule)
        self._still_known(data)
        now = self._who(standing, rule)
        earlier = [release for release in self.releases if release.who]
        kept, who, since = dict[str, int](), dict(now), None
        for release in earlier:
            for name, other in _near(now, release.who, profile.hidden_below):
                same_figure = name == other and name in release.figures and release.pattern == asked
                if release.data != data and same_figure:
                    kept[name], since = release.figures[name], release.number
                    who[name] = release.who[name]
                elif now[name] != release.who[other]:
                    raise Withheld(TOO_NEAR)
        protected = keep_figures(standing.protect(rule), kept)
        return Checked(protected, tuple(kept), since, len(earlier)), who

    def release(
        self,
        standing: Standing,
        pattern: Pattern,
        data: str,
        *,
        rule: str,
        asked_by: "Somebody",
        approved_by: "Somebody",
        on: date,
    ) -> tuple[int, Checked]:
        """Freeze the figures under the next number. The same asked again of the same data gives the same one.

        Raises Withheld where the approver is of the asker's body, or the figures are too near to others.
        """
        if asked_by.body.casefold() == approved_by.body.casefold():
            raise Withheld(
                "Whoever asked cannot approve, and neither can their own organisation. "
                "Somebody from another body, or a trustee, has to look first."
            )
        checked, who = self._compare(standing, pattern, data, rule)
        for release in self.releases:
            if (release.pattern, release.data, release.rule) == (fingerprint(pattern), data, rule):
                return release.number, checked
        number = max((release.number for release in self.releases), default=0) + 1
        self.releases.append(
            Release(
                number,
                fingerprint(pattern),
                pattern.name,
                data,
                rule,
                on.isoformat(),
                str(asked_by),
                str(approved_by),
                checked.protected.as_json(),
                figures_of(checked.protected),
                who,
            )
        )
        self._write()
        return number, checked

    def forget(self, data: str) -> int:
        """Delete who was in the figures of a log. Numbers that are out stay. Says of how many releases."""
        gone = [place for place, release in enumerate(self.releases) if release.data == data and release.who]
        for place in gone:
            self.releases[place] = replace(self.releases[place], who={})
        self._write()
        return len(gone)

    def _still_known(self, data: str) -> None:
        if any(release.data == data and not release.who for release in self.releases):
            raise Withheld(
                "Figures of this log are out, and who was in them was forgotten, so nothing new can be held "
                "against them. Nothing more of this log can be shown."
            )

    def _who(self, standing: Standing, rule: str) -> Who:
        figures = standing.fingerprints(self._key, rule)
        return {name: frozenset(one[:HASH] for one in people) for name, people in figures.items()}

    def _write(self) -> None:
        said = {"format": FORMAT, "releases": [_as_json(release) for release in self.releases]}
        _write_whole(self.path, json.dumps(said, ensure_ascii=False, indent=1).encode())


@dataclass(frozen=True, slots=True)
class Somebody:
    """A name and the body it speaks for."""

    name: str
    body: str

    @classmethod
    def read(cls, words: str) -> "Somebody":
        """ "Ade, Public Health". Raises Withheld where a part is missing."""
        name, comma, body = (part.strip() for part in words.partition(","))
        if not (name and comma and body):
            raise Withheld(
                f'"{words}" does not say who and of which body. Write it like "Ade, Public Health".'
            )
        return cls(name, body)

    def __str__(self) -> str:
        return f"{self.name}, {self.body}"


def _near(now: Who, earlier: Who, below: int) -> Iterator[tuple[str, str]]:
    """The figures of two releases that differ by fewer people than this."""
    for name, people in now.items():
        for other, them in earlier.items():
            if abs(len(people) - len(them)) < below and apart(people, them) < below:
                yield name, other


def figures_of(protected: Protected) -> dict[str, int]:
    """What is shown for each figure, by the names that `Standing.fingerprints` gives."""
    said = {f"level {group.first} to {group.last}": group.people.shown for group in protected.groups}
    for name in ("on_the_way", "way_closed", "too_early"):
        said |= {f"{name} {at}": count.shown for at, count in enumerate(getattr(protected, name))}
    return {name: shown for name, shown in said.items() if shown}


@contextmanager
def open_register(path: str | Path) -> Iterator[Register]:
    """Open a register, or begin one. Raises Withheld where it cannot be read: then nothing is compared.

    Nobody else uses it meanwhile, so that two releases cannot miss each other.
    """
    file = Path(path)
    try:
        lock = os.open(_beside(file, ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        raise Withheld(
            f'The register "{file.name}" cannot be used: nothing may be written beside it.'
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield _read(file)
    finally:
        os.close(lock)


def _read(file: Path) -> Register:
    key_file = _beside(file, ".key")
    try:
        if not file.exists():
            if not key_file.exists():
                _write_whole(key_file, secrets.token_bytes(32))
            return Register(file, key_file.read_bytes(), [])
        said = json.loads(file.read_bytes())
        if said["format"] != FORMAT:
            raise ValueError
        releases = [_from_json(one) for one in said["releases"]]
        key = key_file.read_bytes()
        if len(key) != 32:
            raise ValueError
        return Register(file, key, releases)
    except (OSError, ValueError, LookupError, TypeError):
        raise Withheld(
            f'The register "{file.name}" or its key cannot be read, so nothing can be held against what is '
            "out. Put both back from a copy."
        ) from None


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def _write_whole(path: Path, content: bytes) -> None:
    """All of it or none of it."""
    making = _beside(path, ".new")
    try:
        with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(making, path)
    except OSError:
        making.unlink(missing_ok=True)
        raise Withheld(
            f'"{path.name}" could not be written, so nothing was released. Is there room?'
        ) from None


def _as_json(release: Release) -> dict[str, Any]:
    said = {name: getattr(release, name) for name in Release.__slots__}
    # in the order of the hashes, which is nobody's order
    return said | {"who": {name: _packed(sorted(people)) for name, people in release.who.items()}}


def _packed(hashes: Sequence[bytes]) -> str:
    return b64encode(b"".join(hashes)).decode()


def _from_json(said: Mapping[str, Any]) -> Release:
    who = {name: _unpacked(packed) for name, packed in said["who"].items()}
    return Release(**(dict(said) | {"who": who}))


def _unpacked(packed: str) -> frozenset[bytes]:
    joined = b64decode(packed, validate=True)
    return frozenset(joined[place : place + HASH] for place in range(0, len(joined), HASH))
