"""After a restore: what was shut, and for which teller, that an older copy of the database does not know."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from betterstory.people.models import Person
from betterstory.stories import shutting
from betterstory.stories.models import Shut, Story

type Moments = dict[str, datetime | bool]
SHUTS: dict[str, tuple[str, ...]] = {
    "paused": ("paused_at",),
    "paused-by-team": ("paused_at", "paused_by_team"),
    "card-found": ("held_at",),
    "taken-back": ("taken_back_at",),
}
OPENS: dict[str, tuple[str, ...]] = {
    "opened-again": ("paused_at", "paused_by_team"),
    "known-again": ("held_at",),
    "had-back": ("taken_back_at",),
}


def replay(lines: Iterable[Mapping[str, object]]) -> int:
    """Apply the lines that `ended` kept, in their order; says how many things changed. Safe to run again.

    A line that does not say for whom, as they were written at first, shuts for the first teller and opens for
    both.
    """
    stories: defaultdict[str, defaultdict[str, Moments]] = defaultdict(lambda: defaultdict(dict))
    for line in lines:
        kind, who, tellers = str(line["kind"]), str(line.get("who", "")), stories[str(line["id"])]
        for field in SHUTS.get(kind, ()):
            tellers[who][field] = (
                True if field == "paused_by_team" else datetime.fromisoformat(str(line["at"]))
            )
        for field in OPENS.get(kind, ()):
            for moments in [tellers[who]] if who else tellers.values():
                moments.pop(field, None)
    shut = {row: tellers for row, tellers in stories.items() if any(tellers.values())}
    found = Story.objects.filter(uuid__in=shut).select_related("teller", "second_teller")
    return sum(_shut(story, shut[str(story.uuid)]) for story in found)


@transaction.atomic
def _shut(story: Story, tellers: Mapping[str, Moments]) -> int:
    story, changed = shutting.locked(story), 0
    known = {
        str(person.uuid): person
        for person in Person.objects.filter(uuid__in=[UUID(who) for who in tellers if who])
    }
    for who, moments in tellers.items():
        row = shutting.row_of(story, known.get(who, story.teller))
        missing = {field: value for field, value in moments.items() if not getattr(row, field)}
        if missing.keys() & {"paused_at", "paused_by_team"}:
            row.opens_on = None  # a day that an older copy had set opens nothing after a later pause
        for field, value in missing.items():
            setattr(row, field, value)
        row.save()
        changed += len(missing)
    shutting.reckon(story)
    took = (
        Shut.objects.filter(story=story).exclude(taken_back_at=None).order_by("taken_back_at", "pk").first()
    )
    if took is not None:
        Story.objects.filter(pk=story.pk, taken_back_by=None).update(taken_back_by=took.teller)
    return changed
