"""The six other neighbourhoods alone: what they asked, promised and learned, without the log of contacts."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from betterstory.learning.models import Lesson, Trial
from betterstory.places.models import Round
from betterstory.promises import written
from betterstory.promises.models import Ask, Entry, Promise
from betterstory.website.demo import elsewhere, learned, streets, town, wall

NIGHT = timezone.make_aware(datetime(2026, 3, 2, 23, 30))
CHRISTMAS = timezone.make_aware(datetime(2026, 12, 28, 9, 0))


def make(at: datetime) -> town.Town:
    made = town.Town(at=at)
    town.found(made)
    lived = elsewhere.live_through(made, streets.ROUNDS)
    wall.live(made, lived)
    learned.learn(made, lived)
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("at", [NIGHT, CHRISTMAS])
def test_they_can_be_lived_through_on_any_day_and_their_ledger_holds(at: datetime) -> None:
    make(at)
    days = list(Entry.objects.order_by("seq").values_list("day", flat=True))
    assert days == sorted(days)
    assert written.verify([]).entries == len(days) > 100
    on = timezone.localdate(at)
    marks = {each.mark(on) for each in Promise.objects.all()}
    assert {"kept", "partly", "not_kept", "released", "late", "to_come"} <= marks
    assert Ask.objects.count() == sum(len(told.asks) for told in streets.ROUNDS)


@pytest.mark.django_db
def test_what_is_over_lies_in_the_past_and_lessons_travel() -> None:
    made = make(NIGHT)
    ended = Round.objects.exclude(ended_on=None)
    assert {each.neighbourhood.name for each in ended} == {"Lock Side", "Upper Wharf"}
    assert Lesson.objects.count() == 12
    assert {each.standing for each in Trial.objects.all()} == {"tried", "adapted", "trying", "not_for_here"}
    today = made.at.date() + timedelta(days=1)
    assert not Entry.objects.filter(day__gte=today).exists()
    assert not Lesson.objects.filter(written_on__gte=today).exists()
