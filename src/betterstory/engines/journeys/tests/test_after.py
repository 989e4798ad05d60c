"""`after`: the least time from the position of the step before."""

from betterstory.engines.journeys.tests.tables import levels


def test_after_is_the_least_time_its_last_moment_included() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann      14  assessment
        bob       0  referral
        bob      13  assessment
        """,
        "referral; assessment after 2 weeks",
    ) == {"ann": 2, "bob": 1}


def test_with_after_the_earliest_referral_may_be_the_one_that_fits() -> None:
    """The latest referral is too near; the one before it is far enough."""
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann      19  referral
        ann      20  assessment
        """,
        "referral; assessment after 2 weeks",
    ) == {"ann": 2}


def test_between_two_limits_only_the_middle_choice_may_fit() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral      # 30 days before: too early
        ann      20  referral      # 10 days before: fits
        ann      29  referral      # 1 day before: too late
        ann      30  assessment
        bob       0  referral
        bob      29  referral
        bob      30  assessment
        """,
        "referral; assessment after 1 week within 2 weeks",
    ) == {"ann": 2, "bob": 1}


def test_keeping_only_the_latest_time_a_step_was_reached_would_be_wrong() -> None:
    """The later assessment (day 8) is too near to the help; the earlier one (day 5) is not."""
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann       5  assessment
        ann       8  assessment
        ann       9  help
        """,
        "referral; assessment; help after 4 days within 6 days",
    ) == {"ann": 3}
