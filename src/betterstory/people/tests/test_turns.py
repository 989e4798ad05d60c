"""Writers of one process take turns."""

from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection

from betterstory.people import turns
from betterstory.people.models import Once
from betterstory.people.turns import one_writer
from conftest import AT


def is_free() -> bool:
    """Whether somebody else may write now."""
    found: list[bool] = []

    def look() -> None:
        found.append(turns._turn.acquire(blocking=False))
        if found[0]:
            turns._turn.release()

    thread = Thread(target=look)
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_another_writer_waits_until_this_one_is_done() -> None:
    with one_writer():
        assert connection.in_atomic_block
        assert not is_free()
        with one_writer():
            assert not is_free()
        assert not is_free()
    assert is_free()


@pytest.mark.django_db(transaction=True)
def test_what_went_wrong_is_undone_and_the_turn_is_passed_on() -> None:
    def write_half() -> None:
        with one_writer():
            Once.objects.create(key=uuid4(), who="1", path="/", sent_at=AT)
            raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        write_half()
    assert not Once.objects.exists()
    assert is_free()


@pytest.mark.django_db
def test_whoever_writes_already_asks_for_no_turn() -> None:
    with one_writer():
        assert is_free()
