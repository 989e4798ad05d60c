"""Sentences: who adds them, where they come from, and that answered words stay as they are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Statement, Voice, Vote
from betterstory.conversations.verbs import AlreadyAnswered
from betterstory.conversations.verbs.statements import NotForThisRoom
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.people.verbs import NotYours
from betterstory.stories import consenting
from betterstory.stories.models import Piece, Use, Version
from conftest import AT

MakeVoice = Callable[..., tuple[Voice, str]]
AtOnce = Callable[..., list[object]]
Send = Callable[..., Any]


def words(gathering: Gathering) -> list[tuple[int, str]]:
    return list(gathering.statements.values_list("number", "words"))


def test_anybody_of_the_room_may_take_notes(gathering: Gathering, resident: Person) -> None:
    with pytest.raises(NotYours):
        verbs.add_statement(gathering, words="Let me in", by=resident, at=AT)
    assert words(gathering) == []
    people.join(circle=gathering.circle, person=resident, at=AT)
    resident.read_again()
    verbs.add_statement(gathering, words="Our street looks out for people.", by=resident, at=AT)
    assert words(gathering) == [(1, "Our street looks out for people.")]


def test_two_note_takers_at_once_get_a_number_each(
    at_once: AtOnce, gathering: Gathering, organiser: Person
) -> None:
    calls = [
        lambda n=n: verbs.add_statement(gathering, words=str(n), by=organiser, at=AT).number for n in range(8)
    ]
    assert sorted(at_once(*calls), key=str) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_answered_words_never_change(
    statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    verbs.reword(statements[0], words="I keep my place in the queue.", by=organiser)
    verbs.vote(statements[0], voice=voice()[0], choice=Vote.Choice.PASS, at=AT)
    with pytest.raises(AlreadyAnswered):
        verbs.reword(statements[0], words="I lose my place in the queue.", by=organiser)
    statements[0].refresh_from_db()
    assert statements[0].words == "I keep my place in the queue."


def test_putting_aside_keeps_the_answers_and_says_why(
    statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    verbs.vote(statements[0], voice=voice()[0], choice=Vote.Choice.AGREE, at=AT)
    verbs.put_aside(statements[0], because="It asks two things at once.", by=organiser)
    assert [each.number for each in Statement.objects.asked()] == [2, 3]
    assert statements[0].votes.count() == 1
    verbs.ask_again(statements[0], by=organiser)
    assert [each.number for each in Statement.objects.asked()] == [1, 2, 3]


@pytest.mark.parametrize("do", ["put_aside", "ask_again", "take_up", "reword"])
def test_a_resident_leaves_sentences_alone(do: str, statements: list[Statement], resident: Person) -> None:
    extra = {"put_aside": {"because": "mine"}, "reword": {"words": "mine"}}.get(do, {})
    before = list(Statement.objects.values())
    with pytest.raises(NotYours):
        getattr(verbs, do)(statements[0], by=resident, **extra)
    assert list(Statement.objects.values()) == before


def test_a_sentence_points_at_a_piece_the_room_may_see(
    gathering: Gathering, organiser: Person, piece: Piece
) -> None:
    made = verbs.add_statement(gathering, words="I keep my place.", by=organiser, at=AT, from_piece=piece)
    assert words(gathering) == [(1, "I keep my place.")], "the teller’s own words are copied nowhere"
    assert made.from_piece_id == piece.pk


def test_a_piece_the_room_may_not_see_is_no_source(
    gathering: Gathering, organiser: Person, version: Version
) -> None:
    piece = version.pieces.select_related("version__story").first()
    with pytest.raises(NotForThisRoom):
        verbs.add_statement(gathering, words="I keep my place.", by=organiser, at=AT, from_piece=piece)
    assert words(gathering) == []


def test_the_page_offers_what_the_room_may_see_and_nothing_else(
    signed_in_client: Callable[[Person], Any], gathering: Gathering, organiser: Person, version: Version
) -> None:
    page = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/statements/").content.decode()
    assert "They took me off the list" not in page


def test_what_another_room_may_see_is_not_offered_to_this_one(
    signed_in_client: Callable[[Person], Any],
    gathering: Gathering,
    circle: Circle,
    organiser: Person,
    teller: Person,
    version: Version,
) -> None:
    """The organiser is in both rooms and may see it; the sentence is for this room."""
    until = AT + timedelta(days=90)
    consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=circle, at=AT, until=until)
    page = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/statements/").content.decode()
    assert "They took me off the list" not in page


def test_once_taken_back_the_piece_is_offered_no_more(
    signed_in_client: Callable[[Person], Any],
    gathering: Gathering,
    organiser: Person,
    piece: Piece,
    teller: Person,
) -> None:
    address = f"/conversations/{gathering.pk}/statements/"
    browser = signed_in_client(organiser)
    assert "They took me off the list" in browser.get(address).content.decode()
    consenting.take_back(piece.version.story, by=teller, at=AT)
    assert "They took me off the list" not in browser.get(address).content.decode()


def test_somebody_cannot_choose_a_piece_that_was_not_offered(
    send: Send, gathering: Gathering, organiser: Person, piece: Piece, version: Version
) -> None:
    answer = send(organiser, "statements", gathering.pk, words="Mine", from_piece="999999")
    assert answer.status_code == 422
    assert words(gathering) == []


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "Tea & cake 🍰", "قهوة مع الجيران"])
def test_hostile_and_far_away_words_are_only_words(
    typed: str,
    send: Send,
    signed_in_client: Callable[[Person], Any],
    gathering: Gathering,
    organiser: Person,
) -> None:
    assert send(organiser, "statements", gathering.pk, words=typed).status_code == 302
    assert words(gathering) == [(1, typed)]
    for page in ("", "statements/", "sheet/", "screen/1/", "type-in/"):
        shown = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/{page}").content.decode()
        assert typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in shown
        assert "<script>alert" not in shown


def test_a_sentence_that_is_too_long_is_put_right(
    send: Send, gathering: Gathering, organiser: Person
) -> None:
    answer = send(organiser, "statements", gathering.pk, words="a" * 201)
    assert answer.status_code == 422
    assert "a" * 201 in answer.content.decode()
    assert words(gathering) == []


def test_the_page_of_one_sentence_changes_and_puts_aside(
    send: Send, statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    one = statements[0]
    assert send(organiser, "statement", one.pk, words="Said another way.").status_code == 302
    verbs.vote(one, voice=voice()[0], choice=Vote.Choice.AGREE, at=AT)
    refused = send(organiser, "statement", one.pk, words="Said behind your back.")
    assert refused.status_code == 422
    assert "People have answered these words" in refused.content.decode()
    assert (
        send(organiser, "statement", one.pk, fields={"do": "aside", "aside-because": ""}).status_code == 422
    )
    answer = send(
        organiser, "statement", one.pk, fields={"do": "aside", "aside-because": "Two things at once."}
    )
    assert answer.status_code == 302
    one.refresh_from_db()
    assert (one.words, one.put_aside) == ("Said another way.", "Two things at once.")
    assert send(organiser, "take_up", one.pk).status_code == 302
    one.refresh_from_db()
    assert one.is_asked
