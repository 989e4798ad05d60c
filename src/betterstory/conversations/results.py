"""What the room said: each sentence counted as one whole, and the two sides only where nobody stands out.

A sentence goes into one of three lists:
- we do not know yet: heard by fewer than half of those who answered, or a third or more are not sure;
- most of us agree on it: two in three or more say the same, and on no side the larger part says otherwise;
- we see it differently: the rest.

A range is Wilson's (1927) for a share, at 80 in a hundred: how far off so few people could be.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from betterstory.conversations.models import Gathering, Side, Statement, Vote

LEAST_IN_A_PART = 5
Z = 1.2816  # 80 in a hundred lie between minus and plus this


@dataclass(frozen=True)
class Tally:
    """How many said what."""

    agree: int = 0
    not_sure: int = 0
    disagree: int = 0

    @property
    def heard(self) -> int:
        return self.agree + self.not_sure + self.disagree

    @property
    def share(self) -> float:
        """Of those who answered, the part that agrees: 0 to 1."""
        return self.agree / self.heard if self.heard else 0.0

    @property
    def range(self) -> tuple[float, float]:
        """Between which shares it could well lie, with so few of us."""
        n = self.heard
        if not n:
            return 0.0, 1.0
        middle = (self.share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * sqrt(self.share * (1 - self.share) / n + Z * Z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def in_words(self) -> str:
        """ "31 of 38 agree; 4 are not sure; 3 do not agree." """
        said = [_("%(agree)s of %(heard)s agree") % {"agree": self.agree, "heard": self.heard}]
        if self.not_sure:
            unsure = ngettext("one is not sure", "%(many)s are not sure", self.not_sure)
            said.append(unsure % {"many": self.not_sure})
        if self.disagree:
            against = ngettext("one does not agree", "%(many)s do not agree", self.disagree)
            said.append(against % {"many": self.disagree})
        return "; ".join(said) + "."

    @property
    def leans(self) -> int:
        """1 where more than half agree, -1 where more than half do not, else 0."""
        return (2 * self.agree > self.heard) - (2 * self.disagree > self.heard)


class Found(StrEnum):
    """Which list a sentence is in."""

    AGREED = "agreed"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Sides:
    """The same sentence, side by side: only where every part holds enough people to hide in."""

    residents: Tally
    services: Tally


@dataclass(frozen=True)
class Result:
    """One sentence, and what was said to it."""

    statement: Statement
    whole: Tally
    of: int
    found: Found
    sides: Sides | None = None
    on_both_sides: bool = False

    @property
    def in_words(self) -> str:
        """ "Most of us agree, on both sides." """
        words = {
            (False, False): (_("Most of us agree."), _("Most of us agree, on both sides.")),
            (False, True): (_("Nearly all of us agree."), _("Nearly all of us agree, on both sides.")),
            (True, False): (_("Most of us do not agree."), _("Most of us do not agree, on both sides.")),
            (True, True): (
                _("Nearly all of us do not agree."),
                _("Nearly all of us do not agree, on both sides."),
            ),
        }
        return words[self.says_no, self.nearly_all][self.on_both_sides]

    @property
    def few_heard_it(self) -> bool:
        return 2 * self.whole.heard < self.of

    @property
    def nearly_all(self) -> bool:
        return 10 * max(self.whole.agree, self.whole.disagree) >= 9 * self.whole.heard

    @property
    def says_no(self) -> bool:
        return self.whole.disagree > self.whole.agree


@dataclass(frozen=True)
class Results:
    """A gathering's answers. `residents` and `services` are None where either side is too small to show."""

    people: int
    residents: int | None
    services: int | None
    each: tuple[Result, ...]

    def those(self, found: Found) -> list[Result]:
        return [result for result in self.each if result.found == found]

    @property
    def agreed(self) -> list[Result]:
        """The most widely shared first."""
        return sorted(
            self.those(Found.AGREED),
            key=lambda one: -max(one.whole.agree, one.whole.disagree) / one.whole.heard,
        )

    @property
    def different(self) -> list[Result]:
        return self.those(Found.DIFFERENT)

    @property
    def unknown(self) -> list[Result]:
        return self.those(Found.UNKNOWN)


def read_results(gathering: Gathering) -> Results:
    """All answers of a gathering, in two queries. Sentences put aside are left out."""
    statements = list(gathering.statements.asked().select_related("from_piece__version__story"))
    votes = Vote.objects.filter(statement__in=[each.pk for each in statements])
    rows = votes.values_list("statement_id", "voice_id", "voice__side", "choice")
    return count_up(statements, list(rows))


def count_up(statements: Sequence[Statement], rows: Iterable[tuple[int, int, str, int]]) -> Results:
    """Results from rows of (statement id, voice id, side, choice)."""
    rows = list(rows)
    voices = {voice: side for _statement, voice, side, _choice in rows}
    by_side = Counter(voices.values())
    residents, services = by_side[Side.RESIDENT], by_side[Side.SERVICE]
    shown = min(residents, services) >= LEAST_IN_A_PART
    counted: Counter[tuple[int, str, int]] = Counter(
        (statement, side, choice) for statement, _voice, side, choice in rows
    )
    return Results(
        people=len(voices),
        residents=residents if shown else None,
        services=services if shown else None,
        each=tuple(_result(statement, counted, len(voices)) for statement in statements),
    )


def _result(statement: Statement, counted: Counter[tuple[int, str, int]], people: int) -> Result:
    residents, services = (
        Tally(*(counted[statement.pk, side, choice] for choice in (1, 0, -1)))
        for side in (Side.RESIDENT, Side.SERVICE)
    )
    whole = Tally(
        residents.agree + services.agree,
        residents.not_sure + services.not_sure,
        residents.disagree + services.disagree,
    )
    found = _find(whole, people, (residents, services))
    sides = Sides(residents, services) if may_show(residents, services) else None
    both = all(side.heard >= LEAST_IN_A_PART and side.leans == whole.leans for side in (residents, services))
    return Result(statement, whole, people, found, sides, on_both_sides=both)


def may_show(residents: Tally, services: Tally) -> bool:
    """Whether the sides may stand beside each other: on both, those who agree and the rest are enough.

    The whole is known exactly, so one small part could be worked out from the others: all four or none.
    """
    parts = [number for side in (residents, services) for number in (side.agree, side.heard - side.agree)]
    return min(parts) >= LEAST_IN_A_PART


def _find(whole: Tally, people: int, sides: tuple[Tally, Tally]) -> Found:
    if not whole.heard or 2 * whole.heard < people or 3 * whole.not_sure >= whole.heard:
        return Found.UNKNOWN
    same = 3 * max(whole.agree, whole.disagree) >= 2 * whole.heard
    # a side too small to show is too small to speak for itself
    against = any(side.heard >= LEAST_IN_A_PART and side.leans == -whole.leans for side in sides)
    return Found.AGREED if same and not against else Found.DIFFERENT
