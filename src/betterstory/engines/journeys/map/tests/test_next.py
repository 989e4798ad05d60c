"""What comes next"""

from betterstory.engines.journeys.map.tests.tables import first_waits, ways


def test_a_way_counts_its_people_once_and_all_its_times() -> None:
    """People are counted once on a way, however often they go it."""
    assert ways(
        """
        person  day  activity
        ann       0  referral
        ann       2  visit
        ann       3  referral
        ann       7  visit
        bob       0  referral
        bob      12  visit
        """,
        "within 12 weeks",
    ) == {
        "referral > visit": "2 people, 3 times, days 3 4 8",
        "visit > referral": "1 people, 1 times, days 1 1 1",
    }


def test_contacts_of_one_moment_are_simultaneous() -> None:
    """Without a trusted order contacts of one moment are simultaneous; each of the next follows each."""
    assert ways(
        """
        person  day  activity
        ann       0  call
        ann       0  letter
        ann       5  visit
        ann       9  call
        ann       9  visit
        """,
        "within 12 weeks",
    ) == {
        "call > visit": "1 people, 1 times, days 5 5 5",
        "letter > visit": "1 people, 1 times, days 5 5 5",
        "visit > call": "1 people, 1 times, days 4 4 4",
        "visit > visit": "1 people, 1 times, days 4 4 4",
    }


def test_a_trusted_order_parts_a_moment() -> None:
    """With a trusted order each contact has a place of its own, and the wait between two may be nothing."""
    assert ways(
        """
        person  day  seq  activity
        ann       0    1  call
        ann       0    2  letter
        ann       5    3  visit
        """,
        "within 12 weeks",
    ) == {
        "call > letter": "1 people, 1 times, days 0 0 0",
        "letter > visit": "1 people, 1 times, days 5 5 5",
    }


def test_contacts_of_one_kind_in_one_moment_are_one() -> None:
    """Two rows of one kind in one moment are one contact."""
    assert ways(
        """
        person  day  activity
        ann       0  call
        ann       0  call
        ann       5  visit
        ann       5  visit
        """,
        "within 12 weeks",
    ) == {"call > visit": "1 people, 1 times, days 5 5 5"}


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle() -> None:
    """Quartiles lie on the straight line between the two nearest waits: here waits of 1, 2, 4 and 8 days."""
    assert ways(
        """
        person  day  activity
        ann       0  call
        ann       1  visit
        bob       0  call
        bob       2  visit
        cat       0  call
        cat       4  visit
        dan       0  call
        dan       8  visit
        """,
        "within 12 weeks",
    ) == {"call > visit": "4 people, 4 times, days 1.75 3 5"}


def test_what_is_shown_of_waits_is_each_persons_first() -> None:
    """For what is shown, nobody's waits count twice: the first wait of each person on a way is taken."""
    assert first_waits(
        """
        person  day  activity
        ann       0  call
        ann       1  visit
        ann       2  call
        ann      30  visit
        bob       0  call
        bob       3  visit
        """,
        "within 12 weeks",
    ) == {"call > visit": "1.5 2 2.5", "visit > call": "1 1 1"}
