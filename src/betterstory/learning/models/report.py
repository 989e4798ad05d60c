"""A report of a round: which parts, own words to each, and its day. Its figures are kept nowhere."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.places.models import Round


class Part(models.TextChoices):
    """What a report can hold, in the order it is read."""

    DATES = "dates", _("When we met")
    ASKED = "asked", _("What we asked, and what was answered")
    PROMISED = "promised", _("What we promised, and how it stands")
    NOT_DONE = "not_done", _("What we promised and did not do, and what we asked and was refused")
    LEFT_OUT = "left_out", _("What got worse, and who was left out")
    BEHIND = "behind", _("How many people the records show")
    IN_WORDS = "in_words", _("In people’s own words")
    SPENT = "spent", _("Hours and money")
    OUTSIDE = "outside", _("What changed around us")


ALWAYS = (Part.NOT_DONE, Part.LEFT_OUT)  # nobody can leave these out
CHOSEN = tuple(part for part in Part if part not in ALWAYS)


class Report(models.Model):
    """One numbered version. It is never changed: another choice of parts or words is the next version."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    as_of = models.DateField(help_text="figures are counted as things stood at the end of this day")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField()
    open_since = models.DateField(
        null=True, blank=True, help_text="anyone with the address may read it; empty: the partnership alone"
    )

    class Meta:
        ordering = ["round", "-number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_report_a_number")]

    def __str__(self) -> str:
        return f"report {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("learning:report", args=[self.key])

    @property
    def is_open(self) -> bool:
        return self.open_since is not None


class ReportPart(models.Model):
    """A part that was chosen, with words of one's own to stand before it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=10, choices=Part.choices)
    words = models.TextField(max_length=1200, blank=True)

    class Meta:
        ordering = ["report", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "part"], name="a_part_once")]

    def __str__(self) -> str:
        return f"{self.part} of report {self.report_id}"
