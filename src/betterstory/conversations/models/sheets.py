"""Paper: which sentences stand on which sheet, and what a helper typed in from it, some of it twice."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models.gathering import Gathering
from betterstory.conversations.models.voice import Statement, Voice, Vote
from betterstory.people.models import Person


class Sheet(models.Model):
    """A sheet as it was drawn. Its number is printed on it: whoever types it in sees the same lines."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    statements = models.ManyToManyField(Statement, related_name="sheets")
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["gathering", "number"]
        constraints = [models.UniqueConstraint(fields=["gathering", "number"], name="one_sheet_a_number")]

    def __str__(self) -> str:
        return f"sheet {self.number}"


class Pile(models.Model):
    """Cards typed in together. It can be undone as a whole; then it counts as never typed."""

    class Source(models.TextChoices):
        """How the answers came, and from where."""

        HALL_PAPER = "hall_paper", _("on paper, in the hall")
        HOME_PAPER = "home_paper", _("on paper, filled in elsewhere")
        HALL_SAID = "hall_said", _("said to me, in the hall")
        HOME_SAID = "home_said", _("said to me, by telephone")

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="piles")
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.HALL_PAPER)
    typed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    typed_at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["gathering", "number"]
        constraints = [models.UniqueConstraint(fields=["gathering", "number"], name="one_pile_a_number")]

    def __str__(self) -> str:
        return f"pile {self.number}"

    @property
    def channel(self) -> Vote.Channel:
        said = self.source in (self.Source.HALL_SAID, self.Source.HOME_SAID)
        return Vote.Channel.HELPER if said else Vote.Channel.PAPER

    @property
    def in_room(self) -> bool:
        return self.source in (self.Source.HALL_PAPER, self.Source.HALL_SAID)


class TypedQuerySet(models.QuerySet["Typed"]):
    def live(self) -> TypedQuerySet:
        """Those whose pile was not undone."""
        return self.filter(pile__undone_at=None)

    def on_paper(self) -> TypedQuerySet:
        """Those that lie there to be read a second time."""
        return self.filter(pile__source__in=(Pile.Source.HALL_PAPER, Pile.Source.HOME_PAPER))

    def waiting(self) -> TypedQuerySet:
        """Picked to be typed a second time, and not done yet."""
        return self.live().filter(is_picked=True, again_at=None)

    def differing(self) -> TypedQuerySet:
        """Typed twice, not the same, and nobody has looked at the paper again yet."""
        return self.live().exclude(again_at=None).filter(settled_at=None)


class Typed(models.Model):
    """One card of a pile. Some are picked, by chance, to be typed a second time by somebody who does not see
    the first."""

    pile = models.ForeignKey(Pile, on_delete=models.CASCADE, related_name="cards")
    place = models.PositiveSmallIntegerField(help_text="where it lies in its pile, from the top")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="+")
    sheet = models.ForeignKey(
        Sheet, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="empty: the whole"
    )
    is_picked = models.BooleanField(default=False)
    again_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    again_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = TypedQuerySet.as_manager()

    class Meta:
        ordering = ["pile", "place"]
        constraints = [models.UniqueConstraint(fields=["pile", "place"], name="one_card_a_place")]

    def __str__(self) -> str:
        return f"card {self.place} of pile {self.pile_id}"


class Line(models.Model):
    """One line of a card as it was read: first, a second time, and what stands. Nothing means blank."""

    typed = models.ForeignKey(Typed, on_delete=models.CASCADE, related_name="lines")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    first = models.SmallIntegerField(null=True, blank=True, choices=Vote.Choice.choices)
    second = models.SmallIntegerField(null=True, blank=True, choices=Vote.Choice.choices)
    stands = models.SmallIntegerField(null=True, blank=True, choices=Vote.Choice.choices)

    class Meta:
        ordering = ["typed", "statement__number"]
        constraints = [models.UniqueConstraint(fields=["typed", "statement"], name="one_line_a_statement")]

    def __str__(self) -> str:
        return f"line {self.pk}"

    @property
    def differs(self) -> bool:
        return self.first != self.second
