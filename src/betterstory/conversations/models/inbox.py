"""What a second laptop was given for an evening, and which lines of its inbox came home."""

from __future__ import annotations

import uuid

from django.db import models

from betterstory.conversations.models.gathering import Gathering
from betterstory.people.models import Person


class Pack(models.Model):
    """A file for a second laptop. Its keys are made from its id and the keys of this place, kept nowhere."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="packs")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="when its key is destroyed on the second laptop")
    lost_at = models.DateTimeField(
        null=True, blank=True, help_text="it is in strange hands: nothing more is taken"
    )

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"pack {self.pk}"


class Arrived(models.Model):
    """A line of an inbox that was taken in once, or was overruled by a later answer; never again, then."""

    uuid = models.UUIDField(primary_key=True)
    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="arrived")
    at = models.DateTimeField(help_text="when it came home")

    def __str__(self) -> str:
        return f"line {self.uuid}"
