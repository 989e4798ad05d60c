"""A gap of a story that the room is asked about, and words that nobody else may read."""

from collections.abc import Callable

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import GapAsked, Gathering, Voice
from betterstory.people.models import Person
from betterstory.stories.models import Piece, Version
from conftest import AT

MakeVoice = Callable[..., tuple[Voice, str]]
WORDS = "I missed one visit, and had to start again."
SNOW, BELL = "It snowed on my mat for a year.", "Ring the blue bell at number nine"


@pytest.fixture
def gap(version_for_room: Version) -> Piece:
    return version_for_room.pieces.select_related("version__story").get(kind="gap")


@pytest.fixture
def asked(gathering: Gathering, gap: Piece, organiser: Person) -> GapAsked:
    return verbs.ask_about_gap(gathering, piece=gap, words=WORDS, by=organiser, at=AT)
