"""Answer files of other bodies: what their own records said to a pattern, protected where they are."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from betterstory.behind.models.patterns import Pattern, pieces_of
from betterstory.people.models import Person


class AnswerQuerySet(models.QuerySet["Answer"]):
    def out(self) -> AnswerQuerySet:
        """Those that somebody else has looked at and let out."""
        return self.exclude(approved_at=None)

    def waiting(self) -> AnswerQuerySet:
        return self.filter(approved_at=None, refused_at=None)

    def with_pattern(self) -> AnswerQuerySet:
        """Each with its pattern, ready for `rules.is_free` and `rules.approvable`."""
        return self.select_related("pattern").prefetch_related(pieces_of("pattern__pieces"))


class Answer(models.Model):
    """One body's answer. It stands beside others and is never added to them."""

    pattern = models.ForeignKey(Pattern, on_delete=models.PROTECT, related_name="answers")
    body = models.CharField(max_length=200)
    source = models.CharField(max_length=1000)
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    complete_until = models.DateField(null=True)
    rule = models.CharField(max_length=40)
    checked_by = models.CharField(max_length=200, help_text="who checked it there, as the file says")
    checked_on = models.DateField(null=True)
    notes = models.TextField(blank=True)
    figures = models.JSONField(help_text="protected figures only, format 1")
    cannot_see = models.CharField(max_length=300, help_text="whom these records cannot see")
    mark = models.CharField(max_length=64, help_text="the same for the same file")
    brought_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    brought_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_as = models.CharField(max_length=260, blank=True, help_text="a post of a body, or a trustee")
    approved_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=500, blank=True, help_text="why it stays in")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["body", "-brought_at"]
        constraints = [models.UniqueConstraint(fields=["pattern", "mark"], name="an_answer_file_once")]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("behind:answer", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.approved_at is None and self.refused_at is None

    @property
    def askers(self) -> frozenset[int]:
        """Whoever made the pattern, and whoever brought the file."""
        return frozenset(filter(None, (self.brought_by_id, self.pattern.made_by_id)))
