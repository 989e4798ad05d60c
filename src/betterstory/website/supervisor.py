"""Keeps child processes running together: they start together, and end together."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

PATIENCE = 10.0


@dataclass
class Child:
    """One process: its name, its command, what its environment has beside ours, and whether it may end."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    may_end: bool = False


def keep_running(children: list[Child]) -> int:
    """Run them until Ctrl-C (0), or until one ends by itself (1, and a sentence). None is left behind."""
    stopping: list[int] = []

    def stop(signum: int, frame: FrameType | None) -> None:
        stopping.append(signum)

    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, stop)
    running: list[tuple[Child, subprocess.Popen[bytes]]] = []
    try:
        for child in children:
            # a session of its own, so that Ctrl-C reaches the children once, from us
            process = subprocess.Popen(  # noqa: S603 - commands are our own
                child.command, env=os.environ | child.environment, start_new_session=True
            )
            running.append((child, process))
        while not stopping:
            over = (child for child, process in running if process.poll() is not None)
            ended = next((child for child in over if not child.may_end), None)
            if ended is not None:
                print(
                    f"The {ended.name} stopped by itself. Everything is stopped; start again.",
                    file=sys.stderr,
                )
                return 1
            time.sleep(0.2)
    finally:
        end_all([process for _child, process in running])
    print("Stopped.", flush=True)
    return 0


def end_all(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to end, wait, then insist; what they started goes with them."""
    for process in processes:
        _signal(process, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, until - time.monotonic()))
        _signal(process, signal.SIGKILL)


def _signal(process: subprocess.Popen[bytes], signum: int) -> None:
    try:
        os.killpg(process.pid, signum)
    except ProcessLookupError:
        return
