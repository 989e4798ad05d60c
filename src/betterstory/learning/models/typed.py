"""What is typed in about a round: hours and money by sector, and what happened outside it.

Nothing here is checked by anybody, and the pages say so. A row is never changed: what puts it right is a new
row, and the earlier one stays.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body, Person, Role
from betterstory.places.models import Round


class Typed(models.Model):
    """One typed row. `puts_right` is the earlier row that it stands in for."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    on = models.DateField(help_text="when it was; of a month, its first day")
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_as = models.CharField(max_length=20, choices=Role.choices, help_text="said in place of a name")
    written_on = models.DateField()
    puts_right = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="put_right_by"
    )
    because = models.CharField(max_length=300, blank=True, help_text="why the earlier row was put right")
    is_out = models.BooleanField(default=False, help_text="it puts right by taking out: nothing stands")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class Sector(models.TextChoices):
    """Whose hours or money it was."""

    PUBLIC = "public", _("public bodies")
    VOLUNTARY = "voluntary", _("voluntary groups")
    RESIDENTS = "residents", _("residents")
    BUSINESS = "business", _("businesses")


class SpentQuerySet(models.QuerySet["Spent"]):
    def as_of(self, day: date) -> SpentQuerySet:
        """As they stood at the end of that day: typed by then, not put right by then, not taken out."""
        later = Spent.objects.filter(puts_right=OuterRef("pk"), written_on__lte=day)
        return self.filter(~Exists(later), written_on__lte=day, is_out=False)


class Spent(Typed):
    """Hours or money of one sector, on a day or over a month. Never of a person."""

    is_month = models.BooleanField(default=False, help_text="of the whole month, not of a day")
    sector = models.CharField(max_length=10, choices=Sector.choices)
    hours = models.DecimalField(max_digits=9, decimal_places=2, default=Decimal(0))
    pounds = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    what_for = models.CharField(max_length=200)

    objects = SpentQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        verbose_name_plural = "spent"
        indexes = [models.Index(fields=["round", "on"])]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gte=0, pounds__gte=0), name="nothing_spent_below_zero"),
            models.CheckConstraint(
                condition=Q(is_out=True) | Q(hours__gt=0) | Q(pounds__gt=0), name="hours_or_pounds"
            ),
        ]

    def as_typed(self) -> dict[str, Any]:
        """What a form that puts it right begins with."""
        month = {"month": f"{self.on:%Y-%m}"} if self.is_month else {"day": self.on}
        return {
            **month,
            "sector": self.sector,
            "hours": self.hours or "",
            "pounds": self.pounds or "",
            "what_for": self.what_for,
        }


class OutsideQuerySet(models.QuerySet["OutsideEvent"]):
    def as_of(self, day: date) -> OutsideQuerySet:
        """As hours and money do."""
        later = OutsideEvent.objects.filter(puts_right=OuterRef("pk"), written_on__lte=day)
        return self.filter(~Exists(later), written_on__lte=day, is_out=False)


class OutsideEvent(Typed):
    """The ocean of change: a reorganisation, a closure, an election. What nobody here had decided."""

    words = models.CharField(max_length=300)
    bodies = models.ManyToManyField(Body, blank=True, related_name="+", help_text="which bodies it touched")

    objects = OutsideQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["round", "on"])]

    @property
    def is_announced(self) -> bool:
        """Written down before its day: nobody has said since whether it came."""
        return self.on > self.written_on

    def as_typed(self) -> dict[str, Any]:
        return {"day": self.on, "words": self.words, "bodies": [each.pk for each in self.bodies.all()]}
