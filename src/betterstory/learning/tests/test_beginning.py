"""A round begins from lessons of earlier ones, each with its why, and says what it does differently."""

import pytest

from betterstory.learning import verbs
from betterstory.learning.models import Beginning, Chosen, Lesson, Standing, Trial
from betterstory.learning.tests.conftest import OTHER_WORDS
from betterstory.learning.verbs import Choice
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Neighbourhood, Round
from betterstory.ui.refusal import Refusal
from conftest import TODAY

OTHERWISE = "We ask the boats first."


def test_it_begins_from_a_lesson_and_tries_it(
    offered: Lesson, lock_side: Neighbourhood, organiser: Person
) -> None:
    begun = verbs.begin(
        neighbourhood=lock_side,
        chosen=[Choice(offered, "The same happened here.")],
        differently=OTHERWISE,
        after=0,
        by=organiser,
        on=TODAY,
    )
    said = Beginning.objects.get(round=begun)
    assert said.differently == OTHERWISE
    [chosen] = said.chosen.all()
    assert (chosen.lesson, chosen.because, chosen.of_version) == (offered, "The same happened here.", 1)
    trial = Trial.objects.get()
    assert (trial.lesson, trial.round, trial.standing) == (offered, begun, Standing.TRYING)
    assert trial.words.reason == "The same happened here."


def test_what_was_tried_before_is_not_begun_anew(offered: Lesson, side: Round, mo: Person) -> None:
    verbs.say_how(offered, round=side, standing=Standing.NOT_FOR_HERE, reason="No hall.", by=mo, on=TODAY)
    verbs.say_how_it_began(
        side, chosen=[Choice(offered, "A hall was found.")], differently=OTHERWISE, by=mo, on=TODAY
    )
    assert Trial.objects.get().standing == Standing.NOT_FOR_HERE


def test_a_first_round_begins_from_nothing(lock_side: Neighbourhood, organiser: Person) -> None:
    begun = verbs.begin(neighbourhood=lock_side, after=0, by=organiser, on=TODAY)
    assert begun.number == 1
    assert not Beginning.objects.exists()


# what is sent                          refused as
WRONG = """
no why                                  say-why
nothing done differently                say-what-is-different
nine lessons                            too-many-chosen
a lesson that is not offered            not-offered
a round began meanwhile                 begun-meanwhile
twenty thousand words                   too-long
"""


@pytest.mark.parametrize("row", WRONG.strip().splitlines())
def test_a_round_that_is_refused_has_not_begun(
    row: str, offered: Lesson, round_: Round, tomasz: Person, lock_side: Neighbourhood, organiser: Person
) -> None:
    what, code = row[:40].strip(), row[40:].strip()
    chosen, differently, after = [Choice(offered, "The same.")], OTHERWISE, 0
    match what:
        case "no why":
            chosen = [Choice(offered, "  ")]
        case "nothing done differently":
            differently = " "
        case "nine lessons":
            chosen *= 9
        case "a lesson that is not offered":
            chosen.append(Choice(verbs.write(OTHER_WORDS, round=round_, by=tomasz, on=TODAY), "a"))
        case "a round began meanwhile":
            after = 1
        case "twenty thousand words":
            differently = "word " * 20_000
    with pytest.raises(Refusal) as refused:
        verbs.begin(
            neighbourhood=lock_side,
            chosen=chosen,
            differently=differently,
            after=after,
            by=organiser,
            on=TODAY,
        )
    assert refused.value.code == code
    assert not lock_side.rounds.exists()
    assert not Trial.objects.exists()
    assert not Chosen.objects.exists()


def test_it_is_said_once_and_by_its_own_people(
    offered: Lesson, side: Round, mo: Person, tomasz: Person
) -> None:
    with pytest.raises(verbs.NotYoursToWrite):
        verbs.say_how_it_began(side, chosen=[], differently=OTHERWISE, by=tomasz, on=TODAY)
    verbs.say_how_it_began(side, chosen=[Choice(offered, "a")], differently=OTHERWISE, by=mo, on=TODAY)
    with pytest.raises(verbs.BegunAlready):
        verbs.say_how_it_began(side, chosen=[], differently="Something else.", by=mo, on=TODAY)
    assert Beginning.objects.get().differently == OTHERWISE


def test_only_who_organises_begins(lock_side: Neighbourhood, partner: Person) -> None:
    with pytest.raises(NotYours):
        verbs.begin(neighbourhood=lock_side, after=0, by=partner, on=TODAY)
    assert not Round.objects.exists()
