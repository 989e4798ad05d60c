"""What can be wrong with the figures of an answer, in sentences. None of them repeats a figure."""

from collections.abc import Iterator, Sequence

from betterstory.engines.disclosure import Profile
from betterstory.engines.journeys.pack.answer_table import Row
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.standing import possible_statuses

PARTS = ("on_the_way", "way_closed", "too_early")
SAID = {
    "on_the_way": "on the way",
    "way_closed": "way closed",
    "too_early": "too early",
    "again": "on it again",
}


def about_levels(rows: Sequence[Row], steps: int) -> Iterator[str]:
    """Every level from none to all, each once, in order."""
    expected = 0
    for row in rows:
        first, last = row["level_from"] or 0, row["level_to"] or 0
        if last < first:
            yield f"{said(row)}: the first level of a row comes before its last."
        elif max(first, last) > steps:
            yield f"A row has a level above {steps}, and the pattern has {_steps(steps)}."
        elif first < expected:
            yield f"{said(row)}: this level is there twice, or the rows are not in order from 0 up."
        elif first > expected:
            yield f"The rows leave out level {expected}."
        expected = max(expected, last + 1)
    if expected <= steps:
        yield f"The rows stop before level {steps}, the whole path."


def about_figures(rows: Sequence[Row], steps: int, rule: Profile) -> Iterator[str]:
    """Every figure is one that the rule lets out."""
    for row in rows:
        for name in ("people", *PARTS, "again"):
            yield from _figure(row, name, rule)
        if row["people"] is None and len(rows) > 1:
            yield (
                f"{said(row)}: hidden on its own, though other levels are shown, and so the rest gives it away. "
                "The question puts such a level together with the next one."
            )
        yield from _split(row, steps, rule)


def _figure(row: Row, name: str, rule: Profile) -> Iterator[str]:
    figure = row[name]
    if figure is None or (figure == 0 and name != "people"):
        return
    what = "the people" if name == "people" else f'"{SAID[name]}"'
    if figure < rule.rounded(rule.hidden_below):
        yield f"{said(row)}: {what} shown are fewer than the rule {rule.name} lets anybody see."
    elif figure % rule.nearest:
        yield f"{said(row)}: {what} are not rounded to the nearest {rule.nearest}."


def _split(row: Row, steps: int, rule: Profile) -> Iterator[str]:
    """A level is split in all its parts or in none; the shown parts add up to it."""
    shown = [name for name in PARTS if row[name]]
    hidden = [name for name in PARTS if row[name] is None]
    if shown or row["again"]:
        if row["level_from"] != row["level_to"]:
            yield f"{said(row)}: levels that were put together are not split."
            return
        if row["level_from"] in (0, steps):
            yield f"{said(row)}: nobody can be on the way or not at no step, or at the whole path."
            return
        if row["people"] is None:
            yield f"{said(row)}: the people are hidden and a part of them is shown."
            return
    if shown and hidden:
        yield f"{said(row)}: one part is shown and another is hidden. Then the one gives the other away."
    elif shown and sum(row[name] or 0 for name in PARTS) != row["people"]:
        yield f"{said(row)}: the parts do not add up to the people of the level."
    elif not shown and not hidden and 0 < (row["level_from"] or 0) < steps:
        yield f"{said(row)}: every part says no one, so nobody could be here. Leave hidden parts empty."
    if row["again"] and (row["way_closed"] or 0) - row["again"] < rule.nearest:
        yield f'{said(row)}: "on it again" is some of "way closed", and the rest must not be few.'


def about_possible(rows: Sequence[Row], pattern: Pattern) -> Iterator[str]:
    """What this pattern lets nobody be, and what it lets somebody be."""
    can_be = possible_statuses(pattern, records_end=True)
    surely = possible_statuses(pattern, records_end=False)
    for row in rows:
        level = row["level_from"]
        if level is None or level != row["level_to"] or not 0 <= level < len(can_be):
            continue
        for name in PARTS:
            if row[name] and name not in can_be[level]:
                yield f'{said(row)}: by this pattern nobody can be "{SAID[name]}" here.'
            elif row[name] == 0 and name in surely[level]:
                yield f'{said(row)}: "{SAID[name]}" says no one. Leave a part that is hidden empty.'


def about_people(people: object, rows: Sequence[Row]) -> Iterator[str]:
    """The total that was written beside the rows is the sum of what the rows show."""
    shown = [row["people"] for row in rows]
    hidden = len(shown) == 1 and shown[0] is None
    if isinstance(people, bool) or not (isinstance(people, int) or people == "hidden"):
        yield 'People: write the sum of the column people, or "hidden" where all of it is hidden.'
    elif (people == "hidden") != hidden or (not hidden and people != sum(figure or 0 for figure in shown)):
        yield "The people of the levels do not add up to the people the file says. Is a row missing?"


def said(row: Row) -> str:
    """ "Level 2", "Levels 0 to 1"."""
    first, last = row["level_from"], row["level_to"]
    return f"Level {first}" if first == last else f"Levels {first} to {last}"


def _steps(steps: int) -> str:
    return "1 step" if steps == 1 else f"{steps} steps"
