"""What can be asked of a log."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from betterstory.behind.counting import apart
from betterstory.behind.counting.keeping import Keys
from betterstory.behind.counting.records import Looked, Records


@dataclass(frozen=True)
class Earlier:
    """A release that new figures are held against: what it keeps, or else its log, to be counted again.

    is_older: the new figures are of newer records of the same; is_same: they ask the same pattern
    """

    number: int
    pattern: str
    kept: Path | None = None
    records: Records | None = None
    by: str = ""
    is_older: bool = False
    is_same: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"kept": str(self.kept) if self.kept else ""}


@dataclass(frozen=True)
class Counted:
    """Protected figures, as a release keeps them; and who is in them, sealed."""

    figures: dict[str, Any]
    kept: bytes


def columns_of(path: Path) -> list[str]:
    """The names of a file's columns. Raises CannotAnswer."""
    return list(apart.answer({"what": "columns", "path": str(path)}))


def look_over(records: Records) -> Looked:
    """Whether a log can be read this way, and what may be said of it. Raises CannotAnswer."""
    return Looked(**apart.answer({"what": "look over", "records": asdict(records)}))


def ask(
    toml: str,
    records: Records,
    earlier: Sequence[Earlier] = (),
    *,
    keys: Keys,
    by: str = "",
    areas: Sequence[str] = (),
) -> Counted:
    """Ask a pattern of a log, and hold the answer against what is out, the newest release first.

    `by` is a column of the list of everybody, whose values are all among `areas`. Raises CannotAnswer.
    """
    question = {
        "what": "count",
        "pattern": toml,
        "records": asdict(records),
        "earlier": [each.as_json() for each in earlier],
        "keys": keys.as_json(),
        "by": by,
        "areas": list(areas),
    }
    said = apart.answer(question)
    return Counted(said["figures"], b64decode(said["kept"]))


def compare(draft: Path, earlier: Sequence[Earlier], *, keys: Keys) -> None:
    """Hold what a draft keeps against releases that came since. Raises CannotAnswer."""
    before = [each.as_json() for each in earlier]
    apart.answer({"what": "compare", "draft": str(draft), "earlier": before, "keys": keys.as_json()})


def forget() -> None:
    """Nothing of any log stays open."""
    apart.warm.forget()
