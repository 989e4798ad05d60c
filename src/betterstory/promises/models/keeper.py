"""Who holds the head of the ledger outside this place, and the letters that brought it to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from betterstory.people.addresses import AddressField
from betterstory.people.models import Body, Person
from betterstory.promises.verify_ledger import Head

ENOUGH = 2  # bodies: with one alone, two could agree on another list


class KeeperQuerySet(models.QuerySet["Keeper"]):
    def now(self) -> KeeperQuerySet:
        return self.filter(left_on=None).select_related("body")


class Keeper(models.Model):
    """A body that is sent the head each month, at an address of its own; it lies sealed."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    email = AddressField(max_length=400)
    named_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = KeeperQuerySet.as_manager()

    class Meta:
        ordering = ["body__name"]
        constraints = [
            models.UniqueConstraint(fields=["body"], condition=Q(left_on=None), name="one_address_a_body")
        ]

    def __str__(self) -> str:
        return f"keeper {self.pk}"


class HeadLetter(models.Model):
    """A head on its way to a keeper: one a month. `sent_at` is empty until the post took it."""

    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="letters")
    month = models.CharField(max_length=7, help_text="2026-07")
    seq = models.PositiveBigIntegerField()
    letters = models.CharField(max_length=16)
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["month", "pk"]
        constraints = [models.UniqueConstraint(fields=["keeper", "month"], name="one_letter_a_month")]

    def __str__(self) -> str:
        return f"head {self.seq} for {self.month}"

    @property
    def head(self) -> Head:
        return Head(self.seq, self.letters)
