"""A lesson: what was tried, what happened, what we do now; every wording of it; and what it points to."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Gathering, Insight
from betterstory.immersion.models import Act
from betterstory.people.models import Person
from betterstory.places.models import Round, Stage
from betterstory.promises.models import Ask, Promise
from betterstory.stories.models import Piece


class Reach(models.TextChoices):
    """Who can read a lesson before it is offered."""

    PARTNERSHIP = "partnership", _("the people of the round, and the partnership")
    ANYONE = "anyone", _("anyone")


class LessonQuerySet(models.QuerySet["Lesson"]):
    def offered(self) -> LessonQuerySet:
        """Those that other neighbourhoods can take up."""
        return self.exclude(offered_on=None)

    def for_anyone(self) -> LessonQuerySet:
        """Those that a stranger may read."""
        return self.filter(Q(reach=Reach.ANYONE) | Q(offered_on__isnull=False))

    def with_words(self) -> LessonQuerySet:
        """Each with `wordings` that hold the newest alone, in two queries whatever their number."""
        newest = Wording.objects.filter(number=F("lesson__version"))
        return self.select_related("round__neighbourhood").prefetch_related(
            models.Prefetch("wordings", newest, to_attr="newest")
        )

    def with_now(self) -> LessonQuerySet:
        """Each with `now`, what is done now as its newest words say, and where it is from. One query."""
        newest = Wording.objects.filter(lesson=OuterRef("pk"), number=OuterRef("version"))
        return self.select_related("round__neighbourhood").annotate(now=Subquery(newest.values("now")[:1]))

    def that_point_to(self, what: Q) -> LessonQuerySet:
        """Those whose words of today point to this: `that_point_to(Q(promise=promise))`."""
        points = Points.objects.filter(what, wording__number=F("wording__lesson__version"))
        return self.filter(pk__in=points.values("wording__lesson"))


class Lesson(models.Model):
    """What the people of one round learned. Its words are versions; once offered, anyone may read it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField(default=1, help_text="the number of the words that stand")
    about = models.CharField(
        max_length=20, choices=Stage.choices, default=Stage.LEARNING, help_text="which part of a round"
    )
    reach = models.CharField(max_length=12, choices=Reach.choices, default=Reach.PARTNERSHIP)
    offered_on = models.DateField(null=True, blank=True)
    offered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    came_from = models.ForeignKey(
        "learning.Trial",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="became",
        help_text="the lesson of another round that was tried in this one",
    )
    written_on = models.DateField()

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["-written_on", "-pk"]

    def __str__(self) -> str:
        return f"lesson {self.pk}"

    @property
    def is_offered(self) -> bool:
        return self.offered_on is not None

    @property
    def is_for_anyone(self) -> bool:
        """A stranger may read it."""
        return self.is_offered or self.reach == Reach.ANYONE

    @property
    def words(self) -> Wording:
        """The words that stand. Reads what `with_words` fetched."""
        newest: list[Wording] | None = getattr(self, "newest", None)
        return newest[0] if newest else self.wordings.get(number=self.version)


class Wording(models.Model):
    """One version of a lesson's words. The newest stands; the older are kept below it."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    tried = models.CharField(max_length=600)
    saw = models.CharField(max_length=600)
    surprised = models.CharField(max_length=600, blank=True)
    worse = models.CharField(max_length=600, help_text="what got worse, or who was left out")
    now = models.CharField(max_length=600, help_text="what we do now")
    because = models.CharField(max_length=300, blank=True, help_text="why it was written again")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()
    taken_out_on = models.DateField(null=True, blank=True, help_text="its words are gone, and why is said")
    taken_out_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["lesson", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "number"], name="one_wording_a_number"),
            models.CheckConstraint(
                condition=~Q(worse="") | Q(taken_out_on__isnull=False), name="what_got_worse_is_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"lesson {self.lesson_id}, words {self.number}"


WHAT = ("promise", "ask", "release", "gathering", "act", "card", "piece")


def _one_of(names: tuple[str, ...]) -> Q:
    """Exactly one of these is there."""
    each = [Q(**{f"{other}__isnull": other != name for other in names}) for name in names]
    return reduce(or_, each)


class Points(models.Model):
    """One thing that a lesson points to. A moment of a story is pointed to and never copied."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="points")
    promise = models.ForeignKey(Promise, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    ask = models.ForeignKey(Ask, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    release = models.ForeignKey(Release, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    act = models.ForeignKey(Act, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    card = models.ForeignKey(Insight, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    piece = models.ForeignKey(Piece, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["wording", "pk"]
        constraints = [models.CheckConstraint(condition=_one_of(WHAT), name="points_to_one_thing")]

    def __str__(self) -> str:
        return f"what lesson words {self.wording_id} point to"
