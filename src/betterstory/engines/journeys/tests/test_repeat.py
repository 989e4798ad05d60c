"""A repeat: so many different contacts, the first and the last at most so long apart."""

from betterstory.engines.journeys.tests.tables import days, levels


def test_so_many_contacts_within_so_long() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  crisis
        ann     100  crisis
        ann     365  crisis        # the last moment of the year
        bob       0  crisis
        bob     100  crisis
        bob     366  crisis
        cat       0  crisis
        cat       9  crisis
        """,
        "3 times crisis in 1 year",
    ) == {"ann": 1, "bob": 0, "cat": 0}


def test_the_best_run_may_start_later() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  crisis
        ann     300  crisis
        ann     400  crisis
        ann     500  crisis
        """,
        "3 times crisis in 1 year",
    ) == {"ann": 1}


def test_different_contacts_of_one_moment_each_count() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  crisis
        ann       0  crisis
        bob       0  crisis
        """,
        "2 times crisis in 0 days",
    ) == {"ann": 1, "bob": 0}


def test_several_listed_activities_count_together() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  crisis
        ann       9  ambulance
        """,
        "2 times crisis or ambulance in 1 year",
    ) == {"ann": 1}


def test_all_of_its_contacts_are_later_than_the_step_before() -> None:
    assert levels(
        """
        person  day  activity
        ann       5  call
        ann      10  referral
        ann      15  call
        bob      10  referral
        bob      15  call
        bob      16  call
        """,
        "referral; 2 times call in 1 month",
    ) == {"ann": 1, "bob": 2}


def test_its_position_is_its_last_contact_and_limits_run_from_there() -> None:
    assert days(
        """
        person  day  activity
        ann       0  call
        ann       5  call
        ann       9  call
        ann      15  visit
        """,
        "3 times call in 1 month; visit within 1 week",
    ) == {"ann": "9 15"}


def test_within_and_after_of_a_repeat_are_about_its_last_contact() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann       1  call
        ann       8  call
        bob       0  referral
        bob       1  call
        bob       6  call
        """,
        "referral; 2 times call in 1 month after 7 days within 9 days",
    ) == {"ann": 2, "bob": 1}
