"""Logs and patterns made at random, with everything in them at once that has ever gone wrong."""

import csv
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from betterstory.engines.journeys import Length, Limits, Pattern, PatternRefused, Spells, Step, read_log
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.lengths import DAY
from betterstory.engines.journeys.pattern import Where
from betterstory.engines.journeys.tests.tables import DAY_0

ACTIVITIES = ["referral", "assessment", "visit", "call", "letter", 'it\'s "odd"']
WARDS = ["North", "South", "NA", "", None]
IDS = ["NA", "null", "0", "O'Neil"]
PLAIN = Limits(threads=1)

type Row = dict[str, Any]


def some_rows(random: Random, people: int) -> list[Row]:
    """Contacts of some people: many at one moment, some without a person, a time or an activity."""
    ids = [*IDS, *(f"p{number}" for number in range(people - len(IDS)))]
    rows = [
        {
            "person": None if random.random() < 0.01 else person,
            "activity": None if random.random() < 0.01 else random.choice(ACTIVITIES),
            "time": None if random.random() < 0.01 else _some_time(random),
            "ward": random.choice(WARDS),
            "came": random.choice(["yes", "no", None]),
        }
        for person in ids
        for _ in range(random.randint(0, 9))
    ]
    random.shuffle(rows)
    return rows


def _some_time(random: Random) -> str:
    days = random.randint(0, 40) + random.choice([0, 0, 0, 0.5, 0.999])
    return (DAY_0 + timedelta(days=days)).isoformat(sep=" ")


def some_people(random: Random, rows: list[Row]) -> list[Row]:
    """A person table that lacks some and holds others without a contact; records start late or end early."""
    ids = sorted({row["person"] for row in rows if row["person"] is not None})
    known = [person for person in ids if random.random() < 0.9] + ["eve", "NA2"]
    return [
        {
            "person": person,
            "start": _some_day(random, 0, 15) if random.random() < 0.3 else None,
            "end": _some_day(random, 20, 45) if random.random() < 0.3 else None,
            "ward": random.choice(WARDS),
        }
        for person in known
    ]


def _some_day(random: Random, first: int, last: int) -> str:
    return (DAY_0 + timedelta(days=random.randint(first, last))).date().isoformat()


def some_log(random: Random, folder: Path, people: int = 100) -> ContactLog:
    """As rows or as a CSV; with and without a trusted order, a person table, an end of our own."""
    rows = some_rows(random, people)
    if trusted := random.random() < 0.5:
        rows = [row | {"seq": place // random.choice([1, 1, 2])} for place, row in enumerate(rows)]
    table: Any = some_people(random, rows) if random.random() < 0.5 else None
    source: Any = rows
    if random.random() < 0.5:
        source, table = as_csv(folder / "log.csv", rows), table and as_csv(folder / "people.csv", table)
    until = (DAY_0 + timedelta(days=random.randint(25, 50))).date() if random.random() < 0.4 else None
    if trusted and random.random() < 0.8:
        return read_log(source, people=table, until=until, limits=PLAIN)
    return read_log(source, people=table, until=until, seq=False, limits=PLAIN)


def as_csv(path: Path, rows: list[Row]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def some_days(random: Random, most: int) -> Length:
    number = random.randint(0, most)
    return Length(number * DAY, f"{number} days")


def some_step(random: Random, *, first: bool) -> Step:
    activity = tuple(random.sample(ACTIVITIES, random.choice([1, 1, 2])))
    where: Where = (("came", ("yes",)),) if random.random() < 0.2 else ()
    if random.random() < 0.1:
        where = (*where, ("ward", ("North", "NA")))
    kind = random.choice(["contact", "contact", "repeat", "contact" if first else "silence"])
    if kind == "silence":
        return Step("s", activity, where, silence=Length(random.randint(1, 15) * DAY, "some days"))
    times, inside = (random.choice([2, 2, 3]), some_days(random, 20)) if kind == "repeat" else (1, None)
    if first:
        return Step("s", activity, where, times=times, inside=inside)
    return Step(
        "s",
        activity,
        where,
        within=some_days(random, 25) if random.random() < 0.5 else None,
        after=some_days(random, 8) if random.random() < 0.3 else None,
        without=tuple(random.sample(ACTIVITIES, 1)) if random.random() < 0.3 else (),
        times=times,
        inside=inside,
    )


def some_spells(random: Random) -> Spells | None:
    if random.random() < 0.6:
        return None
    listed = tuple(random.sample(ACTIVITIES, random.randint(0, 3)))
    return Spells(some_days(random, 5), listed, "start" if random.random() < 0.5 else "end")


def some_pattern(random: Random) -> Pattern:
    while True:
        try:
            steps = tuple(some_step(random, first=number == 0) for number in range(random.randint(1, 4)))
            whole = some_days(random, 40) if random.random() < 0.3 else None
            return Pattern("p", steps, whole, some_spells(random))
        except PatternRefused:
            continue
