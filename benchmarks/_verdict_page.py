"""The reference page of a run: what was found, with exact limits, and what is still missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks._processes import ROOT
from benchmarks._verdict_cells import FULL, THIN, Cell, Tried
from benchmarks._verdict_goals import Found, exact_limits, goals, summed
from betterstory.engines.consensus.room import Verdict

FIXED = Path(__file__).with_name("_verdict_page.md")
PAGE = ROOT / "docs" / "reference" / "verdict.md"
ORDER = (Verdict.NO_PATTERN, Verdict.SHADES, Verdict.CANNOT_TELL, Verdict.TWO_GROUPS, Verdict.THREE_GROUPS)


def page_of(tried: Found, said: dict[str, Any]) -> str:
    """Markdown, whole."""
    parts = [
        "# When groups are shown, and how often that is wrong",
        f"Made by `./bench verdict --write`. Every number here is of one run of {said['rooms']:,} rooms.",
        "## Goals",
        _goals(tried),
        _time(said),
        FIXED.read_text(encoding="utf-8").strip(),
        "## Nothing shared: called a pattern",
        _share_table(tried, "shuffled", lambda each: each.rooms - each.verdicts[Verdict.NO_PATTERN]),
        "## A line: called groups",
        _share_table(tried, "line"),
        "## Not a line, and no camps either: called groups",
        _share_table(tried, "other"),
        "## Planted groups found",
        _share_table(tried, "two"),
        _right(tried),
        "## Three planted groups",
        _verdict_table(tried, ("three",)),
        "## Other sizes",
        _sizes(tried),
        *_real(tried),
        "## What is still missed",
        "\n".join(f"- {each}" for each in missed(tried)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def write_page(page: str) -> str:
    PAGE.write_text(page, encoding="utf-8")
    return str(PAGE.relative_to(ROOT))


def missed(tried: Found) -> list[str]:
    """What a reader must know that the verdicts do not see, or see wrongly."""
    told = [
        f"{cell.kind}, {_cards(cell)}: found in {_share(each.groups, each.rooms)}."
        for cell, each in tried.items()
        if cell.part == "missed"
    ]
    told += [
        f"A real minority, {cell.kind}, {_cards(cell)}: groups shown in {_share(each.groups, each.rooms)}; "
        "it can only be shown together with others who are placed with it."
        for cell, each in tried.items()
        if cell.part == "small"
    ]
    for filled in (FULL, THIN):
        worst = max(
            (each.groups / each.rooms, cell.kind)
            for cell, each in tried.items()
            if (cell.part, cell.filled) == ("line", filled)
        )
        told.append(
            f"The worst kind of line, {filled:.0%} of the cards, is “{worst[1]}”: groups in {worst[0]:.0%}."
        )
    told.append(
        "Not tried: votes missing not at random, people who sway each other, copies of a card, four groups."
    )
    return told


def _goals(tried: Found) -> str:
    rows = [
        [
            goal.name,
            f"{'at most' if goal.at_most else 'at least'} {goal.goal:.0%}" if goal.goal else "none",
            _share(goal.found, goal.of),
            "met" if goal.met else "**not met**",
        ]
        for goal in goals(tried)
    ]
    return _table(["", "goal", "this run", ""], rows)


def _time(said: dict[str, Any]) -> str:
    cpu, machine = said["cpu_s"], said["machine"]
    return (
        f"A room took {cpu['median']:.3f} s of CPU in the middle and {cpu['worst']:.2f} s at worst, "
        f"{'with' if said['compiled'] else 'without'} numba, and all of them {cpu['all'] / 60:.0f} minutes "
        f"of CPU ({machine['cpu']}, {machine['cores']} cores). "
        "On a machine that does other things as well, CPU time counts some of these too."
    )


def _share_table(tried: Found, part: str, count: Any = lambda each: each.groups) -> str:
    by_kind: dict[str, dict[float, Tried]] = defaultdict(lambda: defaultdict(Tried))
    for cell, each in tried.items():
        if cell.part == part:
            by_kind[cell.kind][cell.filled] = each
    rows = [
        [kind, *(_share(count(each), each.rooms) for each in (by[FULL], by[THIN]))]
        for kind, by in by_kind.items()
    ]
    whole = [summed(tried, part, filled, "", count) for filled in (FULL, THIN)]
    rows.append(["**all**", *(_share(*each) for each in whole)])
    return _table(["", "all cards", "40 % of cards"], rows)


def _right(tried: Found) -> str:
    several = [each for cell, each in tried.items() if cell.part == "two"]
    right, placed = sum(each.right for each in several), sum(each.placed for each in several)
    return f"Of the {placed:,} people placed there, {right / max(placed, 1):.1%} were placed with their own."


def _verdict_table(tried: Found, parts: Iterable[str]) -> str:
    rows = [
        [cell.kind, _cards(cell), str(each.rooms), *(str(each.verdicts[verdict]) for verdict in ORDER)]
        for cell, each in tried.items()
        if cell.part in parts
    ]
    return _table(["", "", "rooms", *(str(verdict) for verdict in ORDER)], rows)


def _sizes(tried: Found) -> str:
    sizes: dict[tuple[int, int, float], list[Tried]] = {}
    for part, at in (("size: line", 0), ("size: two", 1)):
        for cell, each in tried.items():
            if cell.part == part:
                both = sizes.setdefault((cell.people, cell.statements, cell.filled), [Tried(), Tried()])
                both[at].add(each)
    rows = [
        [f"{people} × {statements}", f"{filled:.0%}", *(_share(each.groups, each.rooms) for each in both)]
        for (people, statements, filled), both in sizes.items()
    ]
    return _table(
        ["people × statements", "cards", "four kinds of line: called groups", "two halves, d = .6: found"],
        rows,
    )


def _real(tried: Found) -> list[str]:
    if not any(cell.part == "real" for cell in tried):
        return []
    words = (
        "Rooms of 40 people (or all there are) and 30 statements, drawn from those who answered 80 % of "
        "the 60 statements most voted on. Rooms of one conversation overlap. All people at once, these "
        "conversations are explained better without camps, so that groups here are likely errors."
    )
    return ["## Rooms of real conversations", words, _verdict_table(tried, ("real",))]


def _cards(cell: Cell) -> str:
    return "all cards" if cell.filled == FULL else f"{cell.filled:.0%} of cards"


def _share(found: int, of: int) -> str:
    if not of:
        return "–"
    low, high = exact_limits(found, of)
    return f"{found} of {of}: {found / max(of, 1):.1%} [{low:.1%} to {high:.1%}]"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
