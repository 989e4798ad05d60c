"""What tests about gatherings share: a gathering with sentences, voice cards, a story told to the room."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from conftest import AT

if TYPE_CHECKING:
    from betterstory.behind.models import Release
    from betterstory.conversations.models import Gathering, Insight, Statement, TellersWord, Voice
    from betterstory.people.models import Body, Person
    from betterstory.places.models import Round
    from betterstory.stories.models import Piece, Version

SENTENCES = (
    "If I miss a visit, I should keep my place in the queue.",
    "Somebody should ring within a week of a night in hospital.",
    "I would wait longer to keep the same person.",
)
MakeVoice = Callable[..., "tuple[Voice, str]"]


@pytest.fixture(autouse=True)
def _at() -> Iterator[None]:
    """Pages read the clock: it stands still at AT."""
    # a patch of its own, since `at_once` has its own undone before the database goes
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: AT)
        yield


@pytest.fixture(autouse=True)
def _no_weights_of_another_test() -> None:
    from betterstory.conversations import grouping

    grouping.forget_weights()


@pytest.fixture
def at_once(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., list[object]]]:
    """Run calls at the same moment, each on a connection of its own; gives what each gave or raised.

    Threads cannot wait for one another in a database in memory, so the tests' own is copied to a file first.
    Ask how it ended there too.
    """
    file = tmp_path / "story.sqlite3"
    with pytest.MonkeyPatch.context() as patch:  # undone before the database in memory is tidied

        def run(*calls: Callable[[], object]) -> list[object]:
            if not file.exists():
                with closing(sqlite3.connect(file)) as copy:
                    connection.ensure_connection()
                    connection.connection.backup(copy)
                    copy.execute("pragma journal_mode=wal")
                patch.setitem(connections.settings["default"], "NAME", str(file))
            with ThreadPoolExecutor(len(calls)) as pool:
                return list(pool.map(_on_its_own, calls))

        yield run


def _on_its_own(call: Callable[[], object]) -> object:
    try:
        return call()
    except Exception as problem:
        return problem
    finally:
        connections.close_all()


@pytest.fixture
def gathering(round_: Round, organiser: Person) -> Gathering:
    """A week from now, called by the organiser."""
    from betterstory.conversations import verbs
    from betterstory.conversations.models import Gathering

    return verbs.call_gathering(
        round=round_,
        kind=Gathering.Kind.MAKING_SENSE,
        title="Making sense",
        when=AT + timedelta(days=8),
        where="St Brannoc’s hall",
        check_in="What small thing kept you going this week?",
        by=organiser,
        at=AT,
    )


@pytest.fixture
def statements(gathering: Gathering, organiser: Person) -> list[Statement]:
    from betterstory.conversations import verbs

    return [verbs.add_statement(gathering, words=words, by=organiser, at=AT) for words in SENTENCES]


@pytest.fixture
def voice(round_: Round, organiser: Person) -> MakeVoice:
    """Make one card: voice(), voice("service") -> (voice, code)."""
    from betterstory.conversations import verbs

    def make(side: str = "resident") -> tuple[Voice, str]:
        services = int(side == "service")
        return verbs.make_voices(round_, residents=1 - services, services=services, by=organiser, at=AT)[0]

    return make


@pytest.fixture
def version_for_room(version: Version, gathering: Gathering, teller: Person) -> Version:
    """The teller said yes to quoting it to the room, and to nobody else."""
    from betterstory.stories import consenting
    from betterstory.stories.models import Use

    consenting.say_yes(
        version, by=teller, use=Use.QUOTE, circle=gathering.circle, at=AT, until=AT + timedelta(days=90)
    )
    return version


@pytest.fixture
def piece(version_for_room: Version) -> Piece:
    """A step the room may see quoted: “I rang to change the time. They took me off the list.”"""
    return version_for_room.pieces.select_related("version__story").get(kind="step", position=2)


@pytest.fixture
def release(piece: Piece, teller: Person, analyst: Person) -> Release:
    """A count that was made from the step, with its teller's yes to counting."""
    from betterstory.behind.models import Pattern, Release
    from betterstory.stories import consenting
    from betterstory.stories.models import Audience, Use

    until = AT + timedelta(days=90)
    version = piece.version
    consenting.say_yes(version, by=teller, use=Use.COUNT, audience=Audience.PARTNERSHIP, at=AT, until=until)
    pattern = Pattern.objects.create(
        name="Back of the queue", toml="", from_a_story=True, made_from=version, made_by=analyst, made_at=AT
    )
    pattern.pieces.set([piece])
    return Release.objects.create(
        number=3,
        pattern=pattern,
        figures={"headline": "About 120 people."},
        source="An invented log.",
        cannot_see="Whoever asked nobody.",
        data_mark="one",
        counted_by=analyst,
        released_at=AT,
    )


@pytest.fixture
def trust(organiser: Person) -> Body:
    from betterstory.people import verbs
    from betterstory.people.models import Ring

    return verbs.name_body(name="Harbour Trust", ring=Ring.HOSPITAL_AND_CRISIS, by=organiser)


@pytest.fixture
def add_card(round_: Round, organiser: Person) -> Callable[..., Insight]:
    """Put a card on the iceberg: add_card("event", "A night in hospital.", owner=trust)."""
    from betterstory.conversations import verbs
    from betterstory.conversations.models import Level

    def add(level: str, words: str = "", **more: Any) -> Insight:
        return verbs.add_card(round_, level=Level(level), words=words, **{"by": organiser, "at": AT, **more})

    return add


@pytest.fixture
def let_pass(round_: Round, piece: Piece, teller: Person) -> Callable[..., TellersWord]:
    """The teller passes on a word, so that others may go on: let_pass("trend"), let_pass("trend", "last")."""
    from betterstory.conversations import verbs
    from betterstory.conversations.models import Level, TellersWord

    def make(level: str, place: str = "first") -> TellersWord:
        which, passed = TellersWord.Place(place), TellersWord.How.PASSED
        return verbs.give_word(
            round_, level=Level(level), place=which, how=passed, piece=piece, by=teller, at=AT
        )

    return make


def address(name: str, *args: object) -> str:
    return reverse(f"conversations:{name}", args=args)


@pytest.fixture
def send(signed_in_client: Callable[[Person], Client]) -> Callable[..., Any]:
    """Send a form as somebody: send(organiser, "guests", gathering.pk, first_name="Ivy")."""
    from uuid import uuid4

    def post(
        person: Person, name: str, *args: object, fields: Mapping[str, Any] | None = None, **more: Any
    ) -> Any:
        data = {"once": str(uuid4()), **(fields or {}), **more}
        return signed_in_client(person).post(address(name, *args), data)

    return post
