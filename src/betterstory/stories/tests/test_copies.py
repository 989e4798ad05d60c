"""Taking a copy out: only what tellers said yes to, for those people, is in any byte of it."""

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, rules, verbs
from betterstory.stories.exchange import taking
from betterstory.stories.exchange.making import FORMATS
from betterstory.stories.models import Audience, Form, Piece, Use, Version
from betterstory.stories.redacting.rules import was_read
from betterstory.stories.rules import ANYONE, PARTNERS
from betterstory.stories.tests._copies import SAID, second
from betterstory.stories.tests.conftest import MONTH
from conftest import AT, read_every_line

__all__ = ["second"]


def copy(audience: Any, kind: str = "qdpx", at: Any = AT) -> bytes:
    leaving = taking.what_may_leave(audience, at=at)
    project = taking.as_project(leaving, audience=audience, number="1", at=at)
    return FORMATS[kind].write(project)


def every_byte(data: bytes) -> Iterator[bytes]:
    """All that a copy holds: a ZIP is opened, and what is in it too; a database is read as it lies."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            for name in file.namelist():
                yield name.encode()
                yield from every_byte(file.read(name))


def holds(data: bytes, words: str) -> bool:
    return any(words.encode() in part for part in every_byte(data))


def yes(version: Version, teller: Person, use: Use = Use.REPORT, **more: Any) -> Any:
    if not was_read(version):
        read_every_line(version)
    return consenting.say_yes(version, by=teller, use=use, at=AT, until=MONTH, **more)


@pytest.mark.parametrize("kind", FORMATS)
def test_without_a_yes_not_a_byte_of_it_leaves(kind: str, version: Version, circle: Circle) -> None:
    for audience in (circle, PARTNERS, ANYONE):
        assert not any(holds(copy(audience, kind), words) for words in SAID)


@pytest.mark.parametrize("kind", ["qdpx", "taguette", "csv", "text"])
def test_with_a_yes_all_of_it_leaves(kind: str, version: Version, teller: Person, circle: Circle) -> None:
    yes(version, teller, circle=circle)
    data = copy(circle, kind)
    assert [words for words in SAID if not holds(data, words)] == [] or kind == "csv"
    assert holds(data, "off the list")
    assert not any(holds(copy(PARTNERS, kind), words) for words in SAID), "it was for that room alone"


@pytest.mark.parametrize("use", [use for use in Use if use not in (Use.REPORT, Use.WEB)])
def test_a_yes_to_something_else_is_no_yes_to_a_report(
    use: Use, version: Version, teller: Person, circle: Circle
) -> None:
    yes(version, teller, use, circle=circle)
    assert taking.what_may_leave(circle, at=AT) == []


@pytest.mark.parametrize("kind", ["qdpx", "taguette", "csv", "text"])
def test_a_yes_to_one_line_lets_that_line_leave_and_no_other_byte(
    kind: str, version: Version, teller: Person, circle: Circle
) -> None:
    line = Piece.objects.get(version=version, kind=Piece.Kind.WISH)
    yes(version, teller, circle=circle, piece=line, form=Form.NO_NAME)
    data = copy(circle, kind)
    assert holds(data, "walk the dog")
    assert [words for words in SAID if holds(data, words)] == ["walk the dog"]


@pytest.mark.parametrize("kind", ["qdpx", "taguette", "csv", "text"])
@pytest.mark.parametrize("how", ["stop", "pause", "take back", "destroy", "runs out"])
def test_what_was_taken_back_is_nowhere_in_the_next_copy(
    how: str, kind: str, version: Version, second: Version, teller: Person, resident: Person, circle: Circle
) -> None:
    given, at = yes(version, teller, circle=circle), AT
    read_every_line(second)
    consenting.say_yes(
        second, by=resident, use=Use.REPORT, circle=circle, at=AT, until=MONTH + timedelta(days=5)
    )
    assert holds(copy(circle, kind), "off the list")
    match how:
        case "stop":
            consenting.stop(given, by=teller, at=AT)
        case "pause":
            consenting.pause(version.story, by=teller, at=AT)
        case "take back":
            consenting.take_back(version.story, by=teller, at=AT)
        case "destroy":
            consenting.take_back(version.story, by=teller, at=AT, for_good_now=True)
        case _:
            at = MONTH
    data = copy(circle, kind, at)
    assert holds(data, "painted blue"), "the other story is still there"
    assert not any(holds(data, words) for words in SAID)
    assert not any(holds(data, str(each.uuid)) for each in Piece.objects.filter(version=version))


@pytest.mark.parametrize("kind", ["qdpx", "taguette", "csv", "text"])
def test_looking_at_every_byte_would_find_what_slipped_through(
    kind: str, version: Version, teller: Person, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above bite: with the one question answered yes to everything, the words are found."""
    consenting.take_back(version.story, by=teller, at=AT)

    def always(_viewer: Any, uses: Any, pieces: Any, _at: Any) -> dict[Use, dict[int, Form]]:
        return {use: {piece.pk: Form.CHOSEN_NAME for piece in pieces} for use in uses}

    monkeypatch.setattr(rules, "forms_of_each_use", always)
    assert holds(copy(circle, kind), "off the list")


def test_under_no_name_no_name_leaves(version: Version, teller: Person, circle: Circle) -> None:
    yes(version, teller, circle=circle, form=Form.NO_NAME)
    data = copy(circle)
    assert holds(data, "off the list")
    assert not holds(data, "Robin")
    assert not holds(data, "Sam")


def test_ids_last_for_one_audience_and_tell_nothing_to_another(
    version: Version, teller: Person, circle: Circle
) -> None:
    """A story told under no name here and a name there cannot be tied together by the ids of two copies."""
    yes(version, teller, circle=circle, form=Form.NO_NAME)
    yes(version, teller, audience=Audience.PARTNERSHIP)

    def ids(audience: Any) -> set[Any]:
        leaving = taking.what_may_leave(audience, at=AT)
        project = taking.as_project(leaving, audience=audience, number="1", at=AT)
        stories = {document.guid for document in project.documents}
        return stories | {each.guid for document in project.documents for each in document.selections}

    assert ids(circle) == ids(circle)
    assert ids(circle).isdisjoint(ids(PARTNERS))
    own = {version.uuid, version.story.uuid, *version.pieces.values_list("uuid", flat=True)}
    assert own.isdisjoint(ids(circle))


def test_every_step_gap_and_wish_carries_the_tellers_own_marks(
    version: Version, teller: Person, circle: Circle
) -> None:
    yes(version, teller, circle=circle)
    [leaving] = taking.what_may_leave(circle, at=AT)
    project = taking.as_project([leaving], audience=circle, number="1", at=AT)
    names = {code.guid: path for path, code in taguette_paths(project)}
    [document] = project.documents
    marks = {document.quote(s): [names[c.code] for c in s.codings] for s in document.selections}
    assert marks == {
        "I went to the doctor and said it out loud.": [
            "what kind of moment.it just happened",
            "who was there.local services",
        ],
        "I rang to change the time. They took me off the list.": [
            "what kind of moment.it just happened",
            "who was there.me",
            "how it felt.very hard",
        ],
        "Back of the queue, 17 weeks": ["gaps.sent back", "who was there.local services"],
        "The postman kept knocking.": [
            "what kind of moment.somebody was kind",
            "who was there.community",
            "how it felt.getting by",
        ],
        "Somebody to walk the dog on a bad day": ["wishes.what would keep me well"],
    }


def taguette_paths(project: Any) -> list[Any]:
    from betterstory.stories.exchange.project import paths  # noqa: PLC0415 - only here

    return list(paths(project.codes))


def test_a_new_version_without_a_yes_leaves_the_old_one_as_it_was_agreed(
    version: Version, teller: Person, circle: Circle
) -> None:
    yes(version, teller, circle=circle)
    verbs.begin_version(version.story, by=teller, at=AT)
    verbs.write(version.story, by=teller, text="Quite other words.", at=AT)
    data = copy(circle)
    assert holds(data, "like snow")
    assert not holds(data, "Quite other words")


def test_the_project_for_taguette_counts_bytes(version: Version, teller: Person, circle: Circle) -> None:
    yes(version, teller, circle=circle)
    with zipfile.ZipFile(io.BytesIO(copy(circle, "taguette"))) as file:
        book = sqlite3.connect(":memory:")
        book.deserialize(file.read("project.sqlite3"))
    [[text]] = book.execute("select contents from documents").fetchall()
    bare = text.replace("<p>", "").replace("</p>", "").encode()
    places = book.execute("select start_offset, end_offset, snippet from highlights").fetchall()
    assert len(places) == 5
    assert [bare[start:end].decode() for start, end, _words in places] == [words for *_p, words in places]
