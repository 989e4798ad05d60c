"""The ledger of promises at the command line.

better-story ledger export [FILE]
better-story ledger check [--head HEAD]
"""

import argparse
import sys
from pathlib import Path

from betterstory.website.keeping_commands import with_place
from betterstory.website.log_options import Subparsers


def add_to(commands: Subparsers) -> None:
    """Add `ledger` to the command line."""
    ledger = commands.add_parser("ledger", help="the list of promises that nobody can change unseen")
    verbs = ledger.add_subparsers(title="commands", required=True, metavar="NAME")
    export = verbs.add_parser("export", help="write it down as JSON lines, as the open page gives it")
    export.add_argument("file", metavar="FILE", nargs="?", type=Path, help="where to; else it is printed")
    check = verbs.add_parser("check", help="check it as it lies in the database")
    check.add_argument("--head", action="append", default=[], help='what stands on paper: "#412 K7TP ..."')
    for parser, verb in ((export, write_down), (check, look)):
        parser.add_argument("--data", type=Path, help="the data folder (data/mine, or data/demo)")
        parser.set_defaults(run=lambda options, verb=verb: with_place(options, verb))


def write_down(options: argparse.Namespace) -> int:
    from betterstory.promises import written  # noqa: PLC0415 - needs Django set up

    if options.file is None:
        sys.stdout.writelines(line.decode() for line in written.lines())
        return 0
    try:
        with options.file.open("wb") as out:
            out.writelines(written.lines())
    except OSError as why:
        print(f"{options.file} cannot be written: {why.strerror}.", file=sys.stderr)
        return 1
    print(f"Written: {options.file}")
    return 0


def look(options: argparse.Namespace) -> int:
    from betterstory.promises import verify_ledger, written  # noqa: PLC0415 - needs Django set up

    try:
        heads = [verify_ledger.read_head(typed) for typed in options.head]
        checked = written.verify(heads)
    except verify_ledger.CannotCheck as why:
        print(why, file=sys.stderr)
        return 2
    except verify_ledger.Wrong as wrong:
        print(f"WRONG. {wrong}")
        return 1
    print("\n".join(verify_ledger.in_words(checked)))
    return 0
