"""A pattern: steps with time limits, made from a story, asked of a contact log."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from betterstory.engines.journeys.lengths import Length
from betterstory.engines.journeys.refused import PatternRefused
from betterstory.engines.journeys.words import did_you_mean, listed

MOST_STEPS = 30  # the steps a contact fits travel as the bits of one whole number

type Where = tuple[tuple[str, tuple[str, ...]], ...]
"""Column names, each with the texts that are accepted in it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `kind` says which of the three it is; limits run from the step before.

    contact: one contact of a listed activity
    repeat:  `times` of them, the first and the last at most `inside` apart
    silence: no listed contact for the length `silence`
    """

    name: str
    activity: tuple[str, ...]
    where: Where = ()
    within: Length | None = None
    after: Length | None = None
    without: tuple[str, ...] = ()
    times: int = 1
    inside: Length | None = None
    silence: Length | None = None

    @property
    def kind(self) -> Literal["contact", "repeat", "silence"]:
        if self.silence is not None:
            return "silence"
        return "repeat" if self.times > 1 else "contact"

    def __post_init__(self) -> None:
        said = f'Step "{self.name}"'
        _needs_words(self.name, "A step needs a name.")
        if not self.activity:
            raise PatternRefused(f"{said} needs at least one activity.")
        for activity in (*self.activity, *self.without):
            _needs_words(activity, f"{said} lists an activity that has no words.")
        for column, values in self.where:
            _needs_words(column, f'{said} has a "where" without the name of a column.')
            if not values:
                raise PatternRefused(f'{said} says where "{column}" but lists nothing it may be.')
            if any("\0" in value for value in values):
                raise PatternRefused(f'{said} says where "{column}" with a sign that no text holds.')
        if self.silence is not None:
            self._check_silence(said)
        self._check_repeat(said)
        if self.within is not None and self.after is not None and self.within < self.after:
            raise PatternRefused(
                f"{said} must come within {self.within} but not before {self.after}: nothing can do both."
            )

    def _check_silence(self, said: str) -> None:
        if self.times != 1 or self.inside is not None:
            raise PatternRefused(f"{said} cannot be a silence and a repeat at once. Make it two steps.")
        if self.within is not None or self.after is not None or self.without:
            raise PatternRefused(
                f'{said} is a silence, so it takes no "within", "after" or "without": '
                "it starts at the step before and lasts as long as it says."
            )
        if self.silence is not None and self.silence.microseconds == 0:
            raise PatternRefused(f"{said} is a silence of no time at all.")

    def _check_repeat(self, said: str) -> None:
        if self.times == 1 and self.inside is None:
            return
        if self.inside is None:
            raise PatternRefused(f'{said} comes {self.times} times: say in how long, like in = "1 year".')
        if not 2 <= self.times <= 1000:
            raise PatternRefused(f"{said} is a repeat: times must be a whole number from 2 to 1000.")
        own = [activity for activity in self.without if activity in self.activity]
        if own:
            raise PatternRefused(f'{said} repeats "{own[0]}" and also says it must not come in between.')


@dataclass(frozen=True, slots=True)
class Spells:
    """Listed contacts (all, where none is listed) at most `gap` after the one before become one."""

    gap: Length
    activity: tuple[str, ...] = ()
    at: Literal["start", "end"] = "start"

    def __post_init__(self) -> None:
        if self.at not in ("start", "end"):
            raise PatternRefused('A spell counts at its "start" or at its "end".')
        for activity in self.activity:
            _needs_words(activity, "Spells list an activity that has no words.")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Steps in order, a limit on the whole path, and spells merged first.

    It cannot exist unless it can be asked: raises PatternRefused for what can never be answered.
    """

    name: str
    steps: tuple[Step, ...]
    whole_within: Length | None = None
    spells: Spells | None = None

    def __post_init__(self) -> None:
        _needs_words(self.name, "A pattern needs a name.")
        if not self.steps:
            raise PatternRefused("A pattern needs at least one step.")
        if len(self.steps) > MOST_STEPS:
            raise PatternRefused(f"A pattern has at most {MOST_STEPS} steps; this one has {len(self.steps)}.")
        first = self.steps[0]
        if first.silence is not None:
            raise PatternRefused(
                "The first step cannot be a silence: a silence starts at the step before it."
            )
        if first.within is not None or first.after is not None or first.without:
            raise PatternRefused(
                f'The first step, "{first.name}", takes no "within", "after" or "without": '
                "no step comes before it."
            )
        least = sum(at_least.microseconds for step in self.steps if (at_least := step.after or step.silence))
        if self.whole_within is not None and least > self.whole_within.microseconds:
            raise PatternRefused(
                "The waits and silences of the steps add up to more than the whole path may take, "
                f"which is {self.whole_within}."
            )

    @property
    def activities(self) -> tuple[str, ...]:
        """Every activity the pattern speaks of, each once."""
        spells = self.spells.activity if self.spells else ()
        steps = [activity for step in self.steps for activity in (*step.activity, *step.without)]
        return tuple(dict.fromkeys([*steps, *spells]))

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column a `where` looks at, each once."""
        return tuple(dict.fromkeys(column for step in self.steps for column, _ in step.where))


def check_against(pattern: Pattern, activities: Iterable[str], columns: Iterable[str]) -> None:
    """Refuse a pattern that speaks of an activity or a column the log does not hold."""
    known, named = set(activities), set(columns)
    for activity in pattern.activities:
        if activity not in known:
            near = did_you_mean(activity, known)
            raise PatternRefused(f'No contact in this log is called "{activity}".{near}')
    for column in pattern.columns:
        if column not in named:
            near = did_you_mean(column, named) or f" It has {listed(sorted(named)[:12])}." if named else ""
            raise PatternRefused(f'This log has no column "{column}".{near}')


def endless(pattern: Pattern) -> list[str]:
    """A sentence for each step that, for want of a limit, keeps everyone before it on the way for ever."""
    if pattern.whole_within is not None:
        return []
    return [
        f'"{step.name}" has no time limit, so everyone who came as far as the step before it '
        + ("stays on the way for ever" + (" unless one of the others comes first." if step.without else "."))
        for step in pattern.steps[1:]
        if step.silence is None and step.within is None
    ]


def _needs_words(text: str, otherwise: str) -> None:
    if not text.strip() or any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text):
        raise PatternRefused(otherwise)
