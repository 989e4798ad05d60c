"""What lies beneath: cards on four levels, and what leads to what."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations.models.gathering import Gathering
from betterstory.conversations.models.voice import Statement, Voice
from betterstory.people.models import Body, Person
from betterstory.places.models import Round
from betterstory.stories.models import Piece


class Level(models.TextChoices):
    """The iceberg's four levels, from the water down."""

    EVENT = "event", _("What happened")
    TREND = "trend", _("What keeps happening")
    STRUCTURE = "structure", _("Rules and habits")
    MENTAL_MODEL = "mental_model", _("What we take for granted")


class InsightQuerySet(models.QuerySet["Insight"]):
    def kept(self) -> Self:
        """Those that stand on the iceberg."""
        return self.filter(standing=Insight.Standing.KEPT)

    def suggested(self) -> Self:
        """Those that wait for the room to keep them or not."""
        return self.filter(standing=Insight.Standing.SUGGESTED)


class Insight(models.Model):
    """A card on one of four levels. Words of a story are never copied here: `pieces` shows them."""

    class Standing(models.TextChoices):
        KEPT = "kept", _("on the iceberg")
        SUGGESTED = "suggested", _("suggested")
        NOT_KEPT = "not_kept", _("not kept")

    class Basis(models.TextChoices):
        LIVED = "lived", _("lived")
        RECORD = "record", _("in the record")
        ROOM = "room", _("said in the room")
        HUNCH = "hunch", _("a hunch")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    level = models.CharField(max_length=14, choices=Level.choices)
    number = models.PositiveSmallIntegerField()
    words = models.CharField(
        max_length=240, blank=True, help_text="empty where it stands in the teller's words"
    )
    basis = models.CharField(max_length=8, choices=Basis.choices, default=Basis.ROOM)
    pieces = models.ManyToManyField(Piece, blank=True, related_name="+")
    statements = models.ManyToManyField(Statement, blank=True, related_name="+")
    release = models.ForeignKey(Release, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="who can change the rule",
    )
    held_by = models.CharField(max_length=80, blank=True, help_text="who said: I have acted as if")
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()
    turned_over = models.CharField(max_length=240, blank=True, help_text="its opposite in the better story")
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.KEPT)
    because = models.CharField(max_length=200, blank=True, help_text="why it is not kept")
    from_voice = models.ForeignKey(
        Voice,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="whose card wrote it",
    )
    version = models.PositiveSmallIntegerField(default=1, help_text="one more with each change of its words")

    objects = InsightQuerySet.as_manager()

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_card_a_number")]

    def __str__(self) -> str:
        return f"card {self.number}"


class Link(models.Model):
    """What leads to what between two cards."""

    class Kind(models.TextChoices):
        CAUSES = "causes", _("causes")
        KEEPS_IN_PLACE = "keeps_in_place", _("keeps in place")
        SOFTENS = "softens", _("softens")
        SEEN_DIFFERENTLY = "seen_differently", _("is seen differently from")

    start = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="links_out")
    end = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    asked = models.ManyToManyField(
        Statement, blank=True, related_name="+", help_text="two that are seen differently, asked of a room"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["start", "end"], name="one_link_between_two"),
            models.CheckConstraint(condition=~Q(start=models.F("end")), name="no_link_to_itself"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
