"""An ask: the words, who asks whom, what it rests on; and how it was answered."""

from __future__ import annotations

import operator
from datetime import date
from functools import reduce
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Gathering, Insight
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import clocks
from betterstory.promises.models.state import State
from betterstory.promises.working_days import DAY
from betterstory.stories.models import Piece, Version

NO_ANSWER_YET = "none_yet"


def exactly_one(*names: str) -> Q:
    """One of these is there, and the others are not."""
    return reduce(
        operator.or_, (Q(**{f"{name}__isnull": name != there for name in names}) for there in names)
    )


class AskQuerySet(models.QuerySet["Ask"]):
    def on_the_wall(self) -> AskQuerySet:
        """All that showing an ask needs, in two queries: `promised` is the promise it became, if any."""
        promises = apps.get_model("promises", "Promise").objects  # by name: it stands on this file
        made = promises.exclude(state=State.WAITS)
        return (
            self.select_related("of__today", "of_circle", "round__neighbourhood")
            .prefetch_related(
                models.Prefetch("answers", Answer.objects.select_related("body", "circle", "passed_to"))
            )
            .annotate(promised=Subquery(made.filter(ask=OuterRef("pk")).values("pk")[:1]))
        )

    def in_state(self, state: str) -> AskQuerySet:
        """Those whose newest answer is of this kind, or that have none."""
        if state == NO_ANSWER_YET:
            return self.annotate(newest=_newest_kind()).filter(newest=None)
        return self.annotate(newest=_newest_kind()).filter(newest=state)

    def waiting(self) -> AskQuerySet:
        """Nobody has said yes or no; the longest waiting first."""
        still = Q(newest=None) | Q(newest=Answer.Kind.NOT_OURS)
        return self.annotate(newest=_newest_kind()).filter(still).order_by("asked_on", "pk")

    def waiting_in(self, round_: Round) -> AskQuerySet:
        return self.waiting().filter(round=round_).select_related("of", "of_circle")

    def about(self, body: Body) -> AskQuerySet:
        """Asked of this body now, or answered by it; or by one that it followed."""
        answered = Answer.objects.filter(Q(body=body) | Q(body__today=body)).values("ask")
        return self.filter(Q(of=body) | Q(of__today=body) | Q(pk__in=answered))

    def asked_by_body(self, body: Body) -> AskQuerySet:
        """What this body asks of others."""
        return self.filter(asking_body=body)

    def asked_for(self, person: Person) -> AskQuerySet:
        """Asked by this person, by a circle they are in, or by a body where they hold a post."""
        theirs = Q(asking_body__in=Post.objects.filter(holder=person).values("body"))
        return self.filter(Q(asker=person) | Q(asked_by__in=person.circle_ids) | theirs)

    def asked_of(self, person: Person) -> AskQuerySet:
        """Asked of a body where this person holds a post, of one it followed, or of a circle of theirs."""
        bodies = Post.objects.filter(holder=person, today=None).values("body")
        theirs = Q(of__in=bodies) | Q(of__today__in=bodies)
        return self.filter(theirs | Q(of_circle__in=person.circle_ids))

    def became_late(self, first: date, last: date) -> AskQuerySet:
        """Whose answer became late on one of these days, and still waits."""
        return self.waiting().filter(answer_by__gte=first - DAY, answer_by__lt=last)

    def that_rest_on(self, version: Version) -> AskQuerySet:
        """Those that rest on a piece of this story, in whichever version, or on a card made from one."""
        return self.filter(Q(piece__version__story=version.story_id) | card_made_from(version)).distinct()


class Size(models.TextChoices):
    """How far an ask or a promise reaches. A plan has one of each."""

    BASE = "base", _("what we take for granted")
    STRUCTURE = "structure", _("a rule or habit")
    SMALL_ACT = "small_act", _("one small act this week")


class Ask(models.Model):
    """What somebody asks: the words, who asks whom, what it rests on, when.

    A room, a person or a body asks; a body is asked, or a circle of residents.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=300)
    asked_by_words = models.CharField(
        max_length=120, help_text="who asks, as it stands on the wall: a room, a street"
    )
    asked_by = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="for themselves"
    )
    asking_body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="a body asks"
    )
    of = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="whose answer is awaited now",
    )
    of_circle = models.ForeignKey(
        Circle,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="residents, where it is asked of them",
    )
    asked_on = models.DateField()
    insight = models.ForeignKey(Insight, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    release = models.ForeignKey(Release, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    piece = models.ForeignKey(Piece, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    size = models.CharField(max_length=10, choices=Size.choices, blank=True)
    later_by = models.DateField(null=True, blank=True, help_text="they said: later, and by this day")
    uuid = models.UUIDField(default=uuid4, editable=False, help_text="its name in calendars, for ever")
    answer_by = models.DateField(null=True, blank=True, help_text="the last day an answer is in time")

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("asked_by", "asker", "asking_body"), name="one_of_three_asks"
            ),
            models.CheckConstraint(condition=exactly_one("of", "of_circle"), name="one_is_asked"),
        ]
        indexes = [models.Index(fields=["-asked_on", "-id"], name="asks_newest_first")]

    def __str__(self) -> str:
        return f"ask {self.pk}"

    @property
    def whom(self) -> str:
        """Whose answer is awaited now, by name: a body, or residents."""
        asked = self.of or self.of_circle
        return asked.name if asked else ""

    @property
    def last_answer(self) -> Answer | None:
        answers = list(self.answers.all())
        return answers[-1] if answers else None

    @property
    def first_whom(self) -> str:
        """Whom it was asked of at first, by name; by now it may be another."""
        answers = list(self.answers.all())
        return answers[0].who if answers else self.whom

    @property
    def passed_on(self) -> list[tuple[str, str]]:
        """Who passed it on, and to whom, from the first to the last."""
        return [(each.who, each.passed_to.name) for each in self.answers.all() if each.passed_to]

    @property
    def mark(self) -> str:
        """One word for the drawing: yes, no_because, not_ours, none_yet."""
        last = self.last_answer
        return last.kind if last else NO_ANSWER_YET

    @property
    def is_waiting(self) -> bool:
        """Nobody has said yes or no. Passed on is still waiting."""
        return self.mark in (NO_ANSWER_YET, Answer.Kind.NOT_OURS)

    @property
    def answer_due_on(self) -> date:
        """The last day on which an answer is in time. Saying “later” moves it; passing on does not."""
        return self.answer_by or clocks.answer_by(self.asked_on)

    def days(self, *, on: date) -> int:
        """Since it was asked; passing it on does not start the count again."""
        return (on - self.asked_on).days


class Answer(models.Model):
    """What a body answered: yes, no because, or not ours. Without one, the answer is: no answer yet."""

    class Kind(models.TextChoices):
        YES = "yes", _("yes")
        NO_BECAUSE = "no_because", _("no, because")
        NOT_OURS = "not_ours", _("not ours")

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="who answered"
    )
    circle = models.ForeignKey(
        Circle, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="or residents"
    )
    words = models.CharField(max_length=500, blank=True, help_text="the reason, or a word with it")
    passed_to = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    in_the_room = models.BooleanField(default=False, help_text="said in the room; an organiser wrote it down")
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="not_ours") | Q(passed_to__isnull=False), name="not_ours_names_whose"
            ),
            models.CheckConstraint(condition=~Q(kind="no_because") | ~Q(words=""), name="no_says_why"),
            models.UniqueConstraint(fields=["ask"], condition=Q(kind="yes"), name="one_yes_an_ask"),
            models.CheckConstraint(condition=exactly_one("body", "circle"), name="one_answers"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def who(self) -> str:
        """Who answered, by name."""
        answered = self.body or self.circle
        return answered.name if answered else ""


def _newest_kind() -> Subquery:
    """Of each ask, the kind of its newest answer, or None."""
    return Subquery(Answer.objects.filter(ask=OuterRef("pk")).order_by("-on", "-pk").values("kind")[:1])


def card_made_from(version: Version) -> Q:
    story = version.story_id
    return Q(insight__pieces__version__story=story) | Q(insight__statements__from_piece__version__story=story)
