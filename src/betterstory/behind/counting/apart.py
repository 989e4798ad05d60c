"""This side of the process apart: one is started, asked and stopped here.

A log that is kept is asked in a warm child, which has it open still from the question before. Files that have
only just come are opened in a child that ends with its answer. A child goes when its input is closed, which
the system does when this process ends, however it ends; what Linux can do on the death of a parent is no use
here, since it watches the thread that started the child, and threads of a web server come and go.
"""

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, Any, cast

from betterstory.behind.counting.records import CannotAnswer

MOST_SECONDS = {"columns": 20, "look over": 600, "count": 120, "compare": 120}
MOST_QUESTIONS = 200
LONGEST_LIFE = 30 * 60.0
LONGEST_IDLE = 8 * 60.0  # a little less than the child waits, so that none is asked while it leaves
AT_ONCE = 1 << 20
# no secret and no address of the database; and where what was compiled at set-up is read from
INHERITED = ("PATH", "PYTHONPATH", "LANG", "HOME", "XDG_CACHE_HOME", "BETTER_STORY_COMPILED")

STOPPED = "This took too long, so it was stopped. Take only the years and the columns that are asked about."
BROKE_OFF = "The counting broke off. Nothing was kept."


class TooSlow(Exception):
    """The time for an answer is over."""


class BrokeOff(Exception):
    """The child ended before it answered. What it wrote on its way out may repeat a row: it is not kept."""


class Child:
    """A process apart, and how much it has done."""

    def __init__(self) -> None:
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-m", "betterstory.behind.counting"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=inherited,
            bufsize=0,
        )
        self._to = cast(IO[bytes], self._process.stdin)
        self._back = cast(IO[bytes], self._process.stdout)
        os.set_blocking(self._to.fileno(), False)
        self.pid = self._process.pid
        self.asked = 0
        self.born = self.used = time.monotonic()

    def ask(self, line: bytes, seconds: float) -> bytes:
        """Send a line and wait for the one that answers it. Raises TooSlow or BrokeOff."""
        until = time.monotonic() + seconds
        self.asked += 1
        try:
            self._send(line, until)
            said = self._hear(until)
        except OSError:
            raise BrokeOff from None
        self.used = time.monotonic()
        return said

    def _send(self, line: bytes, until: float) -> None:
        left = memoryview(line)
        while left:
            _ready(self._to.fileno(), select.POLLOUT, until)
            left = left[os.write(self._to.fileno(), left[:AT_ONCE]) :]

    def _hear(self, until: float) -> bytes:
        parts: list[bytes] = []
        while not parts or not parts[-1].endswith(b"\n"):
            _ready(self._back.fileno(), select.POLLIN, until)
            parts.append(os.read(self._back.fileno(), AT_ONCE))
            if not parts[-1]:
                raise BrokeOff
        return b"".join(parts)

    @property
    def is_tired(self) -> bool:
        """It ended, or has lived, done or waited long enough."""
        now = time.monotonic()
        old = now - self.born > LONGEST_LIFE or now - self.used > LONGEST_IDLE
        return old or self.asked >= MOST_QUESTIONS or self._process.poll() is not None

    def stop(self) -> None:
        self._process.kill()
        self.let_go()
        self._process.wait()

    def let_go(self) -> None:
        """Close this process's ends of the pipes."""
        for pipe in (self._to, self._back):
            with suppress(OSError):
                pipe.close()


def _ready(file: int, event: int, until: float) -> None:
    waiting = select.poll()
    waiting.register(file, event)
    if not waiting.poll(max(0.0, until - time.monotonic()) * 1000):
        raise TooSlow


class Warm:
    """The child that stays between questions. One question at a time; others wait their turn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Child | None = None

    def ask(self, line: bytes, seconds: float) -> bytes:
        if not self._lock.acquire(timeout=seconds):
            raise TooSlow
        try:
            if self._child is not None and self._child.is_tired:
                self._stop()
            if self._child is None:
                self._child = Child()
            try:
                return self._child.ask(line, seconds)
            except BaseException:
                self._stop()
                raise
        finally:
            self._lock.release()

    def forget(self) -> None:
        """Stop it, and with it goes whatever it holds of a log. A question being answered is waited for."""
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        if self._child is not None:
            self._child.stop()
            self._child = None

    def after_fork(self) -> None:
        """In a copy of this process: the child belongs to the other one."""
        if self._child is not None:
            self._child.let_go()
        self.__init__()  # type: ignore[misc]  # as new: the lock may have been held while it was copied


warm = Warm()
os.register_at_fork(after_in_child=warm.after_fork)
atexit.register(warm.forget)


def answer(question: Mapping[str, Any]) -> Any:
    """The answer of the warm child, or of a new one where files have only just come. Raises CannotAnswer."""
    seconds = MOST_SECONDS[question["what"]]
    line = json.dumps(question).encode() + b"\n"
    try:
        kept = question["what"] in ("count", "compare")
        said = json.loads(warm.ask(line, seconds) if kept else _once(line, seconds))
    except TooSlow:
        raise CannotAnswer(STOPPED) from None
    except (BrokeOff, json.JSONDecodeError):
        raise CannotAnswer(BROKE_OFF) from None
    if "refused" in said:
        raise CannotAnswer(said["refused"])
    return said["answer"]


def _once(line: bytes, seconds: float) -> bytes:
    child = Child()
    try:
        return child.ask(line, seconds)
    finally:
        child.stop()
