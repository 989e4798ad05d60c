"""Who was at a gathering: how many, by ring; and which posts that were asked did not come. Never a name."""

from __future__ import annotations

from django.db import models
from django.db.models import OuterRef, Subquery

from betterstory.conversations.models import Gathering
from betterstory.people.models import Person, Post, Role


class WasThereQuerySet(models.QuerySet["WasThere"]):
    def that_stand(self) -> WasThereQuerySet:
        """Of each gathering what was said last."""
        last = WasThere.objects.filter(gathering=OuterRef("gathering")).order_by("-number")
        return self.filter(pk=Subquery(last.values("pk")[:1]))

    def newest_of(self, gathering: Gathering) -> WasThere | None:
        return self.filter(gathering=gathering).order_by("-number").first()


class WasThere(models.Model):
    """What whoever keeps a gathering says of who was there. Said again, the earlier one stays below it."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    people = models.PositiveSmallIntegerField(help_text="how many, all together")
    by_ring = models.JSONField(default=dict, help_text="how many of each ring")
    absent = models.ManyToManyField(Post, blank=True, related_name="+", help_text="posts asked, not there")
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_as = models.CharField(max_length=20, choices=Role.choices, help_text="said in place of a name")
    written_on = models.DateField()

    objects = WasThereQuerySet.as_manager()

    class Meta:
        ordering = ["gathering", "-number"]
        verbose_name_plural = "who was there"
        constraints = [
            models.UniqueConstraint(fields=["gathering", "number"], name="who_was_there_once_a_number")
        ]

    def __str__(self) -> str:
        return f"who was at gathering {self.gathering_id}"
