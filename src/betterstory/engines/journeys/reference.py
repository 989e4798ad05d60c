"""What exactly is counted. This is the definition: every other way of counting must agree with it.

It follows every choice of contacts, one step at a time, and asks each question as it is asked in words. It is
short rather than fast. Times are whole microseconds; all limits include their ends.

Order.   Contacts are in order of time, then of `seq`. Without a trusted `seq` all contacts of one moment are
         simultaneous. Later means strictly later.
Window.  Looking ends for a person at the end of their own record or at the data's end, whichever is first:
         their last look. Contacts before their own start or after their last look are not seen.
Level.   The most steps that some choice of contacts satisfies, in order, within all limits.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf
from operator import attrgetter
from typing import NamedTuple

from numpy import array, int64, uint8

from betterstory.engines.journeys.found import NO_STATUS, ON_THE_WAY, TOO_EARLY, WAY_CLOSED, Found
from betterstory.engines.journeys.log import RawContact, RawPerson
from betterstory.engines.journeys.pattern import Pattern, Spells, Step, Where

NOT_KNOWN = "not known"

type Contact = RawContact


class Position(NamedTuple):
    """Where a step is reached. A silence is complete after every contact of its moment."""

    at: int
    order: float


class Way(NamedTuple):
    """One way of reaching a step: where it was reached, and the time of the first contact that was used."""

    position: Position
    start: int


type Ways = dict[Way, set[Way]]
"""All ways of reaching a step, each with the ways of reaching the step before that it can come from."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person inside the window: contacts in order, the last look, and whether the record ended early."""

    id: str
    contacts: Sequence[Contact]
    last_look: int
    ended: bool


def look_at(rows: Iterable[Contact], people: Sequence[RawPerson] | None, end: int) -> list[Person]:
    """The people who are counted, each with what is seen of them.

    They are those of the person table; without one, those with a contact in the window.
    """
    by_id = {
        person: sorted(own, key=place)
        for person, own in groupby(sorted(rows, key=attrgetter("person")), attrgetter("person"))
    }
    if people is None:
        seen = [_windowed(RawPerson(person, None, None, {}), own, end) for person, own in by_id.items()]
        seen = [person for person in seen if person.contacts]
    else:
        seen = [_windowed(person, by_id.get(person.person, []), end) for person in people]
    return sorted(seen, key=attrgetter("id"))


def _windowed(person: RawPerson, contacts: Sequence[Contact], end: int) -> Person:
    last_look = end if person.ends is None else min(person.ends, end)
    starts = -inf if person.starts is None else person.starts
    inside = [contact for contact in contacts if starts <= contact.at <= last_look]
    return Person(person.person, inside, last_look, ended=last_look < end)


def in_spells(person: Person, spells: Spells, columns: Sequence[str]) -> Person:
    """Listed contacts at most the gap after the one before become one: the first, or at the end the last.

    Which of simultaneous contacts comes first is settled by their activity, then by the columns that are
    looked at: by something that no order of rows in a file can change.
    """
    gap = spells.gap.microseconds
    kept: list[Contact] = []
    spell: list[Contact] = []
    for contact in sorted(person.contacts, key=lambda contact: (*place(contact), *_texts(contact, columns))):
        if spells.activity and contact.activity not in spells.activity:
            kept.append(contact)
        elif spell and contact.at - spell[-1].at <= gap:
            spell.append(contact)
        else:
            kept += _one_of(spell, spells, person.last_look)
            spell = [contact]
    kept += _one_of(spell, spells, person.last_look)
    return Person(person.id, sorted(kept, key=place), person.last_look, person.ended)


def _one_of(spell: Sequence[Contact], spells: Spells, last_look: int) -> Sequence[Contact]:
    if spells.at == "start" or not spell:
        return spell[:1]
    could_still_grow = spell[-1].at + spells.gap.microseconds > last_look
    return [] if could_still_grow else spell[-1:]


def _texts(contact: Contact, columns: Sequence[str]) -> tuple[tuple[bool, str], ...]:
    values = [contact.activity, *(contact.columns.get(column) for column in columns)]
    return tuple((value is None, value or "") for value in values)


def place(contact: Contact) -> Position:
    return Position(contact.at, contact.seq)


def fits(contact: Contact, activities: Sequence[str], where: Where = ()) -> bool:
    """A listed activity, and every `where` true: nothing is not true."""
    return contact.activity in activities and all(
        contact.columns.get(column) in accepted for column, accepted in where
    )


def reach(step: Step, before: Ways | None, person: Person, whole: float) -> Ways:
    """All ways of reaching a step from all ways of reaching the one before (None: it is the first step)."""
    if step.silence is not None:
        return _through_silence(step, before or {}, person, whole)
    ways: Ways = {}
    for first, last in _runs(step, person.contacts):
        if before is None:
            ways[Way(place(last), first.at)] = set()
            continue
        for way in before:
            if _follows(step, way.position, first, last, person.contacts):
                ways.setdefault(Way(place(last), way.start), set()).add(way)
    return {way: origins for way, origins in ways.items() if way.position.at - way.start <= whole}


def _runs(step: Step, contacts: Sequence[Contact]) -> Iterator[tuple[Contact, Contact]]:
    """The first and the last contact of each choice that can make up a step.

    For a repeat: so many different contacts, from the first to the last at most so long.
    """
    listed = [contact for contact in contacts if fits(contact, step.activity, step.where)]
    if step.inside is None:
        yield from ((contact, contact) for contact in listed)
        return
    for number, first in enumerate(listed):
        for last in listed[number + step.times - 1 :]:
            if last.at - first.at <= step.inside.microseconds:
                yield first, last


def _follows(
    step: Step, before: Position, first: Contact, last: Contact, contacts: Sequence[Contact]
) -> bool:
    """All of a step's contacts are later than the position before.

    From there to its own position it keeps its limits, and no unwanted contact is strictly between.
    """
    passed = last.at - before.at
    return (
        place(first) > before
        and (step.within is None or passed <= step.within.microseconds)
        and (step.after is None or passed >= step.after.microseconds)
        and not any(fits(other, step.without) and before < place(other) < place(last) for other in contacts)
    )


def _through_silence(step: Step, before: Ways, person: Person, whole: float) -> Ways:
    """No listed contact later than the position before and up to its time plus the length, all of it seen."""
    ways: Ways = {}
    for way in before:
        over = _over(step, way)
        if _unbroken(step, way, person) and over <= person.last_look and over - way.start <= whole:
            ways.setdefault(Way(Position(over, inf), way.start), set()).add(way)
    return ways


def _over(step: Step, way: Way) -> int:
    """When a silence that starts here is complete."""
    return way.position.at + (step.silence.microseconds if step.silence else 0)


def _unbroken(step: Step, way: Way, person: Person) -> bool:
    over = _over(step, way)
    return not any(
        fits(contact, step.activity, step.where) and place(contact) > way.position and contact.at <= over
        for contact in person.contacts
    )


def can_go_on(way: Way, step: Step, person: Person, whole: float) -> bool:
    """Some moment after the last look could still bring the next step."""
    if step.silence is not None:
        over = _over(step, way)
        return _unbroken(step, way, person) and over > person.last_look and over - way.start <= whole
    earliest = max(person.last_look + 1, way.position.at + (step.after.microseconds if step.after else 0))
    latest = min(
        way.position.at + (step.within.microseconds if step.within else inf),
        way.start + whole,
    )
    come = any(fits(contact, step.without) and place(contact) > way.position for contact in person.contacts)
    return earliest <= latest and not come


class Outcome(NamedTuple):
    """Level, status, whether on it again, and the moments of the shortest fitting choice."""

    level: int
    status: int
    again: bool
    moments: tuple[int, ...]


def walk(pattern: Pattern, person: Person) -> Outcome:
    """How far one person came."""
    if pattern.spells is not None:
        person = in_spells(person, pattern.spells, pattern.columns)
    whole = inf if pattern.whole_within is None else pattern.whole_within.microseconds
    reached: list[Ways] = []
    for step in pattern.steps:
        ways = reach(step, reached[-1] if reached else None, person, whole)
        if not ways:
            break
        reached.append(ways)
    level = len(reached)
    going = [
        any(can_go_on(way, step, person, whole) for way in ways)
        for ways, step in zip(reached, pattern.steps[1:], strict=False)
    ]
    if level in (0, len(pattern.steps)):
        return Outcome(level, NO_STATUS, False, shortest(reached))
    if not going[level - 1]:
        return Outcome(level, WAY_CLOSED, any(going[: level - 1]), shortest(reached))
    sure = not person.ended and pattern.steps[level].silence is None
    return Outcome(level, ON_THE_WAY if sure else TOO_EARLY, False, shortest(reached))


def shortest(reached: Sequence[Ways]) -> tuple[int, ...]:
    """One choice: the earliest last position, then backwards the latest position that still fits."""
    if not reached:
        return ()
    position = min(way.position for way in reached[-1])
    moments = [position.at]
    possible = {way for way in reached[-1] if way.position == position}
    for ways in reversed(reached[1:]):
        origins = {origin for way in possible for origin in ways[way]}
        position = max(origin.position for origin in origins)
        moments.insert(0, position.at)
        possible = {origin for origin in origins if origin.position == position}
    return tuple(moments)


def find(pattern: Pattern, rows: Iterable[Contact], people: Sequence[RawPerson] | None, end: int) -> Found:
    """How far everyone came."""
    persons = look_at(rows, people, end)
    outcomes = [walk(pattern, person) for person in persons]
    steps = len(pattern.steps)
    moments = [[*outcome.moments, *[0] * (steps - outcome.level)] for outcome in outcomes]
    return Found(
        people=[person.id for person in persons],
        levels=array([outcome.level for outcome in outcomes], dtype=uint8),
        statuses=array([outcome.status for outcome in outcomes], dtype=uint8),
        again=array([outcome.again for outcome in outcomes], dtype=uint8),
        moments=array(moments, dtype=int64).reshape(len(persons), steps),
    )


def values_by(
    column: str, rows: Iterable[Contact], people: Sequence[RawPerson] | None, end: int
) -> tuple[dict[str, str], int]:
    """One value a person, and for how many the log was asked and had more than one.

    It is the person table's, else the first in the window (of one moment: the smallest text), else not known.
    """
    own = {person.person: person.columns.get(column) for person in people or ()}
    values, changed = {}, 0
    for person in look_at(rows, people, end):
        said = [(place(c), value) for c in person.contacts if (value := c.columns.get(column)) is not None]
        if (value := own.get(person.id)) is None:
            value = min(said)[1] if said else NOT_KNOWN
            changed += len({text for _, text in said}) > 1
        values[person.id] = value
    return values, changed
