"""What a teller said yes to, and who saw it. Only `rules` reads a yes."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body, Circle, Person
from betterstory.stories.models.story import Piece, Story, Version


class Use(models.TextChoices):
    """What a yes is for."""

    READ = "read", _("read my story")
    PREPARE = "prepare", _("draw the picture of my journey")
    PICTURE = "picture", _("see the picture of my journey")
    READ_ALOUD = "read_aloud", _("read it aloud")
    HEAR = "hear", _("hear my own voice")
    IN_ROOM = "in_room", _("print it large for the room")
    QUOTE = "quote", _("quote a line of it")
    COUNT = "count", _("count who went the same way")
    CAMPAIGN = "campaign", _("use it in a campaign")
    REPORT = "report", _("use it in a report")
    ELSEWHERE = "elsewhere", _("learn from it somewhere else")
    TEACHING = "teaching", _("teach with it")
    WEB = "web", _("put it on the open web")

    @property
    def shape(self) -> str:
        """In what shape it is shown: words, a picture, a voice, or nothing but a shape."""
        return SHAPES.get(self, "words")


SHAPES = {
    Use.PREPARE: "picture",
    Use.PICTURE: "picture",
    Use.READ_ALOUD: "voice",
    Use.HEAR: "voice",
    Use.COUNT: "shape",
}


class Form(models.TextChoices):
    """Under which name it is shown."""

    CHOSEN_NAME = "chosen_name", _("the name I chose")
    OWN_NAME = "own_name", _("my own name")
    NO_NAME = "no_name", _("no name")


class Audience(models.TextChoices):
    """For whom, when it is not one circle."""

    CIRCLE = "circle", _("one circle")
    PARTNERSHIP = "partnership", _("the partnership")
    NEIGHBOURHOODS = "neighbours", _("people of all our neighbourhoods")
    PUBLIC = "public", _("anyone")


class Consent(models.Model):
    """One yes: one use, one audience, one form, one version, until a date. Only `rules` reads it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="consents")
    piece = models.ForeignKey(
        Piece, null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text="empty: all of it"
    )
    use = models.CharField(max_length=12, choices=Use.choices)
    audience = models.CharField(max_length=12, choices=Audience.choices)
    circle = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=12, choices=Form.choices, default=Form.CHOSEN_NAME)
    bodies = models.ManyToManyField(
        Body,
        blank=True,
        related_name="+",
        help_text="of the partnership, those it names; who joins later is not",
    )
    waits_for = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="whose yes is still to come: the other teller, or the teller somebody spoke for",
    )
    others_looked_at = models.BooleanField(
        default=False, help_text="the teller looked at who else is in it, and who would know them"
    )
    asked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()
    begins_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience="circle", circle__isnull=False) | ~Q(audience="circle") & Q(circle=None),
                name="a_circle_when_it_is_for_a_circle",
            )
        ]

    def __str__(self) -> str:
        return f"{self.use} for {self.audience}"


class Seen(models.Model):
    """Who saw it: shown to the teller in plain words."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="seen")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    use = models.CharField(max_length=12, choices=Use.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    circle = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()

    class Meta:
        verbose_name_plural = "seen"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "use", "person", "on"],
                condition=Q(person__isnull=False),
                name="a_person_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["version", "use", "circle", "on"],
                condition=Q(circle__isnull=False),
                name="a_circle_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["version", "use", "on"],
                condition=Q(person=None, circle=None),
                name="the_public_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"seen on {self.on}"
