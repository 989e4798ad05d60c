"""The invented log brought in, Robin's path asked of it, and an estimate from elsewhere beside it."""

import tempfile
from datetime import timedelta
from pathlib import Path

from betterstory.behind import verbs
from betterstory.behind.counting import Columns
from betterstory.behind.models import Draft, Release
from betterstory.website.demo import contacts
from betterstory.website.demo.town import Town


def count(town: Town) -> Release:
    """Make the log, bring it, make the pattern, count, and have somebody else let it out."""
    analyst, then = town.person["analyst"], town.ago(36)
    with tempfile.TemporaryDirectory() as folder:
        log, people = contacts.write_log(Path(folder), until=then.date() - timedelta(days=5))
        arrival = verbs.receive(log=log, people=people, by=analyst, at=then)
    brought = verbs.bring_log(
        arrival,
        columns=Columns(person="person", activity="activity", time="time", seq="seq", ends="until"),
        name="Visits and calls, two years",
        source="Visits and calls kept by the Talking Service and the hospital (invented)",
        cannot_see="Who never asked for help, who asked somewhere else, how it felt, and who helped as a person",
        by=analyst,
        at=then,
        is_invented=True,
    )
    pattern = verbs.make_pattern(
        toml=contacts.PATTERN,
        by=analyst,
        at=then,
        pieces=[town.step[2], town.gap[0], town.step[4], town.gap[1]],
    )
    counted = verbs.count(pattern, log=brought, by=analyst, at=then, by_column="neighbourhood")
    verbs.add_estimate(
        pattern,
        words="About one in twelve people who wait for talking help end up in crisis care first",
        source="An invented survey of invented waiting rooms, made for this demo",
        cannot_see="People who do not answer surveys",
        year=then.year - 1,
        by=analyst,
        at=then,
    )
    return let_out(town, counted)


def let_out(town: Town, counted: Draft | Release) -> Release:
    """The analyst is of the hospital; the head of the Talking Service looks at it two days later."""
    if isinstance(counted, Release):
        return counted
    return verbs.approve(counted, by=town.person["service"], at=town.ago(34), looked_at=list(verbs.CHECKS))
