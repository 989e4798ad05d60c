"""Steps come in order, each later than the one before."""

from betterstory.engines.journeys.tests.tables import levels


def test_the_level_is_the_number_of_steps_that_were_reached_in_order() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann      10  assessment
        ann      20  help
        bob       0  referral
        bob      10  help          # help without an assessment is not the next step
        cat       0  assessment    # the first step is missing, so nothing counts
        cat      10  help
        """,
        "referral; assessment; help",
    ) == {"ann": 3, "bob": 1, "cat": 0}


def test_a_person_is_counted_once_at_the_best_level() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann       5  referral
        ann      10  assessment
        ann      15  referral
        ann      20  assessment
        """,
        "referral; assessment",
    ) == {"ann": 2}


def test_the_same_kind_of_contact_can_be_two_steps_but_one_contact_cannot() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  visit
        ann       9  visit
        bob       0  visit
        """,
        "visit; visit",
    ) == {"ann": 2, "bob": 1}


def test_any_listed_activity_will_do() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  call
        ann       1  visit
        bob       0  letter
        bob       1  visit
        """,
        "call or letter; visit",
    ) == {"ann": 2, "bob": 2}


def test_not_only_the_first_choice_counts() -> None:
    """The first referral is too old for the assessment; a later one fits."""
    assert levels(
        """
        person  day  activity
        ann       0  referral
        ann      50  referral
        ann      55  assessment
        """,
        "referral; assessment within 7 days",
    ) == {"ann": 2}


def test_where_looks_at_another_column_and_nothing_is_not_true() -> None:
    assert levels(
        """
        person  day  activity  came
        ann       0  visit     yes
        bob       0  visit     no
        cat       0  visit     -
        dan       0  visit     late
        """,
        "visit where came is yes or late",
    ) == {"ann": 1, "bob": 0, "cat": 0, "dan": 1}


def test_where_on_a_silence_says_what_would_break_it() -> None:
    assert levels(
        """
        person  day  activity  came
        ann       0  referral  -
        ann      10  visit     no     # did not come: the silence goes on
        bob       0  referral  -
        bob      10  visit     yes
        cat       0  referral  -
        cat      90  referral  -
        """,
        "referral; no visit for 4 weeks where came is yes",
    ) == {"ann": 2, "bob": 1, "cat": 2}
