"""The invented place: made once, through the verbs, by a seeded generator; the same town each time."""

from datetime import datetime

from betterstory.website.demo.cast import CAST
from betterstory.website.demo.town import Town, found, tell

__all__ = ["CAST", "make"]


def make(*, at: datetime) -> Town:
    """Make the whole town as it stands at this moment, its past included."""
    town = Town(at=at)
    found(town)
    tell(town)
    return town
