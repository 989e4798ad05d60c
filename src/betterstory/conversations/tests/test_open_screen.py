"""A teller stops a yes while the screen is on: the slide changes, as slides do."""

from typing import Any

from betterstory.conversations import verbs
from betterstory.conversations.iceberg import look_beneath
from betterstory.conversations.models import Gathering, Insight, Level
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.stories import consenting, reminding
from betterstory.stories.models import IfLost, Piece
from conftest import AT


def test_the_screen_goes_on_to_the_next_sentence(
    signed_in_client: Any, gathering: Gathering, organiser: Person, piece: Piece, teller: Person
) -> None:
    verbs.add_statement(gathering, words="I keep my place.", by=organiser, at=AT, from_piece=piece)
    verbs.add_statement(gathering, words="We ring back.", by=organiser, at=AT)
    browser, base = signed_in_client(organiser), f"/conversations/{gathering.pk}/screen/"
    page = browser.get(f"{base}1/").content.decode()
    assert "I keep my place." in page
    assert f'data-still="{base}1/still/"' in page
    assert browser.get(f"{base}1/still/").status_code == 204
    consenting.pause(piece.version.story, by=teller, at=AT)
    assert browser.get(f"{base}1/still/").status_code == 205
    gone = browser.get(f"{base}1/")
    assert gone["Location"] == f"{base}2/"
    after = browser.get(gone["Location"]).content.decode()
    assert "I keep my place." not in after
    assert "took it back" not in after, "nobody is told that anything happened"
    assert "Sentence 1 of 1" in after
    assert browser.get(f"{base}9/").status_code == 404


def test_a_card_leaves_no_mark_where_its_teller_wants_none(
    round_: Round, gathering: Gathering, piece: Piece, teller: Person, organiser: Person
) -> None:
    card = Insight.objects.create(
        round=round_,
        number=1,
        level=Level.EVENT,
        words="They miss one visit.",
        added_by=organiser,
        added_at=AT,
    )
    card.pieces.add(piece)
    story = piece.version.story
    room = gathering.circle
    assert [each.words for each in look_beneath(round_, viewer=room, at=AT).cards] == ["They miss one visit."]
    consenting.pause(story, by=teller, at=AT)
    assert [each.words for each in look_beneath(round_, viewer=room, at=AT).cards] == [None]
    reminding.wish_beforehand(story, by=teller, wish=IfLost.SHUT, leaves_a_mark=False)
    assert look_beneath(round_, viewer=room, at=AT).cards == ()
