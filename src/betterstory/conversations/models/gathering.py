"""A gathering, and who is asked to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Circle, Invitation, Person, Ring
from betterstory.places.models import Round


class Side(models.TextChoices):
    """Who somebody comes as. There are as many of the one as of the other."""

    RESIDENT = "resident", _("lives here")
    SERVICE = "service", _("comes from a service")


class Gathering(models.Model):
    """A Big Conversation: a date, a place, people asked in balance."""

    class Kind(models.TextChoices):
        HEARING = "hearing", _("hearing the story")
        MAKING_SENSE = "making_sense", _("making sense")
        PLANNING = "planning", _("making the plan")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.HEARING)
    title = models.CharField(max_length=120)
    at = models.DateTimeField()
    where = models.CharField(max_length=200)
    check_in = models.CharField(max_length=200, blank=True, help_text="the question everybody answers first")
    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="+")
    called_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    voting_open = models.BooleanField(default=True)
    voting_closed_at = models.DateTimeField(null=True, blank=True, help_text="while it is closed: since when")

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return self.title


class GuestQuerySet(models.QuerySet["Guest"]):
    def of(self, person: Person) -> GuestQuerySet:
        """The rows of one person: named on the list, or come in with the card that was made for it."""
        return self.filter(Q(person=person) | Q(invitation__person=person))


class Guest(models.Model):
    """Somebody asked to a gathering: a first name, a side, a ring. No title, no rank."""

    class Reply(models.TextChoices):
        WAITING = "waiting", _("not answered yet")
        COMING = "coming", _("coming")
        NOT_COMING = "not_coming", _("not coming")

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="guests")
    first_name = models.CharField(max_length=40)
    side = models.CharField(max_length=10, choices=Side.choices)
    ring = models.CharField(max_length=30, choices=Ring.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reply = models.CharField(max_length=12, choices=Reply.choices, default=Reply.WAITING)

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering = ["first_name", "pk"]

    def __str__(self) -> str:
        return self.first_name

    @property
    def who_id(self) -> int | None:
        """The person, where one is known. Fetch with `select_related("invitation")`."""
        return self.person_id or (self.invitation.person_id if self.invitation else None)
