"""What was learned: lessons, where they were tried elsewhere, and the rounds that began from them."""

from betterstory.learning.models.beginning import Beginning, Chosen
from betterstory.learning.models.lesson import Lesson, LessonQuerySet, Points, Reach, Wording
from betterstory.learning.models.outcome import Outcome, SaysSo
from betterstory.learning.models.trial import Standing, Trial, TrialQuerySet, TrialWords

__all__ = [
    "Beginning",
    "Chosen",
    "Lesson",
    "LessonQuerySet",
    "Outcome",
    "Points",
    "Reach",
    "SaysSo",
    "Standing",
    "Trial",
    "TrialQuerySet",
    "TrialWords",
    "Wording",
]
