"""What became of your words: for a card its own, for a gathering all, up to asks and promises."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Insight, Statement, Voice, Vote
from betterstory.conversations.pages import slips
from betterstory.people.models import Body, Person
from betterstory.stories.models import Piece
from conftest import AT, TODAY

MakeVoice = Callable[..., tuple[Voice, str]]


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages read the clock: it stands still at AT, while the teller's yes holds."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def by_card(gathering: Gathering, voice: Voice) -> str:
    slip = slips.Slip(voice, gathering).signed
    answer = Client(enforce_csrf_checks=True).post(f"/v/{gathering.pk}/words/", {"slip": slip})
    assert not answer.cookies
    return str(answer.content.decode())


@pytest.fixture
def mine(voice: MakeVoice) -> Voice:
    return voice()[0]


@pytest.fixture
def written(gathering: Gathering, mine: Voice) -> Statement:
    return verbs.write_statement(gathering, words="Open on Sundays.", voice=mine, at=AT)


def test_from_waiting_to_heard_to_its_list(
    gathering: Gathering,
    statements: list[Statement],
    mine: Voice,
    written: Statement,
    organiser: Person,
    voice: MakeVoice,
) -> None:
    assert "It waits to be read." in by_card(gathering, mine)
    verbs.take_up(written, by=organiser)
    voices = [voice()[0] for _n in range(3)]
    for each in voices:
        verbs.vote(statements[0], voice=each, choice=Vote.Choice.AGREE, at=AT)
    for each in voices[:2]:
        verbs.vote(written, voice=each, choice=Vote.Choice.AGREE, at=AT)
    page = by_card(gathering, mine)
    assert "Everybody is asked. Heard by 2 of 3." in page
    assert "Most of us" not in page, "not before answers are closed"
    verbs.close_voting(gathering, by=organiser)
    assert "Most of us see it the same way." in by_card(gathering, mine)
    assert statements[0].words not in page, "a card is told of its own"


def test_why_it_was_put_aside(
    gathering: Gathering, mine: Voice, written: Statement, organiser: Person
) -> None:
    verbs.put_aside(written, because="We ask it already, as number 2.", by=organiser)
    assert "It was put aside: We ask it already, as number 2." in by_card(gathering, mine)


def test_another_card_sees_nothing_of_it(gathering: Gathering, written: Statement, voice: MakeVoice) -> None:
    page = by_card(gathering, voice()[0])
    assert "Open on Sundays." not in page
    assert "Your card has not written a sentence yet." in page


def test_a_card_on_the_iceberg_an_ask_and_a_promise(
    gathering: Gathering,
    mine: Voice,
    written: Statement,
    add_card: Callable[..., Insight],
    organiser: Person,
    trust: Body,
    piece: Piece,
    signed_in_client: Any,
) -> None:
    """A card on a piece that only the room may see has no words for whoever holds a voice card."""
    card = add_card("trend", "Sundays are the longest days.", statements=[written])
    add_card("event", "A Sunday on the mat.", statements=[written], pieces=[piece])
    apps.get_model("promises", "Ask").objects.create(  # from above this folder, so by name
        round=gathering.round,
        words="Open the door on Sundays.",
        of=trust,
        asked_on=TODAY,
        asked_by=gathering.circle,
        asked_by_words="the room",
        insight=card,
        gathering=gathering,
        written_by=organiser,
    )
    page = by_card(gathering, mine)
    assert "rests on it: Sundays are the longest days." in page
    assert "It was asked of Harbour Trust: Open the door on Sundays." in page
    assert "A Sunday on the mat." not in page
    everybody = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/became/").content.decode()
    assert 'href="/promises/asks/' in everybody
    assert "A Sunday on the mat." in everybody, "the organiser is of the room"


def test_every_sentence_of_a_gathering_but_those_that_nobody_has_read_yet(
    gathering: Gathering,
    statements: list[Statement],
    written: Statement,
    resident: Person,
    organiser: Person,
    signed_in_client: Any,
    client: Client,
) -> None:
    address = f"/conversations/{gathering.pk}/became/"
    for somebody, unread in ((resident, False), (organiser, True)):
        page = signed_in_client(somebody).get(address).content.decode()
        assert [each.words in page for each in statements] == [True] * 3
        assert (written.words in page) is unread
    assert client.get(address).status_code == 302


def test_in_a_hall_the_same_without_what_stands_further_up(
    settings: Any, gathering: Gathering, mine: Voice, written: Statement
) -> None:
    settings.HALL = True
    settings.ROOT_URLCONF = "betterstory.website.hall_urls"
    assert "Open on Sundays." in by_card(gathering, mine)
