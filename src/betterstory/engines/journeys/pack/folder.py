"""A question pack as files: made in memory, and put down whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from betterstory.engines.disclosure import Withheld
from betterstory.engines.journeys.pack.answer_file import empty_answer
from betterstory.engines.journeys.pack.asked import Asked, Place, fingerprint, place_for, useful_places
from betterstory.engines.journeys.pack.pages import checker_page, readme
from betterstory.engines.journeys.pack.place_page import place_page
from betterstory.engines.journeys.pack.question import check_columns, look_sql, question_sql
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.refused import Refused
from betterstory.engines.journeys.toml_file import write_pattern

ABOUT = "pack.toml"


def make_pack(
    pattern: Pattern,
    *,
    environments: Sequence[str] = (),
    data_sets: Sequence[str] = (),
    rule: str = "default",
    why: str = "",
    agreed: str = "",
    asked_by: str = "",
    until: date | None = None,
) -> dict[str, str]:
    """The files of a pack, by their paths inside the folder.

    Where no environment is named, it is for all that have something the pattern speaks of.

    Raises Refused for an environment or data set there is no recipe for, and for a rule that does not exist.
    """
    try:
        asked = Asked(pattern, rule, why, agreed, asked_by, until)
    except Withheld as withheld:
        raise Refused(withheld.sentence) from None
    named = dict.fromkeys(environments or useful_places(pattern))
    there = tuple(place_for(pattern, name, tuple(data_sets)) for name in named)
    for place in there:
        check_columns(asked, place)
    files = {
        "README.md": readme(asked, there),
        "pattern.toml": write_pattern(pattern),
        "for-the-output-checker.md": checker_page(asked, there),
        "answer.toml": empty_answer(pattern, rule, until),
        ABOUT: _about(asked, there),
    }
    for place in there:
        files |= _of_place(asked, place)
    return files


def _of_place(asked: Asked, place: Place) -> dict[str, str]:
    return {
        f"{place.name}/about.md": place_page(asked, place),
        f"{place.name}/look.sql": look_sql(asked, place),
        f"{place.name}/question.sql": question_sql(asked, place),
    }


def _about(asked: Asked, there: Sequence[Place]) -> str:
    names = ", ".join(f'"{place.name}"' for place in there)
    return (
        "# What this folder is, for programs.\nformat = 1\n"
        f'pattern = "pattern.toml"\nfingerprint = "{fingerprint(asked.pattern)}"\n'
        f'rule = "{asked.rule}"\nenvironments = [{names}]\n'
    )


def write_pack(files: Mapping[str, str], folder: str | Path) -> Path:
    """Put a pack down. Raises Refused where something is there already; then and on failure nothing is."""
    folder = Path(folder)
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        raise Refused(f'"{folder}" is there already and not empty. Name a folder that is new.')
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise Refused(f'No folder can be made at "{folder}": {error.strerror}.') from None
    try:
        for name, text in files.items():
            file = making / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        making.chmod(0o755)
        os.replace(making, folder)  # onto an empty folder, or onto nothing
    except OSError as error:
        raise Refused(f'The pack cannot be written to "{folder}": {error.strerror}.') from None
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder
