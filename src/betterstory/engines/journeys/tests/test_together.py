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
from betterstory.engines.journeys.found import BYTES, Found, as_byte
from betterstory.engines.journeys.lengths import Length
from betterstory.engines.journeys.log import RawContact
from betterstory.engines.journeys.pattern import Pattern, Step
from betterstory.engines.journeys.reference import Outcome, Person
from betterstory.engines.journeys.tests.test_every_choice import some_pattern, some_person
from betterstory.engines.journeys.tests.test_onepass import outcome_of, rare_cases

type Walk = Callable[..., None]
type Case = tuple[list[Pattern], list[Person]]
type Known = tuple[int, int, int]
"""Level, status, again."""

ACTIVITIES = ["a", "b", "c", "d"]
TWO = Length(2, "2 moments")


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


def found(walk: Walk, case: Case, threads: int = 1) -> list[list[Known]]:
    patterns, people = case
    answers = together.find(walk, patterns, asked_of(patterns, people), nobody_alone, threads)
    return [known_of(answer) for answer in answers]


def known_of(answer: Found) -> list[Known]:
    """Level, status and again of everybody, whom any count made on the way has too."""
    every = [answer.levels.tolist(), answer.statuses.tolist(), answer.again.tolist()]
    if answer.every is not None:
        counted = numpy.bincount(as_byte(answer.levels, answer.statuses, answer.again), minlength=BYTES)
        assert answer.every.tolist() == counted.tolist()
    return list(zip(*every, strict=True))


def outcomes(answer: Found, people: int) -> list[Outcome]:
    every = (answer.levels, answer.statuses, answer.again, answer.reached)
    return [outcome_of(Found((), *(each[[place] * 2] for each in every))) for place in range(people)]


def expected(case: Case) -> list[list[Known]]:
    return [[(who.level, who.status, int(who.again)) for who in each] for each in right_of(case)]


def right_of(case: Case) -> list[list[Outcome]]:
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


def crowded() -> Case:
    """Somebody with as many contacts as fit: a moment goes with one position alone, or there is no room."""
    contacts = [RawContact("p", at, 0, "a", {}) for at in range(bits.MOST)]
    plain = Pattern("p", tuple(Step(name, ("a",)) for name in "abcd"))
    apart = Pattern("p", tuple(Step(name, ("a",), after=TWO if name != "a" else None) for name in "abcd"))
    return [plain, apart], [Person("p", contacts, bits.MOST, ended=False)]


def test_together_as_python_reads_it_finds_what_the_reference_finds() -> None:
    for case in [crowded(), *cases(500, seed=1)]:
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
        assert [known_of(answer) for answer in answers] == expected((patterns, people)), (patterns, people)
        said = [outcomes(answer, len(people)) for answer in answers]
        assert said == right_of((patterns, people)), (patterns, people)


def test_moments_are_looked_for_when_somebody_asks_and_then_once() -> None:
    asked_for: list[Pattern] = []

    def alone(pattern: Pattern, own: Asked) -> Found:
        asked_for.append(pattern)
        return columnwise.find(pattern, own)

    for patterns, people in cases(100, seed=8):
        answers = together.find(bits.walk_bits, patterns, asked_of(patterns, people), alone)
        assert asked_for == []
        for _ in range(2):
            said = [outcomes(answer, len(people)) for answer in answers]
            assert said == right_of((patterns, people)), (patterns, people)
        assert asked_for == patterns
        asked_for.clear()


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
    ("lowest(following)] < at + since", "lowest(following)] <= at + since"),
    ("lowest(following)] < at + since", "lowest(following)] < at"),
    ("over - start <= most", "over - start < most"),
    ("seen = over <= last_look", "seen = over < last_look"),
    ("following = (listed[row, which] | listed[row, PAST]) &", "following = listed[row, PAST] &"),
    ("latest = min(at + within, start + most)", "latest = at + within"),
    ("latest = min(at + within, start + most)", "latest = start + most"),
    ("lowest(barred)] <= at", "lowest(barred)] < at"),
    ("while silent and barred", "while barred"),
    ("barred == 0", "True"),
    ("max(last_look[here + row] + 1,", "max(last_look[here + row],"),
    ("at + after) <= latest", "at + after) < latest"),
    ("max(after, int(silent))", "after"),
    ("max(after, int(silent))", "max(after, 1)"),
    ("+ since - 1)", "+ since - 2)"),
    ("if placed[place + 1, ROW] == row:", "if True:"),
    ("if placed[place + 1, ROW] == row:", "if False:"),
    ("(1 << int(placed[place + 1, NEXT])) - 1", "(1 << int(placed[place + 1, NEXT]) - 1) - 1"),
    ("(1 << int(placed[place + 1, NEXT])) - 1", "-1"),
    ("lowest(mine)] < at + since", "lowest(mine)] <= at + since"),
    ("lowest(mine)] < at + since", "lowest(mine)] < at + after"),
    ("if then > latest or", "if then >= latest or"),
    ("or barred & (1 << moment) - 1", ""),
    ("barred & (1 << moment) - 1", "barred & (2 << moment) - 1"),
    ("many += 1\n            mine &= mine - 1", "many += 1\n            break"),
    ("[many, ROW] = SOME", "[many, ROW] = 0"),
    ("stands[LEVEL, row] = step\n        over", "over"),
    ("stands[LEVEL, row] = step\n        latest", "latest"),
    ("place, ROW])] = step", "place, ROW])] = step - 1"),
    ("[which, many, START] = then", "[which, many, START] = 0"),
    ("NEXT] = moment + 1\n                    entered", "NEXT] = moment\n                    entered"),
    ("if begins[which]:", "if False:"),
    ("(kept[step & 1], placed[step & 1])", "(kept[0], placed[0])"),
    ("(looked[row] < end) | (silences >> best & 1)", "looked[row] < end"),
    ("(looked[row] < end) | (silences >> best & 1)", "silences >> best & 1"),
    ("SILENCE] >= 0) << step\n    for", "SILENCE] >= 0) << number\n    for"),
    ("(can == 0) & ", ""),
    ("& (going != 0)", ""),
    ("best * 8 + is_at * 2 + anew", "best * 8 + is_at * 2"),
    ("every[pattern, said[row]] += 1", "pass"),
    ("or then != times_of[place - 1]", ""),
    ("trusted and orders_of[place] != orders_of[place - 1]", "False"),
    ("stands[:] = 0", "pass"),
    ("listed[:] = 0", "pass"),
    ("entered[:] = 0", "pass"),
    ("times[row, moment + 1] = NEVER", "pass"),
]


def mutant(old: str, new: str) -> Walk:
    source = Path(bits.__file__).read_text()
    assert old in source, f"the code no longer says: {old}"
    module = ModuleType("mutant")
    changed = source.replace(old, new).replace("SOME = 128", "SOME = 3")
    exec(compile(changed, "mutant", "exec"), module.__dict__)  # noqa: S102 - our own source
    walk: Walk = module.__dict__["walk_bits"]
    return walk


def found_out(walk: Walk, tried: list[tuple[Case, list[list[Known]]]]) -> bool:
    for case, right in tried:
        try:
            if found(walk, case) != right:
                return True
        except (IndexError, ValueError, AssertionError):
            return True
    return False


def test_a_slip_of_one_sign_is_noticed() -> None:
    rare: list[Case] = [crowded(), *(([pattern], [person]) for pattern, person, _ in rare_cases())]
    tried = [(case, expected(case)) for case in [*rare, *cases(1500, seed=7)]]
    assert not found_out(mutant("SOME = 128", "SOME = 128"), tried)
    missed = [change for change in MUTANTS if not found_out(mutant(*change), tried)]
    assert missed == []
