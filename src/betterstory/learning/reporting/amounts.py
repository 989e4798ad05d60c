"""Hours and pounds as people write them, and as they are read."""

import re
from decimal import Decimal

WRITTEN = re.compile(r"£?\s?-?£?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?", re.ASCII)


def as_amount(typed: str) -> Decimal | None:
    """ "1,200.50", "£1200" or "3.5"; nothing is 0. None where it is no amount that we can be sure of.

    "3,5" and "1.200,50" are refused, for a comma here parts thousands.
    """
    typed = typed.strip().replace("\u2212", "-")
    if not typed:
        return Decimal(0)
    if not WRITTEN.fullmatch(typed):
        return None
    return Decimal(re.sub(r"[£,\s]", "", typed))


def said_amount(amount: Decimal) -> str:
    """1,200.50, and 12 without its noughts."""
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f}" if whole else f"{amount:,.2f}"


def said_hours(amount: Decimal) -> str:
    """1,200.5 hours' number."""
    return f"{amount:,.2f}".rstrip("0").rstrip(".")
