"""A promise: which post of which body, or who, to whom, the exact words, by when."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _now

from betterstory.conversations.models import Insight
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises.models.ask import Ask, Size, card_made_from, exactly_one
from betterstory.promises.models.said import Again, Judgement
from betterstory.promises.models.state import LATE, OPEN, TO_COME, State
from betterstory.stories.models import Version


_BESIDE = {"judgings": "Judging", "views": "OwnView", "replies": "Reply", "pointers": "Pointer"}


class PromiseQuerySet(models.QuerySet["Promise"]):
    def on_the_wall(self) -> PromiseQuerySet:
        """All that showing a promise needs, in one query: `note` and `said_on` of what was said last,
        `was_due_on` where it was made again.
        """
        said = Judgement.objects.filter(promise=OuterRef("pk")).order_by("-on", "-pk")
        again = Again.objects.filter(promise=OuterRef("pk"), agreed_on__isnull=False).order_by("-pk")
        return self.select_related("post__body", "round__neighbourhood").annotate(
            note=Subquery(said.values("note")[:1]),
            said_on=Subquery(said.values("on")[:1]),
            was_due_on=Subquery(again.values("was_due_on")[:1]),
        )

    def with_beside(self) -> PromiseQuerySet:
        """Whether anything stands beside each, so that a bare one asks for nothing more."""
        of = {"promise": OuterRef("pk")}
        theirs = {
            f"has_{name}": Exists(apps.get_model("promises", model).objects.filter(**of))  # files above this one
            for name, model in _BESIDE.items()
        }
        return self.annotate(has_agains=Exists(Again.objects.filter(**of)), **theirs)

    def still_open(self) -> PromiseQuerySet:
        """Nobody has said yet how it turned out; by the day they fall due, so the late ones come first."""
        return self.filter(state__in=OPEN).order_by("due_on", "pk")

    def late(self, on: date) -> PromiseQuerySet:
        return self.still_open().filter(due_on__lt=on)

    def in_state(self, state: str, on: date) -> PromiseQuerySet:
        """As `Promise.mark` names it."""
        if state == LATE:
            return self.late(on)
        if state in (TO_COME, State.MADE_AGAIN):
            wanted = State.MADE if state == TO_COME else State.MADE_AGAIN
            return self.filter(state=wanted, due_on__gte=on)
        return self.filter(state=state)

    def about(self, body: Body) -> PromiseQuerySet:
        """Made by a post of this body."""
        return self.filter(post__body=body)

    def owed_in(self, round_: Round) -> PromiseQuerySet:
        """What is owed in a round, the late ones first."""
        return self.still_open().filter(round=round_).select_related("post__body")

    def promised_to(self, person: Person) -> PromiseQuerySet:
        """Made to this person, to a circle they are in, or to a body where they hold a post."""
        theirs = Q(to_body__in=Post.objects.filter(holder=person).values("body"))
        return self.filter(Q(to_person=person) | Q(to_circle__in=person.circle_ids) | theirs)

    def promised_by(self, person: Person) -> PromiseQuerySet:
        """Made by this person for themselves, or by a post they hold now."""
        return self.filter(Q(person=person) | Q(post__holder=person))

    def that_rest_on(self, version: Version) -> PromiseQuerySet:
        """Those that answer an ask which rests on this story, or a card made from it."""
        asks = Ask.objects.that_rest_on(version).values("pk")
        return self.filter(Q(ask__in=asks) | card_made_from(version)).distinct()


class Promise(models.Model):
    """Which post of which body, to whom, the exact words, by when, and what it answers."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=300)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="for themselves"
    )
    by_words = models.CharField(
        max_length=120,
        blank=True,
        help_text="what a person who promises for themselves is called on the wall",
    )
    to_words = models.CharField(max_length=120, help_text="to whom, as it stands on the wall")
    to_circle = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    due_on = models.DateField()
    ask = models.ForeignKey(Ask, null=True, blank=True, on_delete=models.SET_NULL, related_name="promises")
    insight = models.ForeignKey(Insight, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    witness = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.MADE)
    made_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+", help_text="whose word it was"
    )
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    in_the_room = models.BooleanField(default=False, help_text="said in the room; an organiser wrote it down")
    size = models.CharField(max_length=10, choices=Size.choices, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False) ^ Q(person__isnull=False), name="a_post_or_a_person_promises"
            ),
            models.CheckConstraint(
                condition=exactly_one("to_circle", "to_person", "to_body"), name="one_of_three_is_promised"
            ),
        ]
        indexes = [models.Index(fields=["-due_on", "-id"], name="promises_last_due_first")]

    def __str__(self) -> str:
        return f"promise {self.pk}"

    @property
    def who(self) -> str:
        """Who promises, as it stands on the wall: a post and a body, or the words a person chose."""
        return str(self.post) if self.post else self.by_words or _now("somebody here")

    @property
    def is_open(self) -> bool:
        """Nobody has said yet how it turned out."""
        return self.state in OPEN

    def is_late(self, *, on: date) -> bool:
        """The day is past and nobody has said how it turned out."""
        return self.is_open and on > self.due_on

    def days_late(self, *, on: date) -> int:
        return max(0, (on - self.due_on).days) if self.is_open else 0

    def mark(self, on: date) -> str:
        """One word for the drawing: late, to_come, made_again, kept, partly, not_kept, released."""
        if self.is_late(on=on):
            return LATE
        return TO_COME if self.state == State.MADE else self.state
