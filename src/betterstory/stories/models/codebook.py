"""A place's own codebook, and what people read in a piece: their reading, beside the teller's."""

from __future__ import annotations

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from betterstory.people.models import Person
from betterstory.stories.models.story import Piece


class Code(models.Model):
    """A name that pieces can carry. One stands under another, or at the top."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    description = models.TextField(max_length=2000, blank=True)
    colour = models.CharField(max_length=7, blank=True, validators=[RegexValidator("^#[0-9A-Fa-f]{6}$")])
    is_codable = models.BooleanField(default=True, help_text="no: it only holds others together")
    under = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["under", "name"], name="one_code_of_a_name"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(under=None), name="one_code_of_a_name_at_the_top"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Coding(models.Model):
    """Somebody who may read a piece says: this is an example of that."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="codings")
    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="codings")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["piece", "code", "by"], name="one_reading_each")]

    def __str__(self) -> str:
        return f"coding {self.pk}"
