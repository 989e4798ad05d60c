"""How the goodwill stands: answers in an urn while a check-in is open, one word for everybody after it."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.poolside.models.table import Return


class Goodwill(models.Model):
    """The three quiet questions of one check-in. No row says who answered what: see decision 24.

    While it is open there is an urn: how often each word was said, and nothing else. When it is closed the
    urn goes; what is left is the middle answer to each question, or nothing where fewer than five answered.
    """

    class Stands(models.TextChoices):
        OPEN = "open", _("still open")
        DRAWN = "drawn", _("drawn")
        TOO_FEW = "too_few", _("fewer than five of us answered")
        WAITS = "waits", _("somebody came or went since the last time")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    back = models.OneToOneField(Return, on_delete=models.CASCADE, related_name="goodwill")
    closes_on = models.DateField(help_text="the last day to answer; nothing is shown before it is over")
    stands = models.CharField(max_length=8, choices=Stands.choices, default=Stands.OPEN)
    urn_sealed = models.BinaryField(default=bytes)
    middle_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ["closes_on", "pk"]
        verbose_name_plural = "goodwill"

    def __str__(self) -> str:
        return f"goodwill {self.pk}"

    def takes_answers(self, on: date) -> bool:
        return self.stands == self.Stands.OPEN and on <= self.closes_on


class Slip(models.Model):
    """That somebody has put theirs in, so that nobody does twice. Thrown away when the check-in is closed."""

    goodwill = models.ForeignKey(Goodwill, on_delete=models.CASCADE, related_name="slips")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goodwill", "person"], name="one_slip_a_person")]

    def __str__(self) -> str:
        return f"slip {self.pk}"
