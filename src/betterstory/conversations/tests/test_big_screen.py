"""The big screen: one thing at a time, moved from any device."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Duty, Gathering, Guest, Side, Statement, Turn
from betterstory.conversations.tests._screen import Browser, Send, heading, page, press, read
from betterstory.conversations.verbs import TurnAs
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person, Ring
from betterstory.people.verbs import NotYours
from betterstory.poolside import verbs as poolside
from betterstory.stories import consenting
from betterstory.stories.models import Piece
from conftest import AT, TODAY


def test_it_walks_through_the_whole_sheet_and_back(
    gathering: Gathering,
    statements: list[Statement],
    organiser: Person,
    signed_in_client: Browser,
    send: Send,
) -> None:
    hall, shown = signed_in_client(organiser), []
    for _slide in range(30):
        words = page(hall, gathering)
        shown.append(heading(words))
        if 'value="on"' not in words:
            break
        press(send, organiser, gathering, "on")
    assert shown[0] == gathering.check_in, "the check-in question first"
    assert shown[1] == "What do we need from each other tonight?"
    assert [words for words in shown if words in {each.words for each in statements}] == [
        each.words for each in statements
    ], "one at a time"
    assert shown[-1] == "What comes next"
    back = [shown[-1]]
    while 'value="back"' in page(hall, gathering):
        press(send, organiser, gathering, "back")
        back.append(heading(page(hall, gathering)))
    assert back == shown[::-1]


def test_where_professionals_go_first_the_screen_says_so(
    gathering: Gathering, organiser: Person, signed_in_client: Browser, send: Send
) -> None:
    hall = signed_in_client(organiser)
    assert "People from services speak first." not in page(hall, gathering)
    press(send, organiser, gathering, str(gathering.turns.get(kind="mask").pk))
    words = page(hall, gathering)
    assert "I have acted as if" in heading(words)
    assert "People from services speak first." in words


def test_who_promises_says_then_what_they_speak_for(
    gathering: Gathering, organiser: Person, signed_in_client: Browser, send: Send
) -> None:
    told = TurnAs(Turn.Kind.PROMISES, "", 10)
    made = verbs.add_turn(gathering, told, by=organiser, at=AT, edition=1)
    hall = signed_in_client(organiser)
    assert "what they speak for" not in page(hall, gathering)
    press(send, organiser, gathering, str(made.pk))
    assert "Whoever promises something says now what they speak for." in page(hall, gathering)


def test_three_faces_stand_under_sentences_alone(
    gathering: Gathering,
    statements: list[Statement],
    organiser: Person,
    signed_in_client: Browser,
    send: Send,
) -> None:
    hall = signed_in_client(organiser)
    assert "I am not sure" not in page(hall, gathering)
    press(send, organiser, gathering, str(gathering.turns.get(kind="statements").pk))
    assert "I am not sure" in page(hall, gathering)


def test_whoever_leads_stands_there_by_first_name(
    gathering: Gathering, organiser: Person, signed_in_client: Browser
) -> None:
    guest = verbs.ask_guest(
        gathering, first_name="Helen", side=Side.SERVICE, ring=Ring.LOCAL_SERVICES, by=organiser
    )
    verbs.give(gathering, duty=Duty.HOST, guest=guest, by=organiser, at=AT, edition=1)
    words = page(signed_in_client(organiser), gathering).split("<main")[1]
    assert "With Helen." in words
    assert [word for word in ("service", "host") if word in words] == [], "no part and no organisation"


def test_a_sentence_that_rests_on_what_was_taken_back_gives_way(
    gathering: Gathering,
    organiser: Person,
    piece: Piece,
    teller: Person,
    signed_in_client: Browser,
    send: Send,
) -> None:
    verbs.add_statement(gathering, words="I keep my place.", by=organiser, at=AT, from_piece=piece)
    verbs.add_statement(gathering, words="We ring back.", by=organiser, at=AT)
    press(send, organiser, gathering, str(gathering.turns.get(kind="statements").pk))
    hall = signed_in_client(organiser)
    assert heading(page(hall, gathering)) == "I keep my place."
    consenting.pause(piece.version.story, by=teller, at=AT)
    assert heading(page(hall, gathering)) == "We ring back."


def test_a_second_hand_that_presses_the_same_moment_moves_nothing(
    gathering: Gathering, organiser: Person, send: Send
) -> None:
    for _hand in range(2):
        send(organiser, "move", gathering.pk, fields={"to": "on", "seen": 0})
    sheet = read(gathering)
    assert (sheet.moves, sheet.turn.kind if sheet.turn else "") == (1, "agreements")


def test_two_phones_at_once_move_it_once(
    gathering: Gathering, organiser: Person, at_once: Callable[..., list[object]]
) -> None:
    sheet, turn = read(gathering), gathering.turns.all()[1]

    def on() -> bool:
        return verbs.show(sheet, turn=turn, seen=0, by=organiser, at=AT)

    assert sorted(map(str, at_once(on, on))) == ["False", "True"]


LEADS = """
who                  leads
organiser            yes
steward outside      no
host                 yes
facilitator          yes
note_taker           no
guest                no
"""


@pytest.mark.parametrize("row", LEADS.strip().splitlines()[1:])
def test_who_moves_the_screen(
    row: str,
    gathering: Gathering,
    organiser: Person,
    steward: Person,
    resident: Person,
    send: Send,
    signed_in_client: Browser,
) -> None:
    who, leads = row.rsplit(maxsplit=1)
    person = {"organiser": organiser, "steward outside": steward}.get(who, resident)
    if person == resident:
        guest = verbs.ask_guest(
            gathering,
            first_name="Lynda",
            side=Side.RESIDENT,
            ring=Ring.COMMUNITY,
            by=organiser,
            person=resident,
        )
        verbs.reply(guest, reply=Guest.Reply.COMING, by=resident, at=AT)
        if who in Duty.values:
            verbs.give(gathering, duty=Duty(who), guest=guest, by=organiser, at=AT, edition=1)
    answer = press(send, person, gathering, "on")
    assert answer.status_code == (302 if leads == "yes" else 403)
    assert read(gathering).moves == (leads == "yes")
    if who != "steward outside":
        assert ('value="on"' in page(signed_in_client(person), gathering)) == (leads == "yes")


def test_a_turn_of_another_gathering_does_not_come_on(
    gathering: Gathering, organiser: Person, round_: Any
) -> None:
    other = verbs.call_gathering(
        round=round_, kind=Gathering.Kind.HEARING, title="x", when=AT, where="x", by=organiser, at=AT
    )
    with pytest.raises(NotYours):
        verbs.show(read(gathering), turn=other.turns.all()[0], seen=0, by=organiser, at=AT)
    assert read(gathering).turn is None


def test_a_turn_taken_out_while_it_is_on_gives_way_to_the_next(
    gathering: Gathering, organiser: Person, signed_in_client: Browser, send: Send
) -> None:
    turn = gathering.turns.get(kind="mask")
    press(send, organiser, gathering, str(turn.pk))
    verbs.remove_turn(turn, by=organiser, at=AT, edition=1)
    assert "Talk at the tables" not in page(signed_in_client(organiser), gathering)
    assert read(gathering).turn == gathering.turns.get(kind="tables")


def test_an_empty_sheet_still_has_a_screen(
    gathering: Gathering, organiser: Person, signed_in_client: Browser, send: Send
) -> None:
    Turn.objects.all().delete()
    assert heading(page(signed_in_client(organiser), gathering)) == "Making sense"
    assert "There is no turn" in page(signed_in_client(organiser), gathering, "remote")
    assert press(send, organiser, gathering, "on").status_code == 302


def test_the_screen_hears_only_when_something_changed(
    gathering: Gathering, organiser: Person, signed_in_client: Browser, send: Send
) -> None:
    hall = signed_in_client(organiser)
    mark = re.search(r'data-mark="(\w+)"', page(hall, gathering))
    assert mark
    ask = f"/conversations/{gathering.pk}/projector/?mark={mark[1]}"
    assert hall.get(ask).status_code == 204
    assert hall.get(ask.replace("projector", "remote")).status_code == 204
    press(send, organiser, gathering, "on")
    assert hall.get(ask).status_code == 200


def test_what_a_circle_agreed_hangs_on_the_wall_where_it_sits_itself(
    gathering: Gathering, organiser: Person, resident: Person, signed_in_client: Browser, send: Send
) -> None:
    table = people.open_circle(name="our table", kind=Circle.Kind.POOLSIDE)
    people.join(circle=table, person=organiser, at=AT)
    begun = poolside.begin(circle=table, by=organiser, on=TODAY, round_=gathering.round)
    poolside.agree(
        begun, by=organiser, words="We listen to the end.", on=TODAY, come_back_on=TODAY + timedelta(days=30)
    )
    organiser.read_again()
    prepared = verbs.Prepared(when=gathering.at, where="x", poolside=begun)
    verbs.prepare(gathering, prepared, by=organiser, at=AT, edition=1)
    press(send, organiser, gathering, str(gathering.turns.get(kind="agreements").pk))
    words = page(signed_in_client(organiser), gathering)
    assert "We listen to the end." in words
    assert "Nasreen" not in words.split("<main")[1], "its words and no names"
    people.join(circle=gathering.circle, person=resident, at=AT)
    assert "We listen to the end." not in page(signed_in_client(resident), gathering), "not round that table"


def test_a_table_one_does_not_sit_at_is_not_chosen(
    gathering: Gathering, organiser: Person, steward: Person
) -> None:
    table = people.open_circle(name="their table", kind=Circle.Kind.POOLSIDE)
    people.join(circle=table, person=steward, at=AT)
    steward.read_again()
    begun = poolside.begin(circle=table, by=steward, on=TODAY, round_=gathering.round)
    prepared = verbs.Prepared(when=gathering.at, where="x", poolside=begun)
    with pytest.raises(NotYours):
        verbs.prepare(gathering, prepared, by=organiser, at=AT, edition=1)
    assert read(gathering).poolside is None
