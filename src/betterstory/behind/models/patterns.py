"""Patterns made from stories, and sourced figures from elsewhere beside them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from betterstory.people.models import Person
from betterstory.stories.models import Piece, Version


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
