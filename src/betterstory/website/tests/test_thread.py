"""The thread: walkable both ways, and quiet where its teller is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.behind.models import Pattern, Release
from betterstory.conversations.models import Insight, Level
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Promise
from betterstory.stories import consenting
from betterstory.stories import verbs as told
from betterstory.stories.models import Audience, Consent, Gap, Piece, Seen, Step, Story, Use, Version

STEP, GAP = "They took me off the list", "Back of the queue"


@pytest.fixture
def promise(version: Version, round_: Round, organiser: Person, circle: Circle) -> Promise:
    """A promise that answers an ask, that rests on a card, that points at a step, a gap and a release."""
    at = timezone.now()
    talking = Body.objects.create(name="The Talking Service")
    pattern = Pattern.objects.create(
        name="Back of the queue", toml="", made_from=version, from_a_story=True, made_at=at
    )
    release = Release.objects.create(
        number=3,
        pattern=pattern,
        figures={"headline": "About 120 people went this way."},
        source="Visits kept by the Talking Service.",
        cannot_see="Who never asked.",
        data_mark="x",
        released_at=at,
    )
    card = Insight.objects.create(
        round=round_,
        level=Level.STRUCTURE,
        number=8,
        words="Miss one visit and the wait starts again.",
        owner=talking,
        release=release,
        added_at=at,
    )
    card.pieces.set([Step.objects.get(version=version, position=2).pk, Gap.objects.get(version=version).pk])
    pattern.pieces.set([Gap.objects.get(version=version).pk])
    today = timezone.localdate()
    ask = verbs.ask(
        round=round_,
        words="Keep our place.",
        of=talking,
        by=organiser,
        on=today,
        asked_by=circle,
        asked_by_words="The room",
        insight=card,
    )
    post = Post.objects.create(body=talking, title="Head of the service", holder=None)
    due = today + timedelta(days=30)
    return verbs.answer_yes(ask, by=organiser, on=today, post=post, words="You keep your place.", due_on=due)


def body(answer: Any) -> str:
    return str(answer.content.decode())


def say_yes(version: Version, circle: Circle, use: Use = Use.QUOTE) -> None:
    at = timezone.now()
    consenting.say_yes(
        version, by=version.story.teller, use=use, circle=circle, at=at, until=at + timedelta(days=9)
    )


def let_it_be_counted(version: Version) -> Consent:
    at = timezone.now()
    return consenting.say_yes(
        version,
        by=version.story.teller,
        use=Use.COUNT,
        audience=Audience.PARTNERSHIP,
        at=at,
        until=at + timedelta(days=9),
    )


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


def test_from_a_story_up_to_what_it_changed(
    promise: Promise,
    version: Version,
    circle: Circle,
    organiser: Person,
    signed_in_client: Callable[..., Client],
) -> None:
    say_yes(version, circle, Use.READ)
    say_yes(version, circle)
    let_it_be_counted(version)
    page = body(signed_in_client(organiser).get(f"/thread/story/{version.story.uuid}/"))
    order = ["Read the story", "About 120 people", "Miss one visit", "Keep our place", "You keep your place"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert f"/thread/promise/{promise.pk}/" in page, "and back again"


def test_a_count_leaves_the_story_when_the_yes_to_counting_ends(
    promise: Promise,
    version: Version,
    circle: Circle,
    organiser: Person,
    signed_in_client: Callable[..., Client],
) -> None:
    say_yes(version, circle, Use.READ)
    page = body(signed_in_client(organiser).get(f"/thread/story/{version.story.uuid}/"))
    assert "You keep your place" in page
    assert "About 120 people" not in page
    assert "Miss one visit" not in page, "a card made of a story is quoted only with a yes to quoting"


def agree_to_another(version: Version, teller: Person) -> Version:
    """A later version of the same story, agreed, to which nobody said yes."""
    now = timezone.now()
    told.begin_version(version.story, by=teller, at=now)
    told.agree(version.story, by=teller, at=now)
    return Version.objects.exclude(pk=version.pk).get(story=version.story)


def test_a_card_of_another_version_is_for_whoever_may_see_that_one(
    promise: Promise,
    version: Version,
    circle: Circle,
    organiser: Person,
    teller: Person,
    signed_in_client: Callable[..., Client],
) -> None:
    newer = agree_to_another(version, teller)
    for use in (Use.READ, Use.QUOTE):
        say_yes(newer, circle, use)
    card = Insight.objects.create(
        round=promise.round, level=Level.TREND, number=9, words="It goes on.", added_at=timezone.now()
    )
    card.pieces.set(Piece.objects.filter(version=newer)[:1])
    url, client = f"/thread/story/{version.story.uuid}/", signed_in_client(organiser)
    page = body(client.get(url))
    assert "It goes on." in page
    assert "Miss one visit" not in page, "it rests on the version before"
    say_yes(version, circle)
    assert "Miss one visit" in body(client.get(url))


def test_a_count_of_another_version_goes_with_the_yes_to_that_one(
    promise: Promise,
    version: Version,
    circle: Circle,
    organiser: Person,
    teller: Person,
    signed_in_client: Callable[..., Client],
) -> None:
    newer = agree_to_another(version, teller)
    say_yes(newer, circle, Use.READ)
    let_it_be_counted(newer)
    url, client = f"/thread/story/{version.story.uuid}/", signed_in_client(organiser)
    assert "About 120 people" not in body(client.get(url)), "it was made from the version before"
    let_it_be_counted(version)
    assert "About 120 people" in body(client.get(url))


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


def test_the_way_up_is_for_those_who_may_see_the_story(
    promise: Promise, version: Version, partner: Person, signed_in_client: Callable[..., Client]
) -> None:
    for client in (Client(), signed_in_client(partner)):
        answer = client.get(f"/thread/story/{version.story.uuid}/")
        assert answer.status_code == 403
        assert "long way round" not in body(answer)
        assert "You keep your place" not in body(answer), "that it rests on this story is not told either"


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
