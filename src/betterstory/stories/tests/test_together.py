"""Several stories side by side: drawn without words, and the gaps they share found and counted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from betterstory.people.models import Circle, Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import consenting, verbs
from betterstory.stories.how_long import HowLong
from betterstory.stories.models import Gap, Use, Version
from betterstory.stories.picture import Journey, PictureGap
from betterstory.stories.picture.together import find_shared, lay_out
from betterstory.stories.rules import ANYONE
from betterstory.stories.tests._pictures import COMMUNITY, HOSPITAL, SERVICES, journeys, step, svgs
from betterstory.stories.together import stories_for
from conftest import AT

type Tell = Callable[..., Version]
MONTH = AT + timedelta(days=30)


def journey(*gaps: tuple[str, str, str]) -> Journey:
    """A story with these gaps: of a kind, from a ring, to a ring."""
    steps = tuple(step(at + 1, (start,)) for at, (_kind, start, _end) in enumerate(gaps)) or (step(1),)
    drawn = (
        PictureGap(f"g{at}", "A", f"s{at + 1}", None, kind, end) for at, (kind, _, end) in enumerate(gaps)
    )
    return Journey(steps, tuple(drawn))


WAIT, DROPPED = ("wait", SERVICES, SERVICES), ("dropped", HOSPITAL, SERVICES)


def test_a_gap_is_shared_by_kind_and_by_both_its_rings() -> None:
    stories = [
        journey(WAIT, DROPPED),
        journey(DROPPED, WAIT),
        journey(("wait", SERVICES, HOSPITAL)),
        journey(WAIT),
    ]
    found = [(each.letter, each.kind, each.start, each.end, each.rows) for each in find_shared(stories)]
    assert found == [("A", *WAIT, (0, 1, 3)), ("B", *DROPPED, (0, 1))]


@pytest.mark.parametrize(
    "other", [("dropped", SERVICES, SERVICES), ("wait", COMMUNITY, SERVICES), ("wait", SERVICES, COMMUNITY)]
)
def test_another_kind_or_another_hand_over_is_another_gap(other: tuple[str, str, str]) -> None:
    assert find_shared([journey(WAIT), journey(other)]) == ()
    assert len(find_shared([journey(WAIT), journey(WAIT)])) == 1


def test_a_story_counts_once_however_often_it_happened_there() -> None:
    assert find_shared([journey(WAIT, WAIT, WAIT), journey(DROPPED)]) == ()
    (shared,) = find_shared([journey(WAIT, WAIT), journey(WAIT)])
    assert shared.rows == (0, 1)
    assert shared.gaps == ("g0", "g0")


@given(st.lists(journeys(), min_size=1, max_size=5))
@settings(max_examples=30, deadline=None)
def test_every_step_and_gap_of_every_story_is_drawn_and_no_word_of_any(several: list[Journey]) -> None:
    together = lay_out(several)
    for row, told in zip(together.rows, several, strict=True):
        assert len(row.marks) == len(told.steps)
        assert len(row.holes) == len(told.gaps)
        assert sum(mark.kindness for mark in row.marks) == sum(each.kindness for each in told.steps)
        xs = [mark.x for mark in row.marks]
        assert xs == sorted(set(xs))
        for hole in row.holes:
            assert 0 < hole.box.x < hole.box.right < row.width <= together.width
            assert not any(hole.box.x < x + 2.2 and x - 2.2 < hole.box.right for x in xs)
    html = render_to_string("stories/_together.html", {"picture": together, "sentence": ""})
    letters = {"".join(each.itertext()).strip() for each in svgs(html)[1].iter() if each.tag.endswith("text")}
    assert letters == {each.letter for each in together.shared}


@pytest.fixture
def tell(neighbourhood: Neighbourhood, welcome: Callable[..., Person]) -> Tell:
    """A story of two steps and a wait, by a teller of its own: tell("Ann")."""

    def make(name: str) -> Version:
        teller = welcome(name)
        words = f"secret of {name}"
        told = verbs.begin(
            by=teller,
            teller=teller,
            neighbourhood=neighbourhood,
            title=words,
            chosen_name=name,
            limits_heard=True,
            at=AT,
        )
        first = verbs.add_step(told, by=teller, words=words, rings=[SERVICES])
        verbs.add_step(told, by=teller, words=words, when="May", after=HowLong(3, "weeks"))
        lasted = HowLong(19, "weeks")
        verbs.name_gap(told, by=teller, after=first, words=words, kind=Gap.GapKind.WAIT, lasted=lasted)
        verbs.agree(told, by=teller, at=AT)
        return Version.objects.select_related("story__teller").get(story=told)

    return make


def show_picture(version: Version, circle: Circle) -> None:
    consenting.say_yes(version, by=version.story.teller, use=Use.PICTURE, circle=circle, at=AT, until=MONTH)


def test_only_stories_are_there_whose_picture_this_viewer_may_see(tell: Tell, circle: Circle) -> None:
    ann, bob, cat = tell("Ann"), tell("Bob"), tell("Cat")
    show_picture(ann, circle)
    show_picture(bob, circle)
    consenting.say_yes(cat, by=cat.story.teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    assert {each.version.pk for each in stories_for(circle, at=AT)} == {ann.pk, bob.pk}, (
        "a yes to read is no yes"
    )
    assert stories_for(ANYONE, at=AT) == []
    assert stories_for(circle, at=MONTH) == [], "a yes ends"
    consenting.pause(bob.story, by=bob.story.teller, at=AT)
    assert {each.version.pk for each in stories_for(circle, at=AT)} == {ann.pk}


def test_no_word_and_no_length_of_them_is_opened(tell: Tell, circle: Circle) -> None:
    for name in ("Ann", "Bob"):
        show_picture(tell(name), circle)
    for each in stories_for(circle, at=AT):
        assert all(
            step.words is None and step.when == "" and step.after is None for step in each.journey.steps
        )
        assert all(gap.words is None and gap.lasted is None for gap in each.journey.gaps)


def test_ten_stories_take_as_many_queries_as_two(tell: Tell, circle: Circle) -> None:
    counts = []
    for names in (("Ann", "Bob"), tuple("CDEFGHIJ")):
        for name in names:
            show_picture(tell(name), circle)
        with CaptureQueriesContext(connection) as queries:
            found = stories_for(circle, at=AT)
        counts.append((len(found), len(queries)))
    assert [many for many, _ in counts] == [2, 10]
    assert counts[0][1] == counts[1][1] == 4
