"""Several questions in one query: each is answered as if asked alone, and no yes is taken for another."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.stories import beside, consenting, rules, showing, tongues, verbs
from betterstory.stories.models import Audience, Form, Gap, Piece, Step, Tongue, Use, Version
from betterstory.stories.rules import ANYONE, PARTNERS, Viewer
from betterstory.stories.tests.conftest import MONTH, again, pieces_of
from conftest import AT, read_every_line

LATER = AT + timedelta(days=3)
USES = [Use.READ, Use.PICTURE, Use.QUOTE, Use.COUNT]


@pytest.fixture
def other_room() -> Circle:
    return people.open_circle(name="another room", kind=Circle.Kind.GATHERING)


@pytest.fixture
def yeses(version: Version, teller: Person, circle: Circle, other_room: Circle) -> None:
    """The room may read it; another room sees one line of it; anyone is quoted another; it is counted."""
    read_every_line(version)
    line, other, *_rest = version.pieces.all()
    for told in (
        {"use": Use.READ, "circle": circle, "form": Form.NO_NAME},
        {"use": Use.QUOTE, "circle": other_room, "piece": line},
        {"use": Use.QUOTE, "audience": Audience.PUBLIC, "piece": other},
        {"use": Use.COUNT, "audience": Audience.PARTNERSHIP},
    ):
        consenting.say_yes(version, by=teller, at=AT, until=MONTH, **told)


@pytest.fixture
def viewers(
    teller: Person, organiser: Person, partner: Person, circle: Circle, other_room: Circle
) -> list[Viewer]:
    return [teller, organiser, partner, circle, other_room, ANYONE, PARTNERS]


def leave_it(version: Version, _teller: Person) -> None:
    """Everything stays as it is."""


def pause(version: Version, teller: Person) -> None:
    consenting.pause(version.story, by=teller, at=LATER)


def hold(version: Version, _teller: Person) -> None:
    version.story.held_at = LATER
    version.story.save()


def destroy(version: Version, teller: Person) -> None:
    consenting.take_back(version.story, by=teller, at=LATER, for_good_now=True)


def open_anew(version: Version, teller: Person) -> None:
    verbs.begin_version(version.story, by=teller, at=LATER)


@pytest.mark.parametrize("how", [leave_it, pause, hold, destroy])
def test_of_several_uses_of_a_line_each_is_answered_by_its_own_yes(
    how: Callable[[Version, Person], None],
    yeses: None,
    version: Version,
    teller: Person,
    viewers: list[Viewer],
) -> None:
    how(version, teller)
    pieces = pieces_of(version)
    for viewer in viewers:
        at_once = rules.forms_of_each_use(viewer, USES, pieces, LATER)
        assert at_once == {use: rules.forms_of_each(viewer, use, pieces, LATER) for use in USES}
    if how is not leave_it:
        return
    line, other, *_rest = (piece.pk for piece in version.pieces.all())
    _teller, _organiser, _partner, room, other_room, anyone, partners = (
        rules.forms_of_each_use(viewer, USES, pieces, LATER) for viewer in viewers
    )
    every = {piece.pk for piece in pieces}
    assert room == {
        Use.READ: dict.fromkeys(every, Form.NO_NAME),
        Use.PICTURE: {},
        Use.QUOTE: {other: Form.CHOSEN_NAME},
        Use.COUNT: {},
    }
    assert {use: set(seen) for use, seen in other_room.items() if seen} == {Use.QUOTE: {line, other}}
    assert {use: set(seen) for use, seen in anyone.items() if seen} == {Use.QUOTE: {other}}
    assert {use: set(seen) for use, seen in partners.items() if seen} == {
        Use.QUOTE: {other},
        Use.COUNT: every,
    }


def test_a_teller_sees_all_of_it_and_is_asked_for_the_counting_alone(
    version: Version, teller: Person, circle: Circle, yeses: None
) -> None:
    people.join(
        circle=circle, person=teller, at=AT
    )  # whose yes is for no name: to Sam it makes no difference
    forms = rules.forms_of_each_use(teller, [Use.READ, Use.COUNT], pieces_of(version), LATER)
    assert (len(forms[Use.READ]), set(forms[Use.READ].values())) == (5, {Form.CHOSEN_NAME})
    assert forms[Use.COUNT] == {}, "counting is for the partnership, and Sam plays no part in it"


def test_several_uses_of_lines_are_one_query(
    yeses: None, version: Version, circle: Circle, django_assert_num_queries: Any
) -> None:
    pieces = pieces_of(version)
    with django_assert_num_queries(1):
        seen = showing.show_each_use(pieces, viewer=circle, uses=[*USES, Use.HEAR], at=LATER)
    assert {use: sum(each.is_shown for each in shown.values()) for use, shown in seen.items()} == {
        Use.READ: 5,
        Use.PICTURE: 0,
        Use.QUOTE: 1,
        Use.COUNT: 0,
        Use.HEAR: 0,
    }


@pytest.mark.parametrize("how", [leave_it, open_anew, pause, hold, destroy])
def test_of_several_questions_each_is_answered_as_if_it_were_asked_alone(
    how: Callable[[Version, Person], None],
    yeses: None,
    version: Version,
    teller: Person,
    viewers: list[Viewer],
    django_assert_max_num_queries: Any,
) -> None:
    how(version, teller)
    versions = [again(each) for each in version.story.versions.order_by("number")]
    questions = [(viewer, (use,)) for viewer in viewers for use in USES]
    for viewer in viewers:
        if isinstance(viewer, Person):
            viewer.circle_ids  # noqa: B018 - read once a request
    with django_assert_max_num_queries(1):
        answers = rules.answers_to(
            [*questions, *((viewer, rules.LOOKING) for viewer in viewers)], versions, LATER
        )
    alone = [rules.may_whole_each(viewer, uses[0], versions, LATER) for viewer, uses in questions]
    whole = [*alone, *(rules.may_look_each(viewer, versions, LATER) for viewer in viewers)]
    assert [answer.whole for answer in answers] == whole
    pieces = list(Piece.objects.filter(version__in=versions).select_related("version__story"))
    for (viewer, (use,)), answer in zip(questions, answers, strict=False):
        held = {piece.pk for piece in pieces if answer.holds(piece)}
        assert held == rules.may_each(viewer, use, pieces, LATER), (viewer, use)


def test_of_a_whole_story_nobody_is_answered_with_anothers_yes(
    yeses: None, version: Version, organiser: Person, partner: Person, circle: Circle, other_room: Circle
) -> None:
    one, story, teller = version.pk, version.story, version.story.teller
    verbs.begin_version(story, by=teller, at=AT)
    newer = again(verbs.agree(story, by=teller, at=AT))  # not asked about, and open to all of them
    for use in (Use.READ, Use.QUOTE):
        for room in (circle, other_room):
            consenting.say_yes(newer, by=teller, use=use, circle=room, at=AT, until=MONTH)
    questions: list[rules.Question] = [
        (circle, (Use.READ,)),
        (other_room, (Use.READ,)),
        (circle, (Use.QUOTE,)),
        (PARTNERS, (Use.COUNT,)),
        (ANYONE, (Use.COUNT,)),
        (organiser, rules.LOOKING),
        (partner, rules.LOOKING),
        (ANYONE, (Use.QUOTE,)),
    ]
    assert [answer.whole for answer in rules.answers_to(questions, [again(version)], LATER)] == [
        {one},
        set(),
        set(),
        {one},
        set(),
        {one},
        set(),
        set(),
    ]
    assert rules.answers_to([], [again(version)], LATER) == []


def test_a_title_is_told_to_whoever_may_look_whatever_else_is_asked(
    yeses: None, version: Version, organiser: Person, partner: Person, django_assert_num_queries: Any
) -> None:
    also: list[rules.Question] = [(ANYONE, (Use.READ,)), (PARTNERS, (Use.COUNT,))]
    story = [again(version)]
    assert organiser.circle_ids
    with django_assert_num_queries(1):
        told = showing.title_and_more(story, viewer=organiser, at=LATER, also=also)
    assert (told[0], [answer.whole for answer in told[1]]) == (
        "The long way round",
        [frozenset(), frozenset({version.pk})],
    )
    hidden = showing.title_and_more(story, viewer=partner, at=LATER, also=also)
    assert (hidden[0], [answer.whole for answer in hidden[1]]) == (
        None,
        [frozenset(), frozenset({version.pk})],
    )


def test_a_yes_to_one_line_opens_no_title(version: Version, teller: Person, other_room: Circle) -> None:
    line = version.pieces.all()[0]
    consenting.say_yes(version, by=teller, use=Use.READ, circle=other_room, piece=line, at=AT, until=MONTH)
    [answer] = rules.answers_to([(other_room, rules.LOOKING)], [again(version)], AT)
    assert (answer.whole, answer.pieces) == (frozenset(), frozenset({line.pk}))
    assert showing.title_of([again(version)], viewer=other_room, at=AT) is None


def test_a_yes_to_a_story_beside_it_tells_no_title(
    version: Version, resident: Person, circle: Circle, another: Version, django_assert_num_queries: Any
) -> None:
    for use in (Use.READ, Use.QUOTE):
        consenting.say_yes(another, by=resident, use=use, circle=circle, at=AT, until=MONTH)
    also: list[rules.Question] = [(circle, (Use.QUOTE,))]
    story, beside = [again(version)], [again(another)]
    with django_assert_num_queries(1):
        title, [quoted] = showing.title_and_more(story, viewer=circle, at=AT, also=also, beside=beside)
    assert title is None
    assert quoted.whole == {another.pk}
    assert showing.title_of(beside, viewer=circle, at=AT) == "Two", "where it is asked for it is told"


def test_a_whole_story_is_read_in_two_queries_each_kind_in_its_order(
    yeses: None, version: Version, circle: Circle, django_assert_num_queries: Any
) -> None:
    Step.objects.filter(version=version, position=1).update(position=7)
    found = again(version)
    with django_assert_num_queries(2):  # the yeses; what is in it
        shown = showing.show_whole(found, viewer=circle, use=Use.READ, at=LATER)
        assert shown is not None
        assert [told.step.position for told in shown.steps] == sorted(
            told.step.position for told in shown.steps
        )
        assert [gap.after for gap, _words in shown.gaps] == [
            told.step for told in shown.steps if "off the list" in told.words
        ]
        assert shown.bits[-1].piece.wish.wish_kind
    kinds = [type(piece) for piece in shown.pieces]
    assert kinds == [Step, Step, Step, Gap, Piece]


@pytest.fixture
def beside_it(version: Version, teller: Person, circle: Circle, organiser: Person) -> Version:
    """A second language, and a reading that its teller let in; the room may read it and see the picture."""
    for use in (Use.READ, Use.PICTURE):
        consenting.say_yes(version, by=teller, use=use, circle=circle, at=AT, until=MONTH)
    tongues.put_right(version, language="Tigrinya", words="and hello")
    assert Tongue.objects.count() == 1
    step = Step.objects.select_related("version__story__teller").filter(version=version)[1]
    reading = beside.stand_beside(step, by=organiser, words="From my desk", at=AT)
    beside.let_in(reading, by=teller, at=AT)
    return again(version)


def test_what_stands_beside_a_story_is_for_whoever_had_it_opened_to_read(
    beside_it: Version, circle: Circle, django_assert_num_queries: Any
) -> None:
    shown = showing.show_whole(beside_it, viewer=circle, use=Use.READ, at=AT)
    picture = showing.show_whole(beside_it, viewer=circle, use=Use.PICTURE, at=AT)
    assert shown is not None
    assert picture is not None
    with django_assert_num_queries(2):
        assert tongues.said_beside(shown).words == "and hello"
        assert [each.words for each in beside.readings_beside(shown)] == ["From my desk"]
        assert tongues.said_beside(picture) == tongues.SaidIn()
        assert beside.readings_beside(picture) == []
    assert tongues.said_beside(shown) == tongues.said_in(beside_it, viewer=circle, at=AT)


def test_a_reading_that_waits_is_beside_it_for_its_writer_alone_and_none_for_anyone(
    beside_it: Version, teller: Person, circle: Circle, organiser: Person
) -> None:
    step = Step.objects.select_related("version__story__teller").filter(version=beside_it)[0]
    beside.stand_beside(step, by=organiser, words="Not read yet", at=AT)
    read_every_line(beside_it)
    consenting.say_yes(beside_it, by=teller, use=Use.READ, audience=Audience.PUBLIC, at=AT, until=MONTH)
    seen = {}
    for viewer in (organiser, teller, circle, ANYONE):
        shown = showing.show_whole(again(beside_it), viewer=viewer, use=Use.READ, at=LATER)
        assert shown is not None
        seen[viewer] = {each.words for each in beside.readings_beside(shown)}
    both = {"From my desk", "Not read yet"}
    assert seen == {organiser: both, teller: both, circle: {"From my desk"}, ANYONE: set()}
