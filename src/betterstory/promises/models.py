"""Asks, their answers, the promises that come of them, and what the promised side says of each."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Gathering, Insight
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.stories.models import Piece


class Ask(models.Model):
    """What somebody asks of a body: the words, who asks, what it rests on, when."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=300)
    asked_by_words = models.CharField(
        max_length=120, help_text="who asks, as it stands on the wall: a room, a street"
    )
    asked_by = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    of = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", help_text="whose answer is awaited now"
    )
    asked_on = models.DateField()
    insight = models.ForeignKey(Insight, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    release = models.ForeignKey(Release, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    piece = models.ForeignKey(Piece, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["asked_on", "pk"]

    def __str__(self) -> str:
        return f"ask {self.pk}"


class Answer(models.Model):
    """What a body answered: yes, no because, or not ours. Without one, the answer is: no answer yet."""

    class Kind(models.TextChoices):
        YES = "yes", _("yes")
        NO_BECAUSE = "no_because", _("no, because")
        NOT_OURS = "not_ours", _("not ours")

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", help_text="who answered")
    words = models.CharField(max_length=500, blank=True, help_text="the reason, or a word with it")
    passed_to = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="not_ours") | Q(passed_to__isnull=False), name="not_ours_names_whose"
            ),
            models.CheckConstraint(condition=~Q(kind="no_because") | ~Q(words=""), name="no_says_why"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class State(models.TextChoices):
    """Where a promise stands. Late is not among them: it shows by itself once the day is past."""

    MADE = "made", _("still to come")
    MADE_AGAIN = "made_again", _("made again")
    KEPT = "kept", _("kept")
    PARTLY = "partly", _("partly")
    NOT_KEPT = "not_kept", _("not kept")
    RELEASED = "released", _("let go")


class Promise(models.Model):
    """Which post of which body, to whom, the exact words, by when, and what it answers."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=300)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="for themselves"
    )
    to_words = models.CharField(max_length=120, help_text="to whom, as it stands on the wall")
    to_circle = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    due_on = models.DateField()
    ask = models.ForeignKey(Ask, null=True, blank=True, on_delete=models.SET_NULL, related_name="promises")
    insight = models.ForeignKey(Insight, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    witness = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.MADE)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False) ^ Q(person__isnull=False), name="a_post_or_a_person_promises"
            ),
            models.CheckConstraint(
                condition=Q(to_circle__isnull=False) ^ Q(to_person__isnull=False),
                name="a_circle_or_a_person_is_promised",
            ),
        ]

    def __str__(self) -> str:
        return f"promise {self.pk}"

    @property
    def is_open(self) -> bool:
        """Nobody has said yet how it turned out."""
        return self.state in (State.MADE, State.MADE_AGAIN)

    def is_late(self, *, on: date) -> bool:
        """The day is past and nobody has said how it turned out."""
        return self.is_open and on > self.due_on


class Judgement(models.Model):
    """What the promised side said of a promise. The newest stands; the older are kept below it."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="judgements")
    verdict = models.CharField(
        max_length=12,
        choices=[(s.value, s.label) for s in (State.KEPT, State.PARTLY, State.NOT_KEPT, State.RELEASED)],
    )
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.get_verdict_display()
