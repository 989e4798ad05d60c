"""One thing on the big screen."""

from dataclasses import dataclass

from betterstory.conversations.models import Level, Statement, Turn
from betterstory.stories.models import Version
from betterstory.stories.showing import Shown


@dataclass(frozen=True)
class Slide:
    """One thing on the screen."""

    turn: Turn
    step: int
    heading: str
    below: tuple[str, ...] = ()
    statement: Statement | None = None
    shown: Shown | None = None
    versions: tuple[Version, ...] = ()  # of stories that words on it are quoted from
    level: Level | None = None  # where on the iceberg it is
    said: bool = False  # somebody's own words

    @property
    def place(self) -> tuple[int, int]:
        return self.turn.number, self.step

    @property
    def is_turned(self) -> bool:
        """Past the iceberg: turned over, and told as the better story."""
        return self.turn.kind == Turn.Kind.ICEBERG and self.level is None and self.step > 0

    @property
    def size(self) -> str:
        """How large it can be said: long words smaller, so that they are all there."""
        # beside the iceberg there is less room
        limits = (44, 120, 300) if self.turn.kind == Turn.Kind.ICEBERG else (90, 200, 400)
        for most, name in zip(limits, ("", "long", "longer"), strict=True):
            if len(self.heading) <= most:
                return name
        return "longest"
