"""What is learned from a round, and what is reported of it."""

from betterstory.learning.models.report import ALWAYS, CHOSEN, Part, Report, ReportPart
from betterstory.learning.models.typed import OutsideEvent, Sector, Spent, Typed

__all__ = [
    "ALWAYS",
    "CHOSEN",
    "OutsideEvent",
    "Part",
    "Report",
    "ReportPart",
    "Sector",
    "Spent",
    "Typed",
]
