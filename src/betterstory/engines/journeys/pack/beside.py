"""Answers of several bodies to one pattern, side by side. They are never added up."""

from collections.abc import Sequence
from dataclasses import dataclass

from betterstory.engines.journeys.pack.answer import Answer
from betterstory.engines.journeys.refused import Refused

NEVER_ADDED = (
    "These are not added up: a person may be in the records of more than one body, "
    "and nobody here can know who."
)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A small table: a row a level, the whole path first; a column a body."""

    pattern: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    def lines(self) -> list[str]:
        table = [self.head, *self.rows]
        widths = [max(len(row[column]) for row in table) for column in range(len(self.head))]
        said = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table
        ]
        return [f"{self.pattern}:", "", *(line.rstrip() for line in said), "", *self.notes]

    def __str__(self) -> str:
        return "\n".join(self.lines())


def side_by_side(answers: Sequence[Answer]) -> SideBySide:
    """Raises Refused where there are none, or where they answer different patterns."""
    if not answers:
        raise Refused("There are no answers to put side by side.")
    first = answers[0]
    if any(answer.fingerprint != first.fingerprint for answer in answers):
        raise Refused("These answer different patterns, so they cannot stand side by side.")
    steps = len(first.steps)
    levels = [
        (_level(level, first.steps), *(_cell(answer, level) for answer in answers))
        for level in range(steps, -1, -1)
    ]
    facts = [
        ("Everybody", *(str(answer.people) for answer in answers)),
        ("Who was counted", *(_everybody(answer) for answer in answers)),
        ("Source", *(answer.header.source for answer in answers)),
        ("From", *(str(answer.header.period_from) for answer in answers)),
        ("To", *(str(answer.header.period_to) for answer in answers)),
        ("Complete until", *(str(answer.header.data_until) for answer in answers)),
        ("Rule", *(answer.rule for answer in answers)),
        ("Checked by", *(answer.header.checked_by for answer in answers)),
    ]
    notes = [NEVER_ADDED, *_differences(answers)]
    return SideBySide(
        first.pattern, ("", *(answer.body for answer in answers)), (*levels, *facts), tuple(notes)
    )


def _level(level: int, steps: tuple[str, ...]) -> str:
    if level == len(steps):
        return f"All {level} steps"
    return f"{level or 'None'} of {len(steps)} steps"


def _cell(answer: Answer, level: int) -> str:
    """A level that is counted together with others says so, once with the figure."""
    for row in answer.levels:
        if row.first <= level <= row.last:
            if row.first == row.last:
                return str(row.people)
            together = f"{row.first or 'none'} to {row.last} together"
            return f"{row.people} ({together})" if level == row.last else f"in {together}"
    return "not said"


def _everybody(answer: Answer) -> str:
    return "a list of people" if answer.with_a_list else "only people with a contact"


def _differences(answers: Sequence[Answer]) -> list[str]:
    said = []
    if len({answer.rule for answer in answers}) > 1:
        said.append("The rules differ, so what is hidden in one may be shown in another.")
    if len({answer.with_a_list for answer in answers}) > 1:
        said.append(
            "Some counted a list of people and some only people with a contact: the sums are not alike."
        )
    if len({(answer.header.period_from, answer.header.period_to) for answer in answers}) > 1:
        said.append("The periods differ.")
    return said
