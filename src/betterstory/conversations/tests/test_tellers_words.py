"""The teller's first and last word on each level: their own or noted, sealed, quiet with the story."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from betterstory.conversations import verbs
from betterstory.conversations.iceberg import look_beneath
from betterstory.conversations.models import Gathering, Insight, Level, TellersWord
from betterstory.conversations.verbs import ByWhom, NotYoursToQuote
from betterstory.people import verbs as people
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.models import Piece, Version
from betterstory.stories.rules import Viewer
from conftest import AT

AddCard = Callable[..., Insight]
Give = Callable[..., TellersWord]
How, Place = TellersWord.How, TellersWord.Place
OWN = "I was not late on purpose."


@pytest.fixture
def give(round_: Round, piece: Piece, teller: Person, add_card: AddCard) -> Give:
    """The teller speaks: give("trend", words=OWN), give("trend", "last", how=How.PASSED, by=organiser)."""
    add_card("event", pieces=[piece])

    def make(level: str, place: str = "first", **more: Any) -> TellersWord:
        told = {"how": How.SAID, "piece": piece, "by": teller, "at": AT, **more}
        return verbs.give_word(round_, level=Level(level), place=Place(place), **told)

    return make


def heard(round_: Round, viewer: Viewer) -> dict[str, list[str]]:
    levels = look_beneath(round_, viewer=viewer, at=AT).heard
    found = {level: [each.sentence for each in (*on.first, *on.last)] for level, on in levels.items()}
    return {str(level): said for level, said in found.items() if said}


def test_the_teller_has_the_first_word_and_the_last(give: Give, round_: Round, organiser: Person) -> None:
    give("event")
    give("event", "last", words=OWN)
    give("trend", how=How.READ, reader="Joyce", by=organiser)
    give("structure", how=How.HANDED_OVER, reader="Joyce")
    give("mental_model", how=How.PASSED)
    assert heard(round_, organiser) == {
        "event": ["Robin had the first word here.", "Robin had the last word here."],
        "trend": ["Joyce read the first word here for Robin."],
        "structure": ["Robin handed the first word here to Joyce."],
        "mental_model": ["Robin passed on the first word here."],
    }
    by_hand = TellersWord.objects.order_by("pk").values_list("by_teller", flat=True)
    assert list(by_hand) == [True, True, False, True, True]


def test_it_stands_in_the_drawing_instead_of_the_question(
    give: Give, round_: Round, organiser: Person
) -> None:
    give("structure")
    give("structure", "last", words=OWN)
    asked = {h.level: h.question.words for h in _drawn(round_, organiser).headings if h.question}
    assert asked["structure"] == "Robin had the first word here, and the last"
    assert asked["trend"] == "Who else? How often?"


def _drawn(round_: Round, viewer: Viewer) -> Any:
    return look_beneath(round_, viewer=viewer, at=AT).draw()


def test_nobody_else_speaks_for_the_teller(
    give: Give, resident: Person, gathering: Gathering, partner: Person
) -> None:
    people.join(circle=gathering.circle, person=resident, at=AT)
    resident.read_again()
    for somebody in (resident, partner):
        with pytest.raises(NotYours):
            give("event", by=somebody)
    assert not TellersWord.objects.exists()


def test_an_organiser_who_may_not_see_the_line_notes_nothing(
    give: Give, welcome: Callable[..., Person]
) -> None:
    other = welcome("Bill", "organiser")
    with pytest.raises(NotYoursToQuote):
        give("event", by=other)
    assert not TellersWord.objects.exists()


def test_read_or_handed_over_names_to_whom(give: Give) -> None:
    for how in (How.READ, How.HANDED_OVER):
        with pytest.raises(ByWhom):
            give("event", how=how)
    assert not TellersWord.objects.exists()


def test_words_of_the_evening_lie_sealed_and_go_with_the_story(
    give: Give, round_: Round, organiser: Person, teller: Person, piece: Piece, partner: Person
) -> None:
    word = give("trend", words=OWN)
    with connection.cursor() as rows:
        rows.execute("select * from conversations_tellersword")
        assert OWN not in repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in rows])

    def said(viewer: Viewer) -> list[str]:
        on = look_beneath(round_, viewer=viewer, at=AT).heard.get(Level.TREND)
        return [each.words for each in on.first] if on else []

    assert said(organiser) == [OWN]
    assert said(partner) == [], "who may not see the line hears nothing of the word"
    consenting.take_back(piece.version.story, by=teller, at=AT)
    assert said(organiser) == []
    assert heard(round_, organiser) == {}
    consenting.undo_take_back(piece.version.story, by=teller, at=AT)
    consenting.take_back(piece.version.story, by=teller, at=AT, for_good_now=True)
    assert said(organiser) == said(teller) == []
    word.refresh_from_db()


def test_said_again_the_newer_stands_and_it_can_be_taken_back(
    give: Give, round_: Round, teller: Person, partner: Person
) -> None:
    give("trend", words=OWN)
    word = give("trend", how=How.PASSED)
    assert heard(round_, teller) == {"trend": ["Robin passed on the first word here."]}
    with pytest.raises(NotYours):
        verbs.take_word_back(word, by=partner, at=AT)
    assert TellersWord.objects.count() == 1
    verbs.take_word_back(word, by=teller, at=AT)
    assert heard(round_, teller) == {}


def test_the_teller_speaks_on_the_page(
    give: Give,
    round_: Round,
    piece: Piece,
    teller: Person,
    send: Callable[..., Any],
    signed_in_client: Callable[[Person], Client],
) -> None:
    told = {"level": "trend", "place": "first", "how": "said", "piece": piece.pk, "words": OWN}
    assert send(teller, "tellers_words", round_.pk, fields=told).status_code == 302
    page = signed_in_client(teller).get(reverse("conversations:tellers_words", args=[round_.pk]))
    assert "Robin had the first word here." in page.content.decode()
    assert OWN in page.content.decode()
    no_reader = {**told, "how": "read", "place": "last"}
    answer = send(teller, "tellers_words", round_.pk, fields=no_reader)
    assert (answer.status_code, "Whom did the teller name?" in answer.content.decode()) == (422, True)


def test_the_words_of_the_story_itself_are_tied_and_not_copied(
    give: Give, round_: Round, piece: Piece, organiser: Person, send: Callable[..., Any]
) -> None:
    echo = "So I rang to change the time and they said no"
    told = {"level": "trend", "place": "first", "how": "said", "piece": piece.pk, "words": echo}
    answer = send(organiser, "tellers_words", round_.pk, fields=told)
    assert (answer.status_code, "Is this theirs?" in answer.content.decode()) == (422, True)
    assert not TellersWord.objects.exists()
    assert send(organiser, "tellers_words", round_.pk, fields={**told, "whose": "tie"}).status_code == 302
    assert bytes(TellersWord.objects.get().words_sealed) == b""


def test_who_has_no_line_there_is_not_let_in(
    round_: Round, partner: Person, version_for_room: Version, signed_in_client: Callable[[Person], Client]
) -> None:
    page = signed_in_client(partner).get(reverse("conversations:tellers_words", args=[round_.pk]))
    assert page.status_code == 403
