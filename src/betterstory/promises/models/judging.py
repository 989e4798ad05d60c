"""Residents are asked how a promise turned out: by phone, by card, or at their door. Counted as one whole."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Voice
from betterstory.people.models import Person
from betterstory.promises.models.promise import Promise
from betterstory.promises.models.said import Judgement
from betterstory.promises.models.state import Verdict


class Turned(models.TextChoices):
    """What somebody can say of it."""

    KEPT = "kept", _("Yes, it is kept")
    HALF = "half", _("Half")
    NO = "no", _("No, it is not kept")
    DONT_KNOW = "dont_know", _("I don’t know")

    @property
    def verdict(self) -> Verdict | None:
        return {Turned.KEPT: Verdict.KEPT, Turned.HALF: Verdict.PARTLY, Turned.NO: Verdict.NOT_KEPT}.get(self)


class Judging(models.Model):
    """One time that residents are asked. Its count is frozen once an organiser closes it."""

    class Kind(models.TextChoices):
        TURNED_OUT = "turned_out", _("how it turned out")
        FOUR_WEEKS = "four_weeks", _("four weeks after it was said done")

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="judgings")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.TURNED_OUT)
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_on = models.DateField()
    closes_on = models.DateField(help_text="its last day")
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    counted = models.JSONField(default=dict, blank=True, help_text="how many said what, once it is closed")
    judgement = models.OneToOneField(
        Judgement,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="counted_in",
        help_text="the word it became; empty where the count stands beside another word",
    )

    class Meta:
        ordering = ["opened_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise"], condition=Q(closed_on=None), name="residents_are_asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opened_on")), name="asked_until_a_day_to_come"
            ),
        ]

    def __str__(self) -> str:
        return f"judging {self.pk}"

    def takes_answers(self, *, on: date) -> bool:
        """It is not closed, and its last day is not past."""
        return self.closed_on is None and on <= self.closes_on

    @property
    def is_four_weeks(self) -> bool:
        return self.kind == self.Kind.FOUR_WEEKS


class Way(models.TextChoices):
    PHONE = "phone", _("by phone")
    CARD = "card", _("on a card that was typed in")
    DOOR = "door", _("at the door")


class Opinion(models.Model):
    """What one voice says of a promise. Said again, the last one holds, until it closes."""

    judging = models.ForeignKey(Judging, on_delete=models.CASCADE, related_name="opinions")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=10, choices=Turned.choices)
    channel = models.CharField(max_length=6, choices=Way.choices)
    typed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["judging", "voice"], name="one_opinion_a_voice")]

    def __str__(self) -> str:
        return self.get_said_display()


class Door(models.Model):
    """What was said at one door: how many of each. Which door it was is kept only as a keyed hash, so that it
    is counted once and nobody can read who said what.
    """

    judging = models.ForeignKey(Judging, on_delete=models.CASCADE, related_name="doors")
    door_hash = models.CharField(max_length=64)
    kept = models.PositiveSmallIntegerField(default=0)
    half = models.PositiveSmallIntegerField(default=0)
    no = models.PositiveSmallIntegerField(default=0)
    dont_know = models.PositiveSmallIntegerField(default=0)
    typed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    typed_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["judging", "door_hash"], name="each_door_once")]

    def __str__(self) -> str:
        return f"door {self.pk}"
