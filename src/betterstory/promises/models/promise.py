"""A promise: which post of which body, or who, to whom, the exact words, by when."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _now

from betterstory.conversations.models import Gathering, Insight
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import clocks
from betterstory.promises.models.ask import Ask, Size, card_made_from, exactly_one
from betterstory.promises.models.said import Again, Judgement
from betterstory.promises.models.state import LATE, OPEN, TO_COME, State
from betterstory.promises.working_days import Spans
from betterstory.stories.models import Version

FINDS_OUT = re.compile(r"\b(will|shall|['’]ll) (find|look) out\b", re.IGNORECASE)


_BESIDE = {"judgings": "Judging", "views": "OwnView", "replies": "Reply", "pointers": "Pointer"}


class PromiseQuerySet(models.QuerySet["Promise"]):
    def on_the_wall(self) -> PromiseQuerySet:
        """What anyone may read: all but what waits until after an election."""
        return self.with_what_was_said().exclude(state=State.WAITS)

    def with_what_was_said(self) -> PromiseQuerySet:
        """All that showing a promise needs, in one query: `note` and `said_on` of what was said last,
        `was_due_on` where it was made again, `asked_last` and `agreed_last` where a new day was spoken of.
        """
        said = Judgement.objects.filter(promise=OuterRef("pk")).order_by("-on", "-pk")
        again = Again.objects.filter(promise=OuterRef("pk"), agreed_on__isnull=False).order_by("-pk")
        asked = Again.objects.filter(promise=OuterRef("pk")).order_by("-pk")
        return self.select_related(
            "post__body__today", "post__today__body__today", "round__neighbourhood", "confirmation", "meets"
        ).annotate(
            note=Subquery(said.values("note")[:1]),
            said_on=Subquery(said.values("on")[:1]),
            was_due_on=Subquery(again.exclude(due_on=F("was_due_on")).values("was_due_on")[:1]),
            asked_last=Subquery(asked.values("asked_on")[:1]),
            agreed_last=Subquery(again.values("agreed_on")[:1]),
        )

    def with_beside(self) -> PromiseQuerySet:
        """Whether anything stands beside each, so that a bare one asks for nothing more."""
        of = {"promise": OuterRef("pk")}
        theirs = {
            f"has_{name}": Exists(
                apps.get_model("promises", model).objects.filter(**of)
            )  # files above this one
            for name, model in _BESIDE.items()
        }
        return self.annotate(has_agains=Exists(Again.objects.filter(**of)), **theirs).with_holds()

    def with_holds(self) -> PromiseQuerySet:
        """Whether clocks of its post ever stood still, before an election: `has_holds`."""
        posts = apps.get_model("promises", "Hold").posts.through.objects
        its_own, of_today = posts.filter(post=OuterRef("post")), posts.filter(post=OuterRef("post__today"))
        return self.annotate(has_holds=Exists(its_own) | Exists(of_today))

    def still_open(self) -> PromiseQuerySet:
        """Nobody has said yet how it turned out; by the day they fall due, so the late ones come first."""
        return self.filter(state__in=OPEN).order_by("due_on", "pk")

    def late(self, on: date) -> PromiseQuerySet:
        """Those whose day and its grace are past, the longest first."""
        return self.still_open().filter(overdue_on__lte=on)

    def became_late(self, first: date, last: date) -> PromiseQuerySet:
        """Still open, and late since one of these days."""
        return self.still_open().filter(overdue_on__gte=first, overdue_on__lte=last)

    def in_state(self, state: str, on: date) -> PromiseQuerySet:
        """As `Promise.mark` names it."""
        if state == LATE:
            return self.late(on)
        if state in (TO_COME, State.MADE_AGAIN):
            wanted = State.MADE if state == TO_COME else State.MADE_AGAIN
            return self.filter(state=wanted).exclude(overdue_on__lte=on)
        return self.filter(state=state)

    def about(self, body: Body) -> PromiseQuerySet:
        """Made by a post of this body, or kept by it today."""
        own = Q(post__body=body) | Q(post__body__today=body)
        return self.filter(own | Q(post__today__body=body) | Q(post__today__body__today=body))

    def owed_in(self, round_: Round) -> PromiseQuerySet:
        """What is owed in a round, the late ones first."""
        return self.still_open().filter(round=round_).select_related("post__body")

    def promised_to(self, person: Person) -> PromiseQuerySet:
        """Made to this person, to a circle they are in, or to a body where they hold a post."""
        theirs = Q(to_body__in=Post.objects.filter(holder=person).values("body"))
        return self.filter(Q(to_person=person) | Q(to_circle__in=person.circle_ids) | theirs)

    def promised_by(self, person: Person) -> PromiseQuerySet:
        """Made by this person for themselves, or by a post they hold now, or that theirs followed."""
        holds = Q(post__today=None, post__holder=person) | Q(post__today__holder=person)
        return self.filter(Q(person=person) | holds)

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
    uuid = models.UUIDField(default=uuid4, editable=False, help_text="its name in calendars, for ever")
    overdue_on = models.DateField(
        null=True, blank=True, db_index=True, help_text="the first day it counts as late: worked out"
    )
    said_with_it = models.CharField(max_length=500, blank=True, help_text="kept with a yes that waits")
    when_we_meet = models.BooleanField(default=False, help_text="due when the round next meets")
    meets = models.ForeignKey(
        Gathering,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="that gathering",
    )

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

    @property
    def kept_today(self) -> str:
        """Who keeps it now, where another post or body took the place of the one that promised."""
        if self.post is None or not (self.post.today_id or self.post.body.today_id):
            return ""
        post = self.post.today or self.post
        return f"{post.title}, {(post.body.today or post.body).name}"

    @property
    def keeper(self) -> Person | None:
        """Whoever is to keep it now: the holder of the post, or of the one that followed it."""
        return (self.post.today or self.post).holder if self.post else self.person

    @property
    def finds_out(self) -> bool:
        """A promise to find out: its words say so."""
        return bool(FINDS_OUT.search(self.words))

    @property
    def waits_to_be_confirmed(self) -> bool:
        """Written down in the room for a post, which has not said yet whether it stands so."""
        return self.in_the_room and self.is_open and not hasattr(self, "confirmation")

    @property
    def counts_late_from(self) -> date:
        return self.overdue_on or clocks.overdue_from(self.due_on)

    def is_late(self, *, on: date) -> bool:
        """The day and its grace are past and nobody has said how it turned out."""
        return self.is_open and on > self.due_on and on >= self.counts_late_from

    def days_late(self, *, on: date, without: Spans = ()) -> int:
        """In working days since its day; none while it does not count as late."""
        return clocks.days_late(self.counts_late_from, on, without) if self.is_late(on=on) else 0

    def mark(self, on: date) -> str:
        """One word for the drawing: late, to_come, made_again, kept, partly, not_kept, released."""
        if self.is_late(on=on):
            return LATE
        return TO_COME if self.state == State.MADE else self.state
