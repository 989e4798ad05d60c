"""What the room said: each sentence counted as one whole, and the two sides only where nobody stands out.

A sentence goes into one of four lists:
- we do not know yet: heard by fewer than half of those who answered, or a third or more are not sure;
- most of us agree on it: two in three or more say the same, and in no half the larger part says otherwise;
- ask again: we agree with it, and with another that says the opposite;
- we see it differently: the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from betterstory.conversations import grouping
from betterstory.conversations.apart import LEAST_IN_A_PART, Apart, Tally, say_places, say_sides, set_apart
from betterstory.conversations.grouping import Answer
from betterstory.conversations.models import Finding, Gathering, Opposites, Side, Statement
from betterstory.conversations.verbs.finding import answers_of


class Found(StrEnum):
    """Which list a sentence is in."""

    AGREED = "agreed"
    DIFFERENT = "different"
    ASK_AGAIN = "ask_again"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Result:
    """One sentence, and what was said to it."""

    statement: Statement
    whole: Tally
    of: int
    found: Found
    sides: Apart | None = None
    places: Apart | None = None
    opposite: Statement | None = None

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
        return words[self.says_no, self.nearly_all][self.sides is not None and self.sides.alike]

    @property
    def sides_in_words(self) -> str:
        """How those who live here and those from services see it, as far as that may be told."""
        return say_sides(self.sides) if self.sides else ""

    @property
    def places_in_words(self) -> str:
        """The same for the hall and elsewhere."""
        return say_places(self.places) if self.places else ""

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
    """A gathering's answers. Halves of the room are None where either is too small to be shown.

    `sides` is there once it was worked out whether there are any, and `order` has the sentences that are
    shared most widely, at both ends of opinion, first.
    """

    people: int
    residents: int | None
    services: int | None
    in_hall: int | None
    elsewhere: int | None
    each: tuple[Result, ...]
    order: tuple[int, ...] = ()
    sides: grouping.Sides | None = None

    def without_others_than(self, shown: Collection[int]) -> Results:
        """With these sentences alone. The room's numbers stay; nothing says that another was there, so where
        it was the opposite of one that stays, that one stands where it would without it.
        """
        here = [result for result in self.each if result.statement.pk in shown]
        alone = [
            replace(each, found=Found.AGREED, opposite=None)
            if each.opposite is not None and each.opposite.pk not in shown
            else each
            for each in here
        ]
        return replace(self, each=tuple(alone))

    def those(self, found: Found) -> list[Result]:
        return [result for result in self.each if result.found == found]

    @property
    def agreed(self) -> list[Result]:
        """The most widely shared first: at the end of opinion where it is shared least."""
        place = {statement: at for at, statement in enumerate(self.order)}
        return sorted(
            self.those(Found.AGREED),
            key=lambda one: (one.says_no, place.get(one.statement.pk, 0), -_shared(one)),
        )

    @property
    def different(self) -> list[Result]:
        return self.those(Found.DIFFERENT)

    @property
    def again(self) -> list[Result]:
        return self.those(Found.ASK_AGAIN)

    @property
    def unknown(self) -> list[Result]:
        return self.those(Found.UNKNOWN)


def _shared(one: Result) -> float:
    return max(one.whole.agree, one.whole.disagree) / one.whole.heard


def read_results(gathering: Gathering) -> Results:
    """All answers of a gathering, in four queries. Sentences put aside are left out.

    Whether there are sides is read where it was worked out from exactly these answers.
    """
    statements = list(gathering.statements.asked().from_pieces())
    asked = [each.pk for each in statements]
    rows = answers_of(gathering, asked)
    opposites = Opposites.objects.filter(one__in=asked, other__in=asked).values_list("one", "other")
    counted = count_up(statements, rows, opposites=list(opposites))
    mark = grouping.mark_of(rows, asked)
    found = Finding.objects.filter(gathering=gathering, mark=mark).first()
    if found is not None:
        sides = grouping.Sides.from_json(found.said)
        return replace(counted, order=sides.order, sides=sides)
    return replace(counted, order=grouping.rank(rows, asked))


def count_up(
    statements: Sequence[Statement],
    rows: Iterable[Answer],
    *,
    opposites: Collection[tuple[int, int]] = (),
) -> Results:
    """Results from answers."""
    rows = list(rows)
    side = {row.voice: row.side for row in rows}
    in_room = {row.voice for row in rows if row.in_room}
    residents, services = _both(sum(each == Side.RESIDENT for each in side.values()), len(side))
    in_hall, elsewhere = _both(len(in_room), len(side))
    counted = Counter((row.statement, row.side, row.voice in in_room, row.choice) for row in rows)
    each = [_result(statement, counted, len(side)) for statement in statements]
    return Results(
        people=len(side),
        residents=residents,
        services=services,
        in_hall=in_hall,
        elsewhere=elsewhere,
        each=tuple(_ask_again(each, opposites)),
    )


def _both(one: int, people: int) -> tuple[int, int] | tuple[None, None]:
    """How many in each half, where both are enough to hide in."""
    other = people - one
    return (one, other) if min(one, other) >= LEAST_IN_A_PART else (None, None)


type Counted = Counter[tuple[int, str, bool, int]]


def _result(statement: Statement, counted: Counted, people: int) -> Result:
    def tally(sides: Collection[str], places: Collection[bool]) -> Tally:
        return Tally(
            *(
                sum(counted[statement.pk, side, place, choice] for side in sides for place in places)
                for choice in (1, 0, -1)
            )
        )

    everywhere, both = (True, False), list(Side)
    whole = tally(both, everywhere)
    sides = set_apart(tally([Side.RESIDENT], everywhere), tally([Side.SERVICE], everywhere))
    places = set_apart(tally(both, [True]), tally(both, [False]))
    return Result(statement, whole, people, _find(whole, people, (sides, places)), sides, places)


def _find(whole: Tally, people: int, halves: Sequence[Apart | None]) -> Found:
    if not whole.heard or 2 * whole.heard < people or 3 * whole.not_sure >= whole.heard:
        return Found.UNKNOWN
    same = 3 * max(whole.agree, whole.disagree) >= 2 * whole.heard
    # a half too small to show is too small to speak for itself
    against = any(lean == -whole.leans for half in halves if half is not None for lean in half.leans)
    return Found.AGREED if same and not against else Found.DIFFERENT


def _ask_again(each: Iterable[Result], opposites: Collection[tuple[int, int]]) -> list[Result]:
    """Where we agree with a sentence and with its opposite, we do not know what we think."""
    by_id = {result.statement.pk: result for result in each}
    for one, other in opposites:
        pair = [by_id[pk] for pk in (one, other) if pk in by_id]
        if len(pair) == 2 and all(it.found in SAID_YES and not it.says_no for it in pair):
            for it, opposite in zip(pair, reversed(pair), strict=True):
                by_id[it.statement.pk] = replace(it, found=Found.ASK_AGAIN, opposite=opposite.statement)
    return list(by_id.values())


SAID_YES = (Found.AGREED, Found.ASK_AGAIN)
