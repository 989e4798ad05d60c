"""Counting in the process apart, and what a release keeps of it."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from betterstory.behind.counting.holding import Out, check, settle
from betterstory.behind.counting.keeping import Cell, Kept, Keys, Structure, cell, part, whole
from betterstory.behind.counting.records import RULE, Records
from betterstory.behind.counting.shapes import shape_of
from betterstory.engines import journeys
from betterstory.engines.disclosure import Withheld, find_profile
from betterstory.engines.journeys.reference import NOT_KNOWN
from betterstory.engines.journeys.standing import STATUSES
from betterstory.engines.journeys.words import did_you_mean

type Opener = Callable[[Records], journeys.ContactLog]


def count(question: Mapping[str, Any], log_of: Opener) -> dict[str, Any]:
    """Figures to show, and who is in them, sealed."""
    rule, keys = find_profile(RULE), Keys.read(question["keys"])
    pattern = journeys.read_pattern(question["pattern"])
    log = log_of(Records.read(question["records"]))
    by = question.get("by", "")
    if by and by not in log.inside_people:
        raise Withheld(f'The list of everybody has no column "{by}".{did_you_mean(by, log.inside_people)}')
    standing = journeys.count(pattern, log, by=by or None)
    fresh = Structure.of(standing, RULE, by)
    _only_whole_areas(fresh, question.get("areas", ()))
    out = [each for one in question["earlier"] if (each := _out(one, keys, log_of))]
    structure, cells = settle(standing.marks(keys.people), fresh, out, rule)
    protected = standing.protect(RULE)
    said = {"waits": [str(wait) if wait is not None else None for wait in protected.waits]}
    said["set_aside"] = list(protected.set_aside)
    if all(each.since for each in cells.values()):
        said = next((dict(each.kept.said) for each in out if each.is_older and each.is_same), said)
    figures = as_saved(protected, pattern, structure, cells) | said | {"has_people": log.has_people}
    kept = Kept(structure, cells, said).seal(keys)
    return {"figures": figures, "kept": b64encode(kept).decode()}


def compare(question: Mapping[str, Any], log_of: Opener) -> bool:
    """Hold what a draft keeps against what came out since. Raises Withheld."""
    keys = Keys.read(question["keys"])
    draft = Kept.read(Path(question["draft"]), keys)
    out = [each for one in question["earlier"] if (each := _out(one, keys, log_of))]
    if draft is None:
        raise Withheld("What it was counted from is not here any more. Count it again.")
    own = [each for each in draft.cells.values() if not each.since]
    check(own, [each.kept for each in out], find_profile(RULE))
    return True


def _out(one: Mapping[str, Any], keys: Keys, log_of: Opener) -> Out | None:
    """What a release keeps; where that is gone, it is counted again. None where its records are gone too."""
    kept = Kept.read(Path(one["kept"]), keys) if one["kept"] else None
    if kept is None and one["records"]:
        standing = journeys.count(
            journeys.read_pattern(one["pattern"]), log_of(Records.read(one["records"])), by=one["by"] or None
        )
        structure = Structure.of(standing, RULE, one["by"])
        _, cells = settle(standing.marks(keys.people), structure, [], find_profile(RULE))
        kept = Kept(structure, cells, {})
    return Out(one["number"], kept, one["is_older"], one["is_same"]) if kept else None


def _only_whole_areas(structure: Structure, areas: Sequence[str]) -> None:
    """A row of a place that is no neighbourhood known here could be a street, or a house."""
    named = [name for row in structure.by_rows for name in row.names]
    strange = [name for name in named if name not in {*areas, NOT_KNOWN, "others"}]
    if strange:
        raise Withheld(
            f'"{structure.by_column}" holds more than the neighbourhoods of this place: "{strange[0]}" is '
            f"none of them.{did_you_mean(strange[0], areas)} Only whole neighbourhoods are shown."
        )


def as_saved(
    protected: journeys.Protected,
    pattern: journeys.Pattern,
    structure: Structure,
    cells: Mapping[str, Cell],
) -> dict[str, Any]:
    """What a release keeps. A figure that is not shown is None; where nobody can be, 0.

    `since` says which figures are those of an earlier release, and of which one.
    """
    rule = find_profile(protected.profile)
    groups = [_group(span, structure, cells, protected) for span in structure.spans]
    shown = [group["people"] for group in groups]
    saved: dict[str, Any] = {
        "format": 1,
        "rule": {"name": rule.name, "hidden_below": rule.hidden_below, "nearest": rule.nearest},
        "people": None if None in shown else sum(shown),
        "steps": [asdict(step) for step in shape_of(pattern).steps],
        "groups": groups,
        "warnings": list(protected.warnings),
    }
    if structure.by_rows:
        saved["by"] = _by(structure, cells)
    return saved


def _group(
    span: tuple[int, int],
    structure: Structure,
    cells: Mapping[str, Cell],
    protected: journeys.Protected,
) -> dict[str, Any]:
    """One group of levels. A level whose split is shown is the sum of what is shown of it."""
    first, last = span
    own = {"people": cells[whole(span)]}
    said: dict[str, Any] = {"first": first, "last": last, "people": own["people"].shown}
    if first == last:
        own |= {name: cells[part(name, level)] for name, level in structure.parts if level == first}
        for name in (*STATUSES, "again"):
            nobody = 0 if getattr(protected, name)[first].status == "none" else None
            said[name] = own[name].shown if name in own else nobody
    apart = [own[name] for name in STATUSES if name in own]
    if apart:
        said["people"] = sum(each.shown or 0 for each in apart)
        since = max(each.since for each in apart) if all(each.since for each in apart) else 0
        own["people"] = Cell(said["people"], since, b"")
    since_of = {name: each.since for name, each in own.items() if each.since}
    return said | ({"since": since_of} if since_of else {})


def _by(structure: Structure, cells: Mapping[str, Cell]) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for row in structure.by_rows:
        own = [cells[cell(row, span)] for span in structure.by_spans]
        rows.append(
            {
                "values": list(row.names),
                "people": [each.shown for each in own],
                "since": [each.since for each in own],
            }
        )
    # by what is shown: the true order would tell which of two that read alike has more
    rows.sort(key=lambda row: (-sum(people or 0 for people in row["people"]), row["values"]))
    spans = [list(span) for span in structure.by_spans]
    return {"column": structure.by_column, "levels": spans, "rows": rows}
