"""How many said what; and two halves of a room beside each other, only where nobody in them can be made out.

A range is Wilson's (1927) for a share, at 80 in a hundred: how far off so few people could be.
"""

from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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


@dataclass(frozen=True)
class Apart:
    """One sentence as two halves of a room answered it: residents and services, or the hall and elsewhere.

    Their numbers stand in `one` and `other` only where every part of both holds enough people to hide in;
    which way each half leans is known already where it was heard by enough.
    """

    leans: tuple[int, int]
    one: Tally | None = None
    other: Tally | None = None

    @property
    def alike(self) -> bool:
        """Both lean, and the same way."""
        return self.leans[0] == self.leans[1] != 0

    @property
    def against(self) -> bool:
        """They lean opposite ways."""
        return self.leans[0] == -self.leans[1] != 0

    @property
    def is_shown(self) -> bool:
        return self.one is not None


def set_apart(one: Tally, other: Tally) -> Apart | None:
    """The two halves as far as they may be told apart; None where one is too small for any word about it."""
    if min(one.heard, other.heard) < LEAST_IN_A_PART:
        return None
    leans = (one.leans, other.leans)
    return Apart(leans, one, other) if may_show(one, other) else Apart(leans)


def may_show(one: Tally, other: Tally) -> bool:
    """Whether the numbers of two halves may stand beside each other: in both, those who agree and the rest
    are enough.

    The whole is known exactly, so one small part could be worked out from the others: all four or none.
    """
    parts = [number for half in (one, other) for number in (half.agree, half.heard - half.agree)]
    return min(parts) >= LEAST_IN_A_PART


def say_sides(apart: Apart) -> str:
    """Those who live here, and those from services."""
    if apart.one is not None and apart.other is not None:
        return _(
            "Of those who live here %(a)s of %(b)s agree; of those from services %(c)s of %(d)s."
        ) % _four(apart.one, apart.other)
    words = {
        (1, 1): _("Most who live here agree, and so do most from services."),
        (-1, -1): _("Most who live here do not agree, nor do most from services."),
        (1, -1): _("Most who live here agree; most from services do not."),
        (-1, 1): _("Most who live here do not agree; most from services do."),
    }
    return words.get(apart.leans, _("Between those who live here and services there is no clear difference."))


def say_places(apart: Apart) -> str:
    """Those in the hall, and those elsewhere."""
    if apart.one is not None and apart.other is not None:
        return _("In the hall %(a)s of %(b)s agree; elsewhere %(c)s of %(d)s.") % _four(
            apart.one, apart.other
        )
    words = {
        (1, 1): _("Most in the hall agree, and so do most elsewhere."),
        (-1, -1): _("Most in the hall do not agree, nor do most elsewhere."),
        (1, -1): _("Most in the hall agree; most elsewhere do not."),
        (-1, 1): _("Most in the hall do not agree; most elsewhere do."),
    }
    return words.get(apart.leans, _("Between the hall and elsewhere there is no clear difference."))


def _four(one: Tally, other: Tally) -> dict[str, int]:
    return {"a": one.agree, "b": one.heard, "c": other.agree, "d": other.heard}
