"""After a gathering: the cards typed and read back, the photograph of the wall, thanks and fares."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import models

from betterstory.conversations.models.gathering import Gathering, Guest
from betterstory.people.models import Person

TYPED_WITHIN = timedelta(hours=48)
READ_BACK_WITHIN = timedelta(days=14)
PHOTOGRAPH_DAYS = 14  # after the gathering, at the latest
NEEDS_DAYS = 14


class WritingUp(models.Model):
    """What the room wrote on cards: who typed it in, and when it was read back to the room."""

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="writing_up")
    typed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    typed_at = models.DateTimeField()
    read_back_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    read_back_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"writing up of gathering {self.gathering_id}"


class WallPhotograph(models.Model):
    """The wall as it was that night, sealed in a file under a key of its own until it is read back."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="photographs")
    key = models.UUIDField(editable=False)
    kept_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["kept_at", "pk"]

    def __str__(self) -> str:
        return f"photograph {self.pk}"

    @property
    def goes_at(self) -> datetime:
        """The latest moment it is kept. Fetch with `select_related("gathering")`."""
        return self.gathering.at + timedelta(days=PHOTOGRAPH_DAYS)


class GuestCare(models.Model):
    """What a guest needs to come, sealed; and what they were given: thanks, and a fare."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    guest = models.OneToOneField(Guest, on_delete=models.CASCADE, related_name="care")
    needs_sealed = models.BinaryField(default=b"")
    fare_sealed = models.BinaryField(default=b"", help_text="how much was paid, in pounds")
    fare_paid_on = models.DateField(null=True, blank=True)
    thanked_on = models.DateField(null=True, blank=True)
    thanked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"care of guest {self.guest_id}"
