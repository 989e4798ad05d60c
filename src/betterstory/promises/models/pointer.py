"""What we can point to: a count asked again, a photograph, a witness's or a teller's word."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.people.models import Person
from betterstory.promises.models.promise import Promise
from betterstory.stories.models import Piece


class Pointer(models.Model):
    """One thing to point to. A teller's word is a piece of a story, shown only while its teller says yes."""

    class Kind(models.TextChoices):
        COUNT = "count", _("a count, asked again")
        PHOTOGRAPH = "photograph", _("a photograph")
        WITNESS = "witness", _("a witness’s word")
        TELLER = "teller", _("a teller’s word")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="pointers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.CharField(max_length=300, blank=True, help_text="what a witness said, or a picture shows")
    who = models.CharField(max_length=120, blank=True, help_text="what a witness is called on the wall")
    release = models.ForeignKey(Release, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    earlier = models.ForeignKey(Release, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    elsewhere = models.ForeignKey(Release, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    also = models.CharField(max_length=300, blank=True, help_text="what could also explain it")
    piece = models.ForeignKey(Piece, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    key = models.UUIDField(null=True, editable=False)
    sealed = models.BinaryField(default=b"", help_text="a photograph, made again and sealed")
    supplied_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    supplied_on = models.DateField()
    by_promiser = models.BooleanField(help_text="only whoever promised supplied it")
    taken_away_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["supplied_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="count") | Q(release__isnull=False) & ~Q(also=""),
                name="a_count_says_what_could_also_explain_it",
            ),
            models.CheckConstraint(
                condition=Q(kind="photograph") | Q(key__isnull=True), name="only_a_photograph_is_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"pointer {self.pk}"
