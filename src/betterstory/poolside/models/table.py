"""A circle at the poolside: its questions, what each said, what was agreed, and each coming back to it.

What people say here is kept sealed under the circle's own key. Nothing in this file opens it: `showing`
does, after asking `rules`.
"""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Circle, Membership, Person
from betterstory.places.models import Round


def _sat_at_by(person: Person, on: date, circle: str) -> Q:
    """Circles the person is in and that are not over, as a condition on the field named `circle`."""
    seats = Membership.objects.filter(person=person, left_at=None)
    seats = seats.filter(Q(circle__ends_on=None) | Q(circle__ends_on__gte=on))
    return Q(**{f"{circle}__in": seats.values("circle")})


class PoolsideQuerySet(models.QuerySet["Poolside"]):
    def around(self, person: Person, *, on: date) -> PoolsideQuerySet:
        """Those this person sits round, whose circle is not over: the only ones they can see."""
        return self.filter(_sat_at_by(person, on, "circle"))


class Poolside(models.Model):
    """A circle of people who answer the same questions, for themselves and to each other."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    key = models.UUIDField(editable=False)
    begun_on = models.DateField()

    objects = PoolsideQuerySet.as_manager()

    class Meta:
        ordering = ["circle__name", "pk"]

    def __str__(self) -> str:
        return f"poolside {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("poolside:table", args=[self.pk])

    def newest_agreement(self) -> Agreement | None:
        return self.agreements.order_by("-number").first()


class Question(models.Model):
    """Something the circle asks itself. One that is no longer asked is set aside, with its answers."""

    poolside = models.ForeignKey(Poolside, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    set_aside_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["poolside", F("set_aside_on").asc(nulls_first=True), "position"]
        constraints = [models.UniqueConstraint(fields=["poolside", "words"], name="a_question_once")]

    def __str__(self) -> str:
        return f"question {self.pk}"


class Sharing(models.TextChoices):
    """Who an answer is for."""

    PRIVATE = "private", _("only me")
    SHARED = "shared", _("our circle")
    ALOUD = "aloud", _("I read it out myself")


class Answer(models.Model):
    """What one person says to one question, as it stands now."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sharing = models.CharField(max_length=8, choices=Sharing.choices, default=Sharing.PRIVATE)
    words_sealed = models.BinaryField()
    said_on = models.DateField()

    class Meta:
        ordering = ["question", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "by"], name="one_answer_a_person")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force(self) -> AgreementQuerySet:
        """The newest version of each."""
        newest = Agreement.objects.filter(poolside=OuterRef("poolside")).order_by("-number")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))

    def next_return(self, person: Person, *, on: date, round_: Round | None = None) -> Agreement | None:
        """The agreement to come back to soonest, past its day or not, among those the person sits round."""
        mine = self.in_force().filter(_sat_at_by(person, on, "poolside__circle"))
        if round_ is not None:
            mine = mine.filter(poolside__round=round_)
        return mine.select_related("poolside__circle").order_by("come_back_on", "pk").first()


class Agreement(models.Model):
    """What the circle agreed, one row a version. New words are a new version, signed afresh."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    poolside = models.ForeignKey(Poolside, on_delete=models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    words_sealed = models.BinaryField()
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_on = models.DateField()
    come_back_on = models.DateField(help_text="when we look at it together; each return sets the next")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["poolside", "number"]
        constraints = [models.UniqueConstraint(fields=["poolside", "number"], name="one_agreement_a_number")]

    def __str__(self) -> str:
        return f"agreement {self.pk}"

    def is_past(self, on: date) -> bool:
        """The day to come back went by, and nobody has said that we did or that we skip it."""
        return self.come_back_on < on


class Signature(models.Model):
    """One person's name under one version."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["agreement", "pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "person"], name="signed_once")]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class Return(models.Model):
    """Coming back to an agreement: what held, what did not, what changes. Or a skip, said openly."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="returns")
    due_on = models.DateField()
    on = models.DateField()
    skipped = models.BooleanField(default=False)
    held_sealed = models.BinaryField(default=bytes)
    not_held_sealed = models.BinaryField(default=bytes)
    changes_sealed = models.BinaryField(default=bytes)
    why_sealed = models.BinaryField(default=bytes, help_text="why it was skipped")
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    next_on = models.DateField()

    class Meta:
        ordering = ["agreement", "on", "pk"]

    def __str__(self) -> str:
        return f"return {self.pk}"
