"""Who held a post, from one day to another."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Holding(models.Model):
    """One person in one post. No first day: they held it before anybody here wrote it down."""

    post = models.ForeignKey("people.Post", on_delete=models.CASCADE, related_name="holdings")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True, help_text="the day they left")
    is_over = models.BooleanField(default=False, help_text="they left; the day may be unknown")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(is_over=False), name="one_holding_of_a_post")
        ]

    def __str__(self) -> str:
        return f"holding {self.pk}"
