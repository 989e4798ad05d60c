"""New figures held against those that are out: what would point at a few people stays in, or stays as it was.

On the same records, and on records that nobody said are newer ones of the same, a figure that differs by a
few people from one that is out is refused. On newer records of the same, it keeps the figure it had: "no
clear change". So that a figure cannot creep away a few people at a time, it keeps the people it was first
shown of.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from betterstory.behind.counting.keeping import Cell, Kept, Structure, part
from betterstory.engines.disclosure import Profile, check_release, hold, protect
from betterstory.engines.disclosure import ProtectedCount as Count
from betterstory.engines.journeys.standing import Mark


@dataclass(frozen=True)
class Out:
    """A release: its number, what it keeps, whether this count is of newer records of the same, and asks the
    same pattern."""

    number: int
    kept: Kept
    is_older: bool
    is_same: bool


def settle(
    marks: Sequence[Mark], fresh: Structure, out: Sequence[Out], rule: Profile
) -> tuple[Structure, dict[str, Cell]]:
    """The figures to show. Raises Withheld. `out` is in order, the newest release first.

    Where the newest release of the same pattern can stand with its own levels and rows, it does: a level that
    comes up by itself, or goes, would tell that somebody came or went.
    """
    older = [each for each in out if each.is_older]
    newest = next((each for each in older if each.is_same), None)
    if newest is not None:
        before = newest.kept.structure
        if before.by_column == fresh.by_column and before.knows(marks):
            cells = _cells(before, marks, older, rule)
            if _can_stand(before, cells, rule):
                return _checked(before, cells, out, rule)
    return _checked(fresh, _cells(fresh, marks, older, rule), out, rule)


def _checked(
    structure: Structure, cells: dict[str, Cell], out: Sequence[Out], rule: Profile
) -> tuple[Structure, dict[str, Cell]]:
    own = [each for each in cells.values() if not each.since]
    check(own, [each.kept for each in out if not each.is_older], rule)
    return structure, cells


def check(own: Sequence[Cell], kept: Sequence[Kept], rule: Profile) -> None:
    """Raises Withheld where one of these figures differs by a few people from one that is out."""
    released = [each for one in kept for each in one.cells.values()]
    for now in own:
        for earlier in _of_like_size(now, released, rule):
            check_release({"now": now.people}, {"earlier": earlier.people}, rule)


def _of_like_size(now: Cell, cells: Sequence[Cell], rule: Profile) -> Iterator[Cell]:
    """Two sets that differ by a few people differ in size by a few at most; that is looked at first."""
    return (each for each in cells if abs(each.many - now.many) < rule.hidden_below)


def _cells(
    structure: Structure, marks: Sequence[Mark], older: Sequence[Out], rule: Profile
) -> dict[str, Cell]:
    alone = len(structure.spans) == 1
    return {
        name: _cell(name, b"".join(people), older, rule, alone=alone)
        for name, people in structure.sets(marks).items()
    }


def _cell(name: str, hashes: bytes, older: Sequence[Out], rule: Profile, *, alone: bool) -> Cell:
    """The figure that a release on older records showed of nearly the same people, else its own."""
    own = Cell(None, 0, hashes)
    for number, earlier in _to_hold(name, older):
        if earlier.shown is None and not alone:
            continue  # a hidden whole says nothing of a part
        if abs(earlier.many - own.many) < rule.hidden_below:
            shown = Count(earlier.shown, "fewer" if earlier.shown is None else "shown", rule.hidden_below)
            if hold(own.people, earlier.people, shown, rule).no_clear_change:
                return Cell(earlier.shown, earlier.since or number, earlier.hashes)
    return Cell(protect(own.many, rule).shown, 0, hashes)


def _to_hold(name: str, older: Sequence[Out]) -> Iterator[tuple[int, Cell]]:
    """The figure of the same name first, in the newest release of the same pattern; then every other."""
    for each in older:
        if each.is_same and name in each.kept.cells:
            yield each.number, each.kept.cells[name]
    for each in older:
        for other, earlier in each.kept.cells.items():
            if not (each.is_same and other == name):
                yield each.number, earlier


def _can_stand(structure: Structure, cells: dict[str, Cell], rule: Profile) -> bool:
    """Whether every figure that did change has people enough to be shown as it is."""
    if len(structure.spans) == 1 and not structure.by_rows:
        return True
    changed = {name: each for name, each in cells.items() if not each.since}
    if any(each.many < rule.hidden_below for each in changed.values()):
        return False
    again = [level for name, level in structure.parts if name == "again"]
    return all(_leaves_enough(cells, level, rule) for level in again)


def _leaves_enough(cells: dict[str, Cell], level: int, rule: Profile) -> bool:
    some, all_of_them = cells[part("again", level)], cells[part("way_closed", level)]
    return bool(some.since) or all_of_them.many - some.many >= rule.hidden_below
