"""Two sentences of a room, one taken from a story; who answered them; and its teller, who takes it back."""

from typing import Any

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Statement, Vote
from betterstory.conversations.tests._ready import MakeVoice
from betterstory.conversations.tests.conftest import address
from betterstory.people.models import Person
from betterstory.stories import consenting
from betterstory.stories.models import Piece, Story
from conftest import AT

THEIRS, OURS = "Whoever rings is taken off the list.", "If I miss a visit, I should keep my place."


@pytest.fixture
def from_story(gathering: Gathering, piece: Piece, organiser: Person) -> Statement:
    """Number 1, tied to a step that the room may see quoted."""
    return verbs.add_statement(gathering, words=THEIRS, by=organiser, at=AT, from_piece=piece)


@pytest.fixture
def our_own(from_story: Statement, gathering: Gathering, organiser: Person) -> Statement:
    """Number 2, the room's own."""
    return verbs.add_statement(gathering, words=OURS, by=organiser, at=AT)


@pytest.fixture
def answered(from_story: Statement, our_own: Statement, voice: MakeVoice) -> list[Vote]:
    """Eleven people agree with both; nobody is apart from the others."""
    return [
        verbs.vote(each.pk, voice=somebody, choice=Vote.Choice.AGREE, in_room=True, at=AT)
        for somebody in [voice()[0] for _n in range(11)]
        for each in (from_story, our_own)
    ]


@pytest.fixture
def closed(answered: list[Vote], gathering: Gathering, organiser: Person) -> None:
    verbs.close_voting(gathering, by=organiser, at=AT)


def take_back(piece: Piece, *, mark: bool = True) -> None:
    consenting.stop_everything(piece.version.story, by=piece.version.story.teller, at=AT)
    Story.objects.update(leaves_a_mark=mark)


def page(browser: Any, name: str, *args: object) -> str:
    answer = browser.get(address(name, *args))
    assert answer.status_code == 200, name
    return str(answer.content.decode())
