"""The thread down to the moment a promise answers, quiet where its teller is; both ways ask little."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.conversations.models import Insight, Level
from betterstory.people.models import Circle, Person
from betterstory.promises.models import Promise
from betterstory.stories import consenting
from betterstory.stories.models import Piece, Seen, Story, Use, Version
from betterstory.website.tests._a_thread import (
    GAP,
    STEP,
    body,
    let_it_be_counted,
    promise,
    say_yes,
)

__all__ = ["promise"]


def test_from_a_promise_down_to_the_moment_it_answers(
    promise: Promise,
    version: Version,
    circle: Circle,
    organiser: Person,
    signed_in_client: Callable[..., Client],
) -> None:
    say_yes(version, circle)
    let_it_be_counted(version)
    page = body(signed_in_client(organiser).get(f"/thread/promise/{promise.pk}/"))
    assert f"/stories/{version.story.uuid}/" not in page, "a line that may be quoted leads to no story"
    assert Seen.objects.get().use == Use.QUOTE, "and its teller sees who read it"
    say_yes(version, circle, Use.READ)
    page = body(signed_in_client(organiser).get(f"/thread/promise/{promise.pk}/"))
    order = ["You keep your place", "Keep our place", "Miss one visit", "About 120 people", GAP, STEP]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert f"/thread/story/{version.story.uuid}/" in page, "and back again"


def test_anyone_sees_the_promise_but_not_a_word_its_teller_has_not_opened(
    promise: Promise, version: Version
) -> None:
    page = body(Client().get(f"/thread/promise/{promise.pk}/"))
    assert "You keep your place" in page
    for words in (STEP, GAP, "Miss one visit", "Robin", "Sam", str(version.story.uuid)):
        assert words not in page
    assert page.count("quiet-knot") == 1, "however many pieces there are"


def test_when_the_story_is_taken_back_the_promise_stands_and_the_words_are_gone(
    promise: Promise,
    version: Version,
    circle: Circle,
    organiser: Person,
    signed_in_client: Callable[..., Client],
) -> None:
    say_yes(version, circle)
    client = signed_in_client(organiser)
    assert STEP in body(client.get(f"/thread/promise/{promise.pk}/"))
    consenting.take_back(version.story, by=version.story.teller, at=timezone.now())
    page = body(client.get(f"/thread/promise/{promise.pk}/"))
    assert "You keep your place" in page
    assert STEP not in page
    assert GAP not in page
    assert client.get(f"/thread/story/{version.story.uuid}/").status_code == 403


@pytest.mark.parametrize("words_shown", [True, False])
def test_on_the_way_down_too_a_count_leaves_when_the_yes_to_counting_ends(
    words_shown: bool,
    promise: Promise,
    version: Version,
    circle: Circle,
    organiser: Person,
    signed_in_client: Callable[..., Client],
) -> None:
    if words_shown:
        say_yes(version, circle)
    yes, client = let_it_be_counted(version), signed_in_client(organiser)
    assert "About 120 people" in body(client.get(f"/thread/promise/{promise.pk}/"))
    consenting.stop(yes, by=version.story.teller, at=timezone.now())
    page = body(client.get(f"/thread/promise/{promise.pk}/"))
    assert (GAP in page, "You keep your place" in page) == (words_shown, True)
    assert "About 120 people" not in page
    assert "/behind/releases/" not in page


def test_figures_beside_no_moment_stay_on_the_thread(promise: Promise) -> None:
    Insight.objects.get().pieces.clear()
    assert "About 120 people" in body(Client().get(f"/thread/promise/{promise.pk}/"))


def test_where_a_teller_lets_no_mark_stay_the_thread_says_nothing(promise: Promise, version: Version) -> None:
    url = f"/thread/promise/{promise.pk}/"
    assert body(Client().get(url)).count("quiet-knot") == 1
    Story.objects.update(leaves_a_mark=False)
    assert "quiet-knot" not in body(Client().get(url))


@pytest.mark.parametrize("way", ["down", "up"])
def test_the_thread_asks_the_database_little(
    way: str,
    promise: Promise,
    version: Version,
    circle: Circle,
    teller: Person,
    signed_in_client: Callable[..., Client],
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(20):
        extra = Insight.objects.create(
            round=promise.round, level=Level.TREND, number=100 + number, words="more", added_at=timezone.now()
        )
        extra.pieces.set(Piece.objects.filter(version=version))
    client = signed_in_client(teller)
    url = f"/thread/promise/{promise.pk}/" if way == "down" else f"/thread/story/{version.story.uuid}/"
    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200
