"""The run sheet: laid out for its kind, changed by one hand at a time, with no titles on it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations import layouts, verbs
from betterstory.conversations.models import Doing, Duty, Gathering, Guest, RunSheet, Side, Turn
from betterstory.conversations.verbs import NoTitles, SheetChanged, TooManyTurns, TurnAs, TurnTooLong
from betterstory.people import verbs as people
from betterstory.people.models import Body, Person, Ring
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from conftest import AT

Send = Callable[..., Any]
Browser = Callable[[Person], Client]


def sheet_of(gathering: Gathering) -> RunSheet:
    return RunSheet.objects.get(gathering=gathering)


def kinds(gathering: Gathering) -> list[str]:
    return [turn.kind for turn in gathering.turns.all()]


def turn_as(words: str = "", *, kind: Turn.Kind = Turn.Kind.ROUND, minutes: int = 10) -> TurnAs:
    return TurnAs(kind=kind, words=words, minutes=minutes)


def ask(gathering: Gathering, by: Person, name: str = "Ivy", **more: Any) -> Guest:
    return verbs.ask_guest(gathering, first_name=name, side=Side.RESIDENT, ring=Ring.COMMUNITY, by=by, **more)


@pytest.mark.parametrize("kind", Gathering.Kind)
def test_each_kind_begins_from_its_own_sheet(kind: Gathering.Kind, round_: Round, organiser: Person) -> None:
    called = verbs.call_gathering(
        round=round_, kind=kind, title="Us", when=AT, where="The hall", by=organiser, at=AT
    )
    assert kinds(called) == [each.kind for each in layouts.LAYOUTS[kind]]
    assert kinds(called)[0] == "check_in", "the check-in question comes first"
    assert kinds(called)[-1] == "next"
    assert [turn.number for turn in called.turns.all()] == list(range(1, len(kinds(called)) + 1))


def test_professionals_drop_the_mask_first(round_: Round, organiser: Person) -> None:
    for kind in (Gathering.Kind.HEARING, Gathering.Kind.MAKING_SENSE):
        called = verbs.call_gathering(
            round=round_, kind=kind, title="Us", when=AT, where="The hall", by=organiser, at=AT
        )
        assert called.turns.get(kind="mask").services_first


def test_a_kind_is_a_beginning_and_no_gate(gathering: Gathering, organiser: Person) -> None:
    before = kinds(gathering)
    verbs.add_turn(gathering, turn_as(kind=Turn.Kind.PROMISES), by=organiser, at=AT, edition=1)
    assert kinds(gathering) == [*before[:-1], "promises", "next"], "what comes next stays last"
    verbs.remove_turn(gathering.turns.get(kind="story"), by=organiser, at=AT, edition=2)
    assert "story" not in kinds(gathering)


def test_a_turn_goes_earlier_and_later_and_not_over_the_edge(gathering: Gathering, organiser: Person) -> None:
    before = kinds(gathering)
    first = gathering.turns.all()[0]
    verbs.move_turn(first, up=True, by=organiser, at=AT, edition=1)
    assert (kinds(gathering), sheet_of(gathering).edition) == (before, 1)
    verbs.move_turn(first, up=False, by=organiser, at=AT, edition=1)
    assert kinds(gathering) == [before[1], before[0], *before[2:]]


MINUTES = """
minutes taken
0       no
1       yes
120     yes
121     no
600     no
"""


@pytest.mark.parametrize("row", MINUTES.strip().splitlines()[1:])
def test_a_turn_takes_a_minute_to_two_hours(
    row: str, gathering: Gathering, organiser: Person, send: Send
) -> None:
    minutes, taken = row.split()
    many = gathering.turns.count()
    told = {"kind": "round", "words": "And you?", "minutes": minutes, "led_by": "host", "edition": 1}
    answer = send(organiser, "run_sheet", gathering.pk, fields=told)
    assert answer.status_code == (302 if taken == "yes" else 422)
    assert gathering.turns.count() == many + (taken == "yes")
    if taken == "no":
        assert "between 1 minute and 2 hours" in answer.content.decode()
        assert "And you?</textarea>" in answer.content.decode(), "what was typed is still there"
        with pytest.raises(TurnTooLong):
            verbs.add_turn(gathering, turn_as(minutes=int(minutes)), by=organiser, at=AT, edition=1)
        turn = gathering.turns.all()[0]
        with pytest.raises(TurnTooLong):
            verbs.change_turn(turn, turn_as(minutes=int(minutes)), by=organiser, at=AT, edition=1)


def test_thirty_turns_are_an_evening(gathering: Gathering, organiser: Person) -> None:
    Turn.objects.bulk_create(
        Turn(gathering=gathering, number=50 + n, kind="round", minutes=1)
        for n in range(30 - gathering.turns.count())
    )
    with pytest.raises(TooManyTurns):
        verbs.add_turn(gathering, turn_as(), by=organiser, at=AT, edition=1)
    assert gathering.turns.count() == 30


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


def test_two_people_change_it_at_once_and_nothing_is_lost(
    gathering: Gathering, organiser: Person, steward: Person, send: Send
) -> None:
    turn = gathering.turns.all()[0]
    told = {"kind": "check_in", "minutes": 20, "led_by": "host", "edition": 1}
    assert send(organiser, "turn", turn.pk, fields=told | {"words": "First hand"}).status_code == 302
    answer = send(steward, "turn", turn.pk, fields=told | {"words": "Second hand"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody changed this sheet while you were writing" in page
    assert "Second hand</textarea>" in page, "it is still in the field"
    assert 'name="edition" value="2"' in page, "and can be sent again"
    turn.refresh_from_db()
    assert turn.words == "First hand"
    assert (
        send(steward, "turn", turn.pk, fields=told | {"words": "Second hand", "edition": 2}).status_code
        == 302
    )
    turn.refresh_from_db()
    assert turn.words == "Second hand"


CHANGES: dict[str, Callable[..., object]] = {
    "add": lambda doing, turn, **who: verbs.add_turn(turn.gathering, turn_as(), **who),
    "change": lambda doing, turn, **who: verbs.change_turn(turn, turn_as("Other"), **who),
    "move": lambda doing, turn, **who: verbs.move_turn(turn, up=True, **who),
    "remove": lambda doing, turn, **who: verbs.remove_turn(turn, **who),
    "give": lambda doing, turn, **who: verbs.give(
        turn.gathering, duty=Duty.COMPANION, guest=doing.guest, **who
    ),
    "take off": lambda doing, turn, **who: verbs.take_off(doing, **who),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_held_against_the_edition_that_was_read(
    change: str, gathering: Gathering, organiser: Person
) -> None:
    guest = ask(gathering, organiser)
    verbs.give(gathering, duty=Duty.HOST, guest=guest, by=organiser, at=AT, edition=1)
    doing, turn, before = Doing.objects.get(), gathering.turns.all()[1], kinds(gathering)
    with pytest.raises(SheetChanged):
        CHANGES[change](doing, turn, by=organiser, at=AT, edition=1)
    assert (kinds(gathering), Doing.objects.count(), sheet_of(gathering).edition) == (before, 1, 2)


def test_two_hands_at_the_same_moment_change_it_once(
    gathering: Gathering, organiser: Person, at_once: Callable[..., list[object]]
) -> None:
    turn = gathering.turns.all()[0]

    def change(words: str) -> None:
        verbs.change_turn(turn, turn_as(words), by=organiser, at=AT, edition=1)

    became = at_once(lambda: change("One"), lambda: change("Other"))
    assert sorted(type(each).__name__ for each in became) == ["NoneType", "SheetChanged"]


def test_a_resident_changes_nothing_of_it(
    gathering: Gathering, organiser: Person, resident: Person, send: Send
) -> None:
    people.join(circle=gathering.circle, person=resident, at=AT)
    guest, before = ask(gathering, organiser), kinds(gathering)
    turn = gathering.turns.all()[0]
    told = {"kind": "round", "minutes": 10, "led_by": "host", "edition": 1}
    answers = [
        send(resident, "run_sheet", gathering.pk, fields=told),
        send(resident, "turn", turn.pk, fields=told | {"do": "remove"}),
        send(resident, "duties", gathering.pk, fields={"guest": guest.pk, "duty": "host", "edition": 1}),
        send(resident, "prepare", gathering.pk, fields={"edition": 1}),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert (kinds(gathering), Doing.objects.count()) == (before, 0)
    with pytest.raises(NotYours):
        verbs.give(gathering, duty=Duty.HOST, guest=guest, by=resident, at=AT, edition=1)


def test_somebody_of_another_gathering_does_nothing_here(
    gathering: Gathering, organiser: Person, round_: Round
) -> None:
    other = verbs.call_gathering(
        round=round_,
        kind=Gathering.Kind.HEARING,
        title="Other",
        when=AT,
        where="x",
        by=organiser,
        at=AT,
    )
    with pytest.raises(NotYours):
        verbs.give(gathering, duty=Duty.HOST, guest=ask(other, organiser), by=organiser, at=AT, edition=1)
    assert not Doing.objects.exists()


def test_the_sheet_says_when_each_turn_begins_and_who_leads_it(
    gathering: Gathering, organiser: Person, resident: Person, signed_in_client: Browser, send: Send
) -> None:
    guest = ask(gathering, organiser, "Maureen")
    send(organiser, "duties", gathering.pk, fields={"guest": guest.pk, "duty": "host", "edition": 1})
    people.join(circle=gathering.circle, person=resident, at=AT)
    page = signed_in_client(resident).get(f"/conversations/{gathering.pk}/run-sheet/").content.decode()
    rows = page[page.index("<tbody>") :].split("<tr>")[1:]
    assert "<td>13:00<br>" in rows[0]
    assert "Maureen" in rows[0]
    assert "<td>13:15<br>" in rows[1], "it begins where the one before ends"
    assert 'name="edition"' not in page, "the room reads it and changes nothing"


def test_a_sheet_of_before_is_laid_out_when_asked(
    gathering: Gathering, organiser: Person, signed_in_client: Browser, send: Send
) -> None:
    RunSheet.objects.all().delete()
    Turn.objects.all().delete()
    browser, base = signed_in_client(organiser), f"/conversations/{gathering.pk}/"
    assert "There is no run sheet yet." in browser.get(base).content.decode()
    assert browser.get(f"{base}projector/").status_code == 404
    assert send(organiser, "lay_out", gathering.pk).status_code == 302
    assert send(organiser, "lay_out", gathering.pk).status_code == 302
    assert len(kinds(gathering)) == len(layouts.LAYOUTS["making_sense"]), "once"
