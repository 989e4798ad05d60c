"""True lengths of time: how far apart steps stand when their teller said how long it was between them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median_low

from betterstory.stories.how_long import HowLong
from betterstory.stories.picture.journey import Journey, PictureGap, PictureStep

MANY_TIMES = 20  # a stretch longer than so many usual ones breaks the scale
BROKEN = 190.0  # px it takes at least: its words stand on one side of a cut or the other


@dataclass(frozen=True)
class Stretch:
    """The time before a step. `days` is as drawn: less than was said where the scale is broken."""

    said: HowLong | None
    days: float | None
    broken: bool = False


@dataclass(frozen=True)
class Times:
    """The stretch before each step, and how many px a day is wide."""

    stretches: tuple[Stretch, ...]
    px: float

    def before(self, at: int) -> Stretch:
        return self.stretches[at]

    def wide(self, stretch: Stretch) -> float | None:
        """How far that is; None where it was not said."""
        if stretch.days is None:
            return None
        return max(stretch.days * self.px, BROKEN if stretch.broken else 0)


def has_times(journey: Journey) -> bool:
    """Whether any length was said, so that true lengths can be drawn."""
    return any(_said(journey, at) for at in range(1, len(journey.steps)))


def stretches_of(journey: Journey) -> tuple[Stretch, ...]:
    """The first step has none before it."""
    said = [None, *(_said(journey, at) for at in range(1, len(journey.steps)))]
    days = [length.days for length in said if length and length.days]
    longest = MANY_TIMES * median_low(days) if days else 0
    return tuple(_stretch(length, longest) for length in said)


def _stretch(said: HowLong | None, longest: float) -> Stretch:
    if said is None:
        return Stretch(None, None)
    return Stretch(said, min(said.days, longest), said.days > longest)


def _said(journey: Journey, at: int) -> HowLong | None:
    """What was said of the time before a step; else what was said of the wait that this step ended."""
    step = journey.steps[at]
    if step.after is not None:
        return step.after
    waits = [gap.lasted for gap in journey.gaps_after(journey.steps[at - 1]) if _ended_by(gap, step)]
    return max((lasted for lasted in waits if lasted), key=lambda lasted: lasted.days, default=None)


def _ended_by(gap: PictureGap, step: PictureStep) -> bool:
    return gap.kind != "dropped" and gap.ring in (step.ring, *step.also)
