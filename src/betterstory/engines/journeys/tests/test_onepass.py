"""The one pass finds what the reference finds; a slip of one sign in it is noticed; numba can compile it."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from types import FunctionType, ModuleType
from typing import Any

import pytest

from betterstory.engines.journeys import onepass, reference
from betterstory.engines.journeys.lengths import Length
from betterstory.engines.journeys.log import RawContact
from betterstory.engines.journeys.pattern import Pattern, Step
from betterstory.engines.journeys.reference import Outcome, Person
from betterstory.engines.journeys.tests.test_every_choice import some_pattern, some_person

CASES = 10_000


def through(module: Any, pattern: Pattern, person: Person, array: Any = list) -> Outcome:
    """One person through the one pass, as this module has it."""
    asked = range(len(pattern.steps))
    fits = [sum((c.activity in pattern.steps[k].activity) << k for k in asked) for c in person.contacts]
    bars = [sum((c.activity in pattern.steps[k].without) << k for k in asked) for c in person.contacts]
    contacts = onepass.Contacts(
        array([0, len(fits)]),
        array([c.at for c in person.contacts]),
        array([c.seq for c in person.contacts]),
        array(fits),
        array(bars),
        array([person.last_look]),
    )
    out = onepass.Outcomes(array([0]), array([0]), array([0]), array([0] * len(pattern.steps)))
    end = person.last_look + person.ended
    space = onepass.space(len(pattern.steps), len(fits) + 1, array)
    module.walk_all(onepass.plan(pattern, array), space, contacts, end, out)
    level = int(out.level[0])
    return Outcome(
        level, int(out.status[0]), bool(out.again[0]), tuple(int(at) for at in out.reached[:level])
    )


def cases(number: int, seed: int) -> list[tuple[Pattern, Person, Outcome]]:
    random = Random(seed)
    made = [(some_pattern(random), some_person(random)) for _ in range(number)]
    return [(pattern, person, reference.walk(pattern, person)) for pattern, person in made]


def test_the_one_pass_finds_what_the_reference_finds() -> None:
    for pattern, person, expected in cases(CASES, seed=1):
        assert through(onepass, pattern, person) == expected, (pattern, person)


MUTANTS = [
    ("at < than_at or", "at <= than_at or"),
    ("order < than_order", "order <= than_order"),
    ("order < than_order", "order > than_order"),
    ("at - first_at <= plan.whole", "at - first_at < plan.whole"),
    ("at - space.seen_at[place] <= plan.inside", "at - space.seen_at[place] < plan.inside"),
    ("space.at[row + high] <= at - plan.after", "space.at[row + high] < at - plan.after"),
    ("at - space.at[latest] <= plan.within", "at - space.at[latest] < plan.within"),
    ("at - space.start[latest] <= plan.whole", "at - space.start[latest] < plan.whole"),
    ("if over >= before", "if over > before"),
    ("last_look + 1)\n        conclude", "last_look)\n        conclude"),
    ("over - space.start[row + origin] <= plan.whole", "over - space.start[row + origin] < plan.whole"),
    ("max(last_look + 1,", "max(last_look,"),
    ("if soonest <= latest", "if soonest < latest"),
    ("in range(row, row + space.count[level - 1])", "in [row + space.count[level - 1] - 1]"),
    ("range(1, level)", "range(2, level)"),
    ("range(plan.steps - 1, -1, -1)", "range(plan.steps)"),
    ("follow(plan, space, step, at, order, space.seen_at[place]", "follow(plan, space, step, at, order, at"),
    ("space.head[step] = space.count[step - 1]", "pass"),
    ("AFTER_ALL, space.start[row", "0, space.start[row"),
    ("TOO_EARLY if ended or silent", "TOO_EARLY if ended"),
    ("place = 0\n", "place = space.count[level - 1] - 1\n"),
    ("space.bar_at[step], space.bar_order[step] = at, order", "pass"),
    ("waits and space.at", "space.at"),
]


def mutant(old: str, new: str) -> ModuleType:
    source = Path(onepass.__file__).read_text()
    assert old in source, f"the code no longer says: {old}"
    module = ModuleType("mutant")
    module.__dict__["__name__"] = onepass.__name__
    exec(compile(source.replace(old, new), "mutant", "exec"), module.__dict__)  # noqa: S102 - our own source
    return module


def found_out(module: ModuleType, tried: list[tuple[Pattern, Person, Outcome]]) -> bool:
    for pattern, person, expected in tried:
        try:
            if through(module, pattern, person) != expected:
                return True
        except IndexError:
            return True
    return False


def rare_cases() -> list[tuple[Pattern, Person, Outcome]]:
    """Two that cases made at random hardly ever meet; each also has a worked table of its own.

    The latest of two choices cannot go on, but the one before it can. And a contact that must not come
    between, in the last moment of a silence but later in the order.
    """
    four, eleven = Length(4, "4 moments"), Length(11, "11 moments")
    waiting = Pattern("p", (Step("a", ("a",)), Step("b", ("b",)), Step("c", ("c",), after=four)), eleven)
    silent = Pattern(
        "p", (Step("a", ("a",)), Step("no b", ("b",), silence=four), Step("c", ("c",), without=("d",)))
    )
    made = [
        (waiting, [(0, 0, "a"), (5, 0, "b"), (8, 0, "b")], 8),
        (silent, [(0, 0, "a"), (4, 9, "d"), (9, 0, "c")], 9),
    ]
    persons = [
        (
            pattern,
            Person("p", [RawContact("p", *contact, {}) for contact in contacts], last_look, ended=False),
        )
        for pattern, contacts, last_look in made
    ]
    return [(pattern, person, reference.walk(pattern, person)) for pattern, person in persons]


def test_a_slip_of_one_sign_is_noticed() -> None:
    tried = [*rare_cases(), *cases(8000, seed=2)]
    missed = [change for change in MUTANTS if not found_out(mutant(*change), tried)]
    assert missed == []


def test_the_longest_limits_do_not_overflow_in_the_year_9999() -> None:
    """The pass works in 64 bits where numba compiles it: no sum of a time and a limit may leave them."""
    year_9999 = 253_402_300_799_999_999
    longest = Length(200 * 365 * 86_400_000_000, "200 years")
    steps = [Step("a", ("a",)), *[Step("b", ("b",), silence=longest) for _ in range(29)]]
    most = year_9999 + sum(step.silence.microseconds for step in steps if step.silence) + onepass.NO_LIMIT
    assert most < onepass.AFTER_ALL < 2**63


def test_numba_compiles_the_one_pass_as_it_stands() -> None:
    numba = pytest.importorskip(
        "numba", reason="numba is not here: that it compiles the pass was not checked"
    )
    numpy = pytest.importorskip("numpy")
    fast = ModuleType("fast")
    fast.__dict__.update(onepass.__dict__)
    for name, thing in vars(onepass).items():
        if (
            isinstance(thing, FunctionType)
            and thing.__module__ == onepass.__name__
            and name not in ("plan", "space")
        ):
            own: Callable[..., object] = FunctionType(thing.__code__, fast.__dict__, name)
            fast.__dict__[name] = numba.njit(own)

    def array(values: list[int]) -> Any:
        return numpy.array(values, dtype=numpy.int64)

    for pattern, person, expected in cases(300, seed=3):
        assert through(fast, pattern, person, array) == expected
