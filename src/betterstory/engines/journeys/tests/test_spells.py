"""Spells: listed contacts close to one another become one, before anything is counted."""

from betterstory.engines.journeys.tests.tables import days, levels

LOG = """
        person  day  activity
        ann       0  night
        ann      10  night
        ann      24  night         # 14 days after the one before: the same spell
        ann      39  night         # 15 days: a new one
        ann     100  help
        """


def test_contacts_close_to_the_one_before_become_one_at_the_first() -> None:
    assert days(LOG, "night; night; help", spells="14 days of night") == {"ann": "0 39 100"}
    assert levels(LOG, "night; night; night; help", spells="14 days of night") == {"ann": 2}


def test_or_at_the_last() -> None:
    assert days(LOG, "night; night; help", spells="14 days of night", at="end") == {"ann": "24 39 100"}


def test_at_the_end_there_is_none_while_it_could_still_grow() -> None:
    log = """
        person  day  activity
        ann       0  night
        bob       1  night
        """
    asked = {"steps": "night", "spells": "14 days of night", "at": "end"}
    assert levels(log, **asked, until=13) == {"ann": 0, "bob": 0}  # day 14 could still bring one
    assert levels(log, **asked, until=14) == {"ann": 1, "bob": 0}
    assert levels(log, "night", spells="14 days of night", until=13) == {"ann": 1, "bob": 1}


def test_at_the_end_a_spell_may_grow_up_to_the_very_last_look() -> None:
    log = """
        person  day  activity
        ann       0  night
        bob      14  help          # the data end on day 14: a night after that would be a spell of its own
        """
    assert levels(log, "night", spells="14 days of night", at="end") == {"ann": 1, "bob": 0}


def test_only_listed_contacts_merge_and_others_do_not_break_a_spell() -> None:
    log = """
        person  day  activity
        ann       0  night
        ann       5  visit
        ann       6  visit
        ann      10  night
        """
    assert levels(log, "night; visit; visit", spells="14 days of night") == {"ann": 3}
    assert levels(log, "night; night", spells="14 days of night") == {"ann": 1}


def test_several_listed_activities_make_one_spell_that_is_its_first_contact() -> None:
    log = """
        person  day  activity
        ann       0  ward A
        ann       3  ward B
        ann      30  help
        """
    assert levels(log, "ward A; help", spells="14 days of ward A or ward B") == {"ann": 2}
    assert levels(log, "ward B; help", spells="14 days of ward A or ward B") == {"ann": 0}
    assert levels(log, "ward B; help", spells="14 days of ward A or ward B", at="end") == {"ann": 2}


def test_where_nothing_is_listed_every_contact_counts_towards_a_spell() -> None:
    log = """
        person  day  activity
        ann       0  call
        ann       3  visit
        ann      30  help
        """
    assert days(log, "call; help", spells="14 days") == {"ann": "0 30"}
    assert levels(log, "visit", spells="14 days") == {"ann": 0}


def test_which_of_simultaneous_contacts_comes_first_is_settled_by_their_texts() -> None:
    log = """
        person  day  activity  came
        ann       0  visit     yes
        ann       0  call      -
        ann       0  call      no
        """
    assert levels(log, "call where came is no", spells="1 day") == {"ann": 1}
    assert levels(log, "visit where came is yes", spells="1 day") == {"ann": 0}
    assert levels(log, "visit where came is yes", spells="1 day", at="end", until=9) == {"ann": 1}


def test_spells_change_silences_and_unwanted_contacts_too() -> None:
    log = """
        person  day  activity
        ann       0  night
        ann      10  referral
        ann      12  night         # part of the spell that started before the referral
        ann      60  crisis
        """
    asked = "referral; no night for 4 weeks; crisis without night"
    assert levels(log, asked) == {"ann": 1}
    assert levels(log, asked, spells="14 days of night") == {"ann": 3}
