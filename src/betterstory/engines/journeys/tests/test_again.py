"""On it again: the way closed, yet a shorter choice can still go on."""

from betterstory.engines.journeys.tests.tables import standings


def test_a_new_start_after_the_way_closed_is_counted() -> None:
    assert standings(
        """
        person  day  activity
        ann       0  referral
        ann       5  assessment    # the help had to come by day 15
        ann      40  referral      # but here it starts again
        bob       0  referral
        bob       5  assessment
        cat      45  visit
        """,
        "referral; assessment within 10 days; help within 10 days",
    ) == {"ann": "2 way closed, again", "bob": "2 way closed", "cat": "0"}


def test_somebody_still_on_the_way_is_not_on_it_again() -> None:
    assert standings(
        """
        person  day  activity
        ann      30  referral
        ann      38  assessment
        ann      40  referral
        """,
        "referral; assessment within 10 days; help within 10 days",
    ) == {"ann": "2 on the way"}


def test_a_shorter_choice_that_waits_for_a_silence_counts_too() -> None:
    assert standings(
        """
        person  day  activity
        ann       0  referral
        ann      60  crisis        # reached level 3; the help had to come by day 67
        ann      90  referral
        bob     100  letter
        """,
        "referral; no visit for 4 weeks; crisis; help within 7 days",
    ) == {"ann": "3 way closed, again", "bob": "0"}
