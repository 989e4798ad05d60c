"""“This happened to me too”: which gap a room is asked about, and which cards say so."""

from __future__ import annotations

import uuid

from django.db import models

from betterstory.conversations.models.gathering import Gathering
from betterstory.conversations.models.voice import Voice
from betterstory.people.models import Person
from betterstory.stories.models import Piece


class GapAsked(models.Model):
    """A gap of a story that a room has heard, and is asked about in somebody's own words.

    The teller's words are never copied here. When the teller takes the gap back, the question goes quiet and
    the count stays.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="gaps_asked")
    piece = models.ForeignKey(Piece, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=200)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["gathering", "pk"]
        constraints = [models.UniqueConstraint(fields=["gathering", "piece"], name="a_gap_is_asked_once")]
        verbose_name_plural = "gaps asked"

    def __str__(self) -> str:
        return f"gap asked {self.pk}"


class MeToo(models.Model):
    """A resident's card says: this happened to me too. Its words and the way to be reached are sealed under
    a key of their own, which is destroyed on the day that the page named."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked = models.ForeignKey(GapAsked, on_delete=models.CASCADE, related_name="me_toos")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    key = models.UUIDField(null=True, blank=True)
    words_sealed = models.BinaryField(default=b"", blank=True)
    reach_sealed = models.BinaryField(default=b"", blank=True)
    wipe_on = models.DateField(null=True, blank=True, help_text="when its words and the way go")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked", "voice"], name="me_too_once_a_voice")]

    def __str__(self) -> str:
        return f"me too {self.pk}"
