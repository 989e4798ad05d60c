"""What can be asked of a log."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from betterstory.behind.counting import apart
from betterstory.behind.counting.records import Looked, Records


def columns_of(path: Path) -> list[str]:
    """The names of a file's columns. Raises CannotAnswer."""
    return list(apart.answer({"what": "columns", "path": str(path)}))


def look_over(records: Records) -> Looked:
    """Whether a log can be read this way, and what may be said of it. Raises CannotAnswer."""
    return Looked(**apart.answer({"what": "look over", "records": asdict(records)}))


def forget() -> None:
    """Nothing of any log stays open."""
    apart.warm.forget()


def ask(toml: str, records: Records, earlier: Sequence[tuple[str, Records]] = ()) -> dict[str, Any]:
    """Ask a pattern of a log: protected figures, as a release keeps them.

    `earlier` are the patterns already released, each with its log: where any of the new figures is within a
    few people of one of theirs, nothing comes back. Raises CannotAnswer.
    """
    before = [{"pattern": pattern, "records": asdict(there)} for pattern, there in earlier]
    question = {"what": "count", "pattern": toml, "records": asdict(records), "earlier": before}
    return dict(apart.answer(question))
