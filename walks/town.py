"""The demo's town behind a real server: made once, then a copy of its own for each walk."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MAKE = """
from pathlib import Path
from betterstory.website.first_day import prepare
for line in prepare(Path({home!r}), demo=True): print(line)
"""


@dataclass(frozen=True)
class Running:
    """A running town: where it is reached, and the folder it writes to."""

    url: str
    home: Path


def environment(home: Path, url: str = "http://story.example.org") -> dict[str, str]:
    """What ./start would set: cards carry a public address, whatever the server listens on."""
    return os.environ | {
        "BETTER_STORY_HOME": str(home),
        "BETTER_STORY_URL": url,
        "BETTER_STORY_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "betterstory.website.settings",
    }


@pytest.fixture(scope="session")
def made_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town as ./start makes it on the first day: by the worker that asks first, for all of them."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    home, made = shared / "town", shared / "town-is-made"
    with (shared / "town-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(home, ignore_errors=True)  # half of one, where the making was broken off
            home.mkdir()
            make = [sys.executable, "-c", MAKE.format(home=str(home))]
            subprocess.run(make, env=environment(home), check=True)
            made.touch()
    return home


@dataclass(frozen=True)
class Warm:
    """A process from which servers are forked, one after the other, and the folder they all write to."""

    process: subprocess.Popen[str]
    home: Path

    def say(self, words: str) -> None:
        """Tell it, and wait until it is done."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        if words:
            self.process.stdin.write(f"{words}\n")
            self.process.stdin.flush()
        if not self.process.stdout.readline():
            pytest.fail("The process that begins the servers of the walks has ended.")


@pytest.fixture(scope="session")
def warm(made_town: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The house, read once for all walks of this worker. Its folder is named once: settings are read once."""
    home = tmp_path_factory.mktemp("walked") / "home"
    shutil.copytree(made_town, home)
    process = subprocess.Popen(
        [sys.executable, "-m", "walks.warm"],
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    begun = Warm(process, home)
    try:
        begun.say("")
        yield begun
    finally:
        process.communicate(timeout=30)  # its input ends, and so does it


@pytest.fixture
def town(warm: Warm, made_town: Path) -> Iterator[Running]:
    """A copy of the town behind a server of its own, which nobody has used."""
    shutil.rmtree(warm.home)
    shutil.copytree(made_town, warm.home)
    port = free_port()
    url = f"http://localhost:{port}"
    warm.say(f"begin {port}")
    try:
        wait_for(url)
        yield Running(url, warm.home)
    finally:
        warm.say("end")


@pytest.fixture(scope="session")
def town_to_look_at(made_town: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One copy and one server for all walks that change nothing: they only look."""
    with running(made_town, tmp_path_factory.mktemp("looked-at") / "home") as begun:
        yield begun


@contextmanager
def running(made_town: Path, home: Path) -> Iterator[Running]:
    """A copy of the town in this folder, behind a server, for as long as it is needed."""
    shutil.copytree(made_town, home)
    port = free_port()
    url = f"http://localhost:{port}"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--blocking-threads", "4", "--no-access-log", "--log-level", "warning"]
    server = subprocess.Popen(
        [*command, "betterstory.website.wsgi:application"], env=environment(home), start_new_session=True
    )
    try:
        wait_for(url)
        yield Running(url, home)
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(url: str) -> None:
    """Until the server answers, two minutes at most: the machine may be busy."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{url}/robots.txt", timeout=2)  # noqa: S310 - our own address
        except OSError:  # not there yet, or too busy to answer
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The server at {url} did not answer within two minutes.")
