"""Words of a story are tied to its line, where whoever types may see it; to others nothing is said."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from betterstory.conversations.models import Insight
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Piece, Use, Version
from betterstory.website.tests._typed_beside import OWN, PLACES, THEIRS, SignIn, count, send, town

__all__ = ["town"]  # fixtures that tests ask for by name


def test_a_card_tied_to_a_line_shows_the_line_and_copies_nothing(
    town: dict[str, Any], organiser: Person, teller: Person, version: Version, signed_in_client: SignIn
) -> None:
    client, line = signed_in_client(organiser), open_line(version, teller, town["gathering"].circle)
    asked, _rows = send(client, town, "a card", THEIRS)
    assert 'value="tie"' in asked.content.decode()
    send(client, town, "a card", THEIRS, whose="tie")
    card = Insight.objects.order_by("-pk")[0]
    assert (card.words, list(card.pieces.values_list("pk", flat=True))) == ("", [line.pk])


@pytest.mark.parametrize(("there", "field"), [("a statement", "from_piece"), ("an ask", "piece")])
def test_where_words_stand_by_themselves_tying_asks_for_ones_own(
    there: str,
    field: str,
    town: dict[str, Any],
    organiser: Person,
    teller: Person,
    version: Version,
    signed_in_client: SignIn,
) -> None:
    client, line = signed_in_client(organiser), open_line(version, teller, town["gathering"].circle)
    before = count(PLACES[there][3])
    tied, then = send(client, town, there, THEIRS, whose="tie")
    assert (tied.status_code, then) == (422, before)
    assert f'name="{field}" value="{line.pk}"' in tied.content.decode()
    done, then = send(client, town, there, OWN, **{field: str(line.pk)})
    assert (done.status_code, then) == (302, before + 1)
    newest = PLACES[there][3].objects.order_by("-pk")[0]  # type: ignore[attr-defined]  # a model
    assert getattr(newest, f"{field}_id") == line.pk
    assert "off the list" not in newest.words


def open_line(version: Version, teller: Person, circle: Circle) -> Piece:
    at = timezone.now()
    line = Piece.objects.get(version=version, kind=Piece.Kind.STEP, position=2)
    consenting.say_yes(
        version, by=teller, use=Use.QUOTE, circle=circle, piece=line, at=at, until=at + timedelta(days=9)
    )
    return line


def test_to_somebody_who_may_not_see_it_nothing_is_said_of_whose_it_is(
    town: dict[str, Any], organiser: Person, version: Version, signed_in_client: SignIn
) -> None:
    """The page is the same to the letter for a shut story and for a paused one, but for what was typed."""
    client = signed_in_client(organiser)
    shut, _rows = send(client, town, "a card", THEIRS)
    page = shut.content.decode()
    assert 'value="tie"' not in page
    for words in ("Robin", "long way", "postman", "knocking", "like snow", str(version.story.uuid)):
        assert words not in page
    consenting.pause(version.story, by=version.story.teller, at=timezone.now())
    paused, _rows = send(client, town, "a card", THEIRS)
    assert bare(paused) == bare(shut)


def bare(answer: Any) -> str:
    """The page without the ids of its form, which are new each time."""
    lines = answer.content.decode().splitlines()
    return "\n".join(
        line for line in lines if "csrfmiddlewaretoken" not in line and 'name="once"' not in line
    )


def test_the_public_wall_offers_no_line_for_a_room(
    town: dict[str, Any], resident: Person, teller: Person, version: Version, signed_in_client: SignIn
) -> None:
    open_line(version, teller, town["gathering"].circle)
    assert Post.objects.exists()
    assert Body.objects.exists()
    assert Audience.CIRCLE
    asked, _rows = send(signed_in_client(resident), town, "an ask", THEIRS)
    assert asked.status_code == 422
    assert 'value="tie"' not in asked.content.decode(), "she is not in that room"
