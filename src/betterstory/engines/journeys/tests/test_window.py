"""The window: who is counted, and from when to when they are looked at."""

from betterstory.engines.journeys.tests.tables import levels, standings

LOG = """
        person  day  activity
        ann       0  referral
        ann      10  assessment
        bob      20  referral
        bob      30  assessment
        """


def test_the_data_end_with_the_last_contact_of_any_kind_and_anyone() -> None:
    assert standings(
        """
        person  day  activity
        ann       0  referral
        -        40  something     # nobody's, and of no kind that is asked about
        """,
        "referral; assessment within 30 days",
    ) == {"ann": "1 way closed"}


def test_until_is_the_end_of_a_day_and_drops_what_comes_later() -> None:
    assert standings(LOG, "referral; assessment within 90 days", until=20) == {
        "ann": "2",
        "bob": "1 on the way",
    }


def test_a_day_of_until_is_a_whole_day() -> None:
    assert levels(
        """
        person  day   activity
        ann     20.9  referral
        bob     21    referral
        """,
        "referral",
        until=20,
    ) == {"ann": 1}


def test_until_can_be_later_than_the_last_contact() -> None:
    assert standings(LOG, "referral; assessment within 5 days", until=40) == {
        "ann": "1 way closed",
        "bob": "1 way closed",
    }


def test_with_a_person_table_everyone_in_it_is_counted_and_nobody_else() -> None:
    people = """
        person
        ann
        eve
        """
    assert levels(LOG, "referral; assessment", people=people) == {"ann": 2, "eve": 0}


def test_without_one_only_those_with_a_contact_in_the_window_are_known() -> None:
    assert levels(LOG, "assessment", until=15) == {"ann": 1}


def test_contacts_outside_a_persons_own_record_are_not_seen() -> None:
    people = """
        person  start  end
        ann     5      -           # the referral came before the record started
        bob     20     29          # the assessment came after it ended
        """
    assert levels(LOG, "referral; assessment", people=people) == {"ann": 0, "bob": 1}


def test_the_first_and_the_last_day_of_a_record_belong_to_it() -> None:
    people = """
        person  start  end
        ann     0      10
        bob     20     30
        """
    assert levels(LOG, "referral; assessment", people=people) == {"ann": 2, "bob": 2}


def test_a_record_that_goes_on_after_the_data_is_looked_at_to_the_datas_end() -> None:
    people = """
        person  end
        bob     45
        """
    assert standings(LOG, "referral; assessment within 90 days", people=people, until=25) == {
        "bob": "1 on the way"
    }


def test_a_silence_needs_the_persons_own_record_to_reach_its_end() -> None:
    people = """
        person  end
        ann     27
        bob     28
        """
    log = """
        person  day  activity
        ann       0  referral
        bob       0  referral
        bob      90  visit
        """
    assert levels(log, "referral; no visit for 4 weeks", people=people) == {"ann": 1, "bob": 2}


def test_the_text_na_is_a_person_like_any_other() -> None:
    assert levels(
        """
        person  day  activity
        NA        0  referral
        null      0  referral
        None      0  referral
        """,
        "referral",
    ) == {"NA": 1, "null": 1, "None": 1}


def test_rows_without_person_time_or_activity_are_set_aside() -> None:
    assert levels(
        """
        person  day  activity
        ann       0  referral
        -         5  assessment
        ann       -  assessment
        ann       6  -
        """,
        "referral; assessment",
    ) == {"ann": 1}
