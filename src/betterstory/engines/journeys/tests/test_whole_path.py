"""A limit on the whole path: from the first contact that was used to each step that was reached."""

from betterstory.engines.journeys.tests.tables import days, levels


def test_the_whole_path_has_a_limit_its_last_moment_included() -> None:
    log = """
        person  day  activity
        ann       0  referral
        ann      50  assessment
        ann     100  help
        bob       0  referral
        bob      50  assessment
        bob     101  help
        """
    assert levels(log, "referral; assessment; help", whole="100 days") == {"ann": 3, "bob": 2}


def test_it_holds_for_part_of_the_path_too() -> None:
    log = """
        person  day  activity
        ann       0  referral
        ann     101  assessment
        """
    assert levels(log, "referral; assessment; help", whole="100 days") == {"ann": 1}


def test_a_later_first_contact_can_save_it() -> None:
    log = """
        person  day  activity
        ann       0  referral
        ann      40  referral
        ann      60  assessment
        ann     130  help
        """
    assert days(log, "referral; assessment; help", whole="100 days") == {"ann": "40 60 130"}


def test_a_repeat_starts_the_path_with_its_earliest_contact() -> None:
    log = """
        person  day  activity
        ann       0  call
        ann      10  call
        ann      40  visit
        bob       0  call
        bob       9  call
        bob      11  call          # the two latest calls before the visit start on day 9
        bob      39  visit
        """
    asked = "2 times call in 1 month; visit"
    assert levels(log, asked, whole="39 days") == {"ann": 1, "bob": 2}
    assert levels(log, asked, whole="30 days") == {"ann": 1, "bob": 2}
    assert levels(log, asked, whole="29 days") == {"ann": 1, "bob": 1}


def test_a_silence_that_would_end_past_the_limit_is_not_reached() -> None:
    log = """
        person  day  activity
        ann       0  referral
        ann      10  letter
        bob       0  letter
        bob      90  visit
        """
    assert levels(log, "referral; letter; no visit for 4 weeks", whole="38 days") == {"ann": 3, "bob": 0}
    assert levels(log, "referral; letter; no visit for 4 weeks", whole="37 days") == {"ann": 2, "bob": 0}
