"""The definition held against every choice of contacts there is, on small cases made at random.

The enumeration below is written from the rules alone and shares no code with the reference: it makes every
choice first and asks whether it keeps the rules afterwards.
"""

from collections.abc import Iterator
from itertools import combinations, product
from math import inf
from random import Random

from betterstory.engines.journeys import reference
from betterstory.engines.journeys.found import NO_STATUS, ON_THE_WAY, TOO_EARLY, WAY_CLOSED
from betterstory.engines.journeys.lengths import Length
from betterstory.engines.journeys.log import RawContact
from betterstory.engines.journeys.pattern import Pattern, PatternRefused, Step
from betterstory.engines.journeys.reference import Person

CASES = 10_000
LATE = 40  # longer than any limit here: trying each moment up to it is trying them all

type Choice = tuple[tuple[RawContact, ...], ...]
"""For each step the contacts that were chosen; none for a silence."""


def choices(steps: tuple[Step, ...], person: Person) -> Iterator[Choice]:
    """Every choice of contacts for these steps, whether or not it keeps any rule."""
    each = []
    for step in steps:
        number = 0 if step.silence else step.times
        listed = [contact for contact in person.contacts if contact.activity in step.activity]
        each.append(list(combinations(listed, number)))
    yield from product(*each)


def positions(steps: tuple[Step, ...], choice: Choice) -> list[tuple[int, float]]:
    """Where each step of a choice is reached."""
    reached: list[tuple[int, float]] = []
    for step, chosen in zip(steps, choice, strict=True):
        if step.silence:
            reached.append((reached[-1][0] + step.silence.microseconds, inf))
        else:
            reached.append(max((contact.at, contact.seq) for contact in chosen))
    return reached


def keeps_the_rules(pattern: Pattern, choice: Choice, person: Person) -> bool:
    steps = pattern.steps[: len(choice)]
    reached = positions(steps, choice)
    start = min(contact.at for contact in choice[0])
    everything = [((c.at, c.seq), c.activity) for c in person.contacts]
    for number, (step, chosen, here) in enumerate(zip(steps, choice, reached, strict=True)):
        before = reached[number - 1] if number else (-inf, -inf)
        if pattern.whole_within and here[0] - start > pattern.whole_within.microseconds:
            return False
        if step.silence:
            broken = any(a in step.activity and before < at and at[0] <= here[0] for at, a in everything)
            if broken or here[0] > person.last_look:
                return False
            continue
        times = [contact.at for contact in chosen]
        if step.inside and max(times) - min(times) > step.inside.microseconds:
            return False
        if any((contact.at, contact.seq) <= before for contact in chosen):
            return False
        if step.within and here[0] - before[0] > step.within.microseconds:
            return False
        if step.after and here[0] - before[0] < step.after.microseconds:
            return False
        if any(a in step.without and before < at < here for at, a in everything):
            return False
    return True


def can_go_on(pattern: Pattern, choice: Choice, person: Person) -> bool:
    """Try every moment after the last look."""
    step = pattern.steps[len(choice)]
    here = positions(pattern.steps[: len(choice)], choice)[-1]
    start = min(contact.at for contact in choice[0])
    whole = pattern.whole_within.microseconds if pattern.whole_within else inf
    later = [c.activity for c in person.contacts if (c.at, c.seq) > here]
    if step.silence:
        over = here[0] + step.silence.microseconds
        return not {*later} & {*step.activity} and over > person.last_look and over - start <= whole
    if {*later} & {*step.without}:
        return False
    return any(
        (not step.within or moment - here[0] <= step.within.microseconds)
        and (not step.after or moment - here[0] >= step.after.microseconds)
        and moment - start <= whole
        for moment in range(person.last_look + 1, person.last_look + LATE)
    )


def by_every_choice(pattern: Pattern, person: Person) -> reference.Outcome:
    good: list[list[Choice]] = []
    for number in range(1, len(pattern.steps) + 1):
        kept = [c for c in choices(pattern.steps[:number], person) if keeps_the_rules(pattern, c, person)]
        if not kept:
            break
        good.append(kept)
    level = len(good)
    if level == 0:
        return reference.Outcome(0, NO_STATUS, False, ())
    chains = [positions(pattern.steps[:level], choice) for choice in good[-1]]
    end = min(chain[-1] for chain in chains)
    backwards = max(chain[-2::-1] for chain in chains if chain[-1] == end)
    moments = tuple(at for at, _ in [*reversed(backwards), end])
    if level == len(pattern.steps):
        return reference.Outcome(level, NO_STATUS, False, moments)
    going = [any(can_go_on(pattern, choice, person) for choice in kept) for kept in good]
    if not going[-1]:
        return reference.Outcome(level, WAY_CLOSED, any(going), moments)
    sure = pattern.steps[level].silence is None and not person.ended
    return reference.Outcome(level, ON_THE_WAY if sure else TOO_EARLY, False, moments)


def some_length(random: Random, most: int) -> Length:
    number = random.randint(0, most)
    return Length(number, f"{number} moments")


def some_step(random: Random, *, first: bool) -> Step:
    activity = tuple(random.sample("abc", random.choice([1, 1, 2])))
    kind = random.choice(["contact", "contact", "repeat", "contact" if first else "silence"])
    if kind == "silence":
        return Step("s", activity, silence=Length(random.randint(1, 6), "some moments"))
    times, inside = (random.choice([2, 2, 3]), some_length(random, 6)) if kind == "repeat" else (1, None)
    if first:
        return Step("s", activity, times=times, inside=inside)
    return Step(
        "s",
        activity,
        within=some_length(random, 8) if random.random() < 0.5 else None,
        after=some_length(random, 4) if random.random() < 0.4 else None,
        without=tuple(random.sample("abc", 1)) if random.random() < 0.3 else (),
        times=times,
        inside=inside,
    )


def some_pattern(random: Random) -> Pattern:
    while True:
        try:
            steps = tuple(some_step(random, first=number == 0) for number in range(random.randint(1, 4)))
            whole = some_length(random, 14) if random.random() < 0.4 else None
            return Pattern("p", steps, whole)
        except PatternRefused:
            continue


def some_person(random: Random) -> Person:
    ties = random.random() < 0.5
    contacts = [
        RawContact("p", random.randint(0, 9), random.randint(0, 2) if ties else 0, random.choice("abc"), {})
        for _ in range(random.randint(0, 6))
    ]
    contacts.sort(key=reference.place)
    last_look = max([contact.at for contact in contacts], default=0) + random.randint(0, 4)
    return Person("p", contacts, last_look, ended=random.random() < 0.2)


def test_the_reference_finds_what_trying_every_choice_finds() -> None:
    random = Random(20240101)
    seen: set[tuple[int, int, bool]] = set()
    for case in range(CASES):
        pattern, person = some_pattern(random), some_person(random)
        expected = by_every_choice(pattern, person)
        assert reference.walk(pattern, person) == expected, (case, pattern, person)
        seen.add((expected.level, expected.status, expected.again))
    # every kind of answer came up, so that none is right for want of trying
    assert {
        (4, NO_STATUS, False),
        (3, ON_THE_WAY, False),
        (3, WAY_CLOSED, True),
        (2, TOO_EARLY, False),
    } <= seen
