"""Who said that words like a teller's are not from a story."""

from __future__ import annotations

from django.db import models

from betterstory.people.models import Person
from betterstory.stories.models.story import Story


class NotTheirs(models.Model):
    """Somebody was asked: is this theirs? They said: not from a story. What they typed is not here."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    where = models.CharField(max_length=40, help_text="the page it was typed on")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "not theirs"

    def __str__(self) -> str:
        return f"said on {self.where}"
