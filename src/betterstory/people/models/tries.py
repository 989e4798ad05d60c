"""What was tried of late, and which forms were sent: rows, so that every process knows the same."""

from __future__ import annotations

from django.db import models


class Tries(models.Model):
    """How often something was tried of late: a row, so that every process counts the same."""

    key = models.CharField(max_length=100, unique=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return f"{self.count} since {self.since:%H:%M}"


class Once(models.Model):
    """A form that was sent, and where its answer is: a second press gets the first answer."""

    key = models.UUIDField(unique=True)
    who = models.CharField(max_length=60)
    path = models.CharField(max_length=300)
    answer = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)
