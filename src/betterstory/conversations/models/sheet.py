"""The run sheet of a gathering: its turns, who does what, its teller's word, and where the room is now."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models.gathering import Gathering, Guest
from betterstory.people.models import Person
from betterstory.poolside.models import Poolside
from betterstory.stories.models import Story

SHORTEST_TURN, LONGEST_TURN = 1, 120  # minutes
TEXT_MESSAGE = 160  # characters of one text message


class Duty(models.TextChoices):
    """What somebody does on the night. It is a part for one evening, no title."""

    HOST = "host", _("host")
    FACILITATOR = "facilitator", _("facilitator")
    NOTE_TAKER = "note_taker", _("note taker")
    TABLE_HOST = "table_host", _("table host")
    COMPANION = "companion", _("the teller’s companion")


class SheetQuerySet(models.QuerySet["RunSheet"]):
    def with_the_word(self) -> SheetQuerySet:
        """Each with its story, and with how many of its tellers approved it as it stands."""
        tellers = Q(approvals__teller=F("story__teller")) | Q(approvals__teller=F("story__second_teller"))
        said = Count("approvals", filter=Q(approvals__edition=F("edition")) & tellers, distinct=True)
        return self.select_related("story", "turn").annotate(said_so=said)


class RunSheet(models.Model):
    """How a gathering is prepared and runs. `edition` goes up whenever what people read on it changes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="run_sheet")
    edition = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    access = models.CharField(max_length=300, blank=True, help_text="how people get in, and what is there")
    interpreters = models.CharField(max_length=200, blank=True)
    fares = models.CharField(max_length=200, blank=True)
    text_message = models.CharField(max_length=TEXT_MESSAGE, blank=True)
    story = models.ForeignKey(Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    poolside = models.ForeignKey(Poolside, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    key = models.UUIDField(
        null=True, editable=False, help_text="seals what guests need; made when first needed"
    )
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="its teller stopped their story here")
    stopped_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    turn = models.ForeignKey("Turn", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    step = models.PositiveSmallIntegerField(default=0, help_text="which piece or sentence of the turn")
    turn_began_at = models.DateTimeField(null=True, blank=True)
    moves = models.PositiveIntegerField(default=0, help_text="how often the screen was moved on or back")

    objects = SheetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"run sheet {self.pk}"

    @property
    def is_approved(self) -> bool:
        """Each teller of its story said of this edition: it is right so. Fetch with `with_the_word`."""
        said: int = self.said_so  # type: ignore[attr-defined]  # counted by with_the_word
        return self.story is not None and said == len(self.story.teller_ids)


class Turn(models.Model):
    """One turn: what the room does, for about how long, who leads it, and whether services go first."""

    class Kind(models.TextChoices):
        CHECK_IN = "check_in", _("our check-in question")
        AGREEMENTS = "agreements", _("what we agreed at the poolside")
        STORY = "story", _("the story")
        MASK = "mask", _("drop the mask")
        TABLES = "tables", _("talk at the tables")
        ROUND = "round", _("everybody speaks once")
        STATEMENTS = "statements", _("sentences to answer")
        ICEBERG = "iceberg", _("what lies beneath")
        BREAK = "break", _("tea")
        PROMISES = "promises", _("asks and promises")
        NEXT = "next", _("what comes next")

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    words = models.CharField(max_length=200, blank=True, help_text="as it stands on the big screen")
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(SHORTEST_TURN), MaxValueValidator(LONGEST_TURN)]
    )
    led_by = models.CharField(max_length=12, choices=Duty.choices, default=Duty.FACILITATOR)
    services_first = models.BooleanField(default=False)

    class Meta:
        ordering = ["gathering", "number", "pk"]

    def __str__(self) -> str:
        return f"turn {self.number}"


class Doing(models.Model):
    """Who does what on the night."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="doings")
    duty = models.CharField(max_length=12, choices=Duty.choices)
    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="doings")

    class Meta:
        ordering = ["gathering", "pk"]
        constraints = [models.UniqueConstraint(fields=["duty", "guest"], name="a_duty_once_a_guest")]

    def __str__(self) -> str:
        return f"{self.duty} of {self.gathering_id}"


class Approval(models.Model):
    """The teller saw the sheet in this edition, and it is right so."""

    sheet = models.ForeignKey(RunSheet, on_delete=models.CASCADE, related_name="approvals")
    teller = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    edition = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "teller", "edition"], name="approved_once_an_edition")
        ]

    def __str__(self) -> str:
        return f"edition {self.edition} of sheet {self.sheet_id}"
