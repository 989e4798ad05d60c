"""./start: what stops it stops it with one sentence, and nothing is left running."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from betterstory.website import start
from betterstory.website.secret import read_or_make_secret
from betterstory.website.supervisor import Child, keep_running


def options(home: Path, **more: object) -> argparse.Namespace:
    chosen = {
        "port": 8000,
        "data": home,
        "url": None,
        "hall": False,
        "inbox": None,
        "mine": False,
        "no_browser": True,
        **more,
    }
    return argparse.Namespace(**chosen)


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert start.run(options(tmp_path, port=port)) == 1
    assert (
        capsys.readouterr().err
        == f"Port {port} is taken. Choose another with --port, such as --port {port + 10}.\n"
    )


@pytest.mark.parametrize("port", [0, -5, 70_000])
def test_a_number_that_is_no_port(port: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.run(options(tmp_path, port=port)) == 1
    assert f"{port} is not a port" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("I am a file")
    assert start.run(options(tmp_path / "file" / "inside")) == 1
    assert "Nothing can be written in" in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "I am a file"


@pytest.mark.parametrize(
    "url", ["story.example.org", "ftp://story.example.org", "https://", "https://a.example/b"]
)
def test_an_address_that_is_none(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.run(options(tmp_path, url=url)) == 1
    assert "is not an address" in capsys.readouterr().err


def test_a_folder_stays_what_it_is(tmp_path: Path) -> None:
    assert start.is_demo(tmp_path, mine=False)
    with pytest.raises(start.CannotStart, match="holds the demo"):
        start.is_demo(tmp_path, mine=True)
    mine = tmp_path / "mine"
    mine.mkdir()
    assert not start.is_demo(mine, mine=True)
    assert not start.is_demo(mine, mine=False), "a second start without --mine does not turn it into a demo"
    assert json.loads((mine / "place.json").read_text()) == {"format": 1, "demo": False}


def test_a_spoilt_folder_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "place.json").write_text("not json")
    with pytest.raises(start.CannotStart, match="cannot be read"):
        start.is_demo(tmp_path, mine=False)
    assert (tmp_path / "place.json").read_text() == "not json"


def test_the_secret_is_made_once_and_is_nobody_elses_to_read(tmp_path: Path) -> None:
    first = read_or_make_secret(tmp_path)
    assert len(first) > 50
    assert read_or_make_secret(tmp_path) == first
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


def test_when_one_stops_all_stop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = tmp_path / "pid"
    sleeper = f"import os,time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    code = keep_running(
        [
            Child("web", [sys.executable, "-c", sleeper]),
            Child("worker", [sys.executable, "-c", "import time; time.sleep(1)"]),
        ]
    )
    assert code == 1
    assert "The worker stopped by itself" in capsys.readouterr().err
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


def test_ctrl_c_ends_every_process_and_what_they_started(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    grandchild = (
        "import subprocess,sys; p=subprocess.Popen([sys.executable,'-c','import time; time.sleep(60)'])"
    )
    child = f"{grandchild}; open({str(note)!r},'a').write(f'{{p.pid}}\\n'); import time; time.sleep(60)"
    program = (
        "import sys; from betterstory.website.supervisor import Child, keep_running;"
        f"two = [Child(name, [sys.executable, '-c', {child!r}]) for name in ('one', 'two')];"
        "sys.exit(keep_running(two))"
    )
    running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    until = time.monotonic() + 20
    while time.monotonic() < until and (not note.exists() or len(note.read_text().splitlines()) < 2):
        time.sleep(0.05)
    pids = [int(line) for line in note.read_text().splitlines()]
    assert len(pids) == 2
    running.send_signal(signal.SIGINT)
    assert running.wait(20) == 0
    time.sleep(0.2)
    for pid in pids:
        assert not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2]


def test_the_command_line_starts_without_django() -> None:
    program = (
        "import sys; sys.modules['django'] = None;"
        "from betterstory.website.command import main; main(['start', '--help'])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--hall" in done.stdout


def test_a_second_laptop_needs_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.run(options(tmp_path / "data", inbox=tmp_path / "evening.pack")) == 1
    assert "There is no file" in capsys.readouterr().err


def test_a_second_laptop_says_what_is_wrong_with_its_file(tmp_path: Path) -> None:
    """It starts with settings of its own, which have no database, and ends with one sentence."""
    pack = tmp_path / "evening.pack"
    pack.write_text("hello")
    command = [sys.executable, "-m", "betterstory.website.command", "start", "--inbox", str(pack)]
    command += ["--no-browser", "--data", str(tmp_path / "data"), "--url", "http://hall.example", "--port"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("BETTER", "DJANGO"))}
    done = subprocess.run([*command, port], env=plain, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        "This is no file for a second laptop, or it was changed. Make a new one at home.\n"
    )
    assert pack.read_text() == "hello"


def test_phones_that_keep_their_line_open_keep_nobody_out() -> None:
    """A hall's phones each hold a connection, whether they ask or not; the next one is still served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(start.web("127.0.0.1", port, "wsgiref.simple_server:demo_app"))
    phones: list[socket.socket] = []
    try:
        for _phone in range(200):
            phones.append(_ask_and_stay(port))
    finally:
        for phone in phones:
            phone.close()
        server.terminate()
        server.wait(20)
    assert len(phones) == 200


def _ask_and_stay(port: int) -> socket.socket:
    """One page over a connection that stays open. Raises OSError where nothing answers."""
    until = time.monotonic() + 30
    while True:
        try:
            phone = socket.create_connection(("127.0.0.1", port), timeout=15)
            break
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
    phone.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert phone.recv(12) == b"HTTP/1.1 200"
    return phone
