"""The command for analysts: who stands behind a pattern. It needs no Django.

better-story behind PATTERN LOG...
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from betterstory.engines import journeys
from betterstory.engines.disclosure import PROFILES
from betterstory.engines.journeys.pack import Header, write_answer
from betterstory.engines.journeys.register import Checked, Somebody, open_register
from betterstory.website.log_options import (
    CannotRun,
    Subparsers,
    add_log_options,
    day,
    how,
    mark_of,
    open_log,
    said,
    tell,
)


def add_to(commands: Subparsers) -> None:
    """Add `behind` to the command line."""
    behind = commands.add_parser("behind", help="count who stands behind a pattern in a contact log")
    behind.add_argument("pattern", metavar="PATTERN", help="the pattern, a TOML file")
    behind.add_argument(
        "--and",
        dest="others",
        metavar="PATTERN",
        nargs="+",
        default=[],
        help="more patterns, asked at once and answered each as if alone",
    )
    add_log_options(behind)
    behind.add_argument("--by", metavar="COLUMN", help="look the levels over by this column")
    behind.add_argument(
        "--backend", default="auto", help="auto, duckdb, spark, or python, which is the definition itself"
    )
    behind.add_argument("--rule", default="default", help=f"what may be shown: {', '.join(PROFILES)}")
    behind.add_argument("--json", action="store_true", help="print one object for programs, a line a pattern")
    behind.add_argument("--exact", action="store_true", help="true counts, which may not be shared")
    behind.add_argument("--because", metavar="REASON", help="why true counts are needed")
    behind.add_argument("--answer", metavar="FILE", help="write the protected answer to a new file too")
    behind.add_argument(
        "--register", metavar="FILE", help="hold the figures against the releases in this file"
    )
    behind.add_argument("--asked-by", metavar="WHO", help='with --approved-by: like "Ade, Public Health"')
    behind.add_argument(
        "--approved-by", metavar="WHO", help="release the figures: somebody from another body has looked"
    )
    behind.set_defaults(run=lambda options: said(_behind, options))


def _behind(options: argparse.Namespace) -> None:
    _check(options)
    patterns = [journeys.read_pattern(path) for path in (options.pattern, *options.others)]
    started = perf_counter()
    with _open_to_count(options) as log:
        tell("Counting")
        standings = journeys.count_many(patterns, log, backend=options.backend, by=options.by)
        mark = mark_of(options, log) if options.register and isinstance(log, journeys.Log) else ""
    seconds = perf_counter() - started
    for place, (pattern, standing) in enumerate(zip(patterns, standings, strict=True)):
        if place and not options.json:
            print()
        _show(pattern, standing, mark, seconds, options)


def _check(options: argparse.Namespace) -> None:
    """Whether the options go together. Raises CannotRun."""
    if options.exact and not (options.because or "").strip():
        raise CannotRun("Exact figures are only given for a reason: add --because and say why.")
    if options.because is not None and not options.exact:
        raise CannotRun("A reason is only asked for exact figures: say --exact with --because.")
    if options.answer and (options.exact or options.by or options.others):
        raise CannotRun(
            "An answer file holds the protected levels of one pattern: leave --exact, --by and --and away."
        )
    if options.register and (options.exact or options.backend == "spark"):
        raise CannotRun("A register is for figures that may be shown, counted on this machine.")
    if (options.asked_by or options.approved_by) and not (
        options.register and options.asked_by and options.approved_by
    ):
        raise CannotRun("A release needs --register, --asked-by and --approved-by together.")


def _open_to_count(options: argparse.Namespace) -> journeys.Log | journeys.SparkLog:
    """On this machine, or where Spark is; there nothing is said about how much is read."""
    if options.backend == "spark":
        tell("Starting Spark")
        return journeys.read_log_on_spark(options.log, **how(options))
    return open_log(options)


def _show(
    pattern: journeys.Pattern,
    standing: journeys.Standing,
    mark: str,
    seconds: float,
    options: argparse.Namespace,
) -> None:
    notes: list[str] = []
    shown: Any = standing.exact(because=options.because) if options.exact else standing.protect(options.rule)
    if options.register:
        shown, notes = _held(pattern, standing, mark, options)
    if options.answer:
        _write_answer(shown, pattern, options)
    if options.json:
        print(json.dumps(shown.as_json() | {"seconds": round(seconds, 3)}, ensure_ascii=False))
        for line in (*shown.notes(), *notes):
            print(line, file=sys.stderr)
        return
    print("\n".join([f"{journeys.say(pattern)}\n\n{shown}", *notes]))


def _held(
    pattern: journeys.Pattern, standing: journeys.Standing, mark: str, options: argparse.Namespace
) -> tuple[journeys.Protected, list[str]]:
    """The figures held against a register, and released there where somebody else approved them."""
    with open_register(options.register) as register:
        if not options.approved_by:
            checked = register.check(standing, pattern, mark, options.rule)
            return checked.protected, [
                *_compared(checked),
                "Not released: somebody from another body, or a trustee, has to look first.",
            ]
        number, checked = register.release(
            standing,
            pattern,
            mark,
            rule=options.rule,
            asked_by=Somebody.read(options.asked_by),
            approved_by=Somebody.read(options.approved_by),
            on=date.today(),
        )
    return checked.protected, [*_compared(checked), f"This is release {number}."]


def _compared(checked: Checked) -> list[str]:
    lines = [f"Held against {checked.compared} earlier releases."] if checked.compared != 1 else []
    lines += ["Held against 1 earlier release."] if checked.compared == 1 else []
    if checked.no_clear_change:
        lines.append(f"No clear change since release {checked.since}: {', '.join(checked.no_clear_change)}.")
    return lines


def _write_answer(shown: journeys.Protected, pattern: journeys.Pattern, options: argparse.Namespace) -> None:
    header = Header(data_until=day(options.until))
    text = write_answer(shown, pattern, header, with_a_list=options.people is not None)
    try:
        with Path(options.answer).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise CannotRun(f'No new file can be written at "{options.answer}": {error.strerror}.') from None
    print(f"Fill in the head of {options.answer}, and have it checked.\n", file=sys.stderr)
