"""The commands about a log itself: what is in it, and putting it by. They need no Django.

better-story log check LOG...
better-story log store LOG... --output FOLDER
better-story log forget LOG... --register FILE
better-story log invent --output FOLDER
"""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from betterstory.engines import journeys
from betterstory.engines.journeys.register import open_register
from betterstory.website.demo import contacts
from betterstory.website.log_options import (
    CannotRun,
    Subparsers,
    add_log_options,
    day,
    mark_of,
    open_log,
    said,
    tell,
)


def add_to(commands: Subparsers) -> None:
    """Add `log` to the command line."""
    log = commands.add_parser("log", help="look at a contact log, or put it by")
    verbs = log.add_subparsers(title="commands", required=True, metavar="NAME")
    check = _add(verbs, "check", "what is in a log, and what looks wrong", _check)
    add_log_options(check)
    store = _add(verbs, "store", "put a log by, so that every later question is quick", _store)
    add_log_options(store)
    store.add_argument("-o", "--output", metavar="FOLDER", required=True, help="the new folder")
    forget = _add(verbs, "forget", "delete from a register who was in the figures of a log", _forget)
    add_log_options(forget)
    forget.add_argument("--register", metavar="FILE", required=True, help="the register of releases")
    invent = _add(verbs, "invent", "make a log of 10,000 invented people, to try things on", _invent)
    invent.add_argument("-o", "--output", metavar="FOLDER", required=True, help="the new folder")
    invent.add_argument("--until", metavar="DATE", default="2026-03-31", help="its last day (2026-03-31)")


def _add(verbs: Any, name: str, help_: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=help_)
    parser.set_defaults(run=lambda options: said(run, options))
    return parser


def _check(options: argparse.Namespace) -> None:
    with open_log(options) as log:
        if isinstance(log, journeys.StoredLog):
            tell("Holding every file against its sum")
            log.check_sums()
            print(f"{log}\nEvery file is as it was put by.")
        elif isinstance(log, journeys.ContactLog):
            print("\n".join(journeys.check(log, today=date.today())))


def _store(options: argparse.Namespace) -> None:
    with open_log(options) as log:
        if not isinstance(log, journeys.ContactLog):
            raise CannotRun("This log was put by already.")
        folder = journeys.store(log, options.output, tell)
    print(
        f"Put by in {folder}. It speaks of single people, as the log does: keep it where the log is kept, "
        "and throw both away together."
    )


def _forget(options: argparse.Namespace) -> None:
    with open_log(options) as log, open_register(options.register) as register:
        many = register.forget(mark_of(options, log))
    releases = "1 release" if many == 1 else f"{many} releases"
    print(f"Who was in the figures of {releases} is forgotten. The figures stay. Now throw the log away too.")


def _invent(options: argparse.Namespace) -> None:
    folder = Path(options.output)
    try:
        folder.mkdir()
        contacts.write_log(folder, until=day(options.until) or date.today())
        (folder / "pattern.toml").write_text(contacts.PATTERN, encoding="utf-8")
    except OSError as error:
        raise CannotRun(f'No new folder can be made at "{folder}": {error.strerror}.') from None
    print(f"In {folder}: {', '.join(sorted(path.name for path in folder.iterdir()))}. Nobody in it exists.")
