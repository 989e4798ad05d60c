"""Leafing through many stories: only what may be read is opened, and a story without its key is left out."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from betterstory.people.keys import keyring
from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, leafing
from betterstory.stories.finding import find
from betterstory.stories.models import Use, Version
from betterstory.stories.plain_letters import may_hold, plain_letters
from conftest import AT

MONTH = AT + timedelta(days=30)


def opened(viewer: Person) -> list[bytes]:
    allowed, _is_all = leafing.readable(viewer, AT)
    return [leaf.words for leaf in leafing.leaf_through(allowed)]


def test_only_what_may_be_read_is_opened(
    version: Version, teller: Person, circle: Circle, organiser: Person
) -> None:
    assert opened(organiser) == []
    yes = consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    [words] = opened(organiser)
    assert b"snow" in words
    consenting.stop(yes, by=teller, at=AT)
    assert opened(organiser) == []


def test_a_story_whose_key_is_gone_is_left_out_and_the_others_are_found(
    version: Version, teller: Person
) -> None:
    assert find("snow", viewer=teller, at=AT).found
    keyring().destroy(version.story.key)
    assert find("snow", viewer=teller, at=AT).found == ()


def test_it_is_as_many_questions_for_many_as_for_one(
    version: Version, teller: Person, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        opened(teller)


@given(st.text(max_size=30), st.text(alphabet="abeks", min_size=1, max_size=4), st.text(max_size=30))
def test_the_quick_look_never_says_no_to_what_is_there(before: str, words: str, after: str) -> None:
    for told in (before + words + after, before + "é".join(words) + after, before + words.upper() + after):
        raw = told.encode("utf-8", "surrogatepass")
        for looked_for in (words, plain_letters(told)[:3]):
            assert may_hold(raw, looked_for) or looked_for not in plain_letters(told)
