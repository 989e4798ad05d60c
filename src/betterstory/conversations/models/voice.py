"""The statements people answer, and the voices that answer them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models.gathering import Gathering, Side
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.stories.models import Piece


class StatementQuerySet(models.QuerySet["Statement"]):
    def asked(self) -> StatementQuerySet:
        """Those that people may answer: read, and not put aside."""
        return self.filter(is_read=True, put_aside="")

    def from_pieces(self) -> StatementQuerySet:
        """Each with the piece of a story it was taken from, ready for `quiet`."""
        return self.select_related("from_piece__version__story")


class Statement(models.Model):
    """A sentence people agree or disagree with. Its words never change once somebody answered.

    Pages show what it `said`: of one taken from a story nothing, until `quiet` has asked its teller.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="statements")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    from_piece = models.ForeignKey(Piece, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    written_by = models.ForeignKey(
        "Voice", null=True, blank=True, on_delete=models.SET_NULL, related_name="statements"
    )
    is_read = models.BooleanField(default=True, help_text="one that a voice wrote waits until it is read")
    put_aside = models.CharField(max_length=200, blank=True, help_text="why it is not asked; empty: it is")
    added_at = models.DateTimeField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["gathering", "number"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "number"], name="one_statement_a_number"),
        ]

    def __str__(self) -> str:
        return f"sentence {self.number}"

    may_be_said = False  # its teller says yes to whoever looks; `quiet` asks

    @property
    def said(self) -> str | None:
        """Its words; None where they are taken from a story and may not be shown."""
        return self.words if self.from_piece_id is None or self.may_be_said else None

    @property
    def leaves_a_mark(self) -> bool:
        """Where it is quiet, whether a line may say that something was here. Fetch with `from_pieces`."""
        return self.from_piece is None or self.from_piece.version.story.leaves_a_mark

    @property
    def is_asked(self) -> bool:
        """People may answer it."""
        return self.is_read and not self.put_aside


class Voice(models.Model):
    """A person's anonymous card: a keyed hash of its code, and which side it was handed to."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    side = models.CharField(max_length=10, choices=Side.choices)
    made_at = models.DateTimeField()
    lost_at = models.DateTimeField(null=True, blank=True)
    begun_as = models.CharField(
        max_length=16, blank=True, help_text="the last page its code was typed on, to tell two phones apart"
    )

    def __str__(self) -> str:
        return f"voice {self.pk}"


class Vote(models.Model):
    """What a voice says to a statement. Not seen is no vote; not sure is one."""

    class Choice(models.IntegerChoices):
        DISAGREE = -1, _("I do not agree")
        PASS = 0, _("I am not sure")
        AGREE = 1, _("I agree")

    class Channel(models.TextChoices):
        PHONE = "phone", _("by phone")
        PAPER = "paper", _("on paper")
        HELPER = "helper", _("said to a helper")

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="votes")
    choice = models.SmallIntegerField(choices=Choice.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    in_room = models.BooleanField(default=False, help_text="given in the hall; else from somewhere else")
    typed = models.ForeignKey(
        "Typed",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="the card it was typed in from, last",
    )
    entered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "voice"], name="one_vote_a_voice")]

    def __str__(self) -> str:
        return self.get_choice_display()
