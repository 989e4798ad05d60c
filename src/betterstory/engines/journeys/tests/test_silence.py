"""A silence: no listed contact for so long after the step before, and all of that time was looked at."""

from betterstory.engines.journeys.tests.tables import days, levels, standings


def test_a_silence_is_complete_when_nothing_came_and_the_end_was_seen() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        bob       0  referral
        bob     125  assessment
        cat     100  referral      # only 26 days of it were seen
        dan     126  visit         # the log goes on to day 126, the last moment of 18 weeks
        """,
        "referral; no assessment for 18 weeks",
    ) == {"ann": 2, "bob": 1, "cat": 1, "dan": 0}


def test_a_contact_in_its_last_moment_breaks_it() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann     126  assessment
        bob       0  referral
        bob     127  assessment
        """,
        "referral; no assessment for 18 weeks",
    ) == {"ann": 1, "bob": 2}


def test_a_contact_of_the_same_moment_as_the_step_before_does_not_break_it() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann       0  assessment
        bob      30  visit
        """,
        "referral; no assessment for 4 weeks",
    ) == {"ann": 2, "bob": 0}


def test_in_trusted_order_a_later_contact_of_that_moment_does_break_it() -> None:
    assert levels(
        """
        person  day  seq  activity
        ann       0  1    referral
        ann       0  2    assessment
        bob       0  1    assessment
        bob       0  2    referral
        bob      30  3    visit
        """,
        "referral; no assessment for 4 weeks",
    ) == {"ann": 1, "bob": 2}


def test_its_position_is_after_every_contact_of_its_last_moment() -> None:
    """A crisis at the very end of the silence is not later than it; one a moment later is."""
    assert levels(
        """
        person  day        activity
        ann      0         referral
        ann     28         crisis
        bob      0         referral
        bob     28.00001   crisis
        """,
        "referral; no visit for 4 weeks; crisis",
    ) == {"ann": 2, "bob": 3}


def test_each_referral_starts_a_silence_of_its_own() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann      10  visit         # breaks the first silence
        ann      20  referral
        ann      60  crisis
        """,
        "referral; no visit for 4 weeks; crisis",
    ) == {"ann": 3}


def test_one_silence_can_follow_another() -> None:
    assert days(
        """
        person  day  activity
        ann       0  referral
        ann      10  letter
        ann      70  crisis
        bob       0  referral
        bob      30  letter        # in the second silence, which bars letters
        bob      70  crisis
        """,
        "referral; no visit for 4 weeks; no letter for 2 weeks; crisis",
    ) == {"ann": "0 28 42 70", "bob": "0 28"}


def test_a_silence_that_nobody_saw_the_end_of_is_too_early_to_call() -> None:
    assert standings(
        """
        person  day  activity
        ann       0  referral
        bob     100  referral
        cat     100  referral
        cat     120  assessment
        """,
        "referral; no assessment for 18 weeks; crisis",
    ) == {"ann": "1 too early", "bob": "1 too early", "cat": "1 way closed"}
