"""Answer files that came back from where records are: checked, and read as figures such as releases have."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from betterstory.behind.counting.records import CannotAnswer
from betterstory.behind.counting.shapes import shape_of
from betterstory.engines import journeys
from betterstory.engines.disclosure import find_profile
from betterstory.engines.journeys.pack import Answer, AnswerRefused, read_answer

LARGEST_ANSWER = 64_000


class WrongAnswer(CannotAnswer):
    """An answer file that cannot be taken as it is; `sentences` says all that is wrong."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(sentences[0])
        self.sentences = sentences


@dataclass(frozen=True)
class Answered:
    """What one body's records said: whose, from when to when, who checked it, and protected figures."""

    body: str
    source: str
    period_from: date | None
    period_to: date | None
    complete_until: date | None
    rule: str
    checked_by: str
    checked_on: date | None
    notes: str
    figures: dict[str, Any]


def read_answered(content: bytes, toml: str) -> Answered:
    """Read an answer file to this pattern. Raises WrongAnswer with all that is to be put right."""
    pattern = journeys.read_pattern(toml)
    try:
        answer = read_answer(content, pattern)
    except AnswerRefused as refused:
        raise WrongAnswer(*refused.sentences) from None
    header = answer.header
    return Answered(
        body=header.body,
        source=header.source,
        period_from=header.period_from,
        period_to=header.period_to,
        complete_until=header.data_until,
        rule=answer.rule,
        checked_by=header.checked_by,
        checked_on=header.checked_on,
        notes=header.notes,
        figures=_figures(answer, pattern),
    )


def _figures(answer: Answer, pattern: journeys.Pattern) -> dict[str, Any]:
    rule = find_profile(answer.rule)
    groups: list[dict[str, Any]] = []
    for level in answer.levels:
        said: dict[str, Any] = {"first": level.first, "last": level.last, "people": level.people.shown}
        if level.first == level.last:
            parts = ("on_the_way", "way_closed", "too_early", "again")
            said |= {name: getattr(level, name).shown for name in parts}
        groups.append(said)
    return {
        "format": 1,
        "rule": {"name": rule.name, "hidden_below": rule.hidden_below, "nearest": rule.nearest},
        "people": answer.people.shown,
        "has_people": answer.with_a_list,
        "steps": [asdict(step) for step in shape_of(pattern).steps],
        "groups": groups,
    }
