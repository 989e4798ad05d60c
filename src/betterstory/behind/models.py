"""Patterns made from stories, the place's own contact log, released figures, and sourced estimates."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories.models import Piece, Version


class Files(models.Model):
    """A log and, where there is one, a list of everybody, in a folder of their own that no page serves."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    has_people = models.BooleanField(default=False, help_text="a list of everybody came with it")

    class Meta:
        abstract = True

    @property
    def folder(self) -> Path:
        return Path(settings.HOME) / "logs" / str(self.uuid)

    @property
    def log_path(self) -> Path:
        return self.folder / "the log"

    @property
    def people_path(self) -> Path | None:
        return self.folder / "the list of everybody" if self.has_people else None


class Arrival(Files):
    """Files that came in and can be read, waiting for somebody to say which column is which."""

    columns = models.JSONField(default=list)
    people_columns = models.JSONField(default=list)
    brought_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    came_at = models.DateTimeField()

    class Meta:
        ordering = ["-came_at"]

    def __str__(self) -> str:
        return f"arrival {self.pk}"


class ContactLog(Files):
    """Service contacts of many people that this place keeps itself, under a named controller."""

    name = models.CharField(max_length=120)
    columns = models.JSONField(default=dict, help_text="which column is the person, activity, time, order")
    source = models.CharField(max_length=300, help_text="where it comes from, in words")
    cannot_see = models.CharField(max_length=300, help_text="whom these records cannot see")
    controller = models.CharField(max_length=120, help_text="who answered for it when it came")
    period = models.CharField(max_length=120, blank=True)
    people_count = models.PositiveIntegerField(null=True, help_text="as released: rounded, never exact")
    activities = models.JSONField(default=list)
    set_aside = models.JSONField(default=list, help_text="what could not be used, in protected sentences")
    data_mark = models.CharField(max_length=64, help_text="the same for the same data, read the same way")
    is_invented = models.BooleanField(default=False)
    brought_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["-brought_at"]

    def __str__(self) -> str:
        return self.name


def pieces_of(lookup: str) -> models.Prefetch[str]:
    """Pieces with what the one question looks at."""
    return models.Prefetch(lookup, queryset=Piece.objects.select_related("version__story"))


class PatternQuerySet(models.QuerySet["Pattern"]):
    def about(self, version: Version) -> PatternQuerySet:
        """Those made from this story, whichever version of it. Whether that may be said: `rules.tied`."""
        story = version.story_id
        of_it = Q(made_from__story=story) | Q(pieces__version__story=story)
        return self.filter(pk__in=self.model._default_manager.filter(of_it).values("pk"))

    def with_pieces(self) -> PatternQuerySet:
        """Ready for `rules.tied`."""
        return self.prefetch_related(pieces_of("pieces"))


class Pattern(models.Model):
    """Steps with time limits, made from a story; never in the teller's words. A change makes a new one."""

    name = models.CharField(max_length=120)
    toml = models.TextField()
    from_a_story = models.BooleanField(
        default=False, help_text="stays true when the story is gone: then it is asked no more"
    )
    made_from = models.ForeignKey(Version, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    pieces = models.ManyToManyField(
        Piece, blank=True, related_name="+", help_text="the steps and gaps it is about"
    )
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    objects = PatternQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("behind:pattern", args=[self.pk])


class ReleaseQuerySet(models.QuerySet["Release"]):
    def about(self, version: Version) -> ReleaseQuerySet:
        """Those of patterns made from this story. Whether that may be said: `rules.tied`."""
        return self.filter(pattern__in=Pattern.objects.about(version))

    def with_pattern(self) -> ReleaseQuerySet:
        """Each with its pattern, ready for `rules.tied`."""
        return self.select_related("pattern").prefetch_related(pieces_of("pattern__pieces"))

    def that_can_be_asked_again(self) -> ReleaseQuerySet:
        """Those whose log is still here, so that a new release can be held against them."""
        return self.exclude(log=None).select_related("pattern", "log")


class Release(models.Model):
    """Figures that may be shown: frozen, numbered, protected. Raw counts are kept nowhere."""

    number = models.PositiveIntegerField(unique=True)
    pattern = models.ForeignKey(Pattern, on_delete=models.PROTECT, related_name="releases")
    log = models.ForeignKey(ContactLog, null=True, on_delete=models.SET_NULL, related_name="releases")
    figures = models.JSONField(help_text="protected figures only, format 1")
    rule = models.CharField(max_length=40, default="default")
    source = models.CharField(max_length=300)
    period = models.CharField(max_length=120, blank=True)
    cannot_see = models.CharField(max_length=300, help_text="whom these records cannot see")
    data_mark = models.CharField(max_length=64, help_text="which data it was counted on")
    counted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    released_at = models.DateTimeField()

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["pattern", "data_mark"], name="one_release_of_a_pattern_on_data")
        ]

    def __str__(self) -> str:
        return _("release %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("behind:release", args=[self.pk])


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
