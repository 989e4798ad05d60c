"""No titles and no organisations on the run sheet while a room hears and makes sense."""

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Turn
from betterstory.conversations.tests._preparing import Send, ask, turn_as
from betterstory.conversations.verbs import NoTitles
from betterstory.people.models import Body, Person
from betterstory.places.models import Round
from conftest import AT

WORDS = """
allowed | words
yes     | What stays with me from what I heard?
yes     | I miss my father. What do you miss?
yes     | Go head to head. Then talk.
yes     | I miss Anna. Who is my father Tom?
no      | Now Father Brown
no      | Dr Khan speaks for ten minutes
no      | Now Cllr. Femi answers
no      | What does professor Ashby think?
no      | The harbour trust explains itself
"""


@pytest.mark.parametrize("row", WORDS.strip().splitlines()[1:])
def test_no_title_and_no_organisation_while_hearing_and_making_sense(
    row: str, gathering: Gathering, organiser: Person, trust: Body, send: Send
) -> None:
    allowed, words = (each.strip() for each in row.split("|"))
    told = {"kind": "round", "words": words, "minutes": 10, "led_by": "host", "edition": 1}
    answer = send(organiser, "run_sheet", gathering.pk, fields=told)
    assert answer.status_code == (302 if allowed == "yes" else 422)
    assert Turn.objects.filter(words=words).exists() == (allowed == "yes")
    if allowed == "no":
        assert "Leave out titles and the names of organisations" in answer.content.decode()
        turn = gathering.turns.all()[0]
        with pytest.raises(NoTitles):
            verbs.change_turn(turn, turn_as(words), by=organiser, at=AT, edition=1)


def test_whoever_promises_says_then_what_they_speak_for(
    gathering: Gathering, organiser: Person, trust: Body, round_: Round
) -> None:
    promising = turn_as("What will Harbour Trust do?", kind=Turn.Kind.PROMISES)
    made = verbs.add_turn(gathering, promising, by=organiser, at=AT, edition=1)
    assert made.words == "What will Harbour Trust do?"
    planning = verbs.call_gathering(
        round=round_,
        kind=Gathering.Kind.PLANNING,
        title="Plan",
        when=AT,
        where="x",
        by=organiser,
        at=AT,
    )
    assert verbs.add_turn(planning, turn_as("Harbour Trust first"), by=organiser, at=AT, edition=1).pk


@pytest.mark.parametrize("field", ["title", "check_in"])
def test_what_stands_above_every_slide_names_no_rank_either(
    field: str, round_: Round, organiser: Person, trust: Body, send: Send
) -> None:
    told = {"title": "Us", "check_in": "", "day": "2026-07-14", "time": "18:00", "where": "The hall"}
    for words in ("Hearing Dr Khan", "An evening with Harbour Trust"):
        answer = send(organiser, "call", round_.pk, fields=told | {"kind": "hearing", field: words})
        assert answer.status_code == 422
        assert "Leave out titles" in answer.content.decode()
        assert not Gathering.objects.exists()
    answer = send(organiser, "call", round_.pk, fields=told | {"kind": "planning", field: "With Dr Khan"})
    assert answer.status_code == 302


def test_an_organisation_is_nobodys_first_name(gathering: Gathering, organiser: Person, trust: Body) -> None:
    with pytest.raises(verbs.FirstNameOnly):
        ask(gathering, organiser, "harbour trust")
    assert not gathering.guests.exists()
