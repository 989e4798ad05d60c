"""Wherever something is typed, five words of a story in a row ask: is this theirs? Nothing is written yet."""

import uuid
from typing import Any

import pytest
from django.utils import timezone

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import Side, Statement
from betterstory.people import limits
from betterstory.people.models import Person
from betterstory.stories.models import NotTheirs, Version
from betterstory.stories.whose import MOST_ASKED
from betterstory.website.tests._typed_beside import OWN, PLACES, THEIRS, SignIn, count, send, town

__all__ = ["town"]  # fixtures that tests ask for by name


@pytest.mark.parametrize("there", PLACES)
def test_a_teller_is_asked_about_wherever_somebody_types(
    there: str, town: dict[str, Any], organiser: Person, signed_in_client: SignIn
) -> None:
    town["organiser"] = organiser
    client, before = signed_in_client(organiser), count(PLACES[there][3])
    asked, then = send(client, town, there, THEIRS)
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Is this theirs?" in page
    assert "they took me off the list" in page, "what was typed is not lost"
    assert then == before, "and nothing is written"
    own, then = send(client, town, there, OWN)
    assert (own.status_code, then) == (302, before + 1), "words of one’s own go straight on"
    assert not NotTheirs.objects.exists()


@pytest.mark.parametrize("there", ["a card", "a statement", "a promise", "something noticed"])
def test_it_is_not_from_a_story_is_taken_and_noted(
    there: str, town: dict[str, Any], organiser: Person, version: Version, signed_in_client: SignIn
) -> None:
    town["organiser"] = organiser
    before = count(PLACES[there][3])
    answer, then = send(signed_in_client(organiser), town, there, THEIRS, whose="not-theirs")
    assert (answer.status_code, then) == (302, before + 1)
    noted = NotTheirs.objects.get()
    assert (noted.story, noted.by) == (version.story, organiser)


def test_trying_words_out_comes_to_an_end(
    town: dict[str, Any], organiser: Person, signed_in_client: SignIn
) -> None:
    client = signed_in_client(organiser)
    for _n in range(MOST_ASKED):
        assert send(client, town, "a card", THEIRS)[0].status_code == 422
    answer, _rows = send(client, town, "a card", THEIRS)
    assert answer.status_code == 429
    assert "Is this theirs?" not in answer.content.decode()
    own, _rows = send(client, town, "a card", OWN)
    assert own.status_code == 302, "words of one’s own are still taken"


def test_comparing_is_counted_even_where_the_form_is_refused(
    town: dict[str, Any], organiser: Person, signed_in_client: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    monkeypatch.setattr(limits, "count_try", lambda *, what, **_more: counted.append(what))
    send(signed_in_client(organiser), town, "a card", THEIRS, basis="no such basis")
    assert counted == ["echoes-compared", "echoes-asked"]


def test_a_voice_is_told_nothing_and_whoever_takes_its_sentence_up_is_asked(
    town: dict[str, Any], organiser: Person, signed_in_client: SignIn
) -> None:
    at, gathering = timezone.now(), town["gathering"]
    [(voice, _code)] = conversations.make_voices(town["round"], residents=1, services=0, by=organiser, at=at)
    assert voice.side == Side.RESIDENT
    written = conversations.write_statement(gathering, words=THEIRS, voice=voice, at=at)
    client = signed_in_client(organiser)
    url = f"/conversations/statements/{written.pk}/take-up/"
    asked = client.post(url, {"once": str(uuid.uuid4())})
    assert asked.status_code == 422
    assert not Statement.objects.get(pk=written.pk).is_read
    client.post(url, {"once": str(uuid.uuid4()), "whose": "not-theirs"})
    assert Statement.objects.get(pk=written.pk).is_read
    assert NotTheirs.objects.count() == 1
