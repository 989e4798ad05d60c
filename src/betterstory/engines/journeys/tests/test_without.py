"""`without`: what must not come strictly between two positions."""

from betterstory.engines.journeys.tests.tables import levels


def test_nothing_listed_may_come_between() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann       9  crisis
        bob       0  referral
        bob       5  assessment
        bob       9  crisis
        """,
        "referral; crisis without assessment",
    ) == {"ann": 2, "bob": 1}


def test_a_later_start_after_the_unwanted_contact_is_a_choice_too() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann       5  assessment
        ann       6  referral
        ann       9  crisis
        """,
        "referral; crisis without assessment",
    ) == {"ann": 2}


def test_at_the_very_ends_it_is_not_between() -> None:
    """Simultaneous with the step before or with the step itself is not strictly between."""
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann       0  assessment
        ann       9  crisis
        bob       0  referral
        bob       9  assessment
        bob       9  crisis
        """,
        "referral; crisis without assessment",
    ) == {"ann": 2, "bob": 2}


def test_trusted_order_puts_a_contact_of_the_same_moment_between() -> None:
    assert levels(
        """
        person  day  seq  activity
        ann       0  1    referral
        ann       0  2    assessment
        ann       9  3    crisis
        bob       0  1    assessment
        bob       0  2    referral
        bob       9  3    crisis
        """,
        "referral; crisis without assessment",
    ) == {"ann": 1, "bob": 2}


def test_a_step_may_bar_its_own_activity_and_then_it_is_the_next_one() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann      20  visit
        bob       0  referral
        bob       2  visit
        bob      20  visit         # not the first visit since the referral
        """,
        "referral; visit after 2 weeks without visit",
    ) == {"ann": 2, "bob": 1}


def test_before_a_repeat_nothing_listed_may_come_up_to_its_last_contact() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann       5  call
        ann       6  call
        bob       0  referral
        bob       5  call
        bob       6  assessment    # between the two calls
        bob       7  call
        """,
        "referral; 2 times call in 1 week without assessment",
    ) == {"ann": 2, "bob": 1}


def test_after_a_silence_only_what_comes_later_than_its_end_is_between() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann      10  letter        # during the silence
        ann      40  crisis
        bob       0  referral
        bob      28  letter        # at the very end of the silence: not after it
        bob      40  crisis
        cat       0  referral
        cat      30  letter
        cat      40  crisis
        """,
        "referral; no visit for 4 weeks; crisis without letter",
    ) == {"ann": 3, "bob": 3, "cat": 2}


def test_the_end_of_a_silence_is_after_every_place_in_the_order_of_its_moment() -> None:
    assert levels(
        """
        person  day  seq  activity
        ann       0    1  referral
        ann      28    9  letter
        ann      40   10  crisis
        """,
        "referral; no visit for 4 weeks; crisis without letter",
    ) == {"ann": 3}
