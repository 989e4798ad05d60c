"""What people read in a story stands in its next version too, where the words still stand."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from betterstory.people.models import Circle, Person
from betterstory.stories import codebook, consenting, verbs
from betterstory.stories.models import Code, Coding, Piece, Step, Use, Version
from betterstory.stories.reanchoring import match
from betterstory.stories.redacting import showing as redacting
from betterstory.stories.redacting import verbs as redact
from betterstory.stories.showing import show_each
from conftest import AT

SignIn = Callable[[Person], Client]


@pytest.mark.parametrize(
    ("was", "now", "places"),
    [
        ("rang | waited | went", "rang | waited | went", "0-0 1-1 2-2"),
        ("rang | waited | went", "rang | went", "0-0 2-1"),  # one taken out
        ("rang | waited", "slept | rang | waited", "0-1 1-2"),  # one put before
        ("rang | waited | went", "went | rang | waited", "0-1 1-2 2-0"),  # moved, and found by its words
        ("Dr Patel was kind to me", "A doctor was kind to me", "0-0"),  # a name taken out
        ("Dr Patel was kind to me", "Nothing of it is left", ""),
        ("rang | rang", "rang", "0-0"),  # the second one is gone
        ("I rang Jo | I rang Jo", "I rang a friend | I rang a friend", ""),  # which one was meant?
    ],
)
def test_a_line_is_found_again_by_its_words(was: str, now: str, places: str) -> None:
    found = match(was.split(" | "), now.split(" | "))
    assert " ".join(f"{one}-{other}" for one, other in sorted(found.items())) == places


@given(st.lists(st.text("abc ", max_size=6), max_size=6), st.lists(st.text("abc ", max_size=6), max_size=6))
def test_no_two_lines_are_put_on_one(was: list[str], now: list[str]) -> None:
    found = match(was, now)
    assert len(set(found.values())) == len(found)
    assert all(place < len(now) for place in found.values())
    assert match(was, was) == {number: number for number in range(len(was))}


@pytest.fixture
def code() -> Code:
    return Code.objects.create(name="nobody rang back", added_at=AT)


def read_in(version: Version, code: Code, by: Person, circle: Circle) -> list[Coding]:
    """Somebody who may read it marks every line."""
    at = timezone.now()
    teller = version.story.teller
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=at, until=at + timedelta(9))
    pieces = Piece.objects.filter(version=version).select_related("version__story")
    return [codebook.read_in(piece, code=code, by=by, at=at) for piece in pieces]


def words_of(version: Version, teller: Person) -> dict[int, str | None]:
    pieces = Piece.objects.filter(version=version).select_related("version__story")
    shown = show_each(pieces, viewer=teller, use=Use.READ, at=AT)
    return {pk: each.words for pk, each in shown.items()}


def test_codes_stand_on_the_same_words_in_a_new_version_and_on_the_old_one(
    version: Version, teller: Person, organiser: Person, circle: Circle, code: Code
) -> None:
    before = read_in(version, code, organiser, circle)
    new = verbs.begin_version(version.story, by=teller, at=AT)
    assert not Coding.objects.filter(piece__version=new).exists(), "not before its teller agreed to it"
    verbs.agree(version.story, by=teller, at=AT)
    carried = Coding.objects.filter(piece__version=new)
    old_words, new_words = words_of(version, teller), words_of(new, teller)
    assert sorted(new_words[each.piece_id] or "" for each in carried) == sorted(
        old_words[each.piece_id] or "" for each in before
    )
    assert {(each.by, each.code, each.at) for each in carried} == {(organiser, code, before[0].at)}
    assert Coding.objects.filter(piece__version=version).count() == len(before), "nothing is lost"


def test_a_redacted_line_keeps_its_code(
    version: Version, teller: Person, organiser: Person, circle: Circle, code: Code
) -> None:
    many = len(read_in(version, code, organiser, circle))
    whole = redacting.opened(version, by=teller, at=AT)
    assert whole is not None
    lines = {n: whole.was(n).strip() for n in range(len(whole.lines))}
    [step, *_rest] = [n for n, words in lines.items() if "list" in words]
    lines[step] = lines[step].replace("list", "books")
    redact.read_lines(version, by=teller, at=AT, mark=whole.mark, lines=lines)
    new = redact.finish(version, by=teller, at=AT, mark=whole.mark)
    assert new != version
    verbs.agree(version.story, by=teller, at=AT)
    assert Coding.objects.filter(piece__version=new).count() == many
    assert any("books" in (words or "") for words in words_of(new, teller).values())


def test_what_found_no_place_is_said_to_whoever_read_it(
    version: Version,
    teller: Person,
    organiser: Person,
    circle: Circle,
    code: Code,
    signed_in_client: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    many = len(read_in(version, code, organiser, circle))
    page = f"/stories/{version.story.uuid}/codes/"
    assert "found no place" not in signed_in_client(organiser).get(page).content.decode()
    new = verbs.begin_version(version.story, by=teller, at=AT)
    [*_others, last] = Step.objects.select_related("version__story").filter(version=new)
    verbs.remove(last, by=teller)
    new = verbs.agree(version.story, by=teller, at=AT)
    kept = Coding.objects.filter(piece__version=new).count()
    assert 0 < kept < many
    at = timezone.now()
    consenting.say_yes(new, by=teller, use=Use.READ, circle=circle, at=at, until=at + timedelta(9))
    browser = signed_in_client(organiser)
    with django_assert_max_num_queries(11):
        said = browser.get(page).content.decode()
    assert re.search(r"found no place.*<li>nobody rang back", said, re.DOTALL)
    assert "found no place" not in signed_in_client(teller).get(page).content.decode()
