"""`within`: the most time from the position of the step before."""

from betterstory.engines.journeys.tests.tables import levels


def test_within_counts_from_the_step_before() -> None:
    """A step must come within its limit of the step before, its last moment included."""
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann     126  assessment    # the last day of 18 weeks
        bob       0  referral
        bob     127  assessment
        """,
        "referral; assessment within 18 weeks",
    ) == {"ann": 2, "bob": 1}


def test_each_step_has_its_own_limit() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann      10  assessment
        ann      17  help
        bob       0  referral
        bob      10  assessment
        bob      18  help
        """,
        "referral; assessment within 10 days; help within 7 days",
    ) == {"ann": 3, "bob": 2}


def test_a_later_choice_of_the_middle_step_can_save_the_last() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann       3  assessment
        ann       9  assessment
        ann      15  help          # 12 days after the first assessment, 6 after the second
        """,
        "referral; assessment within 10 days; help within 7 days",
    ) == {"ann": 3}


def test_after_a_silence_the_limit_runs_from_the_moment_it_was_complete() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann      34  crisis        # the silence was complete on day 28
        bob       0  referral
        bob      36  crisis
        """,
        "referral; no assessment for 4 weeks; crisis within 1 week",
    ) == {"ann": 3, "bob": 2}


def test_within_nothing_is_the_same_moment_in_trusted_order() -> None:
    assert levels(
        """
        person  day  seq  activity
        ann       0  1    referral
        ann       0  2    assessment
        bob       0  1    referral
        bob       1  2    assessment
        """,
        "referral; assessment within 0 days",
    ) == {"ann": 2, "bob": 1}
