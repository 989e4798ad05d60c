"""Writing down what was done and what was noticed: whose name may stand there, and who may take it out."""

from datetime import date, timedelta

import pytest

from betterstory.immersion import rules, verbs
from betterstory.immersion.models import Act, Length, Notice
from betterstory.immersion.verbs import NameNotKept, NotADayForActs, Row
from betterstory.people import verbs as people
from betterstory.people.models import Part, Person, Role
from betterstory.people.verbs import NotYours
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from conftest import TODAY

YESTERDAY = TODAY - timedelta(days=1)


def hung_rails(
    neighbourhood: Neighbourhood, by: Person, *, on: date = TODAY, who: Person | None = None
) -> Act:
    return verbs.note_act(
        neighbourhood=neighbourhood,
        what="Hung two curtain rails",
        where="Lime Walk",
        groups="the bowls club",
        minutes=Length.AN_HOUR,
        on=on,
        who=who,
        by=by,
        today=TODAY,
    )


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_an_act_says_what_where_with_whom_how_long_and_who_of_us(
    neighbourhood: Neighbourhood, partner: Person
) -> None:
    act = hung_rails(neighbourhood, partner, on=YESTERDAY, who=partner)
    assert (act.what, act.where, act.groups) == ("Hung two curtain rails", "Lime Walk", "the bowls club")
    assert (act.minutes, act.on, act.who, act.noted_by) == (60, YESTERDAY, partner, partner)


def test_a_resident_may_write_an_act_down_and_stays_unnamed(
    neighbourhood: Neighbourhood, resident: Person
) -> None:
    assert hung_rails(neighbourhood, resident).who is None
    with pytest.raises(NameNotKept):
        hung_rails(neighbourhood, resident, who=resident)
    assert Act.objects.count() == 1


def test_a_residents_name_is_not_kept_whoever_types_it(
    neighbourhood: Neighbourhood, organiser: Person, resident: Person
) -> None:
    with pytest.raises(NameNotKept):
        hung_rails(neighbourhood, organiser, who=resident)
    assert not Act.objects.exists()


def test_an_organiser_types_in_the_sheet_of_another_of_us(
    neighbourhood: Neighbourhood, organiser: Person, partner: Person
) -> None:
    assert hung_rails(neighbourhood, organiser, who=partner).who == partner


def test_a_partner_names_nobody_but_themselves(
    neighbourhood: Neighbourhood, organiser: Person, partner: Person
) -> None:
    with pytest.raises(NameNotKept):
        hung_rails(neighbourhood, partner, who=organiser)
    assert not Act.objects.exists()


def test_nobody_who_is_gone_from_here_is_named(
    neighbourhood: Neighbourhood, organiser: Person, partner: Person
) -> None:
    partner.is_active = False
    partner.save()
    with pytest.raises(NameNotKept):
        hung_rails(neighbourhood, organiser, who=partner)
    assert not rules.people_of_ours().filter(pk=partner.pk).exists()
    assert not Act.objects.exists()


def test_we_are_those_who_play_a_part_now(
    organiser: Person, partner: Person, resident: Person, steward: Person
) -> None:
    people.end_part(Part.objects.get(person=partner), by=steward, on=TODAY)
    assert list(rules.people_of_ours()) == [steward, organiser]


def test_somebody_without_a_part_here_writes_nothing_down(
    neighbourhood: Neighbourhood, steward: Person, partner: Person
) -> None:
    people.end_part(Part.objects.get(person=partner), by=steward, on=TODAY)
    with pytest.raises(NotYours):
        hung_rails(neighbourhood, fresh(partner))
    with pytest.raises(NotYours):
        verbs.notice(
            neighbourhood=neighbourhood, words="Dark", where="Lock", on=TODAY, by=fresh(partner), today=TODAY
        )
    assert not Act.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=732)])
def test_a_day_to_come_or_long_gone_is_no_day_for_an_act(
    neighbourhood: Neighbourhood, organiser: Person, day: date
) -> None:
    with pytest.raises(NotADayForActs):
        hung_rails(neighbourhood, organiser, on=day)
    with pytest.raises(NotADayForActs):
        verbs.notice(
            neighbourhood=neighbourhood, words="Dark", where="Lock", on=day, by=organiser, today=TODAY
        )
    assert not Act.objects.exists()
    assert not Notice.objects.exists()


def test_a_sheet_is_kept_whole_or_not_at_all(neighbourhood: Neighbourhood, organiser: Person) -> None:
    good = Row(what="Tea", where="The hall", on=TODAY)
    wrong = Row(what="Tea", where="The hall", on=TODAY + timedelta(days=1))
    with pytest.raises(NotADayForActs):
        verbs.note_sheet(neighbourhood=neighbourhood, rows=[good, wrong], by=organiser, today=TODAY)
    assert not Act.objects.exists()
    verbs.note_sheet(neighbourhood=neighbourhood, rows=[good, good], by=organiser, today=TODAY)
    assert Act.objects.count() == 2


def test_the_same_again_is_today(neighbourhood: Neighbourhood, partner: Person) -> None:
    act = hung_rails(neighbourhood, partner, on=YESTERDAY, who=partner)
    copy = verbs.again(act, by=partner, today=TODAY)
    assert copy.pk != act.pk
    assert (copy.what, copy.where, copy.groups, copy.minutes) == (act.what, act.where, act.groups, 60)
    assert (copy.on, copy.who, copy.noted_by) == (TODAY, partner, partner)


def test_the_same_again_is_for_who_wrote_it_down(
    neighbourhood: Neighbourhood, partner: Person, organiser: Person
) -> None:
    act = hung_rails(neighbourhood, partner)
    with pytest.raises(NotYours):
        verbs.again(act, by=organiser, today=TODAY)
    assert Act.objects.count() == 1


def test_again_keeps_no_name_of_somebody_who_is_a_resident_by_now(
    neighbourhood: Neighbourhood, steward: Person, partner: Person
) -> None:
    act = hung_rails(neighbourhood, partner, who=partner)
    people.give_part(person=partner, role=Role.RESIDENT, by=steward, on=TODAY)
    people.end_part(Part.objects.get(person=partner, role=Role.PARTNER), by=steward, on=TODAY)
    act = Act.objects.get(pk=act.pk)
    assert verbs.again(act, by=fresh(partner), today=TODAY).who is None


def test_who_wrote_it_or_who_organises_takes_it_out(
    neighbourhood: Neighbourhood, partner: Person, organiser: Person, resident: Person
) -> None:
    mine, other = hung_rails(neighbourhood, partner), hung_rails(neighbourhood, partner)
    with pytest.raises(NotYours):
        verbs.take_out(mine, by=resident)
    assert Act.objects.count() == 2
    verbs.take_out(mine, by=partner)
    verbs.take_out(other, by=organiser)
    assert not Act.objects.exists()


def test_a_notice_is_kept_and_forgotten(
    neighbourhood: Neighbourhood, partner: Person, resident: Person
) -> None:
    kept = verbs.notice(
        neighbourhood=neighbourhood,
        words="The lamp on the lock bridge is out.",
        where="the lock",
        on=YESTERDAY,
        by=partner,
        today=TODAY,
    )
    assert (kept.where, kept.on) == ("the lock", YESTERDAY)
    with pytest.raises(NotYours):
        verbs.forget_notice(kept, by=resident)
    assert Notice.objects.exists()
    verbs.forget_notice(kept, by=partner)
    assert not Notice.objects.exists()


def test_the_acts_of_a_round_are_those_between_its_days(
    round_: Round, neighbourhood: Neighbourhood, organiser: Person
) -> None:
    before = hung_rails(neighbourhood, organiser, on=round_.began_on - timedelta(days=1))
    during = hung_rails(neighbourhood, organiser, on=round_.began_on)
    elsewhere = hung_rails(places.name_neighbourhood(name="Lock Side", by=organiser), organiser)
    assert Act.objects.newest_of(round_) == [during]
    places.end_round(round_, by=organiser, on=round_.began_on)
    Act.objects.filter(pk=elsewhere.pk).update(neighbourhood=neighbourhood, on=TODAY + timedelta(days=1))
    assert list(Act.objects.of_round(round_)) == [during]
    assert before not in Act.objects.of_round(round_)


def test_the_newest_few_come_first(round_: Round, neighbourhood: Neighbourhood, organiser: Person) -> None:
    acts = [hung_rails(neighbourhood, organiser) for _n in range(4)]
    assert Act.objects.newest_of(round_, most=2) == [acts[3], acts[2]]


def test_what_is_usual_is_ones_own_and_each_thing_once(
    neighbourhood: Neighbourhood, partner: Person, organiser: Person
) -> None:
    first = hung_rails(neighbourhood, partner, on=YESTERDAY)
    tea = verbs.note_act(
        neighbourhood=neighbourhood, what="Tea", where="The hall", on=YESTERDAY, by=partner, today=TODAY
    )
    again = verbs.again(first, by=partner, today=TODAY)
    hung_rails(neighbourhood, organiser)
    assert Act.objects.usual_for(partner, neighbourhood) == [again, tea]
