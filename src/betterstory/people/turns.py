"""Writers of one process take turns, before the database makes them wait.

SQLite lets one write at a time. Whoever has to wait there sleeps, looks again and sleeps longer, and may be
passed by many who came later. Here they stand in line: who came first writes first.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import connection, transaction


class Line:
    """One at a time, in the order they came. Python's own locks keep no order."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._standing: deque[Lock] = deque()
        self._is_taken = False

    @property
    def is_free(self) -> bool:
        return not self._is_taken

    def __enter__(self) -> None:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return
            mine = Lock()
            mine.acquire()
            self._standing.append(mine)
        mine.acquire()  # until whoever is before us hands it over

    def __exit__(self, *_trouble: object) -> None:
        with self._guard:
            if self._standing:
                self._standing.popleft().release()  # it stays taken: nobody slips in between
            else:
                self._is_taken = False


_line = Line()


@contextmanager
def one_writer() -> Iterator[None]:
    """A transaction that will write. PostgreSQL's writers need no turn."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:  # whoever writes already has their turn
        with transaction.atomic():
            yield
        return
    with _line, transaction.atomic():
        yield
