"""Reminders of what is owed, how somebody likes to be reminded, and the address of their calendar."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.addresses import AddressField
from betterstory.people.models import Person


class Channel(models.TextChoices):
    """How somebody is reminded."""

    EMAIL = "email", _("by e-mail")
    TEXT = "text", _("by text message")
    PRINT = "print", _("on paper, put into my hand")


class Step(models.TextChoices):
    """Which prompt it is. Each has a first and a last day."""

    CONFIRM = "confirm", _("please say whether it stands as it was written down")
    SOON = "soon", _("its day comes")
    TODAY = "today", _("its day is here")
    GRACE = "grace", _("its day is past; it is not called late yet")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def waiting(self, on: date) -> ReminderQuerySet:
        """Not given yet, of a promise that is open, and their time is now."""
        return self.filter(
            given_at=None, from_on__lte=on, until_on__gte=on, promise__state__in=("made", "made_again")
        )

    def given_by_hand(self, since: datetime) -> ReminderQuerySet:
        """Texts that were sent and slips that were given, the newest first."""
        lately = self.filter(given_at__gte=since, given_by__isnull=False)
        related = ("person", "given_by", "promise__post__body", "promise__person")
        return lately.select_related(*related).order_by("-given_at", "-pk")


class Reminder(models.Model):
    """One prompt to whoever keeps a promise: once for each step of each day it was promised by."""

    promise = models.ForeignKey("promises.Promise", on_delete=models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=8, choices=Step.choices)
    due_on = models.DateField(help_text="the day the promise was due by then")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    from_on = models.DateField()
    until_on = models.DateField()
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "step", "due_on", "person"], name="one_reminder_a_step_and_day"
            ),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="a_reminder_has_an_end"),
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk}"


class HowReminded(models.Model):
    """How a person likes to be reminded of what they owe. The number lies sealed."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="how_reminded")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    number = AddressField(max_length=400, blank=True, default="")

    def __str__(self) -> str:
        return f"how person {self.person_id} is reminded"


class CalendarAddress(models.Model):
    """The address of a person's calendar: renewing it makes the old one no good."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_address")
    turn = models.PositiveIntegerField(default=1)
    is_on = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"calendar of person {self.person_id}"
