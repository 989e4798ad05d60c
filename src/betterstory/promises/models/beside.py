"""What stands beside an entry, apart from it: the promiser's own view, and a body's right of reply."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body, Person
from betterstory.promises.models.ask import Ask
from betterstory.promises.models.promise import Promise


class OwnView(models.Model):
    """How whoever promised sees it. It never moves the promise; the newest stands, the older are kept."""

    class View(models.TextChoices):
        KEPT = "kept", _("We think it is kept")
        PARTLY = "partly", _("We think it is half kept")
        NOT_KEPT = "not_kept", _("We did not keep it")
        UNDER_WAY = "under_way", _("We are still at it")

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="own_views")
    view = models.CharField(max_length=10, choices=View.choices)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "number"], name="one_own_view_a_number"),
        ]

    def __str__(self) -> str:
        return self.get_view_display()


class Reply(models.Model):
    """What a body says beside an entry about it. The newest stands; the older are kept below it."""

    ask = models.ForeignKey(Ask, null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    promise = models.ForeignKey(
        Promise, null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(
                condition=Q(ask__isnull=False) ^ Q(promise__isnull=False), name="a_reply_is_about_one_entry"
            ),
            models.UniqueConstraint(fields=["promise", "body", "number"], name="one_reply_a_number"),
            models.UniqueConstraint(fields=["ask", "body", "number"], name="one_reply_to_an_ask_a_number"),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"
