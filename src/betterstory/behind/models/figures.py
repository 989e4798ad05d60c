"""What was counted: first a draft that somebody else has to look at, then a release that anyone may see."""

from __future__ import annotations

from pathlib import Path

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models.logs import ContactLog
from betterstory.behind.models.patterns import Pattern, pieces_of
from betterstory.people.models import Person
from betterstory.stories.models import Version


class Counted(models.Model):
    """Protected figures of one pattern on one log, and how they are known. Raw counts are kept nowhere.

    Who is in each figure is kept as keyed hashes, sealed, in the folder of the log `kept_with`, under the
    name `kept_as`: later counts are held against them. They go when the last log of their line goes.
    """

    pattern = models.ForeignKey(Pattern, on_delete=models.PROTECT, related_name="%(class)ss")
    log = models.ForeignKey(ContactLog, null=True, on_delete=models.SET_NULL, related_name="%(class)ss")
    figures = models.JSONField(help_text="protected figures only, format 1")
    rule = models.CharField(max_length=40, default="default")
    source = models.CharField(max_length=300)
    period = models.CharField(max_length=120, blank=True)
    cannot_see = models.CharField(max_length=300, help_text="whom these records cannot see")
    data_mark = models.CharField(max_length=64, help_text="which data it was counted on")
    by_column = models.CharField(
        max_length=200, blank=True, default="", help_text="the column of whole neighbourhoods looked over by"
    )
    counted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    kept_with = models.ForeignKey(ContactLog, null=True, on_delete=models.SET_NULL, related_name="+")
    kept_as = models.UUIDField(null=True)

    class Meta:
        abstract = True

    @property
    def kept_path(self) -> Path | None:
        """Where its sets of people are, if they still are."""
        if self.kept_with is None or self.kept_as is None:
            return None
        return self.kept_with.kept_folder / str(self.kept_as)


class ReleaseQuerySet(models.QuerySet["Release"]):
    def about(self, version: Version) -> ReleaseQuerySet:
        """Those of patterns made from this story. Whether that may be said: `rules.tied`."""
        return self.filter(pattern__in=Pattern.objects.about(version))

    def with_pattern(self) -> ReleaseQuerySet:
        """Each with its pattern, ready for `rules.tied`."""
        return self.select_related("pattern").prefetch_related(pieces_of("pattern__pieces"))

    def that_can_be_held_against(self) -> ReleaseQuerySet:
        """Those whose sets of people are still here, or whose log is, the newest first."""
        still_here = self.exclude(kept_with=None, log=None)
        return still_here.select_related("pattern", "log", "kept_with").order_by("-number")


class Release(Counted):
    """Figures that anyone may see: frozen, numbered, approved by somebody other than whoever asked."""

    number = models.PositiveIntegerField(unique=True)
    released_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        Person,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="empty where it was released before approvals were asked for",
    )
    approved_as = models.CharField(max_length=260, blank=True, help_text="a post of a body, or a trustee")

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["pattern", "data_mark", "by_column"], name="one_release_of_a_pattern_on_data"
            )
        ]

    def __str__(self) -> str:
        return _("release %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("behind:release", args=[self.pk])


WAITING = Q(refused_at=None, release=None)


class DraftQuerySet(models.QuerySet["Draft"]):
    def waiting(self) -> DraftQuerySet:
        """Those that nobody has approved or refused yet."""
        return self.filter(WAITING)

    def with_pattern(self) -> DraftQuerySet:
        """Each with its pattern, ready for `rules.tied` and `rules.approvable`."""
        related = self.select_related("pattern", "counted_by", "release", "log", "kept_with", "refused_by")
        return related.prefetch_related(pieces_of("pattern__pieces"))


class Draft(Counted):
    """A count on the analyst's screen. It is released once somebody else has looked at it, or refused."""

    counted_at = models.DateTimeField()
    held_against = models.PositiveIntegerField(help_text="the last release that it was held against")
    refused_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=500, blank=True, help_text="why it stays in")
    release = models.OneToOneField(Release, null=True, on_delete=models.SET_NULL, related_name="draft")

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-counted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pattern", "data_mark", "by_column"], condition=WAITING, name="one_draft_waits"
            )
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("behind:draft", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.refused_at is None and self.release_id is None

    @property
    def askers(self) -> frozenset[int]:
        """Who asked: whoever made the pattern, and whoever counted it."""
        return frozenset(filter(None, (self.counted_by_id, self.pattern.made_by_id)))


class Trustee(models.Model):
    """Somebody a steward named to look at figures before they are out, whichever body they were asked by."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    named_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    named_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["person__name"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_on=None), name="once_a_trustee")
        ]

    def __str__(self) -> str:
        return f"trustee {self.pk}"
