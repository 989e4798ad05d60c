"""Writers of one process take turns, before the database makes them wait.

SQLite lets one write at a time. Whoever has to wait there sleeps, looks again and sleeps longer, and may be
passed by many who came later. Here whoever waits is woken when it is free.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from django.db import connection, transaction

_turn = RLock()


@contextmanager
def one_writer() -> Iterator[None]:
    """A transaction that will write. PostgreSQL's writers need no turn."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:  # whoever writes already has their turn
        with transaction.atomic():
            yield
        return
    with _turn, transaction.atomic():
        yield
