"""A repair talk: asked for in private, and known to nobody but the two."""

from __future__ import annotations

import uuid

from django.db import models

from betterstory.poolside.models.table import Poolside


class Repair(models.Model):
    """One talk that somebody asked for. Who, whom, why and the answer are sealed: the row says none of it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    poolside = models.ForeignKey(Poolside, on_delete=models.CASCADE, related_name="repairs")
    talk_sealed = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"repair {self.pk}"


class TookPlace(models.Model):
    """A repair talk took place in this month. Kept only because both wished; of whom, nothing says."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    poolside = models.ForeignKey(Poolside, on_delete=models.CASCADE, related_name="talks")
    month = models.DateField(help_text="its first day")

    class Meta:
        ordering = ["month", "uuid"]
        verbose_name_plural = "talks that took place"

    def __str__(self) -> str:
        return f"talk {self.month:%Y-%m}"
