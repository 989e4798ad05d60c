"""A lesson on its way: taken up elsewhere, tried, changed or not for there; in any order people press."""

from dataclasses import dataclass, field

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from betterstory.learning import verbs
from betterstory.learning.models import Lesson, Standing, Trial, TrialWords
from betterstory.learning.tests.conftest import OTHER_WORDS, gather
from betterstory.people.models import Person
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from betterstory.ui.refusal import Refusal
from conftest import TODAY

# how it stands    why     what changed   refused
SAYINGS = """
trying             a       -              -
tried              a       -              -
tried              -       -              say-why
adapted            a       b              -
adapted            a       -              say-what-changed
adapted            -       b              say-why
not_for_here       a       -              -
not_for_here       -       -              say-why
"""


@pytest.mark.parametrize("row", SAYINGS.strip().splitlines())
def test_each_says_why(row: str, offered: Lesson, side: Round, mo: Person) -> None:
    standing, reason, changed, refused = ("" if word == "-" else word for word in row.split())
    told = {"standing": standing, "reason": reason, "changed": changed}
    if refused:
        with pytest.raises(Refusal) as why:
            verbs.say_how(offered, round=side, by=mo, on=TODAY, **told)  # type: ignore[arg-type]
        assert why.value.code == refused
        assert not Trial.objects.exists()
    else:
        trial = verbs.say_how(offered, round=side, by=mo, on=TODAY, **told)  # type: ignore[arg-type]
        assert (trial.standing, trial.words.reason, trial.words.changed) == (standing, reason, changed)


def test_what_is_not_offered_stays_at_home(lesson: Lesson, side: Round, mo: Person) -> None:
    with pytest.raises(verbs.NotOffered):
        verbs.say_how(lesson, round=side, standing=Standing.TRYING, reason="a", by=mo, on=TODAY)


def test_the_next_round_at_home_may_take_it_up_before_it_is_offered(
    lesson: Lesson, organiser: Person
) -> None:
    home = lesson.round.neighbourhood
    later = places.begin_round(neighbourhood=home, by=organiser, on=TODAY)
    verbs.say_how(lesson, round=later, standing=Standing.TRYING, reason="a", by=organiser, on=TODAY)
    with pytest.raises(verbs.LearnedHere):
        verbs.say_how(
            lesson, round=lesson.round, standing=Standing.TRYING, reason="a", by=organiser, on=TODAY
        )


def test_the_database_too_wants_the_change_and_the_reason(offered: Lesson, side: Round, mo: Person) -> None:
    verbs.say_how(offered, round=side, standing=Standing.ADAPTED, reason="a", changed="b", by=mo, on=TODAY)
    for gone in ({"changed": ""}, {"reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TrialWords.objects.update(**gone)


def test_it_may_become_a_lesson_that_says_where_it_came_from(
    offered: Lesson, side: Round, mo: Person, round_: Round, tomasz: Person
) -> None:
    trial = verbs.say_how(offered, round=side, standing=Standing.TRIED, reason="a", by=mo, on=TODAY)
    grown = verbs.write(OTHER_WORDS, round=side, by=mo, on=TODAY, came_from=trial)
    assert grown.came_from is not None
    assert grown.came_from.lesson == offered
    with pytest.raises(verbs.NotOfThisRound):
        verbs.write(OTHER_WORDS, round=round_, by=tomasz, on=TODAY, came_from=trial)


WHO = ("organiser", "tomasz", "mo", "nobody")
STEP = st.tuples(
    st.sampled_from(["offer", "say", "say", "say", "again"]),
    st.sampled_from(WHO),
    st.sampled_from(["side", "wharf", "home"]),
    st.sampled_from(Standing.values),
    st.sampled_from(["", "because"]),
    st.sampled_from(["", "a bell"]),
    st.booleans(),
)


@dataclass
class World:
    """Who is where, kept by hand beside what the database says."""

    people: dict[str, Person]
    rounds: dict[str, Round]
    lesson: Lesson
    is_offered: bool = False
    version: int = 1
    said: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def is_of(self, who: str, where: str) -> bool:
        return who == "organiser" or (who, where) in {("tomasz", "home"), ("mo", "side")}


@pytest.fixture
def world(
    lesson: Lesson, side: Round, mo: Person, tomasz: Person, organiser: Person, resident: Person
) -> World:
    wharf = Neighbourhood.objects.create(name="Upper Wharf", slug="upper-wharf")
    third = places.begin_round(neighbourhood=wharf, by=organiser, on=TODAY)
    gather(third, "an evening at the Wharf")
    people = {"organiser": organiser, "tomasz": tomasz, "mo": mo, "nobody": resident}
    return World(people, {"side": side, "wharf": third, "home": lesson.round}, lesson)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=12))
def test_whatever_people_press(world: World, steps: list[tuple[str, str, str, str, str, str, bool]]) -> None:
    world.is_offered, world.version, world.said = False, 1, {}
    with transaction.atomic():
        for step in steps:
            press(world, *step)
            check(world)
        transaction.set_rollback(True)


def press(
    world: World, what: str, who: str, where: str, standing: str, reason: str, changed: str, fresh: bool
) -> None:
    """One press; what is expected is said here without asking the database."""
    by, lesson = world.people[who], Lesson.objects.get(pk=world.lesson.pk)
    before = len(world.said.get(where, []))
    after = before if fresh else before + 1
    at_home, of_home = world.is_of(who, where), world.is_of(who, "home")
    try:
        if what == "offer":
            verbs.offer(lesson, by=by, on=TODAY)
        elif what == "again":
            verbs.write_again(
                lesson, OTHER_WORDS, after=world.version + (not fresh), because="b", by=by, on=TODAY
            )
        else:
            verbs.say_how(
                lesson,
                round=world.rounds[where],
                standing=standing,
                reason=reason,
                changed=changed,
                after=after,
                by=by,
                on=TODAY,
            )
    except Refusal:
        went = False
    else:
        went = True
    if what == "offer":
        assert went is (of_home and not world.is_offered)
        world.is_offered |= went
    elif what == "again":
        assert went is (of_home and fresh)
        world.version += went
    else:
        complete = bool(reason) and (standing != Standing.ADAPTED or bool(changed))
        assert went is (at_home and where != "home" and world.is_offered and complete and fresh)
        if went:
            world.said.setdefault(where, []).append((standing, world.version))


def check(world: World) -> None:
    """The database says what was said, each saying in its order, and the last one stands."""
    lesson = Lesson.objects.get(pk=world.lesson.pk)
    assert (lesson.is_offered, lesson.version) == (world.is_offered, world.version)
    trials = {trial.round_id: trial for trial in Trial.objects.filter(lesson=lesson)}
    assert set(trials) == {world.rounds[where].pk for where in world.said}
    for where, said in world.said.items():
        trial = trials[world.rounds[where].pk]
        rows = list(trial.sayings.order_by("number").values_list("standing", "of_version"))
        assert rows == said
        assert (trial.standing, trial.version) == (said[-1][0], len(said))
