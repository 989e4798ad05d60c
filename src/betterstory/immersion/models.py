"""Small useful acts done in a neighbourhood, and what was noticed there.

Nobody who lives there is named but by their own yes.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person, Ring
from betterstory.places.models import Neighbourhood, Round


class Length(models.IntegerChoices):
    """Roughly how long it took, in minutes."""

    A_MOMENT = 10, _("a few minutes")
    HALF_AN_HOUR = 30, _("half an hour")
    AN_HOUR = 60, _("an hour")
    TWO_HOURS = 120, _("two hours")
    HALF_A_DAY = 240, _("half a day")
    A_DAY = 480, _("a day")


class Hours(models.TextChoices):
    """The part of the day it was done in."""

    MORNING = "morning", _("in the morning")
    AFTERNOON = "afternoon", _("in the afternoon")
    EVENING = "evening", _("in the evening")
    NIGHT = "night", _("at night")


class ActQuerySet(models.QuerySet["Act"]):
    def of_round(self, round_: Round) -> ActQuerySet:
        """Those done in its neighbourhood between its first day and its last."""
        done = self.filter(neighbourhood=round_.neighbourhood_id, on__gte=round_.began_on)
        return done if round_.ended_on is None else done.filter(on__lte=round_.ended_on)

    def newest_of(self, round_: Round, *, most: int = 3) -> list[Act]:
        """The latest few of a round, for its home page."""
        return list(self.of_round(round_)[:most])

    def usual_for(self, person: Person, neighbourhood: Neighbourhood, *, most: int = 4) -> list[Act]:
        """What this person wrote down lately, each different thing once, to do the same again."""
        lately = self.filter(noted_by=person, neighbourhood=neighbourhood)[:60]
        once: dict[tuple[str, str, str], Act] = {}
        for act in lately:
            once.setdefault((act.what.casefold(), act.where.casefold(), act.groups.casefold()), act)
        return list(once.values())[:most]


class Act(models.Model):
    """Something small and useful, done on one day. `who` is one of us, or nobody by name."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    what = models.CharField(max_length=200)
    where = models.CharField(max_length=120, blank=True)
    groups = models.CharField(max_length=160, blank=True)
    minutes = models.PositiveSmallIntegerField(choices=Length.choices, null=True, blank=True)
    hours = models.CharField(max_length=10, choices=Hours.choices, blank=True)
    rings = models.JSONField(default=list, blank=True, help_text="the rings that met in it")
    who = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["neighbourhood", "-on"])]

    def __str__(self) -> str:
        return f"act {self.pk}"


class Became(models.TextChoices):
    """What somebody made of a notice."""

    STATEMENT = "statement", _("a sentence for a gathering")
    ASK = "ask", _("an ask")


class OwnName(models.Model):
    """Somebody who was part of an act and put their own name beside it. Only they can, or take it off."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="own_names")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["act", "pk"]
        constraints = [models.UniqueConstraint(fields=["act", "person"], name="one_own_name")]

    def __str__(self) -> str:
        return f"own name {self.pk}"


class Street(models.Model):
    """A street or a place of the neighbourhood, by the name people use: met already, or not yet."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["neighbourhood", "name"]
        constraints = [models.UniqueConstraint(fields=["neighbourhood", "name"], name="a_street_once")]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A group of the neighbourhood, never a person, and the ring of the everyday system it belongs to."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    ring = models.CharField(max_length=30, choices=Ring.choices, default=Ring.COMMUNITY)

    class Meta:
        ordering = ["neighbourhood", "name"]
        constraints = [models.UniqueConstraint(fields=["neighbourhood", "name"], name="a_group_once")]

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """Something noticed on the way: a closed shop, a bridge in the dark. Never about a named person."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    where = models.CharField(max_length=120)
    words = models.CharField(max_length=600)
    became = models.CharField(max_length=10, choices=Became.choices, blank=True)
    became_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["neighbourhood", "-on"])]

    def __str__(self) -> str:
        return f"notice {self.pk}"
