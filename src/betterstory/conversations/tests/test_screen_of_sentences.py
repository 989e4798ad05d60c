"""The screen of a gathering: one sentence after the other, shown as the room may see them."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Statement
from betterstory.people.models import Person
from betterstory.stories import consenting
from betterstory.stories.models import Piece
from conftest import AT

Browser = Callable[[Person], Client]


def test_the_screen_goes_from_one_sentence_to_the_next(
    signed_in_client: Browser, gathering: Gathering, organiser: Person, statements: list[Statement]
) -> None:
    verbs.put_aside(statements[1], because="Two things at once.", by=organiser)
    browser = signed_in_client(organiser)
    base = f"/conversations/{gathering.pk}/screen/"
    first = browser.get(base).content.decode()
    assert gathering.check_in in first
    assert f'href="{base}1/"' in first
    second = browser.get(f"{base}1/").content.decode()
    assert f"<h1>{statements[0].words}</h1>" in second
    assert f'href="{base}3/"' in second
    assert "or use your phone: story.example.org/v" in second
    assert [browser.get(f"{base}{n}/").status_code for n in (2, 3, 4)] == [404, 200, 404]


def test_the_screen_shows_no_address_that_leads_nowhere(
    settings: Any,
    signed_in_client: Browser,
    gathering: Gathering,
    organiser: Person,
    statements: list[Statement],
) -> None:
    settings.URL = "http://localhost:8000"
    page = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/screen/1/").content.decode()
    assert "localhost" not in page


def test_the_screen_asks_as_the_room(
    signed_in_client: Browser, gathering: Gathering, organiser: Person, piece: Piece, teller: Person
) -> None:
    verbs.add_statement(gathering, words="I keep my place.", by=organiser, at=AT, from_piece=piece)
    browser = signed_in_client(organiser)
    from_story = "From a story, with its teller’s yes"
    address = f"/conversations/{gathering.pk}/screen/1/"
    assert from_story in browser.get(address).content.decode()
    consenting.stop_everything(piece.version.story, by=teller, at=AT)
    assert from_story not in browser.get(address).content.decode()


def test_where_a_sentence_comes_from_goes_quiet_with_its_story(
    signed_in_client: Browser, gathering: Gathering, organiser: Person, piece: Piece, teller: Person
) -> None:
    verbs.add_statement(gathering, words="I keep my place.", by=organiser, at=AT, from_piece=piece)
    story = piece.version.story
    browser = signed_in_client(organiser)
    address = f"/conversations/{gathering.pk}/"
    assert f'href="/stories/{story.uuid}/"' in browser.get(address).content.decode()
    consenting.take_back(story, by=teller, at=AT)
    page = browser.get(address).content.decode()
    assert (str(story.uuid) in page, "A piece was here. Its owner took it back." in page) == (False, True)
    assert "I keep my place." not in page, "it says what somebody lived through"
