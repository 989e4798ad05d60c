"""What was left out of a count, said aloud in protected figures."""

from dataclasses import dataclass, field
from typing import Any

from betterstory.engines.disclosure import Profile, protect


@dataclass(frozen=True, slots=True)
class Aside:
    """A sentence with one figure in it, like "{} with no person were set aside." and what it counts."""

    sentence: str
    what: str
    _figure: int = field(repr=False)

    def said(self, profile: Profile) -> str:
        words = self.sentence.format(protect(self._figure, profile).words(self.what))
        return words[:1].upper() + words[1:]

    def as_list(self) -> list[Any]:
        """For a log that is put by; it holds the true figure, as the log does."""
        return [self.sentence, self.what, self._figure]

    def said_exactly(self) -> str:
        return self.sentence.format(f"{self._figure:,} {self.what}")
