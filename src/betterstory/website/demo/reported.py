"""Hours and money of the round, what changed around it, and one report for those who pay for it."""

from datetime import datetime
from decimal import Decimal

from betterstory.learning.models import Part, Sector
from betterstory.learning.verbs import reporting, typing_in
from betterstory.website.demo.town import Town

SPENT = (
    (60, Sector.VOLUNTARY, "42", "0", "Sitting with people, and getting the hall ready"),
    (60, Sector.PUBLIC, "18.5", "0", "Coming to the Row in working hours"),
    (45, Sector.RESIDENTS, "31", "0", "Tea, chairs, and telling others"),
    (40, Sector.PUBLIC, "0", "1,200.50", "Hire of the hall, and fares"),
    (40, Sector.BUSINESS, "0", "85", "Bread and milk for three evenings"),
)


def report(town: Town) -> None:
    """Five rows, one of them put right; two changes around us; one report."""
    by, today = town.person["organiser"], town.at.date()
    for days, sector, hours, pounds, what_for in SPENT:
        row = typing_in.write_spent(
            round=town.round,
            by=by,
            on=town.ago(30).date(),
            when=town.ago(days).date(),
            is_month=days > 40,
            sector=sector,
            hours=Decimal(hours),
            pounds=Decimal(pounds.replace(",", "")),
            what_for=what_for,
        )
    typing_in.write_spent(
        round=town.round,
        by=by,
        on=town.ago(20).date(),
        when=row.on,
        sector=Sector.BUSINESS,
        pounds=Decimal(110),
        what_for=row.what_for,
        puts_right=row,
        because="The fourth evening was left out.",
    )
    _change_around_us(town, town.ago(50), "The two health trusts were told to become one by next spring.")
    _change_around_us(town, town.ago(25), "The library on Weir Road closed on Saturdays.")
    reporting.make_report(
        round=town.round,
        by=by,
        on=today,
        as_of=today,
        title="Our first round on the Row",
        parts={
            Part.DATES: "",
            Part.ASKED: "",
            Part.PROMISED: "We count what was said, and who says that it is kept.",
            Part.NOT_DONE: "We read this part out before the rest.",
            Part.BEHIND: "",
            Part.IN_WORDS: "",
            Part.SPENT: "",
            Part.OUTSIDE: "",
        },
    )


def _change_around_us(town: Town, then: datetime, words: str) -> None:
    typing_in.write_outside(
        round=town.round,
        by=town.person["organiser"],
        on=then.date(),
        when=then.date(),
        words=words,
        bodies=[town.body["hospital"]] if "trusts" in words else [town.body["council"]],
    )
