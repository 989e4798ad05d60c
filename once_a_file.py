"""What the tests of a file stand on is made once, and each test has a copy of it.

A fixture that gives rows, plain values or a browser that has come in is run once in a file. How the database
and the folder of the house stood after it is kept, and so is what it gave; the next test that asks for the
same fixtures in the same order begins there. What gives anything else (a function, a patch) runs for each
test as ever, and where it writes, whatever comes after it does too. A test that commits for good begins with
an empty house.
"""

from __future__ import annotations

import copy
import dataclasses
import inspect
import io
import sqlite3
import tarfile
from collections.abc import Generator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

ROOT = Path(__file__).parent
PLAIN = (type(None), bool, int, float, str, bytes, date, datetime, time, timedelta, Decimal, UUID, Enum)
MOST = 60  # what is kept at a time: three megabytes each
ALLOWED = {"db", "tmp_path"}  # what others made and may stand below a fixture that is kept

type Fixture = pytest.FixtureDef[Any]
type Step = tuple[Fixture, int | None]


@dataclasses.dataclass(frozen=True)
class Kept:
    """How the house stood after a fixture, and what was given until then."""

    database: bytes
    files: bytes
    gave: dict[Fixture, Any]


class Beginning:
    """One test on its way to its first line."""

    def __init__(self, item: pytest.Function, path: list[Step], kept: Kept) -> None:
        self.fixtures, self.path, self.kept = _fixtures(item), path, kept
        self.keeps = True
        self.at = 0
        self.copies: dict[Fixture, Any] = _copied(kept.gave)
        self.plain = dict(self.copies)  # the very rows that this test holds
        self.unpacked = not kept.files
        self.files: dict[Path, tuple[int, int]] = {}


class OnceAFile:
    """The plugin."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self.kept: dict[tuple[Step, ...], Kept] = {}
        self.empty: Kept | None = None
        self.standing: Kept | None = None  # what the database holds between two tests, where that is known
        self.beginning: Beginning | None = None

    def empty_the_house(self) -> bool:
        """As it was before the first test. False where the database is none in memory."""
        if self.empty is None:
            return False
        self._put_back(self.empty)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.beginning = None
        if not isinstance(item, pytest.Function):
            return
        if item.path != self.file:
            self.file, self.kept = item.path, {}
        if self.empty is None or not _asks_for_the_database(item) or _database().in_transaction:
            return
        if _holds_rows_for_long(item):
            if self.standing not in (None, self.empty):
                self._put_back(self.empty)  # what another file stood on is none of theirs
            self.standing = None
            return
        if _commits(item):
            if self.standing is not self.empty:
                self._put_back(self.empty)
            self.standing = None
            return
        path = _in_order(item)
        known = (self.kept.get(tuple(path[:length])) for length in range(len(path), 0, -1))
        begun = next((kept for kept in known if kept), self.empty)
        if self.standing is None or begun.database is not self.standing.database:
            self._put_back(begun)
        self.beginning = Beginning(item, path, begun)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: Fixture, request: pytest.FixtureRequest
    ) -> Generator[None, Any, Any]:
        now = self.beginning
        if fixturedef.argname == "django_db_setup":
            result = yield
            self._note_the_empty_house()
            return result
        if now is None or not _is_ours(fixturedef):
            return (yield)
        if fixturedef in now.copies:
            return (yield from self._give_again(now, fixturedef))
        return (yield from self._run(now, fixturedef))

    def pytest_runtest_call(self) -> None:
        self.beginning = None  # what a test asks for by name on its way is its own

    def _give_again(self, now: Beginning, fixture: Fixture) -> Generator[None, Any, Any]:
        if not now.unpacked:
            _unpack_files(now.kept.files)
            now.files, now.unpacked = _marks(), True
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fixture, "func", lambda **_: now.copies[fixture])
            result = yield
        now.at += 1
        return result

    def _run(self, now: Beginning, fixture: Fixture) -> Generator[None, Any, Any]:
        if not now.keeps:
            return (yield)
        before = _database().total_changes
        result = yield
        came, now.at = now.path[: now.at + 1], now.at + 1
        now.files, files = _marks(), now.files
        wrote_files = now.files != files
        wrote = _database().total_changes != before or wrote_files
        if not came or came[-1][0] is not fixture:
            now.keeps = False  # it came in an order that was not foreseen
        elif _can_be_kept(fixture, now.fixtures) and _is_plain(result):
            now.plain[fixture] = result
            now.kept = Kept(
                database=_database().serialize() if wrote else now.kept.database,
                files=_pack_files() if wrote_files else now.kept.files,
                gave=_copied(now.plain),
            )
            self.kept[tuple(came)] = now.kept
            if len(self.kept) > MOST:
                self.kept.pop(next(iter(self.kept)))
        elif wrote:
            now.keeps = False
        return result

    def _note_the_empty_house(self) -> None:
        from django.db import connection

        if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
            self.standing = self.empty = Kept(_database().serialize(), b"", {})

    def _put_back(self, kept: Kept) -> None:
        with closing(sqlite3.connect(":memory:")) as copied:
            copied.deserialize(kept.database)
            copied.backup(_database())
        self.standing = kept


def _asks_for_the_database(item: pytest.Function) -> bool:
    return "db" in item.fixturenames or item.get_closest_marker("django_db") is not None


def _commits(item: pytest.Function) -> bool:
    """Whether what it writes is there for good, since it is no transaction that is taken back."""
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server", "django_db_reset_sequences"} & set(item.fixturenames)
    return bool(asked or (marker and (marker.args or marker.kwargs)))


def _fixtures(item: pytest.Function) -> dict[str, Fixture]:
    return {name: found[-1] for name, found in item._fixtureinfo.name2fixturedefs.items()}


def _holds_rows_for_long(item: pytest.Function) -> bool:
    """Whether a fixture of the whole file or run writes rows itself: they are not ours to take away."""
    return any(
        each.scope != "function" and "django_db_setup" in each.argnames and _is_from_here(each)
        for each in _fixtures(item).values()
    )


def _in_order(item: pytest.Function) -> list[Step]:
    """Our own fixtures of a test in the order in which they come, each with the row of its table."""
    fixtures, told = _fixtures(item), item.callspec.indices if hasattr(item, "callspec") else {}
    path: dict[Step, None] = {}
    asked: set[str] = set()

    def ask(name: str) -> None:
        if name in asked or name not in fixtures:
            return
        asked.add(name)
        for below in fixtures[name].argnames:
            ask(below)
        if _is_ours(fixtures[name]):
            path[fixtures[name], told.get(name)] = None

    for name in item.fixturenames:
        ask(name)
    return list(path)


def _is_from_here(fixture: Fixture) -> bool:
    file = Path(getattr(getattr(fixture.func, "__code__", None), "co_filename", "/"))
    return file.is_relative_to(ROOT) and "site-packages" not in file.parts


def _is_ours(fixture: Fixture) -> bool:
    return fixture.scope == "function" and _is_from_here(fixture)


def _can_be_kept(fixture: Fixture, fixtures: dict[str, Fixture]) -> bool:
    """Whether it rests on nothing but rows and files, and so gives the same each time."""
    if fixture.params or inspect.isgeneratorfunction(fixture.func):
        return False
    return all(
        name in ALLOWED
        or (name in fixtures and _is_ours(fixtures[name]) and _can_be_kept(fixtures[name], fixtures))
        for name in fixture.argnames
    )


def _copied(gave: dict[Fixture, Any]) -> dict[Fixture, Any]:
    """All of it in one go, so that who was the same person before is so afterwards."""
    return dict(zip(gave, copy.deepcopy([*gave.values()]), strict=True))


def _is_plain(what: Any) -> bool:
    """Whether a copy of it is as good as itself."""
    from django.db.models import Model
    from django.test import Client

    match what:
        case dict():
            return all(_is_plain(one) for pair in what.items() for one in pair)
        case list() | tuple() | set() | frozenset():
            return all(map(_is_plain, what))
        case Client():
            return "_middleware_chain" not in vars(what.handler)  # it has asked for no page yet
        case _ if dataclasses.is_dataclass(what) and not isinstance(what, type):
            return all(_is_plain(getattr(what, each.name)) for each in dataclasses.fields(what))
        case _:
            return isinstance(what, (*PLAIN, Model))


def _database() -> sqlite3.Connection:
    from django.db import connection

    database: sqlite3.Connection = connection.connection
    return database  # serialized, it holds what a transaction has written so far too


def _files() -> list[Path]:
    from django.conf import settings

    return sorted(file for file in Path(settings.HOME).rglob("*") if file.is_file())


def _marks() -> dict[Path, tuple[int, int]]:
    return {file: ((told := file.stat()).st_mtime_ns, told.st_size) for file in _files()}


def _pack_files() -> bytes:
    """The folder of the house with who may read what in it."""
    from django.conf import settings

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        tar.add(settings.HOME, arcname=".")
    return packed.getvalue()


def _unpack_files(packed: bytes) -> None:
    from django.conf import settings

    from betterstory.people.keys import keyring

    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(settings.HOME, filter="fully_trusted")  # noqa: S202 - packed by ourselves a moment ago
    keyring.cache_clear()
