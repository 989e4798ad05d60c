"""The commands for questions that travel: a pack goes out, an answer file comes back. They need no Django.

better-story pack PATTERN --output FOLDER
better-story answer check FILE
better-story answer beside FILE FILE...
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from betterstory.engines import journeys
from betterstory.engines.disclosure import PROFILES
from betterstory.engines.journeys.pack import make_pack, read_answer, side_by_side, write_pack
from betterstory.website.log_options import Subparsers, day, said


def add_to(commands: Subparsers) -> None:
    """Add `pack` and `answer` to the command line."""
    pack = commands.add_parser("pack", help="make a folder that brings a pattern to where records are")
    pack.add_argument("pattern", metavar="PATTERN", help="the pattern, a TOML file")
    pack.add_argument("-o", "--output", metavar="FOLDER", required=True, help="the new folder")
    pack.add_argument(
        "--environment", metavar="NAME", nargs="+", default=[], help="where to, like sde udal (all that fit)"
    )
    pack.add_argument(
        "--data-set", metavar="NAME", nargs="+", default=[], help="which data sets (those the pattern needs)"
    )
    pack.add_argument("--rule", default="default", help=f"what may leave: {', '.join(PROFILES)}")
    pack.add_argument("--why", metavar="WORDS", default="", help="why it is asked")
    pack.add_argument("--agreed", metavar="WORDS", default="", help="who agreed that it may be asked")
    pack.add_argument("--asked-by", metavar="WORDS", default="", help="who asks")
    pack.add_argument("--until", metavar="DATE", help="the last day the data are complete for")
    pack.set_defaults(run=lambda options: said(_pack, options))
    _add_answer(commands)


def _add_answer(commands: Subparsers) -> None:
    answer = commands.add_parser("answer", help="look at answer files that came back")
    verbs = answer.add_subparsers(title="commands", required=True, metavar="NAME")
    check = verbs.add_parser("check", help="what an answer file says, or what is wrong with it")
    check.add_argument("file", metavar="FILE", help="the answer file")
    check.add_argument("--pattern", metavar="PATTERN", help="the pattern that was asked")
    check.set_defaults(run=lambda options: said(_check, options))
    beside = verbs.add_parser("beside", help="answers of several bodies to one pattern, side by side")
    beside.add_argument("file", metavar="FILE", nargs="+", help="the answer files")
    beside.set_defaults(run=lambda options: said(_beside, options))


def _pack(options: argparse.Namespace) -> None:
    pattern = journeys.read_pattern(Path(options.pattern))
    files = make_pack(
        pattern,
        environments=_apart(options.environment),
        data_sets=_apart(options.data_set),
        rule=options.rule,
        why=options.why,
        agreed=options.agreed,
        asked_by=options.asked_by,
        until=day(options.until),
    )
    folder = write_pack(files, options.output)
    print(f"{journeys.say(pattern)}\n\nThe pack is in {folder}. Start with README.md.")


def _apart(names: Sequence[str]) -> list[str]:
    """Names may be written with commas too."""
    return [name for given in names for name in given.split(",") if name]


def _check(options: argparse.Namespace) -> None:
    pattern = journeys.read_pattern(Path(options.pattern)) if options.pattern else None
    answer = read_answer(Path(options.file), pattern)
    print(answer)
    if pattern is None:
        print("\nIt was not held against its pattern: add --pattern.")


def _beside(options: argparse.Namespace) -> None:
    print(side_by_side([read_answer(Path(file)) for file in options.file]))
