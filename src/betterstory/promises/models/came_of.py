"""What came of a story: the asks and promises that rest on it."""

from dataclasses import dataclass

from django.db.models import F

from betterstory.promises.models.ask import Ask
from betterstory.promises.models.promise import Promise
from betterstory.stories.models import Version


@dataclass(frozen=True)
class CameOf:
    """What came of a story."""

    asks: list[Ask]
    promises: list[Promise]


def what_came_of(version: Version) -> CameOf:
    """The asks and promises that rest on this version's story. Two queries."""
    return CameOf(
        list(Ask.objects.select_related("of", "of_circle").that_rest_on(version)),
        list(Promise.objects.on_the_wall().that_rest_on(version).order_by(F("made_on"), "pk")),
    )
