"""What every command that reads a contact log shares: its options, how it opens, and how it says no."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from betterstory.engines import journeys
from betterstory.engines.disclosure import Withheld

type Subparsers = "argparse._SubParsersAction[argparse.ArgumentParser]"

STOPPED = 130


class CannotRun(ValueError):
    """Options that do not go together, in one sentence."""


def add_log_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("log", metavar="LOG", nargs="+", help="the contact log: CSV, Parquet, or one put by")
    parser.add_argument(
        "--people", metavar="FILE", help="one row a person: everybody who could have a contact"
    )
    parser.add_argument(
        "--until", metavar="DATE", help="the last day the log is complete for, like 2024-03-31"
    )
    for column, usual in (
        ("person", "person or case_id"),
        ("activity", "activity"),
        ("time", "time or timestamp"),
    ):
        parser.add_argument(f"--{column}", metavar="COLUMN", help=f"the column of the {column} ({usual})")
    parser.add_argument(
        "--seq", metavar="COLUMN", help="the trusted order at equal times (seq, where there is one)"
    )
    parser.add_argument("--no-seq", action="store_true", help="trust no order: equal times are simultaneous")
    parser.add_argument("--start", metavar="COLUMN", help="where a person's own record starts (start)")
    parser.add_argument("--end", metavar="COLUMN", help="where a person's own record ends (end)")
    parser.add_argument("--time-format", metavar="FORMAT", help='how dates are written, like "%%d/%%m/%%Y"')
    parser.add_argument(
        "--size", metavar="GB", type=float, default=2.0, help="the most that is read, in GB (2)"
    )


def said(run: Callable[[argparse.Namespace], None], options: argparse.Namespace) -> int:
    """Run a command; what it will not do becomes one sentence and an exit code."""
    try:
        run(options)
        return 0
    except (journeys.Refused, Withheld, CannotRun) as refused:
        print(f"better-story: {refused}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("better-story: stopped. Nothing was written.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # whoever was reading has gone; Python must not complain when it flushes at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def tell(words: str) -> None:
    """Say to whoever waits at a terminal what is being done."""
    if sys.stderr.isatty():
        print(f"{words} …", file=sys.stderr, flush=True)


def open_log(options: argparse.Namespace) -> journeys.Log:
    """The log that was named: files, or one that was put by. Raises CannotRun or LogRefused."""
    if len(options.log) == 1 and journeys.is_stored(options.log[0]):
        return _open_stored(options)
    tell("Reading")
    limits = journeys.Limits(size=int(options.size * 1_000_000_000))
    return journeys.read_log(options.log, limits=limits, **how(options))


def how(options: argparse.Namespace) -> dict[str, Any]:
    """What is said about a log, wherever it is read."""
    if options.seq and options.no_seq:
        raise CannotRun("Say --seq or --no-seq, not both.")
    return {
        "people": options.people,
        "person": options.person,
        "activity": options.activity,
        "time": options.time,
        "seq": False if options.no_seq else options.seq,
        "starts": options.start,
        "ends": options.end,
        "until": day(options.until),
        "time_format": options.time_format,
    }


def _open_stored(options: argparse.Namespace) -> journeys.StoredLog:
    changed = [name for name, value in how(options).items() if value is not None]
    if changed:
        raise CannotRun(
            "This log was put by, and how it is read was settled then: leave the options of the log away, "
            "or put it by again with them."
        )
    return journeys.open_stored(options.log[0])


def day(written: str | None) -> date | None:
    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError:
        raise CannotRun(f'"{written}" is not a day. Write it like 2024-03-31.') from None


def mark_of(options: argparse.Namespace, log: journeys.Log) -> str:
    """A mark that is the same for the same data read the same way. Reads the files to their end."""
    if isinstance(log, journeys.StoredLog):
        return log.mark
    tell("Weighing")
    whole = sha256(repr(sorted((name, str(value)) for name, value in _reading(options).items())).encode())
    for path in [*options.log, *([options.people] if options.people else [])]:
        with Path(path).open("rb") as file:
            whole.update(file_digest(file, "sha256").digest())
    return whole.hexdigest()


def _reading(options: argparse.Namespace) -> dict[str, Any]:
    """How it is read, without where it lies."""
    return how(options) | {"people": options.people is not None}
