"""The run sheet: laid out for its kind, and changed by one hand at a time."""

from collections.abc import Callable

import pytest

from betterstory.conversations import layouts, verbs
from betterstory.conversations.models import Doing, Duty, Gathering, RunSheet, Turn
from betterstory.conversations.tests._preparing import Browser, Send, ask, turn_as
from betterstory.conversations.verbs import SheetChanged, TooManyTurns, TurnTooLong
from betterstory.people import verbs as people
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from conftest import AT


def sheet_of(gathering: Gathering) -> RunSheet:
    return RunSheet.objects.get(gathering=gathering)


def kinds(gathering: Gathering) -> list[str]:
    return [turn.kind for turn in gathering.turns.all()]


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
