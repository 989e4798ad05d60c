"""Small logs that a reader can check by hand, mapped in all three ways, which must agree."""

from typing import Any

from betterstory.engines.journeys.arrays import Arrays
from betterstory.engines.journeys.lengths import DAY, read_length
from betterstory.engines.journeys.map import by_numpy, kernel, reference
from betterstory.engines.journeys.map.counted import Counted
from betterstory.engines.journeys.tests.tables import read


def mapped(arrays: Arrays, kinds: int, within: int) -> Counted:
    """What every way of counting finds."""
    by_definition = reference.count(arrays, kinds, within)
    assert by_definition.same_as(by_numpy.count(arrays, kinds, within))
    for threads in (1, 3):
        assert by_definition.same_as(kernel.count(arrays, kinds, within, threads))
    return by_definition


def ways(table: str, within: str = "within 12 weeks", **how: Any) -> dict[str, str]:
    """Each way: "2 people, 3 times, days 1 2.5 4", the days being the three quartiles of all waits."""
    counted, names = _asked(table, within, how)
    found, said = counted.ways, {}
    for place, way in enumerate(found.way.tolist()):
        days = " ".join(f"{wait / (4 * DAY):g}" for wait in found.waits[place].tolist())
        start, end = names[way // counted.kinds], names[way % counted.kinds]
        said[f"{start} > {end}"] = f"{found.people[place]} people, {found.moves[place]} times, days {days}"
    return said


def first_waits(table: str, within: str = "within 12 weeks", **how: Any) -> dict[str, str]:
    """The three quartiles, in days, of each person's first wait on a way."""
    counted, names = _asked(table, within, how)
    return {
        f"{names[way // counted.kinds]} > {names[way % counted.kinds]}": " ".join(
            f"{wait / (4 * DAY):g}" for wait in counted.ways.first_wait[place].tolist()
        )
        for place, way in enumerate(counted.ways.way.tolist())
    }


def contacts(table: str, within: str = "within 12 weeks", **how: Any) -> dict[str, str]:
    """Each kind: "3 people, 4 contacts; 1 again" and whatever else is not nobody."""
    counted, names = _asked(table, within, how)
    said = {}
    for place, name in enumerate(names):
        told = {what: int(people[place]) for what, people in counted.told.items() if people[place]}
        more = ", ".join(
            f"{many} {what.replace('_', ' ')}" for what, many in told.items() if what != "people"
        )
        said[name] = f"{told.get('people', 0)} people, {counted.contacts[place]} contacts; {more}".rstrip(
            "; "
        )
    return said


def _asked(table: str, within: str, how: dict[str, Any]) -> tuple[Counted, tuple[str, ...]]:
    limit = read_length(within.removeprefix("within ")).microseconds
    with read(table, **how) as log:
        return mapped(log.arrays(), len(log.activities), limit), log.activities
