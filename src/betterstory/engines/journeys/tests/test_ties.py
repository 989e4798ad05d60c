"""Equal times: simultaneous, unless the log has an order that is trusted."""

from betterstory.engines.journeys.tests.tables import levels

ONE_MOMENT = """
        person  day  seq  activity
        ann       0    1  referral
        ann       0    2  assessment
        bob       0    2  referral
        bob       0    1  assessment
        cat       0    1  referral
        cat       0    1  assessment    # the same place in the order: simultaneous
        """


def test_with_a_trusted_order_the_later_place_is_later() -> None:
    assert levels(ONE_MOMENT, "referral; assessment") == {"ann": 2, "bob": 1, "cat": 1}


def test_without_it_neither_is_later() -> None:
    assert levels(ONE_MOMENT, "referral; assessment", seq=False) == {"ann": 1, "bob": 1, "cat": 1}


def test_a_log_of_days_makes_a_whole_day_simultaneous() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann       0  assessment
        ann       1  help
        bob       0  referral
        bob       1  assessment
        """,
        "referral; assessment or help",
    ) == {"ann": 2, "bob": 2}


def test_time_goes_before_the_order() -> None:
    assert levels(
        """
        person  day  seq  activity
        ann       0    9  referral
        ann       1    1  assessment
        """,
        "referral; assessment",
    ) == {"ann": 2}
