"""Writers of one process take turns."""

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from betterstory.people import limits, turns
from betterstory.people.models import Once, Tries
from betterstory.people.turns import one_writer
from conftest import AT


def is_free() -> bool:
    """Whether somebody else may write now."""
    return turns._line.is_free


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


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


def test_whoever_came_first_writes_first_and_nobody_beside_them() -> None:
    line, order, inside = turns.Line(), list[int](), list[int]()

    def write(number: int) -> None:
        with line:
            inside.append(number)
            order.append(number)
            time.sleep(0.001)  # whoever may slip in does so now
            assert inside.pop() == number
            assert not inside

    threads = [Thread(target=write, args=(number,)) for number in range(20)]
    with line:
        for many, thread in enumerate(threads):
            thread.start()
            until(lambda many=many: len(line._standing) == many + 1)  # type: ignore[misc]  # its own number
    for thread in threads:
        thread.join(20)
    assert order == list(range(20))
    assert line.is_free


def test_nobody_slips_in_before_whoever_was_handed_the_turn() -> None:
    line, order = turns.Line(), list[str]()

    def write(name: str) -> None:
        with line:
            order.append(name)

    waited = Thread(target=write, args=("waited",))
    with line:
        waited.start()
        until(lambda: len(line._standing) == 1)
    assert not line.is_free or order == ["waited"], "it is handed over, not put down"
    write("came later")
    waited.join(20)
    assert order == ["waited", "came later"]


def test_a_turn_is_passed_on_where_something_went_wrong() -> None:
    line = turns.Line()
    with pytest.raises(ValueError, match="enough"), line:
        raise ValueError("enough")
    with line:
        assert not line.is_free
    assert line.is_free


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_try_is_counted_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the line it would wait in the database, and be passed by all who stand in it."""
    was_free: list[bool] = []
    save = Tries.save

    def noted(tries: Tries, **more: Any) -> None:
        was_free.append(is_free())
        save(tries, **more)

    monkeypatch.setattr(Tries, "save", noted)
    limits.count_try(what="code", who="one", most=3, within=timedelta(hours=1), at=AT)
    assert was_free
    assert not any(was_free)
