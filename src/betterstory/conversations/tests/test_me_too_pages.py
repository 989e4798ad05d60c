"""“This happened to me too” on a phone, in a hall, and on the page of who organises."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations import me_too, verbs
from betterstory.conversations.models import GapAsked, Gathering, MeToo, Statement, Voice
from betterstory.conversations.pages import slips
from betterstory.conversations.tests._me_too import BELL, SNOW, WORDS, MakeVoice, asked, gap
from betterstory.people.models import Person
from betterstory.stories.models import Piece
from conftest import AT

__all__ = ["asked", "gap"]  # fixtures that tests ask for by name

Send = Callable[..., Any]


def by_phone(gathering: Gathering, voice: Voice, **fields: Any) -> str:
    slip = slips.Slip(voice, gathering).signed
    answer = Client(enforce_csrf_checks=True).post(f"/v/{gathering.pk}/me-too/", {"slip": slip, **fields})
    assert not answer.cookies
    return str(answer.content.decode())


def test_by_phone_with_words_and_a_way_to_be_reached(
    asked: GapAsked, gathering: Gathering, voice: MakeVoice, organiser: Person
) -> None:
    somebody, _code = voice()
    page = by_phone(gathering, somebody)
    assert WORDS in page
    assert "They took me off the list" not in page, "no word of the teller's"
    assert "we may have to tell Grace" in page, "said before the first word is asked for"
    assert "We wipe them on 4 September 2026" in page
    page = by_phone(gathering, somebody, asked=asked.pk, words=SNOW, reach=BELL)
    assert "Your card says: this happened to me too." in page
    assert "snowed" not in page, "a card may be in anybody's hands"
    assert verbs.read_beside(gathering, by=organiser)[0].reach == BELL
    assert "That is taken back." in by_phone(gathering, somebody, asked=asked.pk, back="1")
    assert not MeToo.objects.exists()


def test_in_a_hall_cards_are_counted_and_no_words_travel(
    asked: GapAsked, gathering: Gathering, voice: MakeVoice, settings: Any, organiser: Person
) -> None:
    settings.HALL = True
    settings.ROOT_URLCONF = "betterstory.website.hall_urls"
    somebody, _code = voice()
    assert "<textarea" not in by_phone(gathering, somebody)
    by_phone(gathering, somebody, asked=asked.pk, words=SNOW, reach=BELL)
    assert MeToo.objects.count() == 1
    assert verbs.read_beside(gathering, by=organiser) == []


def test_a_service_is_told_and_shown_no_gap(asked: GapAsked, gathering: Gathering, voice: MakeVoice) -> None:
    page = by_phone(gathering, voice("service")[0], asked=asked.pk)
    assert "Your card is from a service." in page
    assert WORDS not in page
    assert not MeToo.objects.exists()


def test_the_way_there_stands_on_the_page_of_a_sentence_for_residents(
    asked: GapAsked, gathering: Gathering, statements: list[Statement], voice: MakeVoice
) -> None:
    for side, there in (("resident", True), ("service", False)):
        page = Client().post(f"/v/{gathering.pk}/", {"code": voice(side)[1]}).content.decode()
        assert ("Did what we heard happen to you too?" in page) is there


def test_the_organisers_page_asks_reads_and_leads_to_the_next_telling(
    send: Send, signed_in_client: Any, gathering: Gathering, gap: Piece, organiser: Person, voice: MakeVoice
) -> None:
    assert send(organiser, "me_toos", gathering.pk, piece=gap.pk, words=WORDS).status_code == 302
    asked = me_too.gaps_asked().get()
    said = verbs.say_me_too(asked, voice=voice()[0], at=AT, words=SNOW, reach=BELL)
    page = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/me-too/").content.decode()
    assert [word for word in (WORDS, SNOW, BELL) if word not in page] == []
    answer = send(organiser, "reached", said.pk, begin="1")
    assert answer.headers["Location"] == "/stories/begin/"
    page = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/me-too/").content.decode()
    assert (SNOW in page, BELL in page) == (True, False)


@pytest.mark.parametrize("who", ["resident", "partner", "analyst"])
def test_nobody_else_sees_that_page(
    who: str, request: pytest.FixtureRequest, signed_in_client: Any, asked: GapAsked, gathering: Gathering
) -> None:
    answer = signed_in_client(request.getfixturevalue(who)).get(f"/conversations/{gathering.pk}/me-too/")
    assert (answer.status_code, WORDS.encode() in answer.content) == (403, False)
