"""What changed because of a lesson's work, as one person saw it, and who else says so."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from betterstory.learning.models.lesson import Lesson
from betterstory.people.models import Person


class Outcome(models.Model):
    """Who changed what, why it matters, and what our part in it was. It is never reworded."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="outcomes")
    who = models.CharField(max_length=160, help_text="a body, a street, a group; never a person by name")
    what = models.CharField(max_length=400)
    matters = models.CharField(max_length=400)
    our_part = models.CharField(max_length=400)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["lesson", "pk"]

    def __str__(self) -> str:
        return f"outcome {self.pk}"


class SaysSo(models.Model):
    """Somebody else who says that it is so, by their own sign-in. They can take it back."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="sayings")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    called = models.CharField(max_length=120, blank=True, help_text="by their own yes; else: somebody here")
    words = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["outcome", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "by"], condition=Q(ended_on=None), name="says_so_once")
        ]

    def __str__(self) -> str:
        return f"somebody says so of outcome {self.outcome_id}"
