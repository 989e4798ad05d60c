"""Who a story names and what they shall be called in it, and the reading of every line before it goes out.

All words here are sealed under the story's own key, apart from the story's words.
"""

from __future__ import annotations

import uuid

from django.db import models

from betterstory.people.models import Person
from betterstory.stories.models.story import Story, Version


class Named(models.Model):
    """Somebody or somewhere in a story: the names they go by, what they are, and what to call them."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="named")
    entry_sealed = models.BinaryField()

    class Meta:
        ordering = ["story", "pk"]
        verbose_name_plural = "named"

    def __str__(self) -> str:
        return f"named {self.pk}"


class ReadThrough(models.Model):
    """One reading of a version, line by line. Finished, it stands for the version that came of it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="reading")
    mark = models.CharField(max_length=64, help_text="changes with any word of the version it began with")
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.ForeignKey(
        Version,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="the version as it reads now; the same one where nothing was to change",
    )
    result_mark = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"reading {self.pk}"


class ReadLine(models.Model):
    """A line that a person has read, and how it shall read."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reading = models.ForeignKey(ReadThrough, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    words_sealed = models.BinaryField()
    read_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["reading", "number"]
        constraints = [models.UniqueConstraint(fields=["reading", "number"], name="a_line_is_read_once")]

    def __str__(self) -> str:
        return f"line {self.number} of reading {self.reading_id}"
