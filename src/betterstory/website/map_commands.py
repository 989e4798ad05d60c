"""The command that maps where people went next: better-story map LOG... It needs no Django."""

import argparse
import json
import os
import tempfile
from pathlib import Path

from betterstory.engines import journeys
from betterstory.engines.disclosure import PROFILES, find_profile
from betterstory.engines.journeys.map.journey_map import LEAST_SHARE, WITHIN
from betterstory.website.log_options import CannotRun, Subparsers, add_log_options, open_log, said

PICTURE, TABLE = "where-next.svg", "where-next.csv"


def add_to(commands: Subparsers) -> None:
    """Add `map` to the command line."""
    command = commands.add_parser("map", help="draw where people went next, from a contact log")
    add_log_options(command)
    command.add_argument(
        "--within",
        metavar="LENGTH",
        default=WITHIN,
        help=f"how long something next may take, before we say that nothing came ({WITHIN})",
    )
    command.add_argument(
        "--least-share",
        metavar="PART",
        type=float,
        default=LEAST_SHARE,
        help=f"contacts that fewer of all people had are put together ({LEAST_SHARE})",
    )
    command.add_argument("-o", "--output", metavar="FOLDER", help=f"write {PICTURE} and {TABLE} there")
    command.add_argument("--svg", metavar="FILE", help="write the picture to this file")
    command.add_argument("--csv", metavar="FILE", help="write the table to this file")
    command.add_argument(
        "--backend", default="auto", help="auto, fast, numpy, or python, which is the definition itself"
    )
    command.add_argument("--rule", default="default", help=f"what may be shown: {', '.join(PROFILES)}")
    command.add_argument("--json", action="store_true", help="print one object for programs")
    command.add_argument("--exact", action="store_true", help="true counts, which may not be shared")
    command.add_argument("--because", metavar="REASON", help="why true counts are needed")
    command.set_defaults(run=lambda options: said(_map, options))


def _map(options: argparse.Namespace) -> None:
    _check(options)
    files = _files(options)
    with open_log(options) as log:
        drawn = journeys.draw_map(
            log, within=options.within, least_share=options.least_share, backend=options.backend
        )
    if options.exact:
        exact = drawn.exact(because=options.because)
        print(json.dumps(exact.as_json(), ensure_ascii=False) if options.json else exact)
        return
    shown = drawn.protect(options.rule)
    _write({path: drawn.svg(options.rule) if kind == "svg" else shown.csv() for path, kind in files.items()})
    print(json.dumps(shown.as_json(), ensure_ascii=False) if options.json else shown)


def _check(options: argparse.Namespace) -> None:
    find_profile(options.rule)
    if options.exact and not (options.because or "").strip():
        raise CannotRun("Exact figures are only given for a reason: add --because and say why.")
    if options.because is not None and not options.exact:
        raise CannotRun("A reason is only asked for exact figures: say --exact with --because.")
    if options.exact and (options.output or options.svg or options.csv):
        raise CannotRun("Exact figures are only printed: leave out --output, --svg and --csv.")


def _files(options: argparse.Namespace) -> dict[Path, str]:
    """Where to write the picture and the table; each folder must be there, or be the one to make."""
    files: dict[Path, str] = {}
    if options.output:
        files |= {Path(options.output) / PICTURE: "svg", Path(options.output) / TABLE: "csv"}
    files |= {Path(options.svg): "svg"} if options.svg else {}
    files |= {Path(options.csv): "csv"} if options.csv else {}
    if options.svg and options.csv and Path(options.svg).resolve() == Path(options.csv).resolve():
        raise CannotRun("The picture and the table cannot be one file: give them two names.")
    logs = {Path(name).resolve() for name in [*options.log, *filter(None, [options.people])]}
    for path in files:
        if path.resolve() in logs:
            raise CannotRun(f'"{path.name}" is the log itself, and is not written over.')
        if path.is_dir():
            raise CannotRun(f'"{path.name}" is a folder. Give the name of a file.')
    return files


def _write(files: dict[Path, str]) -> None:
    """All of the files or none: each is written aside first, and put in its place when all are whole."""
    aside: dict[Path, Path] = {}
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            aside[path] = _write_aside(path, text)
        for path, written in aside.items():
            written.replace(path)
    except OSError as error:
        why = error.strerror or "it is not known why"
        raise CannotRun(f"The files cannot be written there: {why}.") from None
    finally:
        for written in aside.values():
            written.unlink(missing_ok=True)


def _write_aside(path: Path, text: str) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
