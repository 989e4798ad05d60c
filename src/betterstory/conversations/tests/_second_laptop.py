"""A second laptop beside tonight's gathering, and what the database holds of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.inbox.evening import Evening, inbox_of
from betterstory.conversations.inbox.pack import read_pack
from betterstory.conversations.inbox.writing import say_goodbye
from betterstory.conversations.models import Gathering, Statement, Voice, Vote
from betterstory.people.models import Person
from conftest import AT

MakeVoice = Callable[..., tuple[Voice, str]]
EVENING = AT + timedelta(hours=6)
HOME_AGAIN = AT + timedelta(hours=10)


def after(minutes: float) -> datetime:
    return EVENING + timedelta(minutes=minutes)


@pytest.fixture
def tonight(gathering: Gathering) -> Gathering:
    gathering.at = EVENING
    gathering.save()
    return gathering


class Laptop:
    """A second laptop, as its web would use it."""

    def __init__(self, folder: Path, pack: str, name: str = "evening") -> None:
        self.file = folder / f"{name}.pack"
        self.file.write_text(pack)
        self.evening = Evening(self.file, at=AT)
        self.pack = read_pack(pack)

    def says(
        self, code: str, number: int, choice: int, *, minutes: float = 0, channel: str = "phone"
    ) -> None:
        sentence = next(each for each in self.pack.sentences if each.number == number)
        self.evening.answer(code, sentence, choice, at=after(minutes), channel=channel)

    def writes(self, code: str, words: str, *, minutes: float = 0) -> None:
        self.evening.write(code, words, at=after(minutes))

    @property
    def inbox(self) -> bytes:
        return inbox_of(self.file).read_bytes()

    def goodbye(self) -> bytes:
        say_goodbye(inbox_of(self.file), self.pack)
        return self.inbox


@pytest.fixture
def laptop(tonight: Gathering, statements: list[Statement], organiser: Person, tmp_path: Path) -> Laptop:
    _made, file, _left = verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)
    return Laptop(tmp_path, file)


def votes() -> list[tuple[int, int, str]]:
    rows = Vote.objects.order_by("statement__number", "voice")
    return list(rows.values_list("statement__number", "choice", "channel"))
