"""What can be wrong with the figures of an answer, in sentences. None of them repeats a figure."""

from collections.abc import Iterator, Sequence

from betterstory.engines.disclosure import Profile
from betterstory.engines.journeys.pack.answer_rows import CONTACTS_ALONE, SPLIT, STATUSES, WITH_A_LIST, Row
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.standing import possible_statuses

SAID = {
    "on_the_way": "on the way",
    "way_closed": "way closed",
    "too_early": "too early",
    "again": "on it again",
}


def about_rows(rows: Sequence[Row], steps: int, rule: Profile, pattern: Pattern | None) -> Iterator[str]:
    """Everything that is wrong with the rows of an answer to a pattern of so many steps."""
    yield from _levels(rows, steps)
    for row in rows:
        if row.rule != rule.name:
            yield f"{row.said}: protected by another rule than the file says."
        yield from _people(row, len(rows), rule)
        yield from _split(row, steps, rule)
        yield from _again(row, rule)
        if pattern is not None:
            yield from _possible(row, pattern)
    yield from _denominator(rows)


def _levels(rows: Sequence[Row], steps: int) -> Iterator[str]:
    """Every level from none to all, each once, in order."""
    expected = 0
    for row in rows:
        if row.last < row.first:
            yield "A row starts at a higher level than it ends."
        elif row.last > steps:
            yield f"A row has a level above {steps}, and the pattern has {_steps(steps)}."
        elif row.first < expected:
            yield f"{row.said}: a level is there twice, or the rows are not in order from 0 up."
        elif row.first > expected:
            yield f"The rows leave out level {expected}."
        expected = max(expected, row.last + 1)
    if expected <= steps:
        yield f"The rows stop before level {steps}, the whole path."


def _people(row: Row, rows: int, rule: Profile) -> Iterator[str]:
    said = "shown" if row.people is not None else f"fewer than {rule.hidden_below}"
    if row.status != said:
        yield f"{row.said}: the status and the people do not fit. One says shown, the other does not."
    if row.people is None and rows > 1:
        yield (
            f"{row.said}: hidden on its own, though other levels are shown, and so the rest gives it away. "
            "The question puts such a level together with the next one."
        )
    yield from _figure(row, "the people", row.people, rule)


def _figure(row: Row, what: str, figure: int | None, rule: Profile) -> Iterator[str]:
    if figure is None:
        return
    if figure < rule.rounded(rule.hidden_below):
        yield f"{row.said}: {what} shown are fewer than the rule {rule.name} lets anybody see."
    elif figure % rule.nearest:
        yield f"{row.said}: {what} are not rounded to the nearest {rule.nearest}."


def _split(row: Row, steps: int, rule: Profile) -> Iterator[str]:
    """A level is split in all its parts or in none; the shown parts add up to it."""
    inner = row.first == row.last and 0 < row.first < steps
    shown = {name: figure for name, figure in row.parts.items() if figure is not None}
    if row.split_status not in SPLIT:
        yield f"{row.said}: the split status is shown, not shown or none."
    elif row.split_status != "shown" and shown:
        yield f"{row.said}: a part of a split is shown where the rule hides it."
    elif row.split_status == "none" and inner:
        yield f"{row.said}: somebody can be on the way or not here, so the split is not none."
    if row.split_status != "shown":
        return
    if not inner:
        yield f"{row.said}: levels put together, no step at all and the whole path are not split."
    elif len(shown) < len(STATUSES):
        yield f"{row.said}: one part is shown and another is hidden. Then the one gives the other away."
    elif row.people is None or sum(shown.values()) != row.people:
        yield f"{row.said}: the parts do not add up to the people of the level."
    for name, figure in shown.items():
        yield from _figure(row, f'"{SAID[name]}"', figure or None, rule)


def _again(row: Row, rule: Profile) -> Iterator[str]:
    if row.again_status not in SPLIT:
        yield f"{row.said}: the status of again is shown, not shown or none."
    elif (row.again_status == "shown") != (row.again is not None):
        yield f'{row.said}: "on it again" and its status do not fit.'
    if row.again is None:
        return
    yield from _figure(row, '"on it again"', row.again, rule)
    # both are at least the threshold before they are rounded, so the rest is at least one step of rounding
    if row.split_status != "shown" or (row.way_closed or 0) - row.again < rule.nearest:
        yield f'{row.said}: "on it again" is some of "way closed", which is hidden or leaves only a few.'


def _possible(row: Row, pattern: Pattern) -> Iterator[str]:
    """What this pattern lets nobody be, and what it lets somebody be."""
    if row.split_status != "shown" or row.first != row.last or not 0 < row.first < len(pattern.steps):
        return
    can_be = possible_statuses(pattern, records_end=True)[row.first]
    surely = possible_statuses(pattern, records_end=False)[row.first]
    for name, figure in row.parts.items():
        if figure and name not in can_be:
            yield f'{row.said}: by this pattern nobody can be "{SAID[name]}" here.'
        elif figure == 0 and name in surely:
            yield f'{row.said}: "{SAID[name]}" says no one, where few would hide the whole split.'


def _denominator(rows: Sequence[Row]) -> Iterator[str]:
    """Everybody is the sum of what is shown, and it is said who that is."""
    shown = None if any(row.people is None for row in rows) else sum(row.people or 0 for row in rows)
    if any(row.denominator != shown for row in rows):
        yield "The people of the levels do not add up to the denominator. Was a row lost, or changed?"
    if len({row.denominator_is for row in rows}) > 1:
        yield "The rows do not agree on who was counted."
    if any(row.denominator_is not in (WITH_A_LIST, CONTACTS_ALONE) for row in rows):
        yield f"denominator_is: this says {WITH_A_LIST}, or {CONTACTS_ALONE}."


def _steps(steps: int) -> str:
    return "1 step" if steps == 1 else f"{steps} steps"
