"""Gatherings, the statements people answer, the voices that answer them, and what lies beneath."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.people.models import Body, Circle, Invitation, Person, Ring
from betterstory.places.models import Round
from betterstory.stories.models import Piece


class Side(models.TextChoices):
    """Who somebody comes as. There are as many of the one as of the other."""

    RESIDENT = "resident", _("lives here")
    SERVICE = "service", _("comes from a service")


class Gathering(models.Model):
    """A Big Conversation: a date, a place, people asked in balance."""

    class Kind(models.TextChoices):
        HEARING = "hearing", _("hearing the story")
        MAKING_SENSE = "making_sense", _("making sense")
        PLANNING = "planning", _("making the plan")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.HEARING)
    title = models.CharField(max_length=120)
    at = models.DateTimeField()
    where = models.CharField(max_length=200)
    check_in = models.CharField(max_length=200, blank=True, help_text="the question everybody answers first")
    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="+")
    called_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    voting_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return self.title


class GuestQuerySet(models.QuerySet["Guest"]):
    def of(self, person: Person) -> GuestQuerySet:
        """The rows of one person: named on the list, or come in with the card that was made for it."""
        return self.filter(Q(person=person) | Q(invitation__person=person))


class Guest(models.Model):
    """Somebody asked to a gathering: a first name, a side, a ring. No title, no rank."""

    class Reply(models.TextChoices):
        WAITING = "waiting", _("not answered yet")
        COMING = "coming", _("coming")
        NOT_COMING = "not_coming", _("not coming")

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="guests")
    first_name = models.CharField(max_length=40)
    side = models.CharField(max_length=10, choices=Side.choices)
    ring = models.CharField(max_length=30, choices=Ring.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reply = models.CharField(max_length=12, choices=Reply.choices, default=Reply.WAITING)

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering = ["first_name", "pk"]

    def __str__(self) -> str:
        return self.first_name

    @property
    def who_id(self) -> int | None:
        """The person, where one is known. Fetch with `select_related("invitation")`."""
        return self.person_id or (self.invitation.person_id if self.invitation else None)


class StatementQuerySet(models.QuerySet["Statement"]):
    def asked(self) -> StatementQuerySet:
        """Those that people may answer: read, and not put aside."""
        return self.filter(is_read=True, put_aside="")


class Statement(models.Model):
    """A sentence people agree or disagree with. Its words never change once somebody answered."""

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
            models.UniqueConstraint(fields=["gathering", "written_by"], name="one_statement_a_voice"),
        ]

    def __str__(self) -> str:
        return self.words

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

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="votes")
    choice = models.SmallIntegerField(choices=Choice.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    entered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "voice"], name="one_vote_a_voice")]

    def __str__(self) -> str:
        return self.get_choice_display()


class Level(models.TextChoices):
    """The iceberg's four levels, from the water down."""

    EVENT = "event", _("What happened")
    TREND = "trend", _("What keeps happening")
    STRUCTURE = "structure", _("Rules and habits")
    MENTAL_MODEL = "mental_model", _("What we take for granted")


class Insight(models.Model):
    """A card on one of four levels. Words of a story are never copied here: `pieces` shows them."""

    class Basis(models.TextChoices):
        LIVED = "lived", _("lived")
        RECORD = "record", _("in the record")
        ROOM = "room", _("said in the room")
        HUNCH = "hunch", _("a hunch")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    level = models.CharField(max_length=14, choices=Level.choices)
    number = models.PositiveSmallIntegerField()
    words = models.CharField(
        max_length=240, blank=True, help_text="empty where it stands in the teller's words"
    )
    basis = models.CharField(max_length=8, choices=Basis.choices, default=Basis.ROOM)
    pieces = models.ManyToManyField(Piece, blank=True, related_name="+")
    statements = models.ManyToManyField(Statement, blank=True, related_name="+")
    release = models.ForeignKey(Release, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="who can change the rule",
    )
    held_by = models.CharField(max_length=80, blank=True, help_text="who said: I have acted as if")
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()
    turned_over = models.CharField(max_length=240, blank=True, help_text="its opposite in the better story")

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_card_a_number")]

    def __str__(self) -> str:
        return f"card {self.number}"


class Link(models.Model):
    """What leads to what between two cards."""

    class Kind(models.TextChoices):
        CAUSES = "causes", _("causes")
        KEEPS_IN_PLACE = "keeps_in_place", _("keeps in place")
        SOFTENS = "softens", _("softens")

    start = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="links_out")
    end = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=14, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["start", "end"], name="one_link_between_two"),
            models.CheckConstraint(condition=~Q(start=models.F("end")), name="no_link_to_itself"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class BetterStory(models.Model):
    """The iceberg turned over, told as a text. Each change is a new version; nothing is written over."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_text_a_number")]
        verbose_name_plural = "better stories"

    def __str__(self) -> str:
        return f"version {self.number}"


class Adoption(models.Model):
    """Somebody says: this is our better story."""

    better_story = models.ForeignKey(BetterStory, on_delete=models.CASCADE, related_name="adoptions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["better_story", "person"], name="adopted_once")]

    def __str__(self) -> str:
        return f"adoption {self.pk}"
