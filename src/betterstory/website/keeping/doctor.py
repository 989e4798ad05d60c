"""Says in words what is wrong: with the database, the keys, the copies, the machine."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from betterstory.website.keeping import (
    doctor_of_copies,
    doctor_of_keys,
    doctor_of_ledger,
    doctor_of_machine,
    snapshot,
)
from betterstory.website.keeping.finding import Finding, Level, fault, fine, note

log = logging.getLogger(__name__)
Look = Callable[[datetime], Iterator[Finding]]
SAFE_SQLITE = (3, 51, 3)
ON_THE_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs"}


def look_at_everything(*, at: datetime) -> list[Finding]:
    """Every finding, in the order somebody would put things right."""
    looks: list[Look] = [
        doctor_of_keys.look,
        look_at_database,
        doctor_of_ledger.look,
        doctor_of_copies.look,
        doctor_of_machine.look,
    ]
    findings: list[Finding] = []
    for look in looks:
        findings += _safely(look, at)
    return findings


def _safely(look: Look, at: datetime) -> list[Finding]:
    """One look that fails is a finding, and the others go on."""
    try:
        return list(look(at))
    except (OSError, DatabaseError) as why:
        log.warning("doctor could not look why=%s", type(why).__name__)
        return [fault("looking", f"Something could not be looked at: {type(why).__name__}.")]


def is_well(findings: list[Finding]) -> bool:
    return all(finding.level != Level.FAULT for finding in findings)


def look_at_database(at: datetime) -> Iterator[Finding]:
    file = Path(settings.HOME) / snapshot.SQLITE_FILE
    if snapshot.is_sqlite() and not is_in_memory() and not file.exists():
        yield fault("database", f"There is no database in {settings.HOME}. Is it the right folder?")
        return
    try:
        connection.ensure_connection()
    except DatabaseError:
        yield fault("database", "The database cannot be opened. Is the disk full, or the folder another one?")
        return
    if connection.vendor == "sqlite":
        yield from look_at_sqlite()
    yield from look_at_tables()


def is_in_memory() -> bool:
    """Only tests keep their database nowhere."""
    return "memory" in str(connection.settings_dict["NAME"])


def look_at_sqlite() -> Iterator[Finding]:
    from sqlite3 import sqlite_version, sqlite_version_info  # noqa: PLC0415 - so that a test can stand in for it

    if sqlite_version_info < SAFE_SQLITE:
        yield note(
            "SQLite",
            f"SQLite is {sqlite_version}. Before 3.51.3 it has a rare fault that can spoil a database when"
            " two write at once. Use a Python with a newer SQLite when you can, and keep copies.",
        )
    else:
        yield fine("SQLite", f"SQLite is {sqlite_version}.")
    with connection.cursor() as cursor:
        cursor.execute("pragma journal_mode")
        mode = cursor.fetchone()[0]
        cursor.execute("pragma quick_check(1)")
        whole = cursor.fetchone()[0]
    if mode != "wal":
        yield fault("database", f"The database keeps its log as “{mode}”, not “wal”. Start again.")
    if whole == "ok":
        yield fine("database", "The database is whole.")
    else:
        yield fault("database", "The database is spoilt. Stop, keep the folder, and put the last copy back.")
    kind = kind_of_disk(Path(settings.HOME))
    if kind in ON_THE_NETWORK:
        yield fault(
            "disk",
            f"The data folder lies on another machine ({kind}). SQLite loses data there. Move it to a disk of"
            " this machine.",
        )
    else:
        yield fine("disk", "The data folder lies on a disk of this machine.")


def look_at_tables() -> Iterator[Finding]:
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - slow to import, needed here alone

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield fault(
            "tables",
            f"The tables are {len(waiting)} steps behind this version. Stop Better Story, and run"
            " “better-story upgrade”.",
        )
    else:
        yield fine("tables", "The tables are up to date.")


def kind_of_disk(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of file system a folder lies on, as the machine calls it; nothing where it does not say."""
    best, kind = "", ""
    if not mounts.exists():
        return ""
    for line in mounts.read_text().splitlines():
        _what, where, of_kind = line.split()[:3]
        where = where.replace("\\040", " ")
        if folder.is_relative_to(where) and len(where) >= len(best):
            best, kind = where, of_kind
    return kind
