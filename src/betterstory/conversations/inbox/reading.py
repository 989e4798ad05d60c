"""An inbox file at home: what is whole in it, and what is not, by the number of its line."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from betterstory.conversations.inbox.sealing import Changed, Frame, read_frame
from betterstory.conversations.inbox.trouble import NotAnInbox

MOST_BYTES = 20_000_000
CHOICES, CHANNELS = (-1, 0, 1), ("phone", "paper")
LONGEST = 200  # of a sentence, as everywhere


@dataclass(frozen=True)
class Said:
    """One line that is whole: an answer, or a sentence somebody wrote."""

    frame: Frame
    at: datetime
    code: str
    statement: int | None = None
    mark: str = ""
    choice: int = 0
    channel: str = "phone"
    words: str = ""


@dataclass
class Contents:
    """What a file holds. `changed` and `strange` are numbers of lines in the file."""

    pack: UUID
    said: list[Said] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    strange: list[int] = field(default_factory=list)
    missing: int = 0
    is_torn: bool = False
    said_goodbye: bool = False

    @property
    def is_whole(self) -> bool:
        return not (self.changed or self.strange or self.missing)


Open = Callable[[Frame, bytes], dict[str, Any]]


def which_pack(raw: bytes) -> UUID:
    """The pack that the first whole line is of. Raises NotAnInbox."""
    for line in raw.decode(errors="replace").split("\n"):
        try:
            return read_frame(line)[0].pack
        except Changed:
            continue
    raise NotAnInbox


def read_inbox(raw: bytes, *, pack: UUID, open_line: Open) -> Contents:
    """Open every line. A line that was changed, is of another evening or of a kind we do not know is named,
    and nothing of it is taken."""
    contents = Contents(pack)
    runs: dict[str, set[int]] = defaultdict(set)
    told_runs: dict[str, int] = {}
    *lines, last = raw.decode(errors="replace").split("\n")
    contents.is_torn = bool(last)
    seen: set[UUID] = set()
    for number, line in enumerate(lines, start=1):
        try:
            frame, sealed = read_frame(line)
            if frame.pack != pack:
                raise Changed
            told = open_line(frame, sealed)
        except Changed:
            contents.changed.append(number)
            continue
        runs[frame.run].add(frame.n)
        contents.said_goodbye = told.get("kind") == "stop"
        if contents.said_goodbye:
            told_runs |= _runs(told)
            continue
        said = _read(frame, told)
        if said is None:
            contents.strange.append(number)
        elif frame.uuid not in seen:  # two copies of one file, one behind the other, are no harm
            contents.said.append(said)
            seen.add(frame.uuid)
    contents.missing = sum(_gaps(runs, told_runs)) - len(contents.changed)
    contents.missing = max(0, contents.missing)
    return contents


def _gaps(runs: dict[str, set[int]], told: dict[str, int]) -> Iterator[int]:
    """How many numbers of each run are not there."""
    for run in runs.keys() | told.keys():
        there = runs.get(run, set())
        yield max(max(there, default=0), told.get(run, 0)) - len(there)


def _runs(told: dict[str, Any]) -> dict[str, int]:
    runs = told.get("runs")
    if not isinstance(runs, dict):
        return {}
    return {str(run): n for run, n in runs.items() if isinstance(n, int) and 0 < n < 1_000_000}


def _read(frame: Frame, told: dict[str, Any]) -> Said | None:
    """An answer or a sentence; None for anything else, whatever it says it is."""
    kind, code, at = told.get("kind"), told.get("code"), _moment(told.get("at"))
    if not isinstance(code, str) or at is None:
        return None
    if kind == "sentence":
        words = told.get("words")
        if isinstance(words, str) and len(words.strip()) > 0 and len(words) <= LONGEST:
            return Said(frame, at, code, words=words)
        return None
    statement, mark, choice, channel = (told.get(name) for name in ("statement", "mark", "said", "channel"))
    if kind != "answer" or choice not in CHOICES or channel not in CHANNELS:
        return None
    if type(statement) is not int or type(choice) is not int or not isinstance(mark, str):
        return None
    return Said(frame, at, code, statement=statement, mark=mark, choice=choice, channel=channel)


def _moment(typed: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(typed) if isinstance(typed, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None
