"""Who saw it, written down for the teller."""

from collections.abc import Iterable
from datetime import date

from betterstory.people.models import Circle, Person
from betterstory.stories.models import Seen, Use, Version


def note_seen(
    version: Version, *, use: Use, on: date, person: Person | None = None, circle: Circle | None = None
) -> None:
    """Write down who saw it: once a day for each viewer. The teller's own looking is not noted."""
    note_seen_each([version], use=use, on=on, person=person, circle=circle)


def note_seen_each(
    versions: Iterable[Version],
    *,
    use: Use,
    on: date,
    person: Person | None = None,
    circle: Circle | None = None,
) -> None:
    """The same for several at once, in one query. Fetch versions with `select_related("story")`."""
    looks = [
        Seen(version=version, story=version.story, use=use, person=person, circle=circle, on=on)
        for version in versions
        if person is None or person.pk not in version.story.teller_ids
    ]
    if looks:
        Seen.objects.bulk_create(looks, ignore_conflicts=True)
