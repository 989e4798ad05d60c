"""An invented contact log of 10,000 people, with paths planted in it that are known beforehand.

Everything is made by a seeded generator; nobody in it exists. `PLANTED` says how many people walk how far
along the path of Robin's story, so that a test can hold the count against it.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

PEOPLE = 10_000
DAYS = 730  # two years of contacts
SEED = 20_260_706

ASKED = "Referral to the Talking Service"
FIRST = "First visit, Talking Service"
OFF_THE_LIST = "Taken off the list after a missed visit"
CRISIS = ("Night at the crisis house", "Night in A&E")
DAILY = {
    "GP visit": 30,
    "GP telephone call": 18,
    "Prescription": 40,
    "Housing advice": 6,
    "Benefits advice": 7,
    "Walk-in centre": 9,
    "Ambulance, not taken in": 2,
    "Practice nurse": 14,
    "Blood test": 11,
    "Letter sent": 16,
    "Pharmacy advice": 12,
    "Debt advice": 3,
    "Dentist": 8,
}
NEIGHBOURHOODS = {
    "Upper Wharf": 21,
    "Tanners Row": 18,
    "Lock Side": 17,
    "Priory Fields": 16,
    "The Limes": 14,
    "Cold Hatch": 8,
    "Hollow Brook": 6,
}

PATTERN = f"""\
format = 1
name = "Off the list, then a night in crisis"

[[step]]
name = "Asked for help"
activity = ["{ASKED}"]

[[step]]
name = "No first visit for 18 weeks"
silence = "18 weeks"
activity = ["{FIRST}"]

[[step]]
name = "Missed a visit, and taken off the list"
activity = ["{OFF_THE_LIST}"]
within = "52 weeks"

[[step]]
name = "A night in crisis"
activity = ["{CRISIS[0]}", "{CRISIS[1]}"]
within = "26 weeks"
"""


@dataclass(frozen=True)
class Planted:
    """How many people walk one part of the path: which level they reach, and whether it can go on."""

    level: int
    status: str  # "whole", "on the way", "way closed", "too early", or "other"
    people: int


PLANTED = (
    Planted(4, "whole", 118),
    Planted(3, "on the way", 342),
    Planted(3, "way closed", 96),
    Planted(3, "too early", 41),
    Planted(2, "on the way", 884),
    Planted(2, "way closed", 412),
    Planted(2, "too early", 63),
    Planted(1, "way closed", 6_093),
    Planted(1, "too early", 151),
    Planted(0, "other", 1_800),
)


@dataclass(frozen=True)
class Life:
    """One invented person: days counted from the start of the log, and the day the record ends."""

    level: int
    status: str
    contacts: tuple[tuple[int, str], ...]
    ends: int | None


def lives() -> Iterator[Life]:
    """Every person, in a shuffled order that is the same each time."""
    chance = Random(SEED)
    plans = [(plan.level, plan.status) for plan in PLANTED for _ in range(plan.people)]
    chance.shuffle(plans)
    for level, status in plans:
        path, ends = walk(level, status, chance)
        last = ends if ends is not None else DAYS - 1
        yield Life(level, status, tuple(sorted(path + everyday(chance, last))), ends)


def walk(level: int, status: str, chance: Random) -> tuple[list[tuple[int, str]], int | None]:
    """The contacts that bring somebody to this level, with the day their record ends, if it does."""
    end, half_year, year, wait = DAYS - 1, 26 * 7, 52 * 7, 18 * 7
    match level, status:
        case 0, _:
            return [], None
        case 1, "too early":  # asked too lately to know
            return [(chance.randint(end - wait + 1, end - 1), ASKED)], None
        case 1, _:  # seen in time
            asked = chance.randint(20, end - wait - 10)
            return [(asked, ASKED), (asked + chance.randint(3, wait - 1), FIRST)], None
        case 2, "on the way":
            return [(end - wait - chance.randint(5, year - 5), ASKED)], None
        case 2, "way closed":
            asked = chance.randint(0, end - wait - year - 5)
            return [(asked, ASKED), (asked + wait + chance.randint(2, 60), FIRST)], None
        case 2, _:  # moved away before it could be seen
            asked = chance.randint(20, 300)
            return [(asked, ASKED)], asked + wait + chance.randint(10, 100)
    waited = wait + chance.randint(5, 80)
    if status == "on the way":
        off = end - chance.randint(3, half_year - 5)
        return [(off - waited, ASKED), (off, OFF_THE_LIST)], None
    if status == "too early":
        off = chance.randint(waited + 10, end - 200)
        return [(off - waited, ASKED), (off, OFF_THE_LIST)], off + chance.randint(5, half_year - 10)
    off = chance.randint(waited + 1, end - half_year - 5)
    path = [(off - waited, ASKED), (off, OFF_THE_LIST)]
    if level == 4:
        path.append((off + chance.randint(2, half_year - 2), chance.choice(CRISIS)))
    return path, None


def everyday(chance: Random, last: int) -> list[tuple[int, str]]:
    """What anybody's records hold besides: nothing that belongs to the path."""
    many = min(25, int(chance.expovariate(1 / 6)))
    names, weights = list(DAILY), list(DAILY.values())
    return [(chance.randint(0, max(0, last)), chance.choices(names, weights)[0]) for _ in range(many)]


def write_log(folder: Path, *, until: date) -> tuple[Path, Path]:
    """The contact log and the list of everybody, as two CSV files whose last day is `until`."""
    folder.mkdir(parents=True, exist_ok=True)
    contacts, people = folder / "contacts.csv", folder / "people.csv"
    first = datetime.combine(until, datetime.min.time()) - timedelta(days=DAYS - 1)
    clock = Random(SEED + 1)
    names, weights = list(NEIGHBOURHOODS), list(NEIGHBOURHOODS.values())
    with contacts.open("w", newline="") as one, people.open("w", newline="") as two:
        log, everybody = csv.writer(one), csv.writer(two)
        log.writerow(["person", "activity", "time", "seq"])
        everybody.writerow(["person", "neighbourhood", "until"])
        for number, life in enumerate(lives(), start=1):
            person = f"P{number:05d}"
            ends = (first + timedelta(days=life.ends)).date().isoformat() if life.ends is not None else ""
            everybody.writerow([person, clock.choices(names, weights)[0], ends])
            for seq, (day, activity) in enumerate(life.contacts):
                when = first + timedelta(days=day, minutes=min(seq, 400) + 480)
                log.writerow([person, activity, when.isoformat(sep=" "), seq])
    return contacts, people
