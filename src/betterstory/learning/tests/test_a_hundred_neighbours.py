"""The page of all neighbourhoods where there are a hundred, and how one of them is chosen."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from betterstory.learning import verbs
from betterstory.learning.neighbours import look
from betterstory.learning.neighbours.looking import A_PAGE, MOST_DRAWN
from betterstory.learning.tests._neighbours import PAGE, SignIn, _at, structure
from betterstory.learning.tests.conftest import WORDS
from betterstory.people.models import Body, Circle, Person
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises.models import Ask, Promise
from betterstory.stories.rules import ANYONE
from conftest import AT, TODAY

__all__ = ["_at"]  # fixtures that tests ask for by name


@pytest.fixture
def hundred(organiser: Person, room: Circle, service: Body, round_: Round) -> list[Round]:
    """A hundred neighbourhoods with asks, promises and cards, and lessons between them."""
    letters = "a fairly long sentence that somebody typed, " * 6
    rounds: list[Round] = [round_]
    for number in range(99):
        place = Neighbourhood.objects.create(
            name=f"Place {number:02}, of a longer name", slug=f"p{number:02}"
        )
        rounds += Round.objects.bulk_create(
            Round(neighbourhood=place, number=n, began_on=TODAY, stage="planning") for n in (1, 2)
        )
    for each in rounds:
        _owed(each, letters, room, service)
        structure(each, 1, letters[:200], owner=service)
    lessons = [verbs.write(WORDS, round=each, by=organiser, on=TODAY) for each in rounds[:25]]
    for at, lesson in enumerate(lessons):
        verbs.offer(lesson, by=organiser, on=TODAY)
        for far in (1, 3, 5):
            other = rounds[(at + far) % 25]
            if other.neighbourhood_id != lesson.round.neighbourhood_id:
                verbs.say_how(lesson, round=other, standing="trying", reason="a", by=organiser, on=TODAY)
    return rounds


def _owed(round_: Round, letters: str, room: Circle, service: Body) -> None:
    for number in range(3):
        Ask.objects.create(
            round=round_, words=letters[:300], asked_by_words="us", asked_by=room, of=service, asked_on=TODAY
        )
        Promise.objects.create(
            round=round_,
            words=letters[:300],
            person=room.memberships.all()[0].person,
            by_words="Somebody",
            to_circle=room,
            to_words="us",
            made_on=TODAY,
            due_on=TODAY + timedelta(days=number),
        )


def test_a_hundred_are_as_light_as_one(
    hundred: list[Round],
    organiser: Person,
    signed_in_client: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for page in (1, 2, 10):
        client = signed_in_client(organiser)
        with django_assert_max_num_queries(12, info=f"page {page}"):
            answer = client.get(f"{PAGE}?page={page}")
        assert len(answer.content) < 60_000, page
        found = look(page=page, viewer=organiser, at=AT, on=TODAY)
        assert len(found.places) == A_PAGE, page
        assert len(found.picture.ways) <= MOST_DRAWN, page
        with django_assert_max_num_queries(12, info=f"page {page} on paper"):
            paper = client.get(f"{PAGE}print/?page={page}&paper=a3")
        assert len(paper.content) < 60_000, page


def test_pages_hold_each_once(hundred: list[Round]) -> None:
    names = [
        place.name
        for page in range(1, 15)
        for place in look(page=page, viewer=ANYONE, at=AT, on=TODAY).places
    ]
    assert names == sorted(Neighbourhood.objects.values_list("name", flat=True))
    assert len(names) == 100


def test_with_many_every_page_names_all_of_them_to_choose_from(hundred: list[Round]) -> None:
    found = look(page=2, viewer=ANYONE, at=AT, on=TODAY)
    names = list(Neighbourhood.objects.order_by("name").values_list("name", flat=True))
    assert [first for first, _last in found.pages] == names[::A_PAGE]
    assert found.pages[-1][1] == names[-1]
    assert found.pages[1] == (found.places[0].name, found.places[-1].name)


def test_a_towns_seven_need_nothing_to_choose(round_: Round) -> None:
    for number in range(6):
        Neighbourhood.objects.create(name=f"Lane {number}", slug=f"lane-{number}")
    found = look(page=1, viewer=ANYONE, at=AT, on=TODAY)
    assert (len(found.places), found.pages, found.has_more) == (7, [], False)
