"""What was said of a promise later: that it is made again, and how it turned out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from betterstory.people.models import Person
from betterstory.promises.models.state import Verdict


class Again(models.Model):
    """A promise made again: the promiser asks for a new day, and the promised side gives its word to it."""

    promise = models.ForeignKey("promises.Promise", on_delete=models.CASCADE, related_name="agains")
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    because = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_on = models.DateField()
    agreed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)
    was_words = models.CharField(max_length=300, help_text="what was promised before")
    was_due_on = models.DateField()
    face_to_face = models.BooleanField(null=True, blank=True, help_text="was the reason told face to face?")
    when_we_meet = models.BooleanField(default=False, help_text="the new day is that of the next gathering")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise"], condition=Q(agreed_on=None), name="one_new_day_asked_for_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"promise {self.promise_id} again"

    @property
    def is_agreed(self) -> bool:
        return self.agreed_on is not None

    @property
    def is_wording(self) -> bool:
        """Other words alone: the day stays."""
        return self.due_on == self.was_due_on


class Judgement(models.Model):
    """What the promised side said of a promise. The newest stands; the older are kept below it."""

    promise = models.ForeignKey("promises.Promise", on_delete=models.CASCADE, related_name="judgements")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    note = models.CharField(max_length=300, blank=True)
    face_to_face = models.BooleanField(null=True, blank=True, help_text="did they tell us face to face?")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["promise", "on"], name="said_once_a_day")]

    def __str__(self) -> str:
        return self.get_verdict_display()
