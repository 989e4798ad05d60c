"""The ledger, and all that presses at once, on PostgreSQL: the same tests beside a server of their own."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
THE_SAME = ("test_ledger.py", "test_at_once.py")
pytestmark = pytest.mark.skipif(
    not (shutil.which("initdb") and shutil.which("pg_ctl")),
    reason="PostgreSQL is not on this machine: apt-get install postgresql",
)


@pytest.fixture
def address() -> Iterator[str]:
    """A server on a port of its own, in a folder that is thrown away, as somebody without rights."""
    folder = Path(tempfile.mkdtemp(prefix="better-story-pg-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    who: str | None = None
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        who = "nobody"
        shutil.chown(folder, who)
        assert pwd.getpwnam(who)

    def run(*command: str) -> None:
        subprocess.run(command, cwd=folder, user=who, check=True, stdout=subprocess.DEVNULL)

    data, told = str(folder / "data"), f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    run("initdb", "-D", data, "-A", "trust", "-U", "story", "-E", "UTF8", "--locale=C")
    run("pg_ctl", "-D", data, "-o", told, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgres://story@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def test_the_ledger_holds_on_postgresql_too(address: str) -> None:
    """Every verb's entry, every refusal of the database, fifty writers at once."""
    files = [str(HERE / name) for name in THE_SAME]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "0",
            "--no-migrations",
            "-p",
            "no:cacheprovider",
            *files,
        ],
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        | {"DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout or "[100%]" in done.stdout
