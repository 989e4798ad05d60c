"""The one pass finds what the reference finds; a slip of one sign in it is noticed; numba can compile it."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from types import ModuleType

import numpy
import pytest

from betterstory.engines.journeys import columnwise, compiled, onepass, reference
from betterstory.engines.journeys.asked import Asked, kinds, limits_of
from betterstory.engines.journeys.found import Found
from betterstory.engines.journeys.lengths import Length
from betterstory.engines.journeys.log import RawContact
from betterstory.engines.journeys.pattern import Pattern, Step
from betterstory.engines.journeys.reference import Outcome, Person
from betterstory.engines.journeys.tests.test_every_choice import some_pattern, some_person

CASES = 10_000


def through(walk: Callable[..., None], pattern: Pattern, person: Person) -> Outcome:
    """One person through the one pass, after another just like them: what is left over must not matter."""
    asked = asked_of(pattern, person)
    limits, whole = limits_of(pattern)
    found = compiled.nobody_yet(pattern, asked)
    compiled.walk_part(walk, limits, whole, asked, len(person.contacts) + 1, found, 0, 2)
    return outcome_of(found)


def asked_of(pattern: Pattern, person: Person) -> Asked:
    """The same person twice."""
    activities = sorted({contact.activity for contact in person.contacts})
    fits_of, bars_of = kinds(pattern, activities)
    contacts, many = [*person.contacts, *person.contacts], len(person.contacts)
    return Asked(
        numpy.array([0, many, 2 * many]),
        numpy.array([activities.index(c.activity) for c in contacts], dtype=numpy.uint8),
        numpy.array([c.at for c in contacts], dtype=numpy.int64),
        numpy.array([c.seq for c in contacts], dtype=numpy.int64),
        numpy.array([person.last_look] * 2),
        person.last_look + person.ended,
        fits_of,
        bars_of,
    )


def outcome_of(found: Found) -> Outcome:
    level = int(found.levels[1])
    moments = tuple(found.reached[1, :level].tolist())
    return Outcome(level, int(found.statuses[1]), bool(found.again[1]), moments)


def cases(number: int, seed: int) -> list[tuple[Pattern, Person, Outcome]]:
    random = Random(seed)
    made = [(some_pattern(random), some_person(random)) for _ in range(number)]
    return [(pattern, person, reference.walk(pattern, person)) for pattern, person in made]


def test_the_one_pass_as_python_reads_it_finds_what_the_reference_finds() -> None:
    for pattern, person, expected in cases(1000, seed=3):
        assert through(onepass.walk_all, pattern, person) == expected, (pattern, person)


def test_the_one_pass_as_numba_compiles_it_finds_what_the_reference_finds() -> None:
    pytest.importorskip("numba", reason="numba is not here: what it compiles was not checked")
    for pattern, person, expected in cases(CASES, seed=1):
        assert through(compiled.walk_all(), pattern, person) == expected, (pattern, person)


def test_a_column_at_a_time_finds_what_the_reference_finds() -> None:
    for pattern, person, expected in cases(CASES, seed=1):
        assert outcome_of(columnwise.find(pattern, asked_of(pattern, person))) == expected, (pattern, person)


MUTANTS = [
    ("at < than_at or", "at <= than_at or"),
    ("order < than_order", "order <= than_order"),
    ("order < than_order", "order > than_order"),
    ("moment - first_at <= whole", "moment - first_at < whole"),
    ("moment - seen[earliest, AT] > limits", "moment - seen[earliest, AT] >= limits"),
    ("high, AT] <= moment - limits", "high, AT] < moment - limits"),
    ("latest, AT] <= limits", "latest, AT] < limits"),
    ("latest, START] <= whole", "latest, START] < whole"),
    ("limits[step, SILENCE] < moment", "limits[step, SILENCE] <= moment"),
    ("moment, rank = last_look + 1", "moment, rank = last_look"),
    ("over - start <= whole", "over - start < whole"),
    ("max(last_look + 1,", "max(last_look,"),
    ("if soonest <= latest", "if soonest < latest"),
    ("range(now[level - 1, COUNT] - 1, -1, -1)", "[now[level - 1, COUNT] - 1]"),
    ("range(1, best)", "range(2, best)"),
    ("if earlier(new_at, new_order, moment, rank):", "if True:"),
    ("first_at, first_order = seen[earliest, AT]", "first_at, first_order = moment"),
    ("if here < listed:\n            while", "if here > listed:\n            while"),
    ("moment, rank, first_at, -1", "moment, rank, moment, -1"),
    ("over, AFTER_ALL, start", "over, 0, start"),
    ("TOO_EARLY if last_look < end or silent", "TOO_EARLY if last_look < end"),
    ("    place = 0\n", "    place = now[best - 1, COUNT] - 1\n"),
    ("new_at, new_order = moment, rank", "pass"),
    ("now[step, BAR_AT], now[step, BAR_ORDER] = new_at, new_order", "pass"),
    ("now[step, HEAD] = head", "now[step, HEAD] = 0"),
    ("1 << step | 1 << step + BARS", "1 << step"),
    ("if place >= now[level, HEAD] and at", "if at"),
    ("now[step, COUNT] = 0", "pass"),
    ("mine += told[here, FITS] & which != 0", "mine += 1"),
]


def mutant(old: str, new: str) -> Callable[..., None]:
    source = Path(onepass.__file__).read_text()
    assert old in source, f"the code no longer says: {old}"
    module = ModuleType("mutant")
    module.__dict__["__name__"] = onepass.__name__
    exec(compile(source.replace(old, new), "mutant", "exec"), module.__dict__)  # noqa: S102 - our own source
    walk: Callable[..., None] = module.__dict__["walk_all"]
    return walk


def found_out(walk: Callable[..., None], tried: list[tuple[Pattern, Person, Outcome]]) -> bool:
    for pattern, person, expected in tried:
        try:
            if through(walk, pattern, person) != expected:
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
