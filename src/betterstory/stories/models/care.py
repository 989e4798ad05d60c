"""What is owed to a teller: fares and thanks agreed first, and care after the telling.

Kept apart from what the teller says yes to, and never read beside it: neither depends on the other.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories.models.story import Story


class Thanks(models.Model):
    """What was agreed about fares and thanks before the telling, and when it was given."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="thanks")
    words_sealed = models.BinaryField()
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    given_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "thanks"

    def __str__(self) -> str:
        return f"thanks of story {self.story_id}"


class Care(models.Model):
    """One thing owed after a telling: by when, by whom, and whether it was done."""

    class Kind(models.TextChoices):
        PRACTICAL = "practical", _("one practical thing")
        WHAT_CAME = "what_came", _("word of what came of it")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="care")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    words_sealed = models.BinaryField(blank=True, default=b"", help_text="what it is, once somebody says")
    owed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owed_since = models.DateTimeField()
    due_on = models.DateField()
    late_since = models.DateField(null=True, blank=True, help_text="written by the daily round")
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name_plural = "care"
        constraints = [models.UniqueConstraint(fields=["story", "kind"], name="owed_once_a_story")]

    def __str__(self) -> str:
        return f"{self.kind} owed by {self.due_on}"
