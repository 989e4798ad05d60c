"""What was learned: lessons, where they were tried, the rounds that began from them, and reports."""

from betterstory.learning.models.beginning import Beginning, Chosen
from betterstory.learning.models.lesson import Lesson, LessonQuerySet, Points, Reach, Wording
from betterstory.learning.models.outcome import Outcome, SaysSo
from betterstory.learning.models.report import ALWAYS, CHOSEN, Part, Report, ReportPart
from betterstory.learning.models.trial import Standing, Trial, TrialQuerySet, TrialWords
from betterstory.learning.models.typed import OutsideEvent, Sector, Spent, Typed
from betterstory.learning.models.was_there import WasThere

__all__ = [
    "ALWAYS",
    "CHOSEN",
    "Beginning",
    "Chosen",
    "Lesson",
    "LessonQuerySet",
    "Outcome",
    "OutsideEvent",
    "Part",
    "Points",
    "Reach",
    "Report",
    "ReportPart",
    "SaysSo",
    "Sector",
    "Spent",
    "Standing",
    "Trial",
    "TrialQuerySet",
    "TrialWords",
    "Typed",
    "WasThere",
    "Wording",
]
