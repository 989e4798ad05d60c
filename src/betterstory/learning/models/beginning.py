"""How a round began: the lessons chosen for it, each with its why, and what is done otherwise."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from betterstory.learning.models.lesson import Lesson
from betterstory.people.models import Person
from betterstory.places.models import Round


class Beginning(models.Model):
    """What the people of a round do differently this time. Said once, at its start or soon after."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="+")
    differently = models.CharField(max_length=600)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"beginning of round {self.round_id}"


class Chosen(models.Model):
    """A lesson that a round began from, and why."""

    beginning = models.ForeignKey(Beginning, on_delete=models.CASCADE, related_name="chosen")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="chosen_in")
    because = models.CharField(max_length=300)
    of_version = models.PositiveSmallIntegerField(help_text="which words of the lesson they read")

    class Meta:
        ordering = ["beginning", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["beginning", "lesson"], name="a_lesson_once_in_a_beginning"),
            models.CheckConstraint(condition=~Q(because=""), name="chosen_says_why"),
        ]

    def __str__(self) -> str:
        return f"lesson {self.lesson_id} chosen"
