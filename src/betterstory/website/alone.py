"""One at a time on a data folder: whoever runs it, copies it or puts a copy back holds a lock meanwhile."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RUNNING, COPYING = ".running", ".copying"


class Taken(Exception):
    """Somebody else is at it."""


def hold(home: Path, what: str) -> int:
    """Hold it until this process ends, however it ends. Raises Taken."""
    handle = os.open(home / what, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Taken from None
    return handle


@contextmanager
def holding(home: Path, what: str) -> Iterator[None]:
    """Hold it for a while. Raises Taken."""
    handle = hold(home, what)
    try:
        yield
    finally:
        os.close(handle)
