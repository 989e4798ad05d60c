"""The place of this installation, its neighbourhoods, and their rounds."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """The city or district of one partnership. There is one; it is made when a place is set up."""

    name = models.CharField(max_length=80)
    organiser_phone = models.CharField(max_length=40, blank=True)
    help_now = models.TextField(
        blank=True, help_text="where to find help at any hour; one line each, as it should be read"
    )
    # how the lead's name is read, written where a lead is named: who may open a door is a row of its own
    safeguarding_lead = models.CharField(max_length=80, blank=True)
    safeguarding_phone = models.CharField(max_length=40, blank=True)
    safeguarding_deputy = models.CharField(max_length=80, blank=True)
    children_phone = models.CharField(
        max_length=120, blank=True, help_text="children’s services, as it is read"
    )
    adults_phone = models.CharField(max_length=120, blank=True, help_text="adult social care, as it is read")
    night_phone = models.CharField(max_length=120, blank=True, help_text="both, when offices are shut")
    outside_contact = models.CharField(
        max_length=120, blank=True, help_text="who hears what is said against somebody here; not one of us"
    )
    outside_phone = models.CharField(max_length=40, blank=True)
    telling_controller = models.CharField(max_length=120, blank=True)
    counting_controller = models.CharField(max_length=120, blank=True)
    safeguarding_controller = models.CharField(max_length=120, blank=True)
    privacy_contact = models.CharField(max_length=200, blank=True, help_text="who answers for what is kept")
    keeps_a_log = models.BooleanField(default=False)
    log_controller = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def help_lines(self) -> list[str]:
        return [line.strip() for line in self.help_now.splitlines() if line.strip()]


class Neighbourhood(models.Model):
    """An area by the name people use."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    about = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def current_round(self) -> Round | None:
        """Its newest round. Reads what was prefetched."""
        return max(self.rounds.all(), key=lambda each: each.number, default=None)


class Stage(models.TextChoices):
    """Where a round is: a guide, never a gate."""

    POOLSIDE = "poolside", _("poolside")
    DIVING_IN = "diving_in", _("diving in")
    HEARING = "hearing", _("hearing")
    MAKING_SENSE = "making_sense", _("making sense")
    PLANNING = "planning", _("planning")
    KEEPING_OUR_WORD = "keeping_our_word", _("keeping our word")
    LEARNING = "learning", _("learning")


class Round(models.Model):
    """One pass of the thread in a neighbourhood."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.POOLSIDE)
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["neighbourhood", "number"]
        constraints = [models.UniqueConstraint(fields=["neighbourhood", "number"], name="one_round_a_number")]

    def __str__(self) -> str:
        return f"{self.neighbourhood.name}, round {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("website:neighbourhood", args=[self.neighbourhood.slug])
