"""The iceberg turned over, told as a text that people adopt."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from betterstory.conversations.models.voice import Voice
from betterstory.people.models import Person
from betterstory.places.models import Round


class BetterStory(models.Model):
    """The iceberg turned over, told as a text. Each change is a new version; nothing is written over."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_text_a_number")]
        verbose_name_plural = "better stories"

    def __str__(self) -> str:
        return f"version {self.number}"


class Adoption(models.Model):
    """Somebody says: this is our better story. A person who came in, or a voice by its card."""

    better_story = models.ForeignKey(BetterStory, on_delete=models.CASCADE, related_name="adoptions")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    voice = models.ForeignKey(Voice, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["better_story", "person"], name="adopted_once"),
            models.UniqueConstraint(fields=["better_story", "voice"], name="adopted_once_a_card"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(voice__isnull=False), name="a_person_or_a_voice_adopts"
            ),
        ]

    def __str__(self) -> str:
        return f"adoption {self.pk}"
