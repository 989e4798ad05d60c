"""What is written down to keep somebody safe: who holds the post, what was raised, opened, and waits.

It stands beside consent and outside the story's key: it lives on when a story is destroyed, and holds no word
of it beyond what somebody typed. Words are sealed under a key for each row that can be forgotten by itself.
Nothing here opens them: `safeguarding.door` does. Rows are added, never changed.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories.models.story import Piece, Story, Version


class NotToBeChanged(TypeError):
    """A row of this kind is added to, never changed: whoever wants it otherwise writes another."""


class Fixed(models.QuerySet[Any]):
    """Rows that are added and read. What falls due to be forgotten goes through `wipe` alone."""

    def update(self, **fields: object) -> int:
        raise NotToBeChanged

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NotToBeChanged

    def wipe(self, **fields: object) -> int:
        """Empty these fields for good, once the time to keep them is over."""
        return super().update(**fields)


class Lasting(models.Model):
    """A row that stays as it was written."""

    objects = Fixed.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NotToBeChanged
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NotToBeChanged


class Lead(models.Model):
    """Somebody who holds the post of lead or deputy on safety, from one moment to another."""

    class Post(models.TextChoices):
        LEAD = "lead", _("safety lead")
        DEPUTY = "deputy", _("deputy")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=8, choices=Post.choices)
    said_as = models.CharField(max_length=80, help_text="how tellers read the name")
    phone = models.CharField(max_length=40)
    named_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(until_at=None), name="one_holder_of_a_post"),
            models.UniqueConstraint(fields=["person"], condition=Q(until_at=None), name="one_post_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.pk}"

    @property
    def tel(self) -> str:
        """The number as a phone takes it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


class Worry(models.TextChoices):
    """What kind of worry it is: it decides who sees it and how long it is kept."""

    ADULT = "adult", _("a grown-up is in danger, or being hurt")
    CHILD = "child", _("a child is in danger, or being hurt")
    SELF_HARM = "self_harm", _("somebody may hurt or kill themselves")
    ALLEGATION = "allegation", _("somebody who helps here did harm")


class Concern(Lasting):
    """What somebody raised: who, when, what kind, a few words. What was done stands in its entries."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(editable=False)
    kind = models.CharField(max_length=10, choices=Worry.choices)
    words_sealed = models.BinaryField()
    raised_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    raised_at = models.DateTimeField()
    story = models.ForeignKey(Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    piece = models.ForeignKey(Piece, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    about = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="who is accused"
    )
    outside_only = models.BooleanField(
        default=False, help_text="accuses somebody not named here: nobody in post that day sees it"
    )
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta(Lasting.Meta):
        abstract = False
        ordering = ["-raised_at", "-pk"]

    def __str__(self) -> str:
        return f"concern {self.uuid}"

    @property
    def accuses(self) -> bool:
        """Whether it is about somebody who helps here: then no log line speaks of it."""
        return self.kind == Worry.ALLEGATION or self.about_id is not None or self.outside_only


class Entry(Lasting):
    """One line under a concern: what was done, and when. Nothing in it is changed afterwards."""

    class Kind(models.TextChoices):
        SEEN = "seen", _("read")
        DONE = "done", _("something was done")
        PASSED_ON = "passed_on", _("passed on")
        NO_FURTHER = "no_further", _("nothing further to do")
        TOLD = "told", _("the teller was told")
        NOT_TOLD = "not_told", _("not safe to tell the teller")
        CLOSED = "closed", _("closed")
        OPENED_AGAIN = "opened_again", _("taken up again")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    words_sealed = models.BinaryField(default=bytes)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    review_on = models.DateField(null=True, blank=True, help_text="when to ask again whether it is safe")

    class Meta(Lasting.Meta):
        abstract = False
        ordering = ["concern", "pk"]
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="not_told") | Q(review_on__isnull=False), name="not_told_until_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class Opening(Lasting):
    """One piece of a story was opened without its teller's yes: by whom, when, for which concern and why."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="openings")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="openings")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    piece = models.ForeignKey(Piece, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    paragraph = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of the teller’s own words")
    reason_sealed = models.BinaryField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta(Lasting.Meta):
        abstract = False
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"opening {self.uuid}"


class Hold(models.Model):
    """A story's words wait for a named reason until a day. It delays destruction alone: nothing is shown."""

    LONGEST_DAYS = 180  # ours, not the law's: then it is asked anew

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="holds")
    concern = models.ForeignKey(Concern, null=True, on_delete=models.PROTECT, related_name="holds")
    key = models.UUIDField(null=True, editable=False)
    reason_sealed = models.BinaryField(default=bytes)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    wanted_gone_at = models.DateTimeField(
        null=True, blank=True, help_text="when the teller asked for it to be gone at once"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=models.F("at")), name="a_hold_ends_after_it_began")
        ]

    def __str__(self) -> str:
        return f"hold {self.uuid}"


class Asked(models.Model):
    """Somebody asked what is kept about them. It is due one calendar month after the day they asked."""

    class Kind(models.TextChoices):
        COPY = "copy", _("a copy of what is kept about me")
        IN_A_STORY = "in_a_story", _("am I in somebody’s story?")
        PUT_RIGHT = "put_right", _("put something right")
        ERASE = "erase", _("take something out")

    class Answer(models.TextChoices):
        GIVEN = "given", _("we gave what they asked for")
        IN_PART = "in_part", _("we gave a part, and said why not the rest")
        NOTHING = "nothing", _("we found nothing, and said so")
        NEITHER = "neither", _("we could not say without giving away somebody else")
        NOT_THEM = "not_them", _("they did not show that they are who they say")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    who_sealed = models.BinaryField(help_text="their name, and how to reach them")
    asked_on = models.DateField()
    due_on = models.DateField()
    taken_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    checked_sealed = models.BinaryField(default=bytes, help_text="what was looked through, and how")
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["answered_on", "due_on", "pk"]

    def __str__(self) -> str:
        return f"asked {self.uuid}"
