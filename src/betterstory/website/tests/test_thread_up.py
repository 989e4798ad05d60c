"""The thread from a story up to what it changed, for whoever may see the story."""

from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from betterstory.conversations.models import Insight, Level
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Part, Person, Role
from betterstory.promises.models import Promise
from betterstory.stories import consenting
from betterstory.stories import verbs as told
from betterstory.stories.models import Piece, Use, Version
from betterstory.website.tests._a_thread import (
    body,
    let_it_be_counted,
    promise,
    say_yes,
    told_by_another,
)

__all__ = ["promise"]


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


def test_figures_about_two_stories_need_the_yes_of_both(
    promise: Promise,
    version: Version,
    circle: Circle,
    organiser: Person,
    resident: Person,
    signed_in_client: Callable[..., Client],
) -> None:
    other = told_by_another(version, resident)
    say_yes(version, circle, Use.READ)
    let_it_be_counted(version)
    url, client = f"/thread/story/{version.story.uuid}/", signed_in_client(organiser)
    assert "About 120 people" not in body(client.get(url))
    yes = let_it_be_counted(other)
    assert "About 120 people" in body(client.get(url))
    consenting.stop(yes, by=resident, at=timezone.now())
    assert "About 120 people" not in body(client.get(url))


def test_whoever_may_read_the_other_story_of_the_same_figures_is_told_nothing_of_this_one(
    promise: Promise,
    version: Version,
    circle: Circle,
    organiser: Person,
    resident: Person,
    signed_in_client: Callable[..., Client],
) -> None:
    other = told_by_another(version, resident)
    for use in (Use.READ, Use.QUOTE):
        say_yes(other, circle, use)
    client = signed_in_client(organiser)
    assert client.get(f"/thread/story/{version.story.uuid}/").status_code == 403
    say_yes(version, circle, Use.READ)
    page = body(client.get(f"/thread/story/{version.story.uuid}/"))
    assert "The long way round" in page
    assert "Nobody rang." not in page


def test_the_way_up_begins_with_what_was_agreed_while_a_newer_version_is_being_told(
    promise: Promise,
    version: Version,
    circle: Circle,
    organiser: Person,
    teller: Person,
    signed_in_client: Callable[..., Client],
) -> None:
    say_yes(version, circle, Use.READ)
    say_yes(version, circle)
    told.begin_version(version.story, by=teller, at=timezone.now())
    page = body(signed_in_client(organiser).get(f"/thread/story/{version.story.uuid}/"))
    assert "Miss one visit" in page
    assert f"/behind/patterns/from/{version.pk}/" in page, "it is asked of the agreed one"


def test_what_is_not_agreed_leads_to_no_count(
    promise: Promise, version: Version, teller: Person, signed_in_client: Callable[..., Client]
) -> None:
    Part.objects.create(person=teller, role=Role.ORGANISER, joined_on=timezone.localdate())
    url, way = f"/thread/story/{version.story.uuid}/", f"/behind/patterns/from/{version.pk}/"
    assert way in body(signed_in_client(teller).get(url))
    Version.objects.update(agreed_at=None)
    assert way not in body(signed_in_client(teller).get(url))


def test_the_count_is_shown_on_the_way_up_to_whoever_may_see_the_story(
    promise: Promise,
    version: Version,
    circle: Circle,
    resident: Person,
    signed_in_client: Callable[..., Client],
) -> None:
    people.join(circle=circle, person=resident, at=timezone.now())
    say_yes(version, circle, Use.READ)
    let_it_be_counted(version)
    page = body(signed_in_client(resident).get(f"/thread/story/{version.story.uuid}/"))
    assert "About 120 people" in page, "counting is for the partnership; what came of it is not"


def test_the_way_up_is_for_those_who_may_see_the_story(
    promise: Promise, version: Version, partner: Person, signed_in_client: Callable[..., Client]
) -> None:
    for client in (Client(), signed_in_client(partner)):
        answer = client.get(f"/thread/story/{version.story.uuid}/")
        assert answer.status_code == 403
        assert "long way round" not in body(answer)
        assert "You keep your place" not in body(answer), "that it rests on this story is not told either"
