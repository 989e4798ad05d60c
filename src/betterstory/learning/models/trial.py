"""A lesson of one round, taken up in another: being tried, tried, tried with a change, or not for here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from betterstory.learning.models.lesson import Lesson
from betterstory.people.models import Person
from betterstory.places.models import Round


class Standing(models.TextChoices):
    """How a lesson stands in a round that took it up."""

    TRYING = "trying", _("we are trying it")
    TRIED = "tried", _("we tried it as it is")
    ADAPTED = "adapted", _("we tried it with a change")
    NOT_FOR_HERE = "not_for_here", _("not for here")


class TrialQuerySet(models.QuerySet["Trial"]):
    def with_words(self) -> TrialQuerySet:
        """Each with `newest`, what was said of it last."""
        newest = TrialWords.objects.filter(number=F("trial__version"))
        return self.select_related("round__neighbourhood").prefetch_related(
            models.Prefetch("sayings", newest, to_attr="newest")
        )


class Trial(models.Model):
    """One lesson in one other round. What was said of it last stands."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="trials")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.TRYING)
    version = models.PositiveSmallIntegerField(default=1, help_text="the number of what was said last")
    began_on = models.DateField()

    objects = TrialQuerySet.as_manager()

    class Meta:
        ordering = ["began_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["lesson", "round"], name="a_lesson_once_in_a_round")]

    def __str__(self) -> str:
        return f"trial {self.pk}"

    @property
    def words(self) -> TrialWords:
        """What was said last. Reads what `with_words` fetched."""
        newest: list[TrialWords] | None = getattr(self, "newest", None)
        return newest[0] if newest else self.sayings.get(number=self.version)


class TrialWords(models.Model):
    """What a round said of a lesson on one day: how it stands, why, what they changed, what came of it."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="sayings")
    number = models.PositiveSmallIntegerField()
    standing = models.CharField(max_length=12, choices=Standing.choices)
    reason = models.CharField(max_length=400)
    changed = models.CharField(max_length=400, blank=True, help_text="what they did another way")
    came_of = models.CharField(max_length=600, blank=True)
    of_version = models.PositiveSmallIntegerField(help_text="which words of the lesson they read")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["trial", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["trial", "number"], name="one_saying_a_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_trial_says_why"),
            models.CheckConstraint(
                condition=~Q(standing="adapted") | ~Q(changed=""), name="adapted_says_what_changed"
            ),
        ]

    def __str__(self) -> str:
        return self.get_standing_display()
