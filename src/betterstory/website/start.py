"""./start: prepare the data folder, make the first place, and keep the web and the worker running."""

import argparse
import json
import os
import socket
import sys
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

from betterstory.website import alone
from betterstory.website.supervisor import Child, keep_running

THREADS = 4
HALL_WORKERS = 2  # a whole room answers at once, and one process of Python works on one core
HALL_THREADS = 16  # each waits for the disk, and what they wait for is written in one go
PHONES = 1024  # connections a process holds open: each phone keeps its own, whether it asks or not
PLACE_FILE = "place.json"


class CannotStart(Exception):
    """Why it cannot start, in one sentence."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `start` to the command line."""
    parser = commands.add_parser("start", help="run Better Story on this machine")
    parser.add_argument("--port", type=int, default=8000, help="the port it listens on (8000)")
    parser.add_argument(
        "--data", type=Path, help="the folder everything is written to (data/demo or data/mine)"
    )
    parser.add_argument("--url", help="the address people reach it at; printed on cards")
    parser.add_argument(
        "--hall", action="store_true", help="also serve cards and voting to a hall's own network"
    )
    parser.add_argument(
        "--inbox", metavar="PACK", type=Path, help="be a second laptop in a hall, with the file made at home"
    )
    parser.add_argument("--mine", action="store_true", help="an empty, private place of your own")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run until Ctrl-C; 0 when it was stopped, 1 with one sentence when it could not start."""
    try:
        return start(options)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1


def start(options: argparse.Namespace) -> int:
    if options.inbox:
        return be_second_laptop(options)
    home = (options.data or Path("data") / ("mine" if options.mine else "demo")).resolve()
    make_folder(home)
    check_port(options.port)
    if options.hall:
        check_port(options.port + 1, "0.0.0.0")  # noqa: S104 - a hall's phones reach it over the hall's network
    hold(home)
    demo = is_demo(home, mine=options.mine)
    url = read_url(options)
    os.environ.update(
        BETTER_STORY_HOME=str(home),
        BETTER_STORY_URL=url,
        BETTER_STORY_DEMO="1" if demo else "0",
        BETTER_STORY_COMPILED=str(home / "compiled"),
        DJANGO_SETTINGS_MODULE="betterstory.website.settings",
    )
    print(f"Better Story is getting ready in {home}", flush=True)
    from betterstory.website.first_day import prepare  # noqa: PLC0415 - Django reads its settings on import

    for line in prepare(home, demo=demo):
        print(line, flush=True)
    address = f"http://localhost:{options.port}"
    print(f"\n    {address}\n", flush=True)
    if options.hall:
        print(f"In the hall, phones go to {url}/v/ on the hall's own network.\n", flush=True)
    if not options.no_browser and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        webbrowser.open(address)
    print("Press Ctrl-C to stop.", flush=True)
    return keep_running(children(options))


def be_second_laptop(options: argparse.Namespace) -> int:
    """A hall's second laptop: no place of its own, only what the pack brings. Raises CannotStart."""
    if not options.inbox.is_file():
        raise CannotStart(
            f"There is no file {options.inbox}. Make one at home, on the page of the gathering."
        )
    home = (options.data or Path("data") / "inbox").resolve()
    make_folder(home)
    check_port(options.port, "0.0.0.0")  # noqa: S104 - phones reach it over the hall's network
    os.environ.update(BETTER_STORY_HOME=str(home), BETTER_STORY_DEMO="0")
    url = options.url.rstrip("/") if options.url else f"http://{hall_address()}:{options.port}"
    from betterstory.website import second_laptop  # noqa: PLC0415 - Django reads its settings on import

    listening = web("0.0.0.0", options.port, "betterstory.website.inbox_wsgi:application")  # noqa: S104 - as above
    return second_laptop.run(options, url=url, web=listening)


def children(options: argparse.Namespace) -> list[Child]:
    """What runs: the web, the worker, and in a hall a second, smaller web."""
    running = [
        Child("web", web("127.0.0.1", options.port)),
        Child("worker", [sys.executable, "-m", "betterstory.website.worker"]),
        # compiles what counts large logs, once, while people already look around
        Child("compiling", [sys.executable, "-m", "betterstory.engines.journeys.ready"], may_end=True),
    ]
    if options.hall:
        hall = web("0.0.0.0", options.port + 1, workers=HALL_WORKERS, threads=HALL_THREADS)  # noqa: S104 - as above
        running.append(Child("hall", hall, {"BETTER_STORY_HALL": "1"}))
    return running


def web(
    host: str,
    port: int,
    door: str = "betterstory.website.wsgi:application",
    *,
    workers: int = 1,
    threads: int | None = None,
) -> list[str]:
    """So many processes with a stated number of threads each."""
    return [
        *[sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)],
        *["--workers", str(workers), "--blocking-threads", str(threads or THREADS)],
        # granian counts connections that are open, not requests: with fewer, the others wait outside
        *["--backpressure", str(PHONES), "--backlog", str(PHONES)],
        *["--log-level", "warning", "--no-access-log", door],
    ]


def make_folder(home: Path) -> None:
    """Raises CannotStart where nothing can be written."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = home / ".can-write"
        probe.write_text("")
        probe.unlink()
    except OSError:
        raise CannotStart(
            f"Nothing can be written in {home}. Choose another folder with --data FOLDER."
        ) from None


def hold(home: Path) -> None:
    """For as long as this runs, nobody puts a copy in its place. Raises CannotStart."""
    try:
        alone.hold(home, alone.RUNNING)
    except alone.Taken:
        raise CannotStart(f"Better Story runs on {home} already. Stop it first, or choose another.") from None


def check_port(port: int, host: str = "127.0.0.1") -> None:
    """Raises CannotStart where something else listens, or the number is no port."""
    if not 1 <= port <= 65535:
        raise CannotStart(f"{port} is not a port. Choose a number from 1024 to 65535 with --port.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise CannotStart(
                f"Port {port} is not allowed here. Choose one above 1023 with --port."
            ) from None
        except OSError:
            raise CannotStart(
                f"Port {port} is taken. Choose another with --port, such as --port {port + 10}."
            ) from None


def is_demo(home: Path, *, mine: bool) -> bool:
    """What this folder holds stays what it is; a new one is the demo unless --mine. Raises CannotStart."""
    file = home / PLACE_FILE
    if not file.exists():
        file.write_text(json.dumps({"format": 1, "demo": not mine}) + "\n")
    try:
        demo = bool(json.loads(file.read_text())["demo"])
    except (ValueError, KeyError, OSError):
        raise CannotStart(f"{file} cannot be read. Is {home} a Better Story folder?") from None
    if mine and demo:
        raise CannotStart(
            f"{home} holds the demo. Choose another folder for your own place with --data FOLDER."
        )
    return demo


def read_url(options: argparse.Namespace) -> str:
    """The address people reach it at. Raises CannotStart where --url is no address."""
    if not options.url:
        return (
            f"http://{hall_address()}:{options.port + 1}"
            if options.hall
            else f"http://localhost:{options.port}"
        )
    parts = urlsplit(options.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise CannotStart(f"“{options.url}” is not an address. Write it like https://story.example.org")
    return options.url.rstrip("/")


def hall_address() -> str:
    """This machine's address on the network it is on. Raises CannotStart where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: nothing is sent
            return str(probe.getsockname()[0])
        except OSError:
            raise CannotStart(
                "This machine is on no network. Join the hall's network, or give --url."
            ) from None
