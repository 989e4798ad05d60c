"""Whether a story's words wait. Read by `consenting` before anything is destroyed."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from betterstory.stories.models import Hold, Story

# taken back as its teller, after the team said that the card may be found
BY_A_FOUND_CARD = Q(held_at__lte=F("taken_back_at")) & (
    Q(taken_back_by=F("teller")) | Q(taken_back_by=F("second_teller")) | Q(taken_back_by=None)
)


def holding(at: datetime) -> QuerySet[Hold]:
    """Holds in force at this moment."""
    return Hold.objects.filter(ended_at=None, until__gt=at)


def is_held(story: Story, at: datetime) -> bool:
    """Whether destroying this story has to wait."""
    return holding(at).filter(story=story).exists()


def due(at: datetime, *, taken_back_before: datetime) -> QuerySet[Story]:
    """Stories to destroy: taken back long enough ago, or wanted gone while they were held; none held now.

    What was taken back with a card that may be found waits until its teller is known again.
    """
    wanted = Hold.objects.exclude(wanted_gone_at=None).values("story")
    ready = Q(taken_back_at__lte=taken_back_before) | Q(taken_back_at__isnull=False, pk__in=wanted)
    found = Story.objects.filter(BY_A_FOUND_CARD).values("pk")
    return (
        Story.objects.filter(ready, destroyed_at=None)
        .exclude(pk__in=holding(at).values("story"))
        .exclude(pk__in=found)
    )


def want_gone(story: Story, at: datetime) -> None:
    """Its teller asked for it to be gone now: it goes the day the last hold is over."""
    holding(at).filter(story=story, wanted_gone_at=None).update(wanted_gone_at=at)


def want_back(story: Story) -> None:
    """Its teller had it back: it no longer goes by itself."""
    Hold.objects.filter(story=story).update(wanted_gone_at=None)
