"""Patterns made from stories, the place's own contact log, released figures, and sourced estimates."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories.models import Piece, Version


class ContactLog(models.Model):
    """Service contacts of many people that this place keeps itself, under a named controller."""

    name = models.CharField(max_length=120)
    file = models.FileField(upload_to="logs/")
    people_file = models.FileField(upload_to="logs/", blank=True)
    columns = models.JSONField(default=dict, help_text="which column is the person, activity, time, seq")
    source = models.CharField(max_length=300, help_text="where it comes from, in words")
    period = models.CharField(max_length=120, blank=True)
    people_count = models.PositiveIntegerField(null=True, help_text="as released: rounded, never exact")
    activities = models.JSONField(default=list)
    is_invented = models.BooleanField(default=False)
    brought_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["-brought_at"]

    def __str__(self) -> str:
        return self.name


class Pattern(models.Model):
    """Steps with time limits, made from a story; never in the teller's words."""

    name = models.CharField(max_length=120)
    toml = models.TextField()
    made_from = models.ForeignKey(Version, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    pieces = models.ManyToManyField(
        Piece, blank=True, related_name="+", help_text="the steps and gaps it is about"
    )
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class Release(models.Model):
    """Figures that may be shown: frozen, numbered, protected. Raw counts are kept nowhere."""

    number = models.PositiveIntegerField(unique=True)
    pattern = models.ForeignKey(Pattern, on_delete=models.PROTECT, related_name="releases")
    log = models.ForeignKey(ContactLog, null=True, on_delete=models.SET_NULL, related_name="+")
    figures = models.JSONField(help_text="protected figures only, as the engine writes them")
    rule = models.CharField(max_length=40, default="default")
    source = models.CharField(max_length=300)
    period = models.CharField(max_length=120, blank=True)
    cannot_see = models.CharField(max_length=300, help_text="whom these records cannot see")
    data_mark = models.CharField(max_length=64, help_text="which data it was counted on")
    counted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return _("release %(number)s") % {"number": self.number}


class Estimate(models.Model):
    """A sourced figure from elsewhere, typed in by a person; never added to a count."""

    pattern = models.ForeignKey(Pattern, on_delete=models.CASCADE, related_name="estimates")
    words = models.CharField(max_length=200, help_text="the figure in words")
    source = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    cannot_see = models.CharField(max_length=300)
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at"]

    def __str__(self) -> str:
        return self.words
