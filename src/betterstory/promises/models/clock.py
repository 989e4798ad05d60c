"""What bears on the clocks: days held before an election, and a post's word for what was written down."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body, Person, Post
from betterstory.promises.working_days import Spans


class HoldQuerySet(models.QuerySet["Hold"]):
    def on(self, day: date) -> HoldQuerySet:
        return self.filter(from_on__lte=day, until_on__gte=day)

    def spans_of(self, post: Post | None) -> Spans:
        """The days in which the clocks of this post stand still. One query."""
        if post is None:
            return ()
        posts = [post.pk, post.today_id or post.pk]
        return list(self.filter(posts__in=posts).values_list("from_on", "until_on").distinct())

    def spans_of_body(self, body: Body) -> Spans:
        """The days in which answers of this body wait. One query."""
        return list(
            self.filter(body__in=[body.pk, body.today_id or body.pk]).values_list("from_on", "until_on")
        )

    def by_post(self) -> dict[int, list[tuple[date, date]]]:
        """All of them, by the post they hold: one query for a whole page."""
        found: dict[int, list[tuple[date, date]]] = defaultdict(list)
        for post, first, last in self.exclude(posts=None).values_list("posts", "from_on", "until_on"):
            found[post].append((first, last))
        return found


class Hold(models.Model):
    """Days before an election: what these posts of a body promise waits, and their clocks stand still."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    posts = models.ManyToManyField(Post, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(help_text="the last day of it")
    set_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="a_hold_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class Confirmation(models.Model):
    """What the post said of a promise that was written down for it in the room."""

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        OTHER_WORDS = "other_words", _("confirmed, in other words")
        TAKEN_BACK = "taken_back", _("taken back")

    promise = models.OneToOneField("promises.Promise", on_delete=models.CASCADE, related_name="confirmation")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    because = models.CharField(max_length=300, blank=True, help_text="why it was taken back")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="taken_back") | ~Q(because=""), name="taken_back_says_why"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
