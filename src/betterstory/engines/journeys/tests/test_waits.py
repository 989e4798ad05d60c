"""Waits: one choice a person, the one that gives the shortest fitting waits."""

from datetime import timedelta

from betterstory.engines import journeys
from betterstory.engines.journeys.tests.tables import DAY_0, days, pattern_of


def test_the_choice_ends_as_early_as_it_can() -> None:
    assert days(
        """
        person  day  activity
        ann       0  referral
        ann      10  assessment
        ann      20  assessment
        """,
        "referral; assessment",
    ) == {"ann": "0 10"}


def test_backwards_from_there_each_step_is_the_latest_that_fits() -> None:
    assert days(
        """
        person  day  activity
        ann       0  referral
        ann       5  referral
        ann      10  assessment
        ann      12  assessment
        ann      20  help
        """,
        "referral; assessment; help",
    ) == {"ann": "5 12 20"}


def test_the_latest_that_fits_keeps_every_limit() -> None:
    assert days(
        """
        person  day  activity
        ann       0  referral
        ann       9  referral
        ann      10  assessment
        """,
        "referral; assessment after 2 days",
    ) == {"ann": "0 10"}


def test_only_the_best_level_is_measured() -> None:
    assert days(
        """
        person  day  activity
        ann       0  referral
        ann      10  assessment
        ann      50  referral
        """,
        "referral; assessment; help",
    ) == {"ann": "0 10"}


def people_who_waited(number: int, weeks: int) -> list[dict[str, object]]:
    visits = ((0, "referral"), (7 * weeks, "assessment"))
    return [
        {"person": f"p{n}", "time": DAY_0 + timedelta(days=day), "activity": activity}
        for n in range(number)
        for day, activity in visits
    ]


def test_waits_are_shown_in_whole_weeks_from_twenty_people_up() -> None:
    asked = pattern_of("referral; assessment")
    with journeys.read_log(people_who_waited(20, weeks=3)) as log:
        waits = journeys.count(asked, log).protect().waits
        assert waits[0] is None
        assert waits[1] is not None
        assert (waits[1].quarter, waits[1].middle, waits[1].three_quarters) == (3, 3, 3)
    with journeys.read_log(people_who_waited(19, weeks=3)) as log:
        assert journeys.count(asked, log).protect().waits == (None, None)
