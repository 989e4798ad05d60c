"""Asks, their answers, the promises that come of them, and what the promised side says of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Gathering, Insight
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.stories.models import Piece, Version

NO_ANSWER_YET = "none_yet"
LATE = "late"
TO_COME = "to_come"


class AskQuerySet(models.QuerySet["Ask"]):
    def on_the_wall(self) -> AskQuerySet:
        """All that showing an ask needs, in two queries: `promised` is the promise it became, if any."""
        return (
            self.select_related("of", "round__neighbourhood")
            .prefetch_related(models.Prefetch("answers", Answer.objects.select_related("body", "passed_to")))
            .annotate(promised=Subquery(Promise.objects.filter(ask=OuterRef("pk")).values("pk")[:1]))
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
        return self.waiting().filter(round=round_).select_related("of")

    def about(self, body: Body) -> AskQuerySet:
        """Asked of this body now, or answered by it."""
        return self.filter(Q(of=body) | Q(pk__in=Answer.objects.filter(body=body).values("ask")))

    def asked_for(self, person: Person) -> AskQuerySet:
        """Asked by this person, or by a circle they are in."""
        return self.filter(Q(asker=person) | Q(asked_by__in=person.circle_ids))

    def asked_of(self, person: Person) -> AskQuerySet:
        """Asked of a body where this person holds a post."""
        return self.filter(of__in=Post.objects.filter(holder=person).values("body"))

    def that_rest_on(self, version: Version) -> AskQuerySet:
        """Those that rest on a piece of this story, in whichever version, or on a card made from one."""
        return self.filter(Q(piece__version__story=version.story_id) | _card_made_from(version)).distinct()


class Size(models.TextChoices):
    """How far an ask or a promise reaches. A plan has one of each."""

    BASE = "base", _("what we take for granted")
    STRUCTURE = "structure", _("a rule or habit")
    SMALL_ACT = "small_act", _("one small act this week")


class Ask(models.Model):
    """What somebody asks of a body: the words, who asks, what it rests on, when."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=300)
    asked_by_words = models.CharField(
        max_length=120, help_text="who asks, as it stands on the wall: a room, a street"
    )
    asked_by = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="for themselves"
    )
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
    size = models.CharField(max_length=10, choices=Size.choices, blank=True)
    later_by = models.DateField(null=True, blank=True, help_text="they said: later, and by this day")

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_by__isnull=False) ^ Q(asker__isnull=False), name="a_circle_or_a_person_asks"
            )
        ]

    def __str__(self) -> str:
        return f"ask {self.pk}"

    @property
    def last_answer(self) -> Answer | None:
        answers = list(self.answers.all())
        return answers[-1] if answers else None

    @property
    def first_of(self) -> Body:
        """Whom it was asked of at first; `of` may be another by now."""
        answers = list(self.answers.all())
        return answers[0].body if answers else self.of

    @property
    def mark(self) -> str:
        """One word for the drawing: yes, no_because, not_ours, none_yet."""
        last = self.last_answer
        return last.kind if last else NO_ANSWER_YET

    @property
    def is_waiting(self) -> bool:
        """Nobody has said yes or no. Passed on is still waiting."""
        return self.mark in (NO_ANSWER_YET, Answer.Kind.NOT_OURS)

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
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", help_text="who answered")
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


OPEN = (State.MADE, State.MADE_AGAIN)


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
        """Made to this person, or to a circle they are in."""
        return self.filter(Q(to_person=person) | Q(to_circle__in=person.circle_ids))

    def promised_by(self, person: Person) -> PromiseQuerySet:
        """Made by this person for themselves, or by a post they hold now."""
        return self.filter(Q(person=person) | Q(post__holder=person))

    def that_rest_on(self, version: Version) -> PromiseQuerySet:
        """Those that answer an ask which rests on this story, or a card made from it."""
        asks = Ask.objects.that_rest_on(version).values("pk")
        return self.filter(Q(ask__in=asks) | _card_made_from(version)).distinct()


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
                condition=Q(to_circle__isnull=False) ^ Q(to_person__isnull=False),
                name="a_circle_or_a_person_is_promised",
            ),
        ]

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


class Again(models.Model):
    """A promise made again: the promiser asks for a new day, and the promised side gives its word to it."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="agains")
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    because = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_on = models.DateField()
    agreed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)
    was_words = models.CharField(max_length=300, help_text="what was promised before")
    was_due_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise"], condition=Q(agreed_on=None), name="one_new_day_asked_for_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"promise {self.promise_id} again"

    @property
    def is_agreed(self) -> bool:
        return self.agreed_on is not None


class Verdict(models.TextChoices):
    """What the promised side can say."""

    KEPT = "kept", _("Yes, it is kept")
    PARTLY = "partly", _("In part")
    NOT_KEPT = "not_kept", _("No, it is not kept")
    RELEASED = "released", _("We let it go")

    @property
    def state(self) -> State:
        return State(self.value)


class Judgement(models.Model):
    """What the promised side said of a promise. The newest stands; the older are kept below it."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="judgements")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["promise", "on"], name="said_once_a_day")]

    def __str__(self) -> str:
        return self.get_verdict_display()


@dataclass(frozen=True)
class CameOf:
    """What came of a story."""

    asks: list[Ask]
    promises: list[Promise]


def what_came_of(version: Version) -> CameOf:
    """The asks and promises that rest on this version's story. Two queries."""
    return CameOf(
        list(Ask.objects.select_related("of").that_rest_on(version)),
        list(Promise.objects.on_the_wall().that_rest_on(version).order_by(F("made_on"), "pk")),
    )


def _newest_kind() -> Subquery:
    """Of each ask, the kind of its newest answer, or None."""
    return Subquery(Answer.objects.filter(ask=OuterRef("pk")).order_by("-on", "-pk").values("kind")[:1])


def _card_made_from(version: Version) -> Q:
    story = version.story_id
    return Q(insight__pieces__version__story=story) | Q(insight__statements__from_piece__version__story=story)
