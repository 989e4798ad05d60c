"""A process in which the house is read and its pages are drawn up once. Each walk's server is forked from it.

Reading nearly two thousand modules and every template anew took longer than most walks. What a server
answers, and with what, is the same: granian, one worker, the same application, a folder that nobody used.

On its input: `begin PORT`, `end`. On its output: a line when it is ready, and one after each of the two.
"""

import gc
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

import django
from django.apps import apps
from django.db import connections
from django.template.loader import get_template
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def main() -> None:
    django.setup()
    get_ready()
    print("ready", flush=True)
    server = 0
    for line in sys.stdin:
        match line.split():
            case ["begin", port]:
                server = begin(int(port))
            case ["end"] if server:
                end(server)
                server = 0
        print("done", flush=True)
    if server:
        end(server)


def get_ready() -> None:
    """Everything read that is the same for each walk; nothing asked of any database."""
    import_module("betterstory.website.wsgi")
    import_module("betterstory.website.urls")

    for app in apps.get_app_configs():
        if app.name.startswith("betterstory."):
            folder = Path(app.path) / "templates"
            for template in sorted(folder.rglob("*.html")):
                get_template(str(template.relative_to(folder)))
    connections.close_all()
    gc.freeze()


def begin(port: int) -> int:
    if child := os.fork():
        return child
    os.setsid()
    sys.stdin.close()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # only the one who forks answers
    Granian(
        "betterstory.website.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()
    os._exit(0)


def end(server: int) -> None:
    os.kill(server, signal.SIGTERM)
    os.waitpid(server, 0)


if __name__ == "__main__":
    main()
