"""The big screen: one thing at a time, moved from any device, with a clock that never hurries anybody."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from betterstory.conversations import dial, verbs
from betterstory.conversations.models import Duty, Gathering, Guest, RunSheet, Side, Statement, Turn
from betterstory.conversations.slides import Slide, Slides, lay_slides
from betterstory.conversations.verbs import TurnAs
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person, Ring
from betterstory.people.verbs import NotYours
from betterstory.poolside import verbs as poolside
from betterstory.stories import consenting
from betterstory.stories.models import Piece
from conftest import AT, TODAY

Send = Callable[..., Any]
Browser = Callable[[Person], Client]


def read(gathering: Gathering) -> RunSheet:
    return RunSheet.objects.with_the_word().select_related("gathering__circle").get(gathering=gathering)


def page(browser: Client, gathering: Gathering, which: str = "projector") -> str:
    return browser.get(f"/conversations/{gathering.pk}/{which}/").content.decode()


def heading(words: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", words)
    return found[1] if found else ""


def press(send: Send, person: Person, gathering: Gathering, to: str, **more: Any) -> Any:
    told = {"to": to, "seen": read(gathering).moves} | more
    return send(person, "move", gathering.pk, fields=told)


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


CLOCK = """
minutes  seconds_on  left  said
15       none        15    about 15 minutes
15       0           15    about 15 minutes
15       60          14    about 15 minutes
15       61          14    about 15 minutes
15       300         10    about 10 minutes
15       661          4    about 4 minutes
15       840          1    about a minute
15       900          0    when we are ready
15       99999        0    when we are ready
15       -86400      15    about 15 minutes
45       60          44    about 45 minutes
45       180         42    about 40 minutes
"""


@pytest.mark.parametrize("row", CLOCK.strip().splitlines()[1:])
def test_the_clock_says_about_how_long_and_never_counts_below_nothing(row: str) -> None:
    minutes, seconds, left, said = row.split(maxsplit=3)
    began = None if seconds == "none" else AT - timedelta(seconds=int(seconds))
    found = dial.minutes_left(int(minutes), began, AT)
    assert (found, dial.draw(int(minutes), found).words) == (int(left), said)


@given(minutes=st.integers(1, 120), jump=st.integers(-(10**7), 10**7), further=st.integers(0, 10**6))
def test_however_a_clock_jumps_the_dial_stays_whole(minutes: int, jump: int, further: int) -> None:
    left = dial.minutes_left(minutes, AT - timedelta(seconds=jump), AT)
    later = dial.minutes_left(minutes, AT - timedelta(seconds=jump + further), AT)
    assert 0 <= later <= left <= minutes
    drawn = dial.draw(minutes, left)
    assert all(-1 <= float(number) <= 101 for number in re.findall(r"-?\d+\.?\d*", drawn.gone + drawn.hand))
    assert bool(drawn.gone) == (left < minutes)


def test_a_turn_keeps_its_clock_while_its_sentences_change(
    gathering: Gathering, statements: list[Statement], organiser: Person
) -> None:
    turn = gathering.turns.get(kind="statements")
    verbs.show(read(gathering), turn=turn, step=1, seen=0, by=organiser, at=AT)
    later = AT + timedelta(minutes=4)
    verbs.show(read(gathering), turn=turn, step=2, seen=1, by=organiser, at=later)
    assert read(gathering).turn_began_at == AT
    verbs.begin_clock(read(gathering), by=organiser, at=later)
    assert read(gathering).turn_began_at == later


def test_the_clock_of_a_guest_begins_nothing(gathering: Gathering, resident: Person, send: Send) -> None:
    people.join(circle=gathering.circle, person=resident, at=AT)
    assert press(send, resident, gathering, "begin").status_code == 403
    assert read(gathering).turn_began_at is None


@given(data=st.data())
def test_whatever_is_taken_back_the_screen_stands_on_something_that_may_be_shown(data: st.DataObject) -> None:
    """Any sheet, any place, any pieces gone: on and back are inverse and the end is reached."""
    turns = [
        Turn(pk=n, number=n, kind="round", minutes=5) for n in range(1, data.draw(st.integers(1, 6)) + 1)
    ]
    laid = {
        turn.pk: [
            Slide(turn, step, f"{turn.pk}.{step}")
            for step in sorted(data.draw(st.sets(st.integers(0, 4), max_size=4)))
        ]
        for turn in turns
    }
    every = [slide for turn in turns for slide in laid[turn.pk]]
    sheet = RunSheet(turn=data.draw(st.sampled_from([None, *turns])), step=data.draw(st.integers(0, 5)))
    slides = Slides(Gathering(), sheet, AT, turns, laid)
    if not every:
        assert slides.now is None
        return
    now = slides.now
    assert now in every
    wanted = (sheet.turn.number, sheet.step) if sheet.turn else (0, 0)
    later = [slide for slide in every if slide.place >= wanted]
    assert now == (later[0] if later else every[-1]), "the next there is, or else the last"
    place = every.index(now)
    assert slides.next == (every[place + 1] if place + 1 < len(every) else None)
    assert slides.back == (every[place - 1] if place else None)


def test_long_words_are_said_smaller(gathering: Gathering) -> None:
    turn = Turn(number=1, kind="round", minutes=5)
    sizes = [Slide(turn, 0, "x" * letters).size for letters in (90, 91, 201, 401)]
    assert sizes == ["", "long", "longer", "longest"]


def test_a_screen_asks_little_of_the_machine(
    gathering: Gathering,
    statements: list[Statement],
    organiser: Person,
    signed_in_client: Browser,
    send: Send,
    django_assert_max_num_queries: Any,
) -> None:
    hall = signed_in_client(organiser)
    for turn in gathering.turns.all():
        press(send, organiser, gathering, str(turn.pk))
        for which in ("projector", "remote"):
            with django_assert_max_num_queries(12, info=f"{which} {turn.kind}"):
                assert len(page(hall, gathering, which)) < 60_000


def test_a_page_of_slides_is_laid_only_for_what_is_asked(gathering: Gathering, organiser: Person) -> None:
    slides = lay_slides(gathering, read(gathering), at=AT)
    assert slides.now is not None
    assert slides.now.turn.kind == "check_in"
    assert [turn.kind for turn in slides.turns if turn.pk in slides._laid] == ["check_in"]
