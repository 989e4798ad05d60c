"""A story, its versions and its pieces.

Words are kept sealed under the story's own key. Nothing here opens them: `showing` does, after asking
`rules.may`.
"""

from __future__ import annotations

import uuid
from operator import attrgetter
from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Circle, Person
from betterstory.places.models import Neighbourhood
from betterstory.stories.models import shape as shapes
from betterstory.stories.models.shape import GapShape, Moment, NotOpened, Shape, Size


class IfLost(models.TextChoices):
    """What becomes of a story when its teller died, or cannot be reached any more."""

    SHUT = "shut", _("keep it shut")
    RUN = "run", _("let what I said yes to run until it ends")
    TAKE_BACK = "take_back", _("take it all back")


QUIETED = ("paused_at", "held_at", "taken_back_at", "destroyed_at")
QUIET = attrgetter(*QUIETED)
TELLERS = attrgetter("teller_id", "second_teller_id")


class Standing:
    """Who tells a story, and whether it is quiet: asked of a story, or of a few facts read about one."""

    @property
    def is_quiet(self) -> bool:
        """Nothing of it may be shown to anybody but its teller."""
        return any(QUIET(self))

    @property
    def teller_ids(self) -> set[int]:
        return {pk for pk in TELLERS(self) if pk is not None}


class StoryQuerySet(models.QuerySet["Story"]):
    def told_by(self, person: Person) -> StoryQuerySet:
        """Everything this person told, alone or with another, that is not gone."""
        return self.filter(Q(teller=person) | Q(second_teller=person), destroyed_at=None)


class Story(Standing, models.Model):
    """What one person tells, or two together. It is theirs."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    teller = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second_teller = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who told it together with the teller: every yes needs both, either can stop",
    )
    helpers = models.ForeignKey(
        Circle,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="who may help the teller write it down",
    )
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(editable=False)
    title_sealed = models.BinaryField()
    name_sealed = models.BinaryField(help_text="the name the teller chose to be called in it")
    limits_heard_at = models.DateTimeField(
        help_text="when what must be passed on was said, before the first word"
    )
    begun_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    paused_by_team = models.BooleanField(default=False, help_text="then a card alone does not open it again")
    opens_on = models.DateField(
        null=True, blank=True, help_text="the day its teller set for it to open again"
    )
    held_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="the teller's card may be found: shut to that card too, until checked",
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    destroyed_at = models.DateTimeField(null=True, blank=True)
    leaves_a_mark = models.BooleanField(
        default=True, help_text="where a piece was taken back, say so; else say nothing"
    )
    if_lost = models.CharField(
        max_length=10,
        choices=IfLost.choices,
        default=IfLost.SHUT,
        help_text="what the teller wished beforehand",
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return f"story {self.pk}"

    def other_teller(self, person: Person) -> Person | None:
        """Who told it with this person; None where nobody did."""
        return self.second_teller if person.pk == self.teller_id else self.teller

    def newest(self) -> Version:
        return self.versions.order_by("-number")[0]


class Version(models.Model):
    """The story as it stood when its teller last said: so it is. A yes is for one version."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text_sealed = models.BinaryField()
    begun_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="read back, and the teller said yes")

    class Meta:
        ordering = ["story", "number"]
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"story {self.story_id}, version {self.number}"


class Piece(models.Model):
    """A part of a story that can be shown by itself: a step, a gap or a wish. Others refer to it by this."""

    class Kind(models.TextChoices):
        STEP = "step", _("step")
        GAP = "gap", _("gap")
        WISH = "wish", _("wish")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="pieces")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    position = models.PositiveSmallIntegerField()
    words_sealed = models.BinaryField()

    class Meta:
        ordering = ["version", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Step(Piece):
    """One thing that happened. Its shape says which rings were there, how it felt, what kind of moment."""

    when_sealed = models.BinaryField()
    shape_sealed = models.BinaryField(default=b"")
    shape: Shape | None = None  # put there by whoever opened it

    def __str__(self) -> str:
        return f"step {self.position}"

    @property
    def opened(self) -> Shape:
        if self.shape is None:
            raise NotOpened
        return self.shape

    @property
    def rings(self) -> list[str]:
        return list(self.opened.rings)

    @property
    def feeling(self) -> int | None:
        return self.opened.feeling

    @property
    def moment(self) -> str:
        return self.opened.moment

    @property
    def told_again(self) -> int:
        return self.opened.told_again

    @property
    def source(self) -> str:
        return self.opened.source

    @property
    def size(self) -> str:
        return self.opened.size

    def get_moment_display(self) -> str:
        return str(Moment(self.moment).label)

    def get_size_display(self) -> str:
        return str(Size(self.size).label) if self.size else ""


class Gap(Piece):
    """A hole between two steps: a wait, a hand-over that was dropped, being sent back."""

    GapKind: TypeAlias = shapes.GapKind  # noqa: UP040 - its values are used, not only its name
    after = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="gaps")
    shape_sealed = models.BinaryField(default=b"")
    shape: GapShape | None = None  # put there by whoever opened it

    def __str__(self) -> str:
        return f"gap after step {self.after_id}"

    @property
    def opened(self) -> GapShape:
        if self.shape is None:
            raise NotOpened
        return self.shape

    @property
    def gap_kind(self) -> str:
        return self.opened.gap_kind

    @property
    def ring(self) -> str:
        return self.opened.ring


class Wish(Piece):
    """What would keep me well, what I can give, what I hope for."""

    class WishKind(models.TextChoices):
        KEEPS_ME_WELL = "keeps_me_well", _("what would keep me well")
        CAN_GIVE = "can_give", _("what I can give")
        HOPE = "hope", _("what I hope for")

    wish_kind = models.CharField(max_length=16, choices=WishKind.choices)

    class Meta:
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return f"wish {self.pk}"
