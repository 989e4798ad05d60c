"""Who came back, and for whom nothing came next"""

from betterstory.engines.journeys.map.tests.tables import contacts


def test_nothing_next_is_only_said_where_the_whole_limit_was_seen() -> None:
    """Nothing came next for ann, too late for bob; of cat we can't tell. The last day of a limit is in it."""
    assert contacts(
        """
        person  day  activity
        ann       0  referral
        bob       0  referral
        bob       8  visit
        cat      20  referral
        dan       0  referral
        dan       7  visit
        """,
        "within 7 days",
        until=26,
    ) == {
        "referral": "4 people, 4 contacts; 4 first, 2 last, 2 stopped, 1 cannot tell",
        "visit": "2 people, 2 contacts; 2 last, 2 stopped",
    }


def test_who_stopped_once_has_stopped() -> None:
    """One contact after which nothing came is enough, whatever came later."""
    assert contacts(
        """
        person  day  activity
        ann       0  referral
        ann      30  referral
        ann      31  visit
        """,
        "within 7 days",
        until=31,
    ) == {
        "referral": "1 people, 2 contacts; 1 again, 1 first, 1 stopped",
        "visit": "1 people, 1 contacts; 1 last, 1 cannot tell",
    }


def test_a_persons_own_record_ends_what_is_seen_of_them() -> None:
    """Bob's own record ends on day 3, so of bob we can't tell."""
    assert contacts(
        """
        person  day  activity
        ann       0  referral
        bob       0  referral
        """,
        "within 7 days",
        until=60,
        people="""
        person  end
        ann     -
        bob     3
        """,
    ) == {"referral": "2 people, 2 contacts; 2 first, 2 last, 1 stopped, 1 cannot tell"}


def test_coming_back_takes_a_later_moment() -> None:
    """Ann comes back to the call, with a visit between; two calls in one moment are no coming back."""
    assert contacts(
        """
        person  day  activity
        ann       0  call
        ann       1  visit
        ann       2  call
        bob       0  call
        bob       0  call
        """,
        "within 12 weeks",
    ) == {
        "call": "2 people, 3 contacts; 1 again, 2 first, 2 last, 2 cannot tell",
        "visit": "1 people, 1 contacts",
    }
