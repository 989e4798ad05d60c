"""Everything said in one version, sealed as one, so that words are found in many stories at once."""

from __future__ import annotations

import uuid

from django.db import models

from betterstory.stories.models.story import Version


class Leaf(models.Model):
    """Title, text and pieces of an agreed version in plain letters, under the story's key.

    It is read after the one question, as the words themselves are, and can be made of them again at any time.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="leaf")
    letters = models.PositiveSmallIntegerField(help_text="which way plain letters were made of the words")
    words_sealed = models.BinaryField()

    class Meta:
        verbose_name_plural = "leaves"

    def __str__(self) -> str:
        return f"leaf of version {self.version_id}"
