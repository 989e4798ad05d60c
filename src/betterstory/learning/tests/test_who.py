"""Who may write, read, offer, try and bear out a lesson: tables."""

from collections.abc import Callable
from typing import Any

import pytest

from betterstory.learning import rules, verbs
from betterstory.learning.models import Lesson, Outcome, SaysSo, Standing, Trial, Wording
from betterstory.learning.tests.conftest import OTHER_WORDS, WORDS
from betterstory.people.models import Person
from betterstory.places.models import Round
from conftest import TODAY

# a person                 writes  reads it before it is offered  offers  says how it went at Lock Side
TABLE = """
organiser                  yes     yes                            yes     yes
steward                    yes     yes                            yes     yes
tomasz (the Row's room)    yes     yes                            yes     no
swimmer (its poolside)     yes     yes                            yes     no
mo (Lock Side's room)      no      no                             no      yes
partner (of no room)       no      yes                            no      no
analyst                    no      yes                            no      no
resident (of no room)      no      no                             no      no
"""
ROWS = [(line.split()[0], *line[27:].split()) for line in TABLE.strip().splitlines()]


@pytest.fixture
def who(
    organiser: Person,
    steward: Person,
    tomasz: Person,
    swimmer: Person,
    mo: Person,
    partner: Person,
    analyst: Person,
    resident: Person,
) -> dict[str, Person]:
    return {name: value for name, value in locals().items() if isinstance(value, Person)}


def outcome_of(verb: Callable[[], Any], refused: type[Exception]) -> str:
    try:
        verb()
    except refused:
        return "no"
    return "yes"


@pytest.mark.parametrize(("name", "writes", "reads", "offers", "tries"), ROWS)
def test_the_table(
    name: str,
    writes: str,
    reads: str,
    offers: str,
    tries: str,
    who: dict[str, Person],
    lesson: Lesson,
    round_: Round,
    side: Round,
) -> None:
    person = who[name]
    assert rules.may_read(person, lesson) is (reads == "yes")
    assert rules.readable_by(person).filter(pk=lesson.pk).exists() is (reads == "yes")
    wrote = outcome_of(
        lambda: verbs.write(OTHER_WORDS, round=round_, by=person, on=TODAY), verbs.NotYoursToWrite
    )
    again = outcome_of(
        lambda: verbs.write_again(lesson, OTHER_WORDS, after=1, because="x", by=person, on=TODAY),
        verbs.NotYoursToWrite,
    )
    told = outcome_of(
        lambda: verbs.tell_outcome(lesson, who="a", what="b", matters="c", our_part="d", by=person, on=TODAY),
        verbs.NotYoursToWrite,
    )
    assert (wrote, again, told) == (writes,) * 3
    assert Lesson.objects.count() == (2 if writes == "yes" else 1), "a refusal writes nothing"
    assert Wording.objects.filter(lesson=lesson).count() == (2 if writes == "yes" else 1)
    lesson.refresh_from_db()
    assert outcome_of(lambda: verbs.offer(lesson, by=person, on=TODAY), verbs.NotYoursToWrite) == offers
    Lesson.objects.filter(pk=lesson.pk).update(offered_on=TODAY)
    assert rules.may_read(person, Lesson.objects.get(pk=lesson.pk)), "once offered, anyone reads it"
    tried = outcome_of(
        lambda: verbs.say_how(
            lesson, round=side, standing=Standing.TRYING, reason="We like it.", by=person, on=TODAY
        ),
        verbs.NotYoursToTry,
    )
    assert tried == tries
    assert Trial.objects.exists() is (tries == "yes")


def test_a_stranger_reads_what_was_written_for_anyone(
    round_: Round, organiser: Person, lesson: Lesson
) -> None:
    open_ = verbs.write(OTHER_WORDS, round=round_, by=organiser, on=TODAY, reach="anyone")
    assert [rules.may_read(None, each) for each in (open_, lesson)] == [True, False]
    assert list(rules.readable_by(None)) == [open_]


def test_who_has_left_the_room_writes_no_more(tomasz: Person, round_: Round) -> None:
    tomasz.memberships.update(left_at="2026-07-06T12:00Z")
    tomasz.read_again()
    with pytest.raises(verbs.NotYoursToWrite):
        verbs.write(WORDS, round=round_, by=tomasz, on=TODAY)


# who says so too                      when it is offered
BORNE_OUT = """
resident (of no room)                  yes
mo (of Lock Side)                      yes
partner                                yes
swimmer (of the round, wrote nothing)  yes
tomasz (wrote the lesson)              no
organiser (wrote the card)             no
"""
SAYERS = [(line.split()[0], line.split()[-1]) for line in BORNE_OUT.strip().splitlines()]


@pytest.fixture
def outcome(offered: Lesson, organiser: Person) -> Outcome:
    return verbs.tell_outcome(
        offered,
        who="The Talking Service",
        what="It rings first.",
        matters="A letter is too late.",
        our_part="We asked.",
        by=organiser,
        on=TODAY,
    )


@pytest.mark.parametrize(("name", "may"), SAYERS)
def test_a_second_person_says_so(name: str, may: str, who: dict[str, Person], outcome: Outcome) -> None:
    said = outcome_of(lambda: verbs.say_so(outcome, by=who[name], on=TODAY), verbs.NotYoursToSaySo)
    assert said == may
    assert SaysSo.objects.exists() is (may == "yes")


def test_who_wrote_an_older_wording_is_no_second_person(
    outcome: Outcome, swimmer: Person, tomasz: Person
) -> None:
    verbs.write_again(outcome.lesson, OTHER_WORDS, after=1, because="plainer", by=swimmer, on=TODAY)
    for person in (swimmer, tomasz):
        with pytest.raises(verbs.NotYoursToSaySo):
            verbs.say_so(outcome, by=person, on=TODAY)


def test_what_may_not_be_read_cannot_be_borne_out(
    lesson: Lesson, organiser: Person, resident: Person
) -> None:
    kept = verbs.tell_outcome(lesson, who="a", what="b", matters="c", our_part="d", by=organiser, on=TODAY)
    with pytest.raises(verbs.NotYoursToSaySo):
        verbs.say_so(kept, by=resident, on=TODAY)


def test_a_saying_is_taken_back_with_its_name_and_words(outcome: Outcome, resident: Person) -> None:
    saying = verbs.say_so(outcome, by=resident, on=TODAY, called="Lynda", words="They rang my aunt.")
    with pytest.raises(verbs.SaidSo):
        verbs.say_so(outcome, by=resident, on=TODAY)
    verbs.unsay(outcome, by=resident, on=TODAY)
    saying.refresh_from_db()
    assert (saying.called, saying.words, saying.ended_on) == ("", "", TODAY)
    verbs.say_so(outcome, by=resident, on=TODAY)
