"""The commands for analysts: who stands behind a pattern, and what is in a log. They need no Django.

better-story behind PATTERN LOG...
better-story log check LOG...
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from betterstory.engines import journeys
from betterstory.engines.disclosure import PROFILES, Withheld
from betterstory.engines.journeys.pack import Header, write_answer

type Subparsers = "argparse._SubParsersAction[argparse.ArgumentParser]"

STOPPED = 130


class CannotRun(ValueError):
    """Options that do not go together, in one sentence."""


def add_to(commands: Subparsers) -> None:
    """Add `behind` and `log` to the command line."""
    behind = commands.add_parser("behind", help="count who stands behind a pattern in a contact log")
    behind.add_argument("pattern", metavar="PATTERN", help="the pattern, a TOML file")
    _add_log_options(behind)
    behind.add_argument("--by", metavar="COLUMN", help="look the levels over by this column")
    behind.add_argument(
        "--backend", default="auto", help="auto, duckdb, or python, which is the definition itself"
    )
    behind.add_argument("--rule", default="default", help=f"what may be shown: {', '.join(PROFILES)}")
    behind.add_argument("--json", action="store_true", help="print one object for programs")
    behind.add_argument("--exact", action="store_true", help="true counts, which may not be shared")
    behind.add_argument("--because", metavar="REASON", help="why true counts are needed")
    behind.add_argument("--answer", metavar="FILE", help="write the protected answer to a new file too")
    behind.set_defaults(run=lambda options: said(_behind, options))
    log = commands.add_parser("log", help="look at a contact log")
    check = log.add_subparsers(title="commands", required=True, metavar="NAME").add_parser(
        "check", help="what is in a log, and what looks wrong"
    )
    _add_log_options(check)
    check.set_defaults(run=lambda options: said(_check, options))


def _add_log_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("log", metavar="LOG", nargs="+", help="the contact log, CSV or Parquet")
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


def _open(options: argparse.Namespace) -> journeys.ContactLog:
    if options.seq and options.no_seq:
        raise CannotRun("Say --seq or --no-seq, not both.")
    return journeys.read_log(
        options.log,
        people=options.people,
        person=options.person,
        activity=options.activity,
        time=options.time,
        seq=False if options.no_seq else options.seq,
        starts=options.start,
        ends=options.end,
        until=day(options.until),
        time_format=options.time_format,
        limits=journeys.Limits(size=int(options.size * 1_000_000_000)),
    )


def day(written: str | None) -> date | None:
    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError:
        raise CannotRun(f'"{written}" is not a day. Write it like 2024-03-31.') from None


def _behind(options: argparse.Namespace) -> None:
    if options.exact and not (options.because or "").strip():
        raise CannotRun("Exact figures are only given for a reason: add --because and say why.")
    if options.because is not None and not options.exact:
        raise CannotRun("A reason is only asked for exact figures: say --exact with --because.")
    if options.answer and (options.exact or options.by):
        raise CannotRun("An answer file holds protected levels alone: leave --exact and --by away.")
    pattern = journeys.read_pattern(options.pattern)
    started = perf_counter()
    with _open(options) as log:
        standing = journeys.count(pattern, log, backend=options.backend, by=options.by)
    seconds = perf_counter() - started
    if options.answer:
        _write_answer(standing.protect(options.rule), pattern, options)
    shown: Any = standing.exact(because=options.because) if options.exact else standing.protect(options.rule)
    if options.json:
        print(json.dumps(shown.as_json() | {"seconds": round(seconds, 3)}, ensure_ascii=False))
        for line in shown.notes():
            print(line, file=sys.stderr)
        return
    print(f"{journeys.say(pattern)}\n\n{shown}")


def _write_answer(shown: journeys.Protected, pattern: journeys.Pattern, options: argparse.Namespace) -> None:
    header = Header(data_until=day(options.until))
    text = write_answer(shown, pattern, header, with_a_list=options.people is not None)
    try:
        with Path(options.answer).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise CannotRun(f'No new file can be written at "{options.answer}": {error.strerror}.') from None
    print(f"Fill in the head of {options.answer}, and have it checked.\n", file=sys.stderr)


def _check(options: argparse.Namespace) -> None:
    with _open(options) as log:
        print("\n".join(journeys.check(log, today=date.today())))
