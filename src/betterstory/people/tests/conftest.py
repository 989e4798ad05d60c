"""What tests about people share: a database on disk for many threads, cards, a clean slate of counts."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, connections

from betterstory.people import verbs
from betterstory.people.models import Circle, Invitation, Person, Role
from conftest import AT

AtOnce = Callable[..., list[object]]
MakeCard = Callable[..., tuple[Invitation, str]]


@pytest.fixture(autouse=True)
def _fresh_counts() -> Iterator[None]:
    """allauth counts tries in the cache; one test's tries are not another's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def card(db: None) -> MakeCard:
    """Make a card as the place itself would: card(role="steward") -> (row, code)."""

    def make(
        greeting: str = "Sam", role: str = "resident", circle: Circle | None = None
    ) -> tuple[Invitation, str]:
        return verbs.invite(greeting=greeting, role=Role(role), by=None, at=AT, circle=circle)

    return make


@pytest.fixture
def at_once(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AtOnce:
    """Run many calls at the same moment, each on a thread and a connection of its own.

    The tests' database lives in memory, where threads cannot wait for one another as they do in earnest: it
    is copied to a file first. at_once(*calls) -> what each returned or raised; ask how it ended there too.
    """
    file = tmp_path / "story.sqlite3"

    def run(*calls: Callable[[], object]) -> list[object]:
        if connection.vendor == "sqlite" and not file.exists():
            with sqlite3.connect(file) as copy:
                connection.ensure_connection()
                connection.connection.backup(copy)
                copy.execute("pragma journal_mode=wal")
            copy.close()
            monkeypatch.setitem(connections.settings["default"], "NAME", str(file))
        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(_on_its_own, calls))

    return run


def _on_its_own(call: Callable[[], object]) -> object:
    try:
        return call()
    except Exception as problem:
        return problem
    finally:
        connections.close_all()


@pytest.fixture
def somebody_else(welcome: Callable[..., Person]) -> Person:
    return welcome("Joyce", "resident")
