"""What is in a log, and what looks wrong with it, before anyone counts with it."""

# ruff: noqa: S608 - the names and numbers in this SQL are ours
from datetime import date

from betterstory.engines.disclosure import ProtectedCount, find_profile, part_of, protect, share
from betterstory.engines.journeys.contact_log import ContactLog, end_of, month_of
from betterstory.engines.journeys.facts import CONTACT
from betterstory.engines.journeys.lengths import DAY, MICROSECONDS_IN
from betterstory.engines.journeys.opening import run, run_one

MOST_LISTED = 40
FAR = MICROSECONDS_IN["year"]


def check(log: ContactLog, today: date | None = None) -> list[str]:
    """Lines to read: what the log holds, then what may be wrong and what to do. Figures are protected."""
    return [*repr(log).splitlines(), "", *_kinds(log), *_columns(log), "", *doubts(log, today)]


def _kinds(log: ContactLog) -> list[str]:
    rule = find_profile("default")
    sql = "SELECT activity, count(DISTINCT code) FROM contacts GROUP BY activity"
    rows = run(log.connection, sql, log.name).fetchall()
    everyone = len(log.ids())
    counts = {activity: part_of(people, everyone, rule) for activity, people in rows}
    # most people first, by what is shown: a finer order would tell the hidden ones apart
    ordered = sorted(counts, key=lambda activity: (-(counts[activity].shown or 0), activity))
    lines = [f"    {activity}: {_said(counts[activity])}" for activity in ordered[:MOST_LISTED]]
    more = len(ordered) - MOST_LISTED
    return ["Kinds of contact:", *lines, *([f"    and {more:,} more kinds"] if more > 0 else [])]


def _said(count: ProtectedCount) -> str:
    return str(count) if count.shown else "hardly anyone, or nearly everyone"


def _columns(log: ContactLog) -> list[str]:
    return [f'Columns for "where" and "by": {", ".join(log.columns)}.'] if log.columns else []


def doubts(log: ContactLog, today: date | None = None) -> list[str]:
    """What looks wrong."""
    return [*_about_moments(log), *_about_ends(log, today)] or ["Nothing looks wrong."]


def _about_moments(log: ContactLog) -> list[str]:
    """Contacts of one person at one moment, for want of a clock or of an order."""
    contacts, days_only, tied, still_tied = run_one(
        log.connection,
        f"""SELECT count(*), count(*) FILTER (moment % {DAY} = 0), count(*) FILTER (same > 1),
            count(*) FILTER (alike > 1)
            FROM (SELECT moment, count(*) OVER (PARTITION BY code, moment) AS same,
                         count(*) OVER (PARTITION BY code, moment, seq) AS alike FROM contacts)""",
        log.name,
    )
    lines = []
    if 2 * days_only >= contacts:
        lines.append(
            f"{_of_100(days_only, contacts)} times are a day without a clock: what one person did on one day "
            "then counts as simultaneous, and nothing on that day is later than anything else."
        )
    if tied and still_tied == tied:
        lines.append(
            f"{_of_100(tied, contacts)} contacts share their moment with another of the same person, and "
            "count as simultaneous. If the log knows their order, give it as a column of whole numbers "
            'called "seq".'
        )
    elif tied:
        lines.append(
            f"{_of_100(tied, contacts)} contacts share their moment with another of the same person; "
            "the column of the order says which is later."
        )
    return lines


def _of_100(part: int, whole: int) -> str:
    rule = find_profile("default")
    hundredths = share(protect(part, rule), protect(whole, rule))
    return f"About {hundredths:.0f} of every 100" if hundredths else "Some or all"


def _about_ends(log: ContactLog, today: date | None) -> list[str]:
    """One date typed wrong moves the data's end and closes everybody's way."""
    usual_first, usual_last, first, last = run_one(
        log.connection,
        f"""SELECT quantile_disc(moment, 0.001), quantile_disc(moment, 0.999), min(moment), max(moment)
            FROM log_rows WHERE {CONTACT}""",
        log.name,
    )
    lines = []
    if last - usual_last > FAR:
        lines.append(
            f"The last contact is of {month_of(last)}, long after nearly all others, which end in "
            f"{month_of(usual_last)}. The data would end there, and almost every way would be closed: "
            "correct it, or say --until."
        )
    elif today is not None and last > end_of(today):
        lines.append(f"The last contact is of {month_of(last)}, which is still to come.")
    if usual_first - first > FAR:
        lines.append(
            f"The first contact is of {month_of(first)}, long before nearly all others, "
            f"which start in {month_of(usual_first)}."
        )
    return lines
