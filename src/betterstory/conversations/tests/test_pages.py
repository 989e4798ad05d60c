"""Every page: who may see it, how much it asks of the database, how heavy it is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from betterstory.behind.models import Release
from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Guest, Insight, Link, Side, Statement, Vote
from betterstory.people import verbs as people
from betterstory.people.models import Body, Person, Ring
from betterstory.places.models import Round
from betterstory.stories.models import Piece
from conftest import AT

Browser = Callable[[Person], Client]
AddCard = Callable[..., Insight]
GUESTS = "Ivy Mo Joyce Helen Femi Sue"
OPEN = [
    "",
    "rounds/{round}/",
    "rounds/{round}/iceberg/",
    "rounds/{round}/iceberg/print/",
    "rounds/{round}/better-story/",
    "rounds/{round}/better-story/read/",
    "rounds/{round}/iceberg/print/?paper=a3",
    "rounds/{round}/iceberg/since/",
    "rounds/{round}/better-story/1/",
    "rounds/{round}/better-story/read/?readers=3",
    "cards/{card}/",
    "{pk}/",
    "{pk}/results/",
    "{pk}/results/print/",
    "{pk}/gathering.ics",
]
OF_THE_ROOM = [
    "rounds/{round}/iceberg/add/",
    "rounds/{round}/iceberg/add/?level=mental_model",
    "rounds/{round}/iceberg/lines/",
    "rounds/{round}/iceberg/teller/",
    "rounds/{round}/iceberg/history/",
    "rounds/{round}/better-story/pairs/",
    "rounds/{round}/better-story/write/",
    "cards/{rule}/reword/",
    "{pk}/statements/",
    "{pk}/sheet/",
    "{pk}/screen/",
    "{pk}/screen/2/",
    "{pk}/run-sheet/",
    "{pk}/projector/",
    "{pk}/remote/",
]
ORGANISING = [
    "rounds/{round}/call/",
    "rounds/{round}/voices/",
    "{pk}/guests/",
    "{pk}/invitations/",
    "{pk}/type-in/",
    "statements/{statement}/",
    "{pk}/prepare/",
    "{pk}/words/",
    "{pk}/afterwards/",
    "turns/{turn}/",
    "guests/{guest}/needs/",
]


@pytest.fixture
def full(
    gathering: Gathering,
    statements: list[Statement],
    organiser: Person,
    add_card: AddCard,
    piece: Piece,
    release: Release,
    trust: Body,
    let_pass: Callable[..., object],
) -> dict[str, int]:
    """A gathering with everything in it: a full hall, thirty sentences, twenty cards, a text."""
    round_ = gathering.round
    for n, name in enumerate(GUESTS.split() * 6):
        side = Side.RESIDENT if n % 2 else Side.SERVICE
        guest = verbs.ask_guest(gathering, first_name=name, side=side, ring=Ring.COMMUNITY, by=organiser)
        verbs.reply(guest, reply=Guest.Reply.COMING, by=organiser, at=AT)
    for n in range(27):
        verbs.add_statement(gathering, words=f"Sentence {n}", by=organiser, at=AT, from_piece=piece)
    for voice, _code in verbs.make_voices(round_, residents=6, services=6, by=organiser, at=AT):
        for statement in statements:
            verbs.vote(statement, voice=voice, choice=Vote.Choice.AGREE, at=AT)
    cards = [add_card("event", pieces=[piece], release=release, statements=statements) for _n in range(5)]
    let_pass("structure")
    cards += [add_card("structure", f"Rule {n}", owner=trust, statements=statements) for n in range(15)]
    for card in cards[1:]:
        verbs.link(card, cards[0], kind=Link.Kind.CAUSES, by=organiser, at=AT)
        verbs.turn_over(card, words="The opposite", by=organiser, at=AT)
    verbs.write_better_story(round_, text="They rang.", by=organiser, at=AT)
    verbs.close_voting(gathering, by=organiser)
    return {
        "round": round_.pk,
        "pk": gathering.pk,
        "card": cards[0].pk,
        "rule": cards[-1].pk,
        "statement": statements[0].pk,
        "turn": gathering.turns.all()[0].pk,
        "guest": gathering.guests.all()[0].pk,
    }


def test_a_page_asks_little_and_weighs_little(
    full: dict[str, int],
    signed_in_client: Browser,
    organiser: Person,
    gathering: Gathering,
    resident: Person,
    django_assert_max_num_queries: Any,
) -> None:
    people.join(circle=gathering.circle, person=resident, at=AT)
    for page in OPEN + OF_THE_ROOM + ORGANISING:
        browser = signed_in_client(organiser if page in ORGANISING else resident)
        address = f"/conversations/{page.format(**full)}"
        browser.get(address)  # the first look of the day is written down for the teller
        with django_assert_max_num_queries(13, info=page):
            answer = browser.get(address)
        assert answer.status_code == 200
        assert len(answer.content) < 60_000, page


def test_nobody_sees_a_page_without_coming_in(full: dict[str, int], client: Client) -> None:
    for page in OPEN + OF_THE_ROOM + ORGANISING:
        answer = client.get(f"/conversations/{page.format(**full)}")
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/people/come-in/")


def statuses(pages: list[str], full: dict[str, int], browser: Client) -> dict[str, int]:
    return {page: browser.get(f"/conversations/{page.format(**full)}").status_code for page in pages}


def test_a_resident_who_was_not_there(
    full: dict[str, int], signed_in_client: Browser, resident: Person
) -> None:
    browser = signed_in_client(resident)
    assert statuses(OPEN, full, browser) == dict.fromkeys(OPEN, 200)
    assert statuses(OF_THE_ROOM + ORGANISING, full, browser) == dict.fromkeys(OF_THE_ROOM + ORGANISING, 403)


def test_somebody_of_the_room(
    full: dict[str, int], signed_in_client: Browser, resident: Person, gathering: Gathering
) -> None:
    people.join(circle=gathering.circle, person=resident, at=AT)
    browser = signed_in_client(resident)
    assert statuses(OPEN + OF_THE_ROOM, full, browser) == dict.fromkeys(OPEN + OF_THE_ROOM, 200)
    assert statuses(ORGANISING, full, browser) == dict.fromkeys(ORGANISING, 403)


def test_an_organiser_who_was_not_there_opens_no_screen_of_that_room(
    full: dict[str, int], signed_in_client: Browser, steward: Person
) -> None:
    found = statuses(["{pk}/screen/", "{pk}/statements/"], full, signed_in_client(steward))
    assert found == {"{pk}/screen/": 403, "{pk}/statements/": 200}


def test_nobody_stands_there_with_a_title_or_a_side(
    full: dict[str, int], signed_in_client: Browser, resident: Person
) -> None:
    page = signed_in_client(resident).get(f"/conversations/{full['pk']}/").content.decode()
    names = page[page.index("Who comes") :].split("</p>")[0]
    assert names.count("Ivy") == 6
    assert [word for word in ("service", "resident", "community") if word in names] == []


def test_an_invited_guest_is_asked_and_answers(
    signed_in_client: Browser, gathering: Gathering, organiser: Person, resident: Person, send: Any
) -> None:
    guest = verbs.ask_guest(
        gathering,
        first_name="Lynda",
        side=Side.RESIDENT,
        ring=Ring.COMMUNITY,
        by=organiser,
        person=resident,
    )
    address = f"/conversations/{gathering.pk}/"
    assert "Are you coming?" in signed_in_client(resident).get(address).content.decode()
    assert "Are you coming?" not in signed_in_client(organiser).get(address).content.decode()
    answer = send(resident, "reply", guest.pk, reply="coming")
    assert (answer.status_code, answer.url) == (302, address)
    assert gathering.circle.includes(resident)


def test_somebody_else_cannot_send_their_answer(
    gathering: Gathering, organiser: Person, resident: Person, partner: Person, send: Any
) -> None:
    guest = verbs.ask_guest(
        gathering,
        first_name="Lynda",
        side=Side.RESIDENT,
        ring=Ring.COMMUNITY,
        by=organiser,
        person=resident,
    )
    assert send(partner, "reply", guest.pk, reply="not_coming").status_code == 403
    guest.refresh_from_db()
    assert guest.reply == Guest.Reply.WAITING


@pytest.mark.parametrize(
    ("name", "of"), [("voting", "pk"), ("take_up", "statement"), ("remove_card", "card")]
)
def test_a_resident_sends_nothing_that_is_not_theirs(
    name: str, of: str, full: dict[str, int], resident: Person, send: Any
) -> None:
    before = (Gathering.objects.get().voting_open, Insight.objects.count())
    assert send(resident, name, full[of], voting="open").status_code == 403
    assert (Gathering.objects.get().voting_open, Insight.objects.count()) == before


def test_closing_leads_to_what_was_said_and_opening_back(
    gathering: Gathering, organiser: Person, send: Any
) -> None:
    answers = [send(organiser, "voting", gathering.pk, voting=word) for word in ("close", "open")]
    base = f"/conversations/{gathering.pk}/"
    assert [answer.url for answer in answers] == [f"{base}results/", base]
    assert Gathering.objects.get().voting_open


def test_gatherings_without_end_are_still_one_short_page(
    signed_in_client: Browser, round_: Round, organiser: Person, django_assert_max_num_queries: Any
) -> None:
    for n in range(40):
        verbs.call_gathering(
            round=round_,
            kind=Gathering.Kind.HEARING,
            title=f"Turn {n}",
            when=AT,
            where="hall",
            by=organiser,
            at=AT,
        )
    browser = signed_in_client(organiser)
    for page in ("/conversations/", f"/conversations/rounds/{round_.pk}/"):
        with django_assert_max_num_queries(12):
            assert browser.get(page).status_code == 200


def test_the_old_way_to_a_voice_card_leads_to_the_new(client: Client, db: None) -> None:
    answer = client.get("/conversations/v/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/v/")
