"""The plan of a round: from each opposite in the better story to what is asked, and what was answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from betterstory.conversations.iceberg import Beneath, Card, look_beneath
from betterstory.conversations.models import Insight, Level
from betterstory.places.models import Round
from betterstory.promises.models import Ask, AskQuerySet, Promise, Size
from betterstory.promises.pages.clock_words import held_for
from betterstory.promises.pages.wall import AskRow, PromiseRow, ask_row, promise_row
from betterstory.stories.rules import Viewer

SIZE_OF = {Level.MENTAL_MODEL: Size.BASE, Level.STRUCTURE: Size.STRUCTURE}


@dataclass(frozen=True)
class Turned:
    """A card and its opposite, and what is asked so that it may come true."""

    card: Card
    asks: tuple[AskRow, ...]


@dataclass(frozen=True)
class Plan:
    """A change at the base, one at structure, one small act: what there is of each."""

    beneath: Beneath
    base: tuple[Turned, ...]
    structure: tuple[Turned, ...]
    other_base: tuple[AskRow, ...]
    other_structure: tuple[AskRow, ...]
    small: tuple[AskRow, ...]
    small_promised: tuple[PromiseRow, ...]

    @property
    def asks(self) -> list[AskRow]:
        """All of them in the order of the plan."""
        at_base = [row for turned in self.base for row in turned.asks]
        at_structure = [row for turned in self.structure for row in turned.asks]
        return [*at_base, *self.other_base, *at_structure, *self.other_structure, *self.small]

    @property
    def missing(self) -> list[str]:
        """What the plan still lacks, in words."""
        there = {
            _("a change at the base"): any(turned.asks for turned in self.base) or self.other_base,
            _("a change of a rule"): any(turned.asks for turned in self.structure) or self.other_structure,
            _("a small act this week"): self.small or self.small_promised,
        }
        return [words for words, found in there.items() if not found]

    def turned_of(self, ask: Ask) -> Card | None:
        """The card an ask rests on, where it is turned over and shown."""
        for turned in (*self.base, *self.structure):
            if turned.card.insight.pk == ask.insight_id:
                return turned.card
        return None


def plan_of(
    round_: Round,
    *,
    viewer: Viewer,
    at: datetime,
    on: date,
    asks: AskQuerySet | None = None,
    acts: bool = True,
) -> Plan:
    """The plan as this viewer may see it: of a card that went quiet nothing is said, its asks stay.

    `asks`: those of the round, where whoever looks wants to know more of them. `acts`: whether it is to say
    which small acts were promised without an ask.
    """
    beneath = look_beneath(round_, viewer=viewer, at=at, counts=False, links=False)
    asks = Ask.objects.all() if asks is None else asks
    rows = [ask_row(ask, on) for ask in asks.on_the_wall().filter(round=round_)]
    small = Promise.objects.on_the_wall().filter(round=round_, size=Size.SMALL_ACT, ask=None)
    promises = list(small.with_holds()) if acts else []
    still = held_for(promises, on)
    base = _turned(beneath.turned, Level.MENTAL_MODEL, rows)
    structure = _turned(beneath.turned, Level.STRUCTURE, rows)
    placed = {row.ask.pk for turned in (*base, *structure) for row in turned.asks}
    loose = [row for row in rows if row.ask.pk not in placed]
    return Plan(
        beneath=beneath,
        base=base,
        structure=structure,
        other_base=_of_size(loose, Size.BASE),
        other_structure=_of_size(loose, Size.STRUCTURE),
        small=_of_size(loose, Size.SMALL_ACT),
        small_promised=tuple(promise_row(each, on, still) for each in promises),
    )


def _turned(cards: Iterable[Card], level: Level, rows: Sequence[AskRow]) -> tuple[Turned, ...]:
    """Cards of a level with their asks; a small act is listed with the small acts, whatever it rests on."""
    return tuple(
        Turned(card, tuple(row for row in rows if _rests_on(row.ask, card.insight)))
        for card in cards
        if card.insight.level == level
    )


def _rests_on(ask: Ask, card: Insight) -> bool:
    return ask.insight_id == card.pk and ask.size != Size.SMALL_ACT


def _of_size(rows: Iterable[AskRow], size: Size) -> tuple[AskRow, ...]:
    return tuple(row for row in rows if row.ask.size == size)
