"""The clocks of asks and promises: how long each takes, in working days, and the days that follow from it.

The numbers stand here once. The wall and `docs/reference` say them in words.
"""

from datetime import date, timedelta

from betterstory.promises import working_days
from betterstory.promises.working_days import DAY, Spans

ANSWER_WITHIN = 20  # working days from the day something was asked; our own choice, as for questions by law
CONFIRM_WITHIN = 5  # working days in which a post confirms what was written down for it in the room
GRACE = 5  # working days after its day in which nobody calls a promise late
LONG_AFTER = 20  # working days late, and it is long overdue
LATELY = timedelta(days=14)
NEXT_MEETING_WITHIN = timedelta(weeks=12)  # “when we next meet”, where no day is set yet
SILENT_MONTHS = 3


def overdue_from(due_on: date, without: Spans = ()) -> date:
    """The first day on which a promise counts as late: after its day and the grace."""
    return working_days.after(due_on, GRACE, without) + DAY


def answer_by(asked_on: date, without: Spans = ()) -> date:
    """The last day on which an answer is in time."""
    return working_days.after(asked_on, ANSWER_WITHIN, without)


def confirm_by(made_on: date, without: Spans = ()) -> date:
    """The last day on which a post may confirm, or take back, what was written down for it."""
    return working_days.after(made_on, CONFIRM_WITHIN, without)


def days_late(overdue_on: date, on: date, without: Spans = ()) -> int:
    """Working days since the day it was due, grace and all; none before it counts as late."""
    return GRACE + working_days.between(overdue_on - DAY, on, without) if on >= overdue_on else 0


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
