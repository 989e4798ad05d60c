"""All neighbourhoods on one page: what stands there, and for whom."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from betterstory.learning import verbs
from betterstory.learning.models import Lesson, Standing
from betterstory.learning.neighbours import look
from betterstory.learning.tests._neighbours import PAGE, SignIn, _at, structure
from betterstory.learning.tests.conftest import WORDS
from betterstory.people.models import Body, Circle, Person
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round, Stage
from betterstory.promises import verbs as promises
from betterstory.promises.models import Promise
from betterstory.promises.tests.conftest import say_yes
from betterstory.stories import verbs as stories
from betterstory.stories.models import Audience, Consent, Gap, Seen, Version
from betterstory.stories.rules import ANYONE
from conftest import AT, TODAY

__all__ = ["_at"]  # fixtures that tests ask for by name


def text(answer: Any) -> str:
    return str(answer.content.decode())


def told_in(place: Neighbourhood, teller: Person) -> Version:
    """A story told there, with a gap of the same kind as the first one's."""
    told = stories.begin(
        by=teller,
        teller=teller,
        neighbourhood=place,
        title="By the lock",
        chosen_name="Jo",
        limits_heard=True,
        at=AT,
    )
    stories.write(told, by=teller, text="It was long.", at=AT)
    step = stories.add_step(told, by=teller, words="I waited by the lock.", rings=["me"])
    stories.name_gap(told, by=teller, after=step, words="Sent home again", kind=Gap.GapKind.SENT_BACK)
    stories.agree(told, by=teller, at=AT)
    return Version.objects.select_related("story").get(story=told)


def test_each_stands_by_name_with_its_round_in_words(
    side: Round, round_: Round, organiser: Person, client: Client
) -> None:
    places.move_on(round_, to=Stage.MAKING_SENSE, by=organiser)
    places.name_neighbourhood(name="Abbey End", by=organiser)
    found = look(page=1, viewer=ANYONE, at=AT, on=TODAY)
    assert [(place.name, place.words) for place in found.places] == [
        ("Abbey End", "Not begun yet"),
        ("Lock Side", "Round 1: poolside"),
        ("Tanners Row", "Round 1: making sense"),
    ]
    page = text(client.get(PAGE))
    names = re.findall(r'id="in-([a-z-]+)"', page)
    assert names == ["abbey-end", "lock-side", "tanners-row"], "the list"
    assert re.findall(r'href="#in-([a-z-]+)"', page) == names, "and the picture say the same"
    places.end_round(round_, by=organiser, on=TODAY)
    assert "Round 1 is over" in text(client.get(PAGE))


def test_a_second_round_is_the_one_that_shows(round_: Round, organiser: Person) -> None:
    places.begin_round(neighbourhood=round_.neighbourhood, by=organiser, on=TODAY)
    [place] = look(page=1, viewer=ANYONE, at=AT, on=TODAY).places
    assert place.words == "Round 2: poolside"


def test_lessons_on_their_way_are_lines_and_words(
    offered: Lesson, side: Round, mo: Person, organiser: Person, client: Client
) -> None:
    verbs.say_how(offered, round=side, standing=Standing.ADAPTED, reason="a", changed="b", by=mo, on=TODAY)
    again = places.begin_round(neighbourhood=offered.round.neighbourhood, by=organiser, on=TODAY)
    verbs.say_how(offered, round=again, standing=Standing.TRYING, reason="a", by=organiser, on=TODAY)
    found = look(page=1, viewer=ANYONE, at=AT, on=TODAY)
    assert {(way.start, way.end) for way in found.carried if way.is_drawn} == {("tanners-row", "lock-side")}
    assert len(found.picture.ways) == 1, "from one round to the next of the same place is for the list"
    page = text(client.get(PAGE))
    for number in re.findall(r'href="#way-(\d+)"', page):
        assert f'id="way-{number}"' in page, "everything in the picture is in the list"
    assert "From Tanners Row to Lock Side" in page
    assert "Tanners Row, from one round to the next" in page
    assert "we tried it with a change" in page


def test_a_way_none_of_whose_lessons_was_for_there_is_broken(
    offered: Lesson, side: Round, mo: Person
) -> None:
    verbs.say_how(offered, round=side, standing=Standing.NOT_FOR_HERE, reason="a", by=mo, on=TODAY)
    assert look(page=1, viewer=ANYONE, at=AT, on=TODAY).picture.ways[0].refused
    verbs.say_how(offered, round=side, standing=Standing.TRIED, reason="a", after=1, by=mo, on=TODAY)
    assert not look(page=1, viewer=ANYONE, at=AT, on=TODAY).picture.ways[0].refused


def test_what_is_not_offered_does_not_travel_here(lesson: Lesson, organiser: Person, client: Client) -> None:
    again = places.begin_round(neighbourhood=lesson.round.neighbourhood, by=organiser, on=TODAY)
    verbs.say_how(lesson, round=again, standing=Standing.TRYING, reason="a", by=organiser, on=TODAY)
    assert WORDS.now not in text(client.get(PAGE))


def test_what_is_owed_is_the_longest_and_never_how_many(
    promise: Promise, round_: Round, room: Circle, service: Body, organiser: Person, client: Client
) -> None:
    for days in (3, 2, 1):
        promises.ask(
            round=round_,
            words=f"Asked {days} days ago.",
            of=service,
            by=organiser,
            on=TODAY - timedelta(days=days),
            asked_by=room,
            asked_by_words="us",
        )
    page = text(client.get(PAGE))
    assert promise.words in page
    assert [words in page for words in ("Asked 3 days", "Asked 2 days", "Asked 1 days")] == [
        True,
        True,
        False,
    ]
    for total in ("3 asks", "4 asks", "1 promise", "score", "rank"):
        assert total not in page


def test_a_gap_is_shared_only_as_far_as_its_tellers_say_yes(
    version: Version,
    gap: Gap,
    side: Round,
    resident: Person,
    client: Client,
    partner: Person,
    signed_in_client: SignIn,
) -> None:
    other = told_in(side.neighbourhood, resident)
    say_yes(version, gap, audience=Audience.PUBLIC)
    assert "Sent back" not in text(client.get(PAGE)), "one neighbourhood alone shares nothing"
    assert not Seen.objects.exists()
    say_yes(other, Gap.objects.get(version=other), audience=Audience.NEIGHBOURHOODS)
    assert "Sent back" not in text(client.get(PAGE)), "a stranger may see one of the two"
    page = text(signed_in_client(partner).get(PAGE))
    assert "Sent back" in page
    assert "Back of the queue" not in page, "its kind, and no word of it"
    assert "Robin" not in page
    assert Seen.objects.filter(person=partner).count() == 2, "both tellers can read who saw it"
    assert "Sent back" not in text(signed_in_client(partner).get(f"{PAGE}print/")), "paper asks as anyone"
    Consent.objects.filter(version=other).update(ended_at=AT)
    assert "Sent back" not in text(signed_in_client(partner).get(PAGE))


def test_no_number_of_stories_stands_anywhere(
    version: Version, gap: Gap, side: Round, welcome: Callable[..., Person], client: Client
) -> None:
    say_yes(version, gap, audience=Audience.PUBLIC)
    for name in ("Jo", "Al"):
        other = told_in(side.neighbourhood, welcome(name))
        say_yes(other, Gap.objects.get(version=other), audience=Audience.PUBLIC)
    page = text(client.get(PAGE))
    shared = page[page.index("Gaps we share") :]
    assert "Sent back" in shared
    assert not re.search(r"\b(2|3|two|three) stor", shared)


def test_a_rule_the_same_body_could_change_is_shared(
    round_: Round, side: Round, service: Body, client: Client, gap: Gap
) -> None:
    structure(round_, 1, "One missed visit starts the wait again.", owner=service)
    assert "could change" not in text(client.get(PAGE))
    there = structure(side, 1, "The letter comes too late.", owner=service)
    page = text(client.get(PAGE))
    assert "Rules and habits that The Talking Service could change" in page
    assert "The letter comes too late." in page
    there.pieces.add(gap.after)
    assert "could change" not in text(client.get(PAGE)), "it rests on a step nobody may see"


def test_figures_of_a_story_do_not_show_what_is_shared(
    round_: Round, side: Round, release: Any, client: Client
) -> None:
    for each in (round_, side):
        structure(each, 1, "A rule.", release=release)
    assert "About 120 people" in text(client.get(PAGE))
    type(release.pattern).objects.update(from_a_story=True)
    assert "About 120 people" not in text(client.get(PAGE))
