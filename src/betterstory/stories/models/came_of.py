"""What came of a use, told to the teller: owed for each yes that was used."""

from __future__ import annotations

import uuid

from django.db import models

from betterstory.people.models import Person
from betterstory.stories.models.consent import Consent


class CameOf(models.Model):
    """Somebody told the teller what came of one use. The words are sealed under the story's key."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    yes = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="told")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    words_sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "what came of it"

    def __str__(self) -> str:
        return f"what came of yes {self.yes_id}"
