"""What was done to the cards of an iceberg, one row a change. Rows are added and never changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models.beneath import Insight
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.stories.models import Piece


class Change(models.Model):
    """One change of one card, or of the line between two. The newest of a round is its stamp.

    `words` are what the card says from then on. They are shown only while the card itself may be shown, and
    go with it when whoever wrote it takes it away.
    """

    class What(models.TextChoices):
        ADDED = "added", _("put on the iceberg")
        SUGGESTED = "suggested", _("suggested")
        KEPT = "kept", _("kept by the room")
        NOT_KEPT = "not_kept", _("not kept")
        REWORDED = "reworded", _("said in other words")
        OWNER = "owner", _("who could change it")
        TURNED_OVER = "turned_over", _("turned over")
        TIED = "tied", _("tied to a card")
        UNTIED = "untied", _("untied from a card")
        ASKED = "asked", _("asked of a room")
        TAKEN_AWAY = "taken_away", _("taken away")
        TELLER = "teller", _("the teller spoke")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    card = models.ForeignKey(
        Insight, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes"
    )
    number = models.PositiveSmallIntegerField(help_text="of the card; 0 where a whole level is meant")
    other = models.PositiveSmallIntegerField(null=True, blank=True, help_text="the card it is tied to")
    piece = models.ForeignKey(
        Piece,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="what the teller's word hangs on, where the teller spoke",
    )
    what = models.CharField(max_length=12, choices=What.choices)
    words = models.CharField(max_length=260, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["round", "id"])]

    def __str__(self) -> str:
        return f"change {self.pk}"
