"""What left the building: prints, exports and letters, who took them, and what became of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories.models.consent import Use
from betterstory.stories.models.story import Piece, Story, Version


class Leaving(models.Model):
    """One print, export or letter: its number, what was in it, who took it and when. Never a word of it."""

    class How(models.TextChoices):
        PRINT = "print", _("a print")
        EXPORT = "export", _("a file")
        LETTER = "letter", _("an e-mail")

    how = models.CharField(max_length=8, choices=How.choices)
    use = models.CharField(max_length=12, choices=Use.choices)
    taken_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    versions = models.ManyToManyField(Version, blank=True, related_name="leavings")
    pieces = models.ManyToManyField(Piece, blank=True, related_name="leavings")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.how} {self.pk}"

    @property
    def number(self) -> int | None:
        """As it stands on the paper."""
        return self.pk


class Recall(models.Model):
    """The teller asked for it back; whoever took it says what became of it."""

    class Answer(models.TextChoices):
        DESTROYED = "destroyed", _("I destroyed it")
        GIVEN_BACK = "given_back", _("I gave it back")
        NOT_FOUND = "not_found", _("I cannot find it")
        CANNOT = "cannot", _("Others have it now, and I cannot get it back")

    leaving = models.ForeignKey(Leaving, on_delete=models.CASCADE, related_name="recalls")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["leaving", "story"], name="asked_back_once")]

    def __str__(self) -> str:
        return f"{self.leaving_id} asked back"
