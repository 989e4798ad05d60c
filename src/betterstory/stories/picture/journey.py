"""What a journey picture is made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from betterstory.stories.how_long import HowLong

RINGS = (
    "me",
    "family",
    "friends_and_neighbours",
    "community",
    "businesses",
    "local_services",
    "hospital_and_crisis",
)
SOURCES = ("told", "record", "guess")
GAP_KINDS = ("wait", "dropped", "sent_back")
FEELINGS = range(-2, 3)


@dataclass(frozen=True)
class PictureStep:
    """One thing that happened. `words` is None where they are not shown; `feeling` -2 very hard to 2 good.

    `after`: how long after the step before it.
    """

    key: str
    number: int
    words: str | None
    when: str = ""
    rings: tuple[str, ...] = ()
    feeling: int | None = None
    kindness: bool = False
    told_again: int = 0
    source: str = "told"
    sent_back_to: str | None = None
    after: HowLong | None = None

    @property
    def ring(self) -> str:
        """Where its mark stands: the outermost ring that was there; a person is always there themselves."""
        return max(self.rings, key=RINGS.index, default="me")

    @property
    def also(self) -> tuple[str, ...]:
        """The other rings that were there, from the person outwards."""
        return tuple(ring for ring in RINGS[1:] if ring in self.rings and ring != self.ring)


@dataclass(frozen=True)
class PictureGap:
    """A hole after a step: a wait, a hand-over that was dropped, or being sent back."""

    key: str
    letter: str
    after_step: str
    words: str | None
    kind: str = "wait"
    ring: str = "local_services"
    lasted: HowLong | None = None

    @property
    def label(self) -> str:
        """What stands on it: its letter, then its words where they are shown."""
        return f"{self.letter}. {self.words}" if self.words else self.letter


@dataclass(frozen=True)
class Journey:
    """Steps in order, and the gaps between them.

    Raises ValueError for a journey without steps, a key used twice, or one that names what is not there.
    """

    steps: tuple[PictureStep, ...]
    gaps: tuple[PictureGap, ...] = ()

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError("A journey has at least one step.")
        keys = [step.key for step in self.steps] + [gap.key for gap in self.gaps]
        _all_in(keys, {key for key in keys if keys.count(key) == 1}, "used twice")
        _all_in((gap.after_step for gap in self.gaps), {step.key for step in self.steps}, "not a step")
        back = (step.sent_back_to for step in self.steps if step.sent_back_to is not None)
        _all_in(back, {gap.key for gap in self.gaps}, "not a gap")
        _all_in((ring for step in self.steps for ring in step.rings), RINGS, "not a ring")
        _all_in((gap.ring for gap in self.gaps), RINGS, "not a ring")
        _all_in((step.source for step in self.steps), SOURCES, "not a source")
        _all_in((gap.kind for gap in self.gaps), GAP_KINDS, "not a kind of gap")
        feelings = (step.feeling for step in self.steps if step.feeling is not None)
        _all_in(feelings, FEELINGS, "not a feeling")

    def gaps_after(self, step: PictureStep) -> list[PictureGap]:
        return self._after.get(step.key, [])

    def place_of(self, key: str) -> int:
        """The place of a step in the order of what happened, from 0."""
        return self._places[key]

    @cached_property
    def going_back(self) -> list[tuple[PictureStep, PictureGap]]:
        """From which step somebody was sent back to the start of which gap.

        A gap of that kind leads back to the wait before it in the same ring, or to its own start.
        """
        gaps = {gap.key: gap for gap in self.gaps}
        back = {step.key: gaps[step.sent_back_to] for step in self.steps if step.sent_back_to}
        for gap in self.gaps:
            if gap.kind == "sent_back" and back.get(gap.after_step, gap) == gap:
                back[gap.after_step] = self._wait_before(gap) or gap
        return [
            (step, back[step.key])
            for step in self.steps
            if step.key in back and back[step.key].kind != "dropped"
        ]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {step.key: place for place, step in enumerate(self.steps)}

    @cached_property
    def _after(self) -> dict[str, list[PictureGap]]:
        after: dict[str, list[PictureGap]] = {}
        for gap in self.gaps:
            after.setdefault(gap.after_step, []).append(gap)
        return after

    def _wait_before(self, gap: PictureGap) -> PictureGap | None:
        waits = (other for other in self.gaps if other.kind != "dropped" and other.ring == gap.ring)
        before = (wait for wait in waits if self._place(wait) < self._place(gap))
        return max(before, key=self._place, default=None)

    def _place(self, gap: PictureGap) -> int:
        return self.place_of(gap.after_step)


def _all_in[T](named: Iterable[T], there: Iterable[T], why: str) -> None:
    for each in named:
        if each not in there:
            raise ValueError(f"{each!r}: {why}.")


def letter_of(place: int) -> str:
    """The letter of a gap by its place: A to Z, then AA, AB …"""
    before, at = divmod(place, 26)
    return (letter_of(before - 1) if before else "") + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[at]
