"""The inbox file: lines are added at its end, on the disk before anybody is told that we have them."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from betterstory.conversations.inbox.pack import Pack
from betterstory.conversations.inbox.sealing import Changed, Frame, read_frame, seal_line
from betterstory.conversations.inbox.trouble import NotKept


class Inbox:
    """An inbox file, open for one run of the program. Its lines are numbered from 1 in each run."""

    def __init__(self, file: Path, pack: Pack) -> None:
        self.file, self.pack = file, pack
        self.run, self.n = secrets.token_hex(8), 0
        self._lock = Lock()
        self._handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        _sync_folder(file.parent)
        self._cut_what_was_never_finished()

    def append(self, told: Mapping[str, Any]) -> None:
        """Add one line; when this returns it is on the disk. Raises NotKept, and then nothing was added."""
        with self._lock:
            frame = Frame(self.pack.uuid, self.run, self.n + 1, uuid4())
            line = seal_line(frame, dict(told), pack=self.pack).encode() + b"\n"
            before = os.fstat(self._handle).st_size
            try:
                if os.write(self._handle, line) != len(line):
                    raise OSError
                os.fsync(self._handle)
            except OSError:
                os.ftruncate(self._handle, before)
                raise NotKept from None
            self.n += 1

    def close(self) -> None:
        os.close(self._handle)

    def _cut_what_was_never_finished(self) -> None:
        """Power that was lost may have left the beginning of a line. Nobody was told that we have it."""
        text = self.file.read_bytes()
        if text and not text.endswith(b"\n"):
            os.ftruncate(self._handle, text.rfind(b"\n") + 1)
            os.fsync(self._handle)


def counts(file: Path) -> dict[str, int]:
    """How many lines each run has so far, in the order they were begun."""
    found: dict[str, int] = {}
    for line in file.read_text(errors="replace").splitlines():
        try:
            frame, _sealed = read_frame(line)
        except Changed:
            continue
        found[frame.run] = max(frame.n, found.get(frame.run, 0))
    return found


def say_goodbye(file: Path, pack: Pack) -> None:
    """The last line: how many came before it, so that at home a missing end is seen. Raises NotKept."""
    if not file.exists() or not (before := counts(file)):
        return
    inbox = Inbox(file, pack)
    try:
        inbox.append({"kind": "stop", "runs": before})
    finally:
        inbox.close()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
