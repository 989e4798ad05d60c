"""One agreement a circle: versioned words, names under them, a day to come back to them."""

from datetime import date, timedelta

import pytest

from betterstory.people import verbs as people
from betterstory.people.models import Person
from betterstory.poolside import showing, verbs
from betterstory.poolside.models import Agreement, Poolside, Return, Signature
from betterstory.poolside.verbs import NewerWords, NotADayToComeBack, NotRoundThisTable
from conftest import AT, TODAY

LATER = TODAY + timedelta(days=28)
MUCH_LATER = TODAY + timedelta(days=56)


def stands(poolside: Poolside, person: Person) -> showing.Agreed:
    agreed = showing.what_is_agreed(poolside, person, showing.members_of(poolside))
    assert agreed is not None
    return agreed


def rewrite(agreement: Agreement, by: Person, words: str = "We say it within a week.") -> Agreement:
    poolside = agreement.poolside
    return verbs.agree(poolside, words=words, come_back_on=LATER, by=by, on=TODAY, after=agreement.number)


def test_we_agree_and_sign(
    poolside: Poolside, agreement: Agreement, teller: Person, organiser: Person
) -> None:
    verbs.sign(agreement, by=teller, on=TODAY)
    agreed = stands(poolside, teller)
    assert agreed.words == "We say it to each other first."
    assert [(name.name, name.here) for name in agreed.signed] == [("Sam", True)]
    assert agreed.unsigned == ["Helen", "Nasreen"]
    assert agreed.mine
    assert not stands(poolside, organiser).mine, "whoever wrote it has not signed it by that"


def test_each_signs_once(agreement: Agreement, teller: Person) -> None:
    verbs.sign(agreement, by=teller, on=TODAY)
    verbs.sign(agreement, by=teller, on=TODAY + timedelta(days=1))
    assert Signature.objects.get().on == TODAY


def test_nobody_outside_signs_or_writes(
    poolside: Poolside, agreement: Agreement, resident: Person, steward: Person
) -> None:
    for outsider in (resident, steward):
        with pytest.raises(NotRoundThisTable):
            verbs.sign(agreement, by=outsider, on=TODAY)
        with pytest.raises(NotRoundThisTable):
            rewrite(agreement, by=outsider)
    assert not Signature.objects.exists()
    assert Agreement.objects.count() == 1


def test_new_words_are_a_new_version_signed_afresh(
    poolside: Poolside, agreement: Agreement, teller: Person, partner: Person
) -> None:
    verbs.sign(agreement, by=teller, on=TODAY)
    rewrite(agreement, by=partner)
    agreed = stands(poolside, teller)
    assert (agreed.agreement.number, agreed.words, agreed.signed) == (2, "We say it within a week.", [])
    newest, oldest = showing.everything_agreed(poolside, teller, showing.members_of(poolside), on=TODAY)
    assert (newest.agreement.number, oldest.words) == (2, "We say it to each other first.")
    assert [name.name for name in oldest.signed] == ["Sam"]


def test_old_words_are_not_signed_by_mistake(agreement: Agreement, teller: Person, partner: Person) -> None:
    rewrite(agreement, by=partner)
    with pytest.raises(NewerWords):
        verbs.sign(agreement, by=teller, on=TODAY)
    assert not Signature.objects.exists()


def test_nobody_comes_back_to_words_that_are_no_longer_ours(
    agreement: Agreement, teller: Person, partner: Person
) -> None:
    rewrite(agreement, by=partner)
    with pytest.raises(NewerWords):
        verbs.skip(agreement, why="Because", next_on=MUCH_LATER, by=teller, on=TODAY)
    assert not Return.objects.exists()
    assert Agreement.objects.get(number=1).come_back_on == LATER


def test_two_who_write_at_once_do_not_overwrite_each_other(
    agreement: Agreement, teller: Person, partner: Person
) -> None:
    rewrite(agreement, by=partner, words="Helen's words")
    with pytest.raises(NewerWords):
        rewrite(agreement, by=teller, words="Sam's words")
    assert Agreement.objects.count() == 2


def test_who_left_is_seen_and_not_forgotten(
    poolside: Poolside, agreement: Agreement, teller: Person, partner: Person
) -> None:
    verbs.sign(agreement, by=partner, on=TODAY)
    people.leave(circle=poolside.circle, person=partner, at=AT, by=partner)
    agreed = stands(poolside, teller)
    assert [(name.name, name.here) for name in agreed.signed] == [("Helen", False)]
    assert agreed.unsigned == ["Nasreen", "Sam"]


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=367)])
def test_the_day_to_come_back_is_ahead_and_near_enough(
    poolside: Poolside, organiser: Person, day: date
) -> None:
    with pytest.raises(NotADayToComeBack):
        verbs.agree(poolside, words="We try.", come_back_on=day, by=organiser, on=TODAY)
    assert not Agreement.objects.exists()


def test_we_come_back_and_say_how_it_went(poolside: Poolside, agreement: Agreement, teller: Person) -> None:
    verbs.come_back(
        agreement,
        held="The tea.",
        not_held="Answering the same week.",
        changes="A fortnight.",
        next_on=MUCH_LATER,
        by=teller,
        on=LATER,
    )
    last = stands(poolside, teller).last
    assert last is not None
    assert (last.held, last.not_held, last.changes, last.why) == (
        "The tea.",
        "Answering the same week.",
        "A fortnight.",
        "",
    )
    assert (last.record.due_on, last.record.on, last.record.next_on) == (LATER, LATER, MUCH_LATER)
    assert Agreement.objects.get().come_back_on == MUCH_LATER


def test_a_skip_is_open_and_names_the_next_day(
    poolside: Poolside, agreement: Agreement, teller: Person, partner: Person
) -> None:
    verbs.skip(agreement, why="Half of us are off sick.", next_on=MUCH_LATER, by=teller, on=LATER)
    last = stands(poolside, partner).last
    assert last is not None
    assert (last.record.skipped, last.why) == (True, "Half of us are off sick.")
    assert Agreement.objects.get().come_back_on == MUCH_LATER


def test_nobody_outside_comes_back_for_us(agreement: Agreement, resident: Person) -> None:
    with pytest.raises(NotRoundThisTable):
        verbs.skip(agreement, why="Because", next_on=LATER, by=resident, on=TODAY)
    with pytest.raises(NotRoundThisTable):
        verbs.come_back(
            agreement, held="All", not_held="None", changes="", next_on=LATER, by=resident, on=TODAY
        )
    assert not Return.objects.exists()


def test_a_return_always_sets_the_next(agreement: Agreement, teller: Person) -> None:
    with pytest.raises(NotADayToComeBack):
        verbs.skip(agreement, why="Because", next_on=TODAY, by=teller, on=TODAY)
    assert Agreement.objects.get().come_back_on == LATER


def test_past_its_day_is_said_plainly_and_only_from_the_day_after(agreement: Agreement) -> None:
    assert not agreement.is_past(LATER)
    assert agreement.is_past(LATER + timedelta(days=1))
