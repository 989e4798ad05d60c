"""Finding words: only in what may be read now, and nothing is kept of what was looked for."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, finding, leafing, verbs
from betterstory.stories.finding import find
from betterstory.stories.models import Form, Piece, Seen, Use, Version
from betterstory.stories.plain_letters import plain_letters
from betterstory.stories.rules import Viewer
from conftest import AT

MONTH = AT + timedelta(days=30)
SignIn = Callable[[Person], Client]


def lines(words: str, viewer: Viewer) -> list[str]:
    looked = find(words, viewer=viewer, at=AT)
    return [f"{line.before}[{line.found}]{line.after}" for each in looked.found for line in each.lines]


@pytest.fixture
def opened(version: Version, teller: Person, circle: Circle) -> Version:
    """The circle may read it."""
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    return version


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("snow", "[snow]"),  # the text
        ("KNOCK", "[knock]ing"),  # a step, in any letters
        ("17 weeks", "[17 weeks]"),  # a gap
        ("walk   the dog", "[walk the dog]"),  # a wish, however it is spaced
        ("long way", "[long way]"),  # the title
        ("snöw", "[snow]"),  # accents make no difference
    ],
)
def test_it_is_found(words: str, found: str, opened: Version, organiser: Person) -> None:
    assert found in " ".join(lines(words, organiser))


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Siobhán went to the café", "siobhan", "[Siobhán] went to the café"),
        ("The cafe\u0301 shut", "CAFÉ", "The [cafe\u0301] shut"),
        ("Straße 4 in the snow", "snow", "Straße 4 in the [snow]"),
        ("didn’t ring", "didn't", "[didn’t] ring"),
        ("👩‍👩‍👧 came with tea", "tea", "👩‍👩‍👧 came with [tea]"),
    ],
)
def test_what_is_shown_is_the_tellers_own_spelling(
    text: str, words: str, found: str, opened: Version, teller: Person, organiser: Person
) -> None:
    verbs.begin_version(opened.story, by=teller, at=AT)
    verbs.write(opened.story, by=teller, text=text, at=AT)
    assert found in lines(words, teller)
    assert found not in lines(words, organiser), "the new version is not hers to read"


def test_what_may_not_be_read_is_not_found(
    version: Version, organiser: Person, partner: Person, circle: Circle
) -> None:
    for viewer in (organiser, partner, circle):
        assert lines("snow", viewer) == []


@pytest.mark.parametrize("how", ["stop", "pause", "take back"])
def test_what_was_shut_is_found_no_more(how: str, opened: Version, teller: Person, organiser: Person) -> None:
    assert lines("snow", organiser)
    match how:
        case "stop":
            consenting.stop(opened.consents.get(), by=teller, at=AT)
        case "pause":
            consenting.pause(opened.story, by=teller, at=AT)
        case _:
            consenting.take_back(opened.story, by=teller, at=AT)
    assert lines("snow", organiser) == []


def test_a_yes_to_the_picture_is_no_yes_to_finding_words(
    version: Version, teller: Person, circle: Circle, organiser: Person
) -> None:
    consenting.say_yes(version, by=teller, use=Use.PICTURE, circle=circle, at=AT, until=MONTH)
    assert lines("knocking", organiser) == []


def test_a_line_that_may_be_quoted_is_found_by_itself(
    version: Version, teller: Person, circle: Circle, organiser: Person
) -> None:
    line = Piece.objects.get(version=version, kind=Piece.Kind.WISH)
    consenting.say_yes(
        version, by=teller, use=Use.QUOTE, circle=circle, piece=line, form=Form.NO_NAME, at=AT, until=MONTH
    )
    [found] = find("dog", viewer=organiser, at=AT).found
    assert (found.title, found.name) == ("", None)
    assert lines("snow", organiser) == []


def test_only_so_much_is_looked_through_and_that_is_said(
    opened: Version, organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leafing, "MOST_OPENED", 10)
    assert find("snow", viewer=organiser, at=AT) == finding.Looked((), is_all=False)


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_place_found_holds_the_words_whatever_stands_before(before: str, after: str) -> None:
    text = f"{before} kettle {after}"
    plain = plain_letters(text)
    start = plain.rindex("kettle") if "kettle" not in plain_letters(after) else plain.index("kettle")
    line = finding._line(text, start, start + 6)
    assert plain_letters(line.found).strip() == "kettle"


def post(client: Client, words: str) -> Any:
    return client.post("/stories/find/", {"words": words})


def open_now(version: Version, circle: Circle, use: Use = Use.READ) -> None:
    at = timezone.now()
    Version.objects.filter(pk=version.pk).update(agreed_at=at)
    consenting.say_yes(
        version, by=version.story.teller, use=use, circle=circle, at=at, until=at + timedelta(days=9)
    )


def test_a_page_finds_it_marks_it_and_tells_its_teller(
    version: Version, circle: Circle, organiser: Person, signed_in_client: SignIn
) -> None:
    open_now(version, circle)
    page = post(signed_in_client(organiser), "snow").content.decode()
    assert "<mark>snow</mark>" in page
    assert f"/stories/{version.story.uuid}/" in page
    assert Seen.objects.get().person == organiser


def test_what_was_looked_for_is_kept_nowhere(
    version: Version,
    circle: Circle,
    organiser: Person,
    signed_in_client: SignIn,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    open_now(version, circle)
    caplog.set_level(logging.DEBUG)
    client = signed_in_client(organiser)
    answer = post(client, "zebrafinch")
    assert answer.status_code == 200
    assert "zebrafinch" not in "".join(str(value) for _name, value in answer.items())
    assert not any(
        "zebrafinch" in record.getMessage()
        for record in caplog.records
        if record.name.startswith("betterstory")
    )
    assert not any(b"zebrafinch" in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"zebrafinch" not in client.get("/stories/find/?words=zebrafinch").content, "never from an address"
    assert not Seen.objects.exists(), "nothing was shown"


def test_a_stranger_finds_nothing(
    version: Version, circle: Circle, resident: Person, signed_in_client: SignIn
) -> None:
    open_now(version, circle)
    assert Client().post("/stories/find/", {"words": "snow"}).status_code == 302
    assert (
        "like"
        not in post(signed_in_client(resident), "snow")
        .content.decode()
        .split("<main")[1]
        .split("Find</button>")[1]
    )


def test_finding_asks_the_database_little(
    version: Version,
    circle: Circle,
    organiser: Person,
    signed_in_client: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    open_now(version, circle)
    client = signed_in_client(organiser)
    with django_assert_max_num_queries(12):
        post(client, "snow")
