"""The key book: a small SQLite file with each data key, wrapped, and what it is wrapped under."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TABLES = """
create table if not exists data_key (id blob primary key, wrapped blob not null);
create table if not exists about (name text primary key, value blob not null);
create table if not exists retired (name text primary key, wrapped blob not null, until text not null);
"""
SITE_KEY, ROOT = "site key", "root"


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """The book, so that what is deleted leaves no trace in it and what is written is on the disk."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = not file.exists()
    book = sqlite3.connect(file, timeout=20, isolation_level=None)
    try:
        book.execute("pragma secure_delete = on")
        book.execute("pragma temp_store = memory")
        book.execute("pragma synchronous = full")
        if fresh:
            file.chmod(0o600)
        if book.execute("select count(*) from sqlite_schema where type = 'table'").fetchone()[0] < 3:
            book.executescript(TABLES)
        yield book
    finally:
        book.close()


@contextmanager
def writing(book: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing, and nobody else writes meanwhile."""
    book.execute("begin immediate")
    try:
        yield
    except BaseException:
        book.execute("rollback")
        raise
    book.execute("commit")


def said(book: sqlite3.Connection, name: str) -> bytes | None:
    """What the book says about itself under a name."""
    row = book.execute("select value from about where name = ?", (name,)).fetchone()
    return None if row is None else bytes(row[0])


def say(book: sqlite3.Connection, name: str, value: bytes) -> None:
    book.execute("insert or replace into about (name, value) values (?, ?)", (name, value))
