"""How many said what of a promise, counted exactly as one whole; and how they answered, only where nobody in
a part can be made out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from betterstory.engines import disclosure
from betterstory.promises.models import Judging, Turned, Verdict, Way

LEAST = 5  # fewer than this say nothing for all
RULE = disclosure.find_profile("default")


@dataclass(frozen=True)
class Tally:
    """How many said what, and how many answered by which way."""

    said: Mapping[Turned, int] = field(default_factory=dict)
    by: Mapping[Way, int] = field(default_factory=dict)

    @property
    def answered(self) -> int:
        return sum(self.said.values())

    @property
    def deciding(self) -> int:
        """Those who said kept, half or no; not knowing is an answer that decides nothing."""
        return self.answered - self.said.get(Turned.DONT_KNOW, 0)

    def as_kept(self) -> dict[str, dict[str, int]]:
        return {
            "said": {each.value: many for each, many in self.said.items()},
            "by": {each.value: many for each, many in self.by.items()},
        }

    def rows(self, *, four_weeks: bool = False) -> list[tuple[str, int]]:
        """What could be said, and how many said so."""
        return [(words_of(each, four_weeks=four_weeks), self.said.get(each, 0)) for each in Turned]

    @property
    def ways(self) -> str:
        """By which ways people answered, where each way hides everybody in it; else "" and nothing."""
        possible = [way for way in Way if self.by.get(way, 0)]
        parts = {way.value: self.by.get(way, 0) for way in possible}
        if len(possible) < 2:
            return ""
        shown = disclosure.split(parts, [way.value for way in possible], RULE)
        if any(each.shown is None for each in shown.values()):
            return ""
        told = [f"{way.label} {shown[way.value]}" for way in possible]
        return ", ".join(told)


def words_of(said: Turned, *, four_weeks: bool = False) -> str:
    """How an answer is put: four weeks later people say whether it is still so."""
    if not four_weeks:
        return str(said.label)
    return {
        Turned.KEPT: _("Yes, it is put right"),
        Turned.HALF: _("Half"),
        Turned.NO: _("No, it is not put right"),
        Turned.DONT_KNOW: _("I don’t know"),
    }[said]


def count(judging: Judging) -> Tally:
    """What stands now; once it is closed, what was counted then. A card that was lost does not speak."""
    if judging.closed_on is not None:
        kept = judging.counted
        return Tally(
            {Turned(each): many for each, many in kept.get("said", {}).items()},
            {Way(each): many for each, many in kept.get("by", {}).items()},
        )
    said = dict.fromkeys(Turned, 0)
    by = dict.fromkeys(Way, 0)
    opinions = judging.opinions.filter(voice__lost_at=None)
    for each, way, many in opinions.values_list("said", "channel").annotate(many=Count("pk")):
        said[Turned(each)] += many
        by[Way(way)] += many
    at_doors = judging.doors.aggregate(**{each.value: Sum(each.value) for each in Turned})
    for each in Turned:
        said[each] += at_doors[each.value] or 0
        by[Way.DOOR] += at_doors[each.value] or 0
    return Tally(said, by)


def most_said(tally: Tally) -> Verdict | None:
    """What most of them said. Two said as often are "in part"; few, and those who don't know, say nothing."""
    if tally.deciding < LEAST:
        return None
    deciding = {each: tally.said.get(each, 0) for each in Turned if each.verdict is not None}
    most = max(deciding.values())
    at_the_top = [each for each, many in deciding.items() if many == most]
    return at_the_top[0].verdict if len(at_the_top) == 1 else Verdict.PARTLY


def in_words(tally: Tally, *, four_weeks: bool = False) -> str:
    """ "14 answered. Yes, it is kept: 9. Half: 3. ..." """
    first = ngettext("One answered.", "%(many)s answered.", tally.answered) % {"many": tally.answered}
    return " ".join([first, *(f"{words}: {many}." for words, many in tally.rows(four_weeks=four_weeks))])
