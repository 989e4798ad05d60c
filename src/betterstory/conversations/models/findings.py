"""What was worked out from a room's answers, kept until they change; and sentences that say the opposite."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from betterstory.conversations.models.gathering import Gathering
from betterstory.conversations.models.voice import Statement
from betterstory.people.models import Person


class Finding(models.Model):
    """Whether there are sides, and how widely each sentence is shared. Good for the answers it was made from,
    which `mark` stands for; it holds numbers about the whole and names nobody."""

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="finding")
    mark = models.CharField(max_length=64)
    said = models.JSONField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"finding {self.pk}"


class Opposites(models.Model):
    """Two sentences that cannot both be so. Where a room agrees with both, they are asked again."""

    one = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    marked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="opposites_once"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="opposites_in_order"),
        ]
        verbose_name_plural = "opposites"

    def __str__(self) -> str:
        return f"opposites {self.one_id} and {self.other_id}"
