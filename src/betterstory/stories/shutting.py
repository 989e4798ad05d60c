"""What each teller shut is theirs to open: a story is open once nobody has it shut."""

from datetime import datetime
from typing import Any

from betterstory.people.models import Person
from betterstory.stories.models import Shut, Story


def locked(story: Story) -> Story:
    """The story as it is now; nobody else shuts or opens it meanwhile."""
    return (
        Story.objects.select_for_update(of=("self",))
        .select_related("teller", "second_teller")
        .get(pk=story.pk)
    )


def row_of(story: Story, teller: Person) -> Shut:
    """What this teller has shut; asked for with the story locked."""
    return Shut.objects.get_or_create(story=story, teller=teller)[0]


def reckon(story: Story) -> None:
    """Write on the story what its rows say, for `may` to read in one go. With the story locked."""
    rows = list(Shut.objects.filter(story=story).select_related("paused_by").order_by("pk"))
    paused = sorted((row for row in rows if row.paused_at), key=_first)
    days = [row.opens_on for row in paused]
    now: dict[str, Any] = {
        "paused_at": min((row.paused_at for row in paused if row.paused_at), default=None),
        "paused_by": paused[0].paused_by if paused else None,
        "paused_by_team": bool(paused) and paused[0].paused_by_team,
        # two tellers set a day each: it opens on the later one
        "opens_on": max(day for day in days if day) if days and None not in days else None,
        "held_at": min((row.held_at for row in rows if row.held_at), default=None),
    }
    Story.objects.filter(pk=story.pk).update(**now)
    for name, value in now.items():
        setattr(story, name, value)


def _first(row: Shut) -> tuple[bool, datetime | None]:
    """The team's pause is told before a teller's own, and the earlier one before the later."""
    return not row.paused_by_team, row.paused_at


def open_pause(row: Shut) -> None:
    """This teller's pause is over; whatever else stands in the row stays."""
    row.paused_at = row.paused_by = row.opens_on = None
    row.paused_by_team = False
    row.save(update_fields=["paused_at", "paused_by", "opens_on", "paused_by_team"])
