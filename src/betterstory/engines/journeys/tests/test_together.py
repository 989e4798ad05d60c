"""Patterns asked together, bit by bit, are answered like each alone; a slip of one sign is noticed."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Never

import numpy
import pytest

from betterstory.engines.journeys import bits, columnwise, compiled, reference, together
from betterstory.engines.journeys.asked import Asked, kinds, spoken_of
from betterstory.engines.journeys.found import Found
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.reference import Outcome, Person
from betterstory.engines.journeys.tests.test_every_choice import some_pattern, some_person
from betterstory.engines.journeys.tests.test_onepass import outcome_of, rare_cases

type Walk = Callable[..., None]
type Case = tuple[list[Pattern], list[Person]]

ACTIVITIES = ["a", "b", "c", "d"]


def asked_of(patterns: list[Pattern], people: list[Person]) -> list[Asked]:
    contacts = [contact for person in people for contact in person.contacts]
    end = max(person.last_look for person in people)
    first = numpy.cumsum([0, *(len(person.contacts) for person in people)])
    kind = numpy.array([ACTIVITIES.index(contact.activity) for contact in contacts], dtype=numpy.uint8)
    at, order = (
        numpy.array([getattr(contact, name) for contact in contacts], dtype=numpy.int64)
        for name in ("at", "seq")
    )
    looks = numpy.array([person.last_look for person in people])
    return [Asked(first, kind, at, order, looks, end, *kinds(pattern, ACTIVITIES)) for pattern in patterns]


def nobody_alone(_pattern: Pattern, _asked: Asked) -> Never:
    raise AssertionError("somebody was left")


def found(walk: Walk, case: Case, threads: int = 1) -> list[list[Outcome]]:
    patterns, people = case
    answers = together.find(walk, patterns, asked_of(patterns, people), nobody_alone, threads)
    return [outcomes(answer, len(people)) for answer in answers]


def outcomes(answer: Found, people: int) -> list[Outcome]:
    every = (answer.levels, answer.statuses, answer.again, answer.reached)
    return [outcome_of(Found((), *(each[[place] * 2] for each in every))) for place in range(people)]


def expected(case: Case) -> list[list[Outcome]]:
    patterns, people = case
    end = max(person.last_look for person in people)
    ended = [Person(p.id, p.contacts, p.last_look, ended=p.last_look < end) for p in people]
    return [[reference.walk(pattern, person) for person in ended] for pattern in patterns]


def cases(number: int, seed: int, patterns: int = 4, people: int = 5) -> list[Case]:
    random = Random(seed)

    def one() -> Pattern:
        while not together.can_be_asked(pattern := some_pattern(random)):
            pass
        return pattern

    return [
        ([one() for _ in range(patterns)], [some_person(random) for _ in range(people)])
        for _ in range(number)
    ]


def test_together_as_python_reads_it_finds_what_the_reference_finds() -> None:
    for case in cases(500, seed=1):
        assert found(bits.walk_bits, case) == expected(case), case


def test_together_as_numba_compiles_it_finds_what_the_reference_finds() -> None:
    pytest.importorskip("numba", reason="numba is not here: what it compiles was not checked")
    for case in [*cases(1500, seed=2), *cases(5, seed=3, patterns=70, people=300)]:
        assert found(compiled.walk_bits(), case) == expected(case), case


def test_people_are_cut_between_two_threads_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba", reason="numba is not here: what it compiles was not checked")
    monkeypatch.setattr(together, "WORTH_A_THREAD", 0)
    for case in cases(100, seed=4, people=7):
        assert found(compiled.walk_bits(), case, threads=2) == expected(case), case


@pytest.mark.parametrize("most", [0, 2, 3])
def test_whoever_has_too_many_contacts_is_found_out_about_alone(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """With room for few, some are left of nearly every group, and of some groups most."""
    monkeypatch.setattr(bits, "MOST", most)
    for patterns, people in cases(100, seed=5, people=9):
        asked = asked_of(patterns, people)
        answers = together.find(bits.walk_bits, patterns, asked, columnwise.find)
        said = [outcomes(answer, len(people)) for answer in answers]
        assert said == expected((patterns, people)), (patterns, people)


def test_only_what_is_spoken_of_is_kept() -> None:
    for patterns, people in cases(100, seed=6):
        asked = asked_of(patterns, people)
        theirs = numpy.array([1, 3])
        for pattern, own, some in zip(patterns, spoken_of(asked), spoken_of(asked, theirs), strict=True):
            whole = columnwise.find(pattern, asked[patterns.index(pattern)])
            assert outcomes(columnwise.find(pattern, own), len(people)) == outcomes(whole, len(people))
            two = [outcomes(whole, len(people))[place] for place in theirs]
            assert outcomes(columnwise.find(pattern, some), 2) == two


MUTANTS = [
    ("lowest(following)] > over)", "lowest(following)] >= over)"),
    ("over - start <= most", "over - start < most"),
    ("seen = over <= last_look", "seen = over < last_look"),
    ("many -= reached &", "many -= False &"),
    ("(over == last_over) &", ""),
    (" & (row == last_row)", ""),
    ("(over, row) if reached else (last_over, last_row)", "(over, last_row)"),
    ("following = (listed[row, which] | listed[row, PAST]) &", "following = listed[row, PAST] &"),
    (
        "[step, many, NEXT] = moments_until(times, row, over,",
        "[step, many, NEXT] = moments_until(times, row, over - 1,",
    ),
    ("moments_until(times, row, over + wait - 1,", "moments_until(times, row, over + wait,"),
    ("moments_until(times, row, then + wait - 1,", "moments_until(times, row, then + wait,"),
    ("moments_until(times, row, at + wait - 1,", "moments_until(times, row, at + wait,"),
    ("times[row, place] <= moment", "times[row, place] < moment"),
    ("latest = min(at + within, start + most)", "latest = at + within"),
    ("latest = min(at + within, start + most)", "latest = start + most"),
    ("barred == 0", "True"),
    ("max(last_look[here + row] + 1,", "max(last_look[here + row],"),
    ("at + after) <= latest", "at + after) < latest"),
    ("(then <= latest)", "(then < latest)"),
    ("barred & (1 << moment) - 1 == 0", "True"),
    ("mine &= mine - 1", "mine &= 0"),
    ("if not reached or mine == 0", "if True"),
    ("| -int(another)", ""),
    ("room[3][step - 1, many, ROW] = SOME", "pass"),
    ("range(many - 1, -1, -1)", "range(many)"),
    ("* (step < best)", ""),
    ("(last_look[person] < end) | silent", "last_look[person] < end"),
    ("(last_look[person] < end) | silent", "silent"),
    ("(can == 0) & ", ""),
    ("& (going != 0)", ""),
    ("free += best", "free += number"),
    ("or times_of[place] != times_of[place - 1]", ""),
    ("len(order) > 0 and orders_of[place] != orders_of[place - 1]", "False"),
    ("room[4][:] = 0", "pass"),
    ("listed[:] = 0", "pass"),
    ("entered[:] = 0", "pass"),
    ("times[row, place] = NEVER", "pass"),
]


def mutant(old: str, new: str) -> Walk:
    source = Path(bits.__file__).read_text()
    assert old in source, f"the code no longer says: {old}"
    module = ModuleType("mutant")
    changed = source.replace(old, new).replace("SOME = 128", "SOME = 3")
    exec(compile(changed, "mutant", "exec"), module.__dict__)  # noqa: S102 - our own source
    walk: Walk = module.__dict__["walk_bits"]
    return walk


def found_out(walk: Walk, tried: list[tuple[Case, list[list[Outcome]]]]) -> bool:
    for case, right in tried:
        try:
            if found(walk, case) != right:
                return True
        except (IndexError, ValueError):
            return True
    return False


def test_a_slip_of_one_sign_is_noticed() -> None:
    rare: list[Case] = [([pattern], [person]) for pattern, person, _ in rare_cases()]
    tried = [(case, expected(case)) for case in [*rare, *cases(1500, seed=7)]]
    assert not found_out(mutant("SOME = 128", "SOME = 128"), tried)
    missed = [change for change in MUTANTS if not found_out(mutant(*change), tried)]
    assert missed == []
