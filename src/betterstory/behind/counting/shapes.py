"""Patterns as they are written in forms and shown on pages."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from betterstory.behind.counting.records import CannotAnswer
from betterstory.engines import journeys
from betterstory.engines.journeys import read_length
from betterstory.engines.journeys.words import did_you_mean

LONGEST_PATTERN = 50_000


@dataclass(frozen=True)
class StepWords:
    """A step as it is written in a form and shown on a page. Lengths in words: "18 weeks"."""

    name: str
    activity: tuple[str, ...]
    kind: str = "contact"  # "contact", "silence" or "repeat"
    within: str = ""
    after: str = ""
    silence: str = ""
    without: tuple[str, ...] = ()
    times: int = 1
    inside: str = ""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class SpellWords:
    """Contacts close together that count as one: how close, which (all, where none is named), and when."""

    gap: str
    activity: tuple[str, ...] = ()
    at: Literal["start", "end"] = "start"


@dataclass(frozen=True)
class Shape:
    """A pattern as pages show it: its file, and what it says in plain words, a line a step."""

    name: str
    steps: tuple[StepWords, ...]
    toml: str
    said: tuple[str, ...]
    activities: tuple[str, ...]

    @property
    def steps_saved(self) -> list[dict[str, Any]]:
        """The steps as a release keeps them."""
        return [asdict(step) for step in self.steps]


def read(toml: str) -> Shape:
    """Read a pattern from the text of its file. Raises CannotAnswer with what to change."""
    if len(toml) > LONGEST_PATTERN:
        raise CannotAnswer("This is too long to be a pattern.")
    try:
        # a line break, so that one word is never taken for the name of a file
        return shape_of(journeys.read_pattern(toml.replace("\r\n", "\n") + "\n"))
    except journeys.Refused as refused:
        raise CannotAnswer(refused.sentence) from None


def write(
    name: str, steps: Iterable[StepWords], whole_within: str = "", spells: SpellWords | None = None
) -> Shape:
    """A pattern from what was written in a form. Raises CannotAnswer with what to change."""
    try:
        merged = journeys.Spells(read_length(spells.gap), spells.activity, spells.at) if spells else None
        made = journeys.Pattern(name, tuple(_step(step) for step in steps), _length(whole_within), merged)
        return shape_of(made)
    except journeys.Refused as refused:
        raise CannotAnswer(refused.sentence) from None


def nearest_to(name: str, known: Iterable[str]) -> str:
    """ "Did you mean “Referral” or “Referral back”?", or nothing where no name is near."""
    return did_you_mean(name, known).strip()


def check_length(words: str) -> None:
    """Raises CannotAnswer where these words are no length of time, with the nearest that is one."""
    try:
        _length(words)
    except journeys.Refused as refused:
        raise CannotAnswer(refused.sentence) from None


def _length(words: str) -> journeys.Length | None:
    return journeys.read_length(words) if words.strip() else None


def _step(step: StepWords) -> journeys.Step:
    return journeys.Step(
        step.name,
        step.activity,
        where=step.where,
        within=_length(step.within),
        after=_length(step.after),
        without=step.without,
        times=step.times,
        inside=_length(step.inside),
        silence=_length(step.silence),
    )


def shape_of(pattern: journeys.Pattern) -> Shape:
    steps = tuple(
        StepWords(
            step.name,
            step.activity,
            step.kind,
            within=str(step.within or ""),
            after=str(step.after or ""),
            silence=str(step.silence or ""),
            without=step.without,
            times=step.times,
            inside=str(step.inside or ""),
            where=step.where,
        )
        for step in pattern.steps
    )
    said = tuple(journeys.say(pattern).splitlines()[1:])
    return Shape(pattern.name, steps, journeys.write_pattern(pattern), said, pattern.activities)
