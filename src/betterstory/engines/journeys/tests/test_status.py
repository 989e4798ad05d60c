"""On the way, way closed, or too early to say: where somebody between the first and the last step stands."""

from betterstory.engines.journeys.tests.tables import standings


def test_on_the_way_while_the_next_step_can_still_come() -> None:
    """The data end on day 30. A limit that ends at that very moment leaves no moment after it."""
    assert standings(
        """
        person  day  activity
        ann       1  referral      # 30 days end on day 31
        bob       0  referral      # 30 days end on day 30
        cat      30  assessment
        """,
        "referral; assessment within 30 days",
    ) == {"ann": "1 on the way", "bob": "1 way closed", "cat": "0"}


def test_the_first_and_the_last_level_have_no_status() -> None:
    assert standings(
        """
        person  day  activity
        ann       0  referral
        ann       1  assessment
        bob       0  assessment
        """,
        "referral; assessment within 30 days",
    ) == {"ann": "2", "bob": "0"}


def test_any_choice_that_can_go_on_keeps_the_way_open() -> None:
    assert standings(
        """
        person  day  activity
        ann       0  referral      # closed on day 30
        ann      20  referral      # open until day 50
        bob      40  visit
        """,
        "referral; assessment within 30 days",
    ) == {"ann": "1 on the way", "bob": "0"}


def test_the_earlier_choice_may_be_the_one_that_can_go_on() -> None:
    """From day 5 the help can come on days 9 to 11; from day 8 only on day 12, past the whole limit."""
    assert standings(
        """
        person  day  activity
        ann       0  referral
        ann       5  assessment
        ann       8  assessment
        """,
        "referral; assessment; help after 4 days",
        whole="11 days",
    ) == {"ann": "2 on the way"}


def test_after_may_put_the_next_step_past_its_chance() -> None:
    assert standings(
        """
        person  day  activity
        ann       0  referral
        ann       8  assessment
        """,
        "referral; assessment; help after 4 days",
        whole="11 days",
    ) == {"ann": "2 way closed, again"}  # a new assessment, soon enough, could still come


def test_the_whole_limit_closes_the_way_too() -> None:
    log = """
        person  day  activity
        ann       0  referral
        bob      60  visit
        """
    assert standings(log, "referral; assessment", whole="60 days") == {"ann": "1 way closed", "bob": "0"}
    assert standings(log, "referral; assessment", whole="61 days") == {"ann": "1 on the way", "bob": "0"}


def test_an_unwanted_contact_closes_the_way() -> None:
    assert standings(
        """
        person  day  activity
        ann       0  referral
        ann       5  letter
        bob       0  referral
        bob       0  letter        # at the same moment is not in between
        cat       0  letter
        cat       5  referral
        """,
        "referral; crisis without letter",
    ) == {"ann": "1 way closed", "bob": "1 on the way", "cat": "1 on the way"}


def test_somebody_whose_own_record_ended_is_too_early_to_call() -> None:
    people = """
        person  end
        ann     10                 # ended while the way was open
        bob     -
        cat     40                 # the data end on day 35: the record did not end before them
        dan     34                 # ended after the way had closed
        """
    log = """
        person  day  activity
        ann       0  referral
        bob      20  referral
        cat      20  referral
        dan       0  referral
        bob      35  visit
        """
    assert standings(log, "referral; assessment within 30 days", people=people) == {
        "ann": "1 too early",
        "bob": "1 on the way",
        "cat": "1 on the way",
        "dan": "1 way closed",
    }


def test_before_a_silence_it_is_too_early_or_closed_never_on_the_way() -> None:
    assert standings(
        """
        person  day  activity
        ann      10  referral      # unbroken, and ends after the data
        bob      10  referral
        bob      15  visit         # broken
        cat      20  letter
        """,
        "referral; no visit for 4 weeks; crisis",
    ) == {"ann": "1 too early", "bob": "1 way closed", "cat": "0"}


def test_a_silence_that_would_end_past_the_whole_limit_is_closed() -> None:
    log = """
        person  day  activity
        ann       0  referral
        ann      10  letter
        """
    asked = "referral; letter; no visit for 4 weeks"
    assert standings(log, asked, whole="38 days") == {"ann": "2 too early"}
    assert standings(log, asked, whole="37 days") == {"ann": "2 way closed, again"}


def test_before_a_repeat_one_moment_could_bring_all_of_it() -> None:
    assert standings(
        """
        person  day  activity
        ann       0  referral
        bob      29  call
        """,
        "referral; 3 times call in 1 week within 30 days",
    ) == {"ann": "1 on the way", "bob": "0"}


def test_a_next_step_without_limits_keeps_everyone_on_the_way() -> None:
    assert standings(
        """
        person  day   activity
        ann        0  referral
        bob     9000  visit
        """,
        "referral; assessment",
    ) == {"ann": "1 on the way", "bob": "0"}
