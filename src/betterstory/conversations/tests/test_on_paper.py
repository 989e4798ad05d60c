"""What is made for paper, and typing it in again."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from betterstory.conversations import verbs, voice_codes
from betterstory.conversations.models import Gathering, Side, Statement, Voice, Vote
from betterstory.conversations.verbs import TypedCard, VotingIsClosed, WrongRows
from betterstory.people.models import Invitation, Once, Person, Ring
from betterstory.people.verbs import NotYours
from betterstory.places import verbs as places
from betterstory.places.models import Round
from conftest import AT, TODAY

MakeVoice = Callable[..., tuple[Voice, str]]
Send = Callable[..., Any]
AGREE, NOT_SURE, DISAGREE = Vote.Choice.AGREE, Vote.Choice.PASS, Vote.Choice.DISAGREE


def votes() -> list[tuple[int, str, int]]:
    rows = Vote.objects.order_by("voice", "statement__number")
    return list(rows.values_list("statement__number", "voice__side", "choice"))


def test_what_is_ticked_on_paper_is_kept_with_who_typed_it(
    gathering: Gathering, statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    cards = [
        TypedCard(voice()[1], {statements[0].pk: AGREE, statements[2].pk: DISAGREE}),
        TypedCard(voice("service")[1].lower(), {statements[1].pk: NOT_SURE}),
    ]
    assert verbs.type_in(gathering, cards=cards, by=organiser, at=AT).cards == 2
    assert votes() == [(1, "resident", 1), (3, "resident", -1), (2, "service", 0)]
    assert set(Vote.objects.values_list("channel", "entered_by")) == {("paper", organiser.pk)}


def test_one_wrong_code_and_none_is_kept(
    gathering: Gathering, statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    _voice, good = voice()
    answers = {statements[0].pk: AGREE}
    codes = [good, "K7TP 4M2X", "K7TP 4M20", good]
    with pytest.raises(WrongRows) as refused:
        verbs.type_in(gathering, cards=[TypedCard(code, answers) for code in codes], by=organiser, at=AT)
    assert refused.value.rows == {
        1: "We do not know this code. Look at the card again, or ask for a new card.",
        2: "Codes have no “0” in them. Look at the card again.",
        3: "This card is already in a row above.",
    }
    assert votes() == []


def test_a_card_of_another_round_is_not_typed_in(
    gathering: Gathering, statements: list[Statement], organiser: Person
) -> None:
    other = places.begin_round(neighbourhood=gathering.round.neighbourhood, by=organiser, on=TODAY)
    _stranger, code = verbs.make_voices(other, residents=1, services=0, by=organiser, at=AT)[0]
    with pytest.raises(WrongRows) as refused:
        verbs.type_in(gathering, cards=[TypedCard(code, {statements[0].pk: AGREE})], by=organiser, at=AT)
    assert list(refused.value.rows) == [0]
    assert votes() == []


def test_a_resident_types_nothing_in(
    gathering: Gathering, statements: list[Statement], resident: Person, voice: MakeVoice
) -> None:
    with pytest.raises(NotYours):
        verbs.type_in(gathering, cards=[TypedCard(voice()[1], {statements[0].pk: AGREE})], by=resident, at=AT)
    assert votes() == []


def test_nothing_is_typed_in_once_it_is_closed(
    gathering: Gathering, statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    verbs.close_voting(gathering, by=organiser)
    with pytest.raises(VotingIsClosed):
        verbs.type_in(
            gathering, cards=[TypedCard(voice()[1], {statements[0].pk: AGREE})], by=organiser, at=AT
        )
    assert votes() == []


def test_a_batch_is_typed_in_on_the_page(
    send: Send, gathering: Gathering, statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    first, second, third = [each.pk for each in statements]
    fields = {
        "row0-code": voice_codes.spaced(voice()[1]),
        f"row0-s{first}": "a",
        f"row0-s{second}": "P",
        "row3-code": voice("service")[1],
        f"row3-s{third}": " d ",
        "source": "hall_paper",
    }
    answer = send(organiser, "type_in", gathering.pk, fields=fields)
    assert answer.status_code == 302
    assert votes() == [(1, "resident", 1), (2, "resident", 0), (3, "service", -1)]


def test_a_mistyped_batch_is_shown_again_whole_and_none_of_it_is_kept(
    send: Send, gathering: Gathering, statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    first, second = statements[0].pk, statements[1].pk
    _voice, good = voice()
    fields = {
        "row0-code": good,
        f"row0-s{first}": "a",
        "row1-code": "K7TP 4M2X",
        f"row1-s{second}": "d",
        "source": "hall_paper",
    }
    answer = send(organiser, "type_in", gathering.pk, fields=fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "We do not know this code." in page
    assert [value for value in (good, "K7TP 4M2X", 'value="a"', 'value="d"') if value not in page] == []
    assert votes() == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"row0-code": "{code}", "row0-s{first}": "x"}, "Sentence 1: type a, p or d, or leave it empty."),
        ({"row0-s{first}": "a"}, "Type the code that is on this sheet."),
        ({"row0-code": "K7TP", "row0-s{first}": "a"}, "This code has 8 letters and numbers. You typed 4."),
    ],
)
def test_each_slip_of_the_finger_has_a_sentence(
    typed: dict[str, str],
    said: str,
    send: Send,
    gathering: Gathering,
    statements: list[Statement],
    organiser: Person,
    voice: MakeVoice,
) -> None:
    parts = {"first": statements[0].pk, "code": voice()[1]}
    fields = {name.format(**parts): value.format(**parts) for name, value in typed.items()}
    fields["source"] = "hall_paper"
    answer = send(organiser, "type_in", gathering.pk, fields=fields)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert votes() == []


def test_a_form_that_puts_a_strange_sentence_in_is_not_heard(
    send: Send, gathering: Gathering, statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    send(organiser, "type_in", gathering.pk, fields={"row0-code": voice()[1], "row0-s99999": "a"})
    assert votes() == []


def test_columns_keep_the_numbers_that_are_printed(
    signed_in_client: Callable[[Person], Any],
    gathering: Gathering,
    statements: list[Statement],
    organiser: Person,
) -> None:
    """A sentence put aside after the sheets were printed must not shift the rest."""
    verbs.put_aside(statements[1], because="Two things at once.", by=organiser)
    browser = signed_in_client(organiser)
    sheet = browser.get(f"/conversations/{gathering.pk}/sheet/").content.decode()
    typing = browser.get(f"/conversations/{gathering.pk}/type-in/").content.decode()
    assert re.findall(r'<th scope="row">(\d+)</th>', sheet) == ["1", "3"]
    assert re.findall(r'row 1" ?.*?name="row0-s(\d+)"|name="row0-s(\d+)"', typing) != []
    assert re.findall(r'name="row0-s(\d+)"', typing) == [str(statements[0].pk), str(statements[2].pk)]


def test_voice_cards_are_shown_once_and_their_codes_kept_nowhere(
    send: Send, round_: Round, organiser: Person
) -> None:
    fields = {"once": str(uuid4()), "residents": "2", "services": "1"}
    answer = send(organiser, "voices", round_.pk, fields=fields)
    page = answer.content.decode()
    codes = re.findall(r'class="big-code">([^<]+)<', page)
    assert [verbs.find_voice(code).side for code in codes] == [Side.RESIDENT] * 2 + [Side.SERVICE]
    assert page.count("<svg") >= 3
    assert "story.example.org/v" in page
    kept = str(list(Voice.objects.values())) + str(list(Once.objects.values()))
    assert [code for code in codes if code in kept or code.replace(" ", "") in kept] == []
    again = send(organiser, "voices", round_.pk, fields=fields)
    assert (again.status_code, Voice.objects.count()) == (302, 3), (
        "a second press makes no more, and shows none"
    )


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_a_card_that_would_lead_nowhere_is_not_printed(
    url: str, settings: Any, send: Send, round_: Round, gathering: Gathering, organiser: Person
) -> None:
    settings.URL = url
    answer = send(organiser, "voices", round_.pk, residents=2, services=1)
    assert answer.status_code == 422
    assert "A card printed now would lead nowhere" in answer.content.decode()
    assert not Voice.objects.exists()
    verbs.ask_guest(gathering, first_name="Ivy", side=Side.RESIDENT, ring=Ring.COMMUNITY, by=organiser)
    assert send(organiser, "invitations", gathering.pk).status_code == 409
    assert not Invitation.objects.exists()


def test_in_a_hall_voice_cards_are_printed_and_cards_to_come_in_are_not(
    settings: Any, send: Send, round_: Round, gathering: Gathering, organiser: Person
) -> None:
    settings.URL = "http://192.168.1.20:8001"
    answer = send(organiser, "voices", round_.pk, residents=1, services=0)
    assert (answer.status_code, b"192.168.1.20:8001/v" in answer.content) == (200, True)
    verbs.ask_guest(gathering, first_name="Ivy", side=Side.RESIDENT, ring=Ring.COMMUNITY, by=organiser)
    assert send(organiser, "invitations", gathering.pk).status_code == 409
    assert not Invitation.objects.exists()


def test_plain_invitations_name_who_is_asked_and_nothing_else(
    settings: Any, signed_in_client: Callable[[Person], Any], gathering: Gathering, organiser: Person
) -> None:
    settings.URL = "http://localhost:8000"  # nothing on them leads anywhere
    for name, side in (("Ivy", Side.RESIDENT), ("Helen <b>", Side.SERVICE)):
        verbs.ask_guest(gathering, first_name=name, side=side, ring=Ring.LOCAL_SERVICES, by=organiser)
    page = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/invitations/").content.decode()
    cards = re.findall(r'<article class="card">.*?</article>', page, re.DOTALL)
    assert ["For Helen &lt;b&gt;." in cards[0], "For Ivy." in cards[1], len(cards)] == [True, True, 2]
    assert [word for word in ("service", "lives here", "localhost") if word in "".join(cards)] == []
    assert not Invitation.objects.exists()


def test_invitations_with_codes_let_a_guest_into_the_room(
    send: Send, gathering: Gathering, organiser: Person
) -> None:
    verbs.ask_guest(gathering, first_name="Ivy", side=Side.RESIDENT, ring=Ring.COMMUNITY, by=organiser)
    answer = send(organiser, "invitations", gathering.pk)
    page = answer.content.decode()
    codes = re.findall(r"Your code<strong>([^<]+)</strong>", page)
    assert (answer.status_code, len(codes)) == (200, 1)
    card = Invitation.objects.get()
    assert (card.greeting, card.circle) == ("Ivy", gathering.circle)
    assert codes[0].replace(" ", "") not in card.verifier_hash
