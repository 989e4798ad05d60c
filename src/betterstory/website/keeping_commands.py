"""The commands that keep a place safe. Django starts only once one of them runs.

better-story backup [--to FOLDER] | backup --make-identity
better-story restore FILE [--keys FILE] --identity FILE | restore --drill
better-story upgrade
better-story doctor [--json]
better-story keys rotate | paper | verify-paper | put-back
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from betterstory.website.log_options import Subparsers


def add_to(commands: Subparsers) -> None:
    """Add `backup`, `restore`, `upgrade`, `doctor` and `keys` to the command line."""
    backup = commands.add_parser("backup", help="make encrypted copies: of the database, and of the keys")
    backup.add_argument("--to", metavar="FOLDER", type=Path, help="the folder they are written to")
    backup.add_argument(
        "--make-identity", action="store_true", help="make the private key that opens copies; shown once"
    )
    backup.add_argument(
        "--recipient", metavar="AGE1", help="encrypt for somebody whose private key was made elsewhere, too"
    )
    _runs(backup, "backup")
    restore = commands.add_parser("restore", help="put a copy back, or only try that it would work")
    restore.add_argument("file", metavar="FILE", nargs="?", type=Path, help="the copy of the database")
    restore.add_argument("--keys", metavar="FILE", type=Path, help="a copy of the keys, where they are lost")
    restore.add_argument(
        "--identity", metavar="FILE", type=Path, help="the private key; else it is asked for"
    )
    restore.add_argument("--drill", action="store_true", help="only try the newest copy, and change nothing")
    restore.add_argument(
        "--take-out", metavar="FOLDER", type=Path, help="only take the database out of the copy"
    )
    _runs(restore, "restore")
    upgrade = commands.add_parser("upgrade", help="after installing a new version: copy, update, check")
    upgrade.add_argument("--without-copy", action="store_true", help="go on without making a copy")
    _runs(upgrade, "upgrade")
    doctor = commands.add_parser("doctor", help="say in words what is wrong")
    doctor.add_argument("--json", action="store_true", help="the same for a program")
    _runs(doctor, "doctor")
    _add_keys(commands)


def _add_keys(commands: Subparsers) -> None:
    keys = commands.add_parser("keys", help="the key of this place: change it, write it down, put it back")
    verbs = keys.add_subparsers(title="commands", required=True, metavar="NAME")
    for name, verb, words in [
        ("rotate", "rotate", "change the site key; no story is touched"),
        ("paper", "show_paper", "show the site key, to write down or print"),
        ("verify-paper", "verify_paper", "ask for what is on the paper, and say whether it is right"),
        ("put-back", "put_back", "put the site key back from its paper"),
    ]:
        _runs(verbs.add_parser(name, help=words), verb)


def _runs(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("--data", type=Path, help="the data folder (data/mine, or data/demo)")
    parser.set_defaults(run=lambda options: run(name, options))


def run(name: str, options: argparse.Namespace) -> int:
    """Run one of those here; a trouble is one sentence and exit code 1."""

    def verb(options: argparse.Namespace) -> int:
        from betterstory.website.keeping import commands, key_commands  # noqa: PLC0415 - needs Django set up

        found: Callable[[argparse.Namespace], int]
        found = getattr(commands, name, None) or getattr(key_commands, name)
        return found(options)

    return with_place(options, verb, makes_folder=name in ("put_back", "restore"))


def with_place(
    options: argparse.Namespace, verb: Callable[[argparse.Namespace], int], *, makes_folder: bool = False
) -> int:
    """Do something with the data folder that was named, once Django has started."""
    home = find_home(options.data)
    if home is not None and makes_folder:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if home is None or not home.is_dir():
        print("There is no data folder here. Name one with --data FOLDER.", file=sys.stderr)
        return 1
    os.environ["BETTER_STORY_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "betterstory.website.settings")
    import django  # noqa: PLC0415 - settings are read after the folder is named

    django.setup()
    from betterstory.website.keeping.trouble import CannotKeep  # noqa: PLC0415 - needs Django set up

    try:
        return verb(options)
    except CannotKeep as why:
        print(why, file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
    return 1


def find_home(named: Path | None) -> Path | None:
    """The folder that was named, by hand or by a setting, or that ./start would make."""
    if named is not None:
        return named.resolve()
    if os.environ.get("BETTER_STORY_HOME"):
        return Path(os.environ["BETTER_STORY_HOME"]).resolve()
    usual = (Path("data") / name for name in ("mine", "demo"))
    return next((folder.resolve() for folder in usual if folder.is_dir()), None)
