"""How long something lasted, as its teller says it: a number and a word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from betterstory.ui.saying import Say

DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}
MOST = 999
WRITTEN = re.compile(r"(\d{1,3}) (days|weeks|months|years)")


@dataclass(frozen=True)
class HowLong:
    """19 weeks. Raises ValueError for a word that is none of days, weeks, months, years, or for too many."""

    many: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in DAYS or not 0 <= self.many <= MOST:
            raise ValueError(f"{self.many} {self.unit}: not a length.")

    @property
    def days(self) -> int:
        return self.many * DAYS[self.unit]

    def __str__(self) -> str:
        """As it is sealed."""
        return f"{self.many} {self.unit}"

    def said(self, say: Say) -> str:
        """ "19 weeks" in the reader's language."""
        words = {
            "days": say.ngettext("%(many)s day", "%(many)s days", self.many),
            "weeks": say.ngettext("%(many)s week", "%(many)s weeks", self.many),
            "months": say.ngettext("%(many)s month", "%(many)s months", self.many),
            "years": say.ngettext("%(many)s year", "%(many)s years", self.many),
        }
        return words[self.unit] % {"many": self.many}


def read(written: str) -> HowLong | None:
    """What was sealed; None where nothing was said."""
    found = WRITTEN.fullmatch(written)
    return HowLong(int(found[1]), found[2]) if found else None
