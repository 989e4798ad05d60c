"""One moment of the database as a file, checked. Nobody who writes meanwhile has to wait for it."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from betterstory.website.keeping.trouble import CannotKeep

SQLITE_FILE, POSTGRES_FILE = "story.sqlite3", "story.dump"


def is_sqlite() -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


def take(folder: Path) -> Path:
    """Write it into a folder. Raises CannotKeep."""
    return _take_sqlite(folder / SQLITE_FILE) if is_sqlite() else _take_postgres(folder / POSTGRES_FILE)


def _take_sqlite(to: Path) -> Path:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(to)])
    to.chmod(0o600)
    return to


def _take_postgres(to: Path) -> Path:
    program = shutil.which("pg_dump")
    if program is None:
        raise CannotKeep(
            "The database is PostgreSQL, and pg_dump is not on this machine. Install the PostgreSQL client"
            " (on Debian: apt install postgresql-client), or copy the database as its keeper does."
        )
    about = settings.DATABASES["default"]
    where = {
        "PGHOST": about["HOST"],
        "PGPORT": about["PORT"],
        "PGUSER": about["USER"],
        "PGPASSWORD": about["PASSWORD"],
    }
    done = subprocess.run(  # noqa: S603 - a program of the system, with no shell
        [program, "--format=custom", "--no-owner", f"--file={to}", "--", str(about["NAME"])],
        env=os.environ | {name: str(value) for name, value in where.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotKeep(f"pg_dump could not copy the database. It said: {done.stderr.strip()[:300]}")
    to.chmod(0o600)
    return to


def check(file: Path) -> dict[str, int]:
    """How many rows each table holds. Raises CannotKeep where the file is not whole."""
    if file.name == POSTGRES_FILE:
        return _check_postgres(file)
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as copy:
            whole = [str(row[0]) for row in copy.execute("pragma integrity_check(3)")]
            if whole != ["ok"]:
                raise CannotKeep("The copy is not whole: its pages do not fit together.")
            if copy.execute("pragma foreign_key_check").fetchone() is not None:
                raise CannotKeep("The copy is not whole: a row points to one that is not there.")
            names = [row[0] for row in copy.execute("select name from sqlite_schema where type = 'table'")]
            # the names come from the file itself, quoted
            count = {name: f'select count(*) from "{name.replace(chr(34), chr(34) * 2)}"' for name in names}  # noqa: S608 - quoted
            return {name: copy.execute(count[name]).fetchone()[0] for name in sorted(names)}
    except sqlite3.Error:
        raise CannotKeep("The copy is not whole: it cannot be read as a database.") from None


def _check_postgres(file: Path) -> dict[str, int]:
    """A list of the dump's contents; rows are not counted in it."""
    program = shutil.which("pg_restore")
    if program is None:
        raise CannotKeep("pg_restore is not on this machine, so the copy cannot be looked at.")
    done = subprocess.run(  # noqa: S603 - a program of the system, with no shell
        [program, "--list", "--", str(file)], capture_output=True, text=True, check=False
    )
    tables = [line for line in done.stdout.splitlines() if " TABLE DATA " in line]
    if done.returncode != 0 or not tables:
        raise CannotKeep("The copy is not whole: pg_restore cannot read it.")
    return {"tables": len(tables)}
