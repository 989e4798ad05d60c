"""The one door that every number about people in records passes.

What comes out cannot give back what went in: 0 to 7 people read "fewer than 8", the rest is rounded to the
nearest 5, and totals and shares are made from what is shown. The true total of a whole is taken to be known
to whoever wants to find someone out, so the parts of a whole are put together until each has 8 people or
more; rounding alone would let them take the shown parts from the total and read off the hidden ones.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

LEAST_HIDDEN_BELOW = 8
LEAST_NEAREST = 5
LEAST_FOR_WAITS = 20
LEAST_FOR_SHARES = 50
LEAST_FOR_DECIMALS = 4000
DAYS_IN_DAYS = 14

type Status = Literal["shown", "fewer", "together", "none"]


class Withheld(ValueError):
    """A figure that may not go out. `sentence` says why, and repeats no figure."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Profile:
    """A rule: counts under `hidden_below` are hidden, the rest rounded to the nearest `nearest`."""

    name: str
    hidden_below: int = LEAST_HIDDEN_BELOW
    nearest: int = LEAST_NEAREST

    def __post_init__(self) -> None:
        if self.hidden_below < LEAST_HIDDEN_BELOW or self.nearest % LEAST_NEAREST or self.nearest < 1:
            raise ValueError("A rule may be stricter than the default, never looser.")

    def rounded(self, people: int) -> int:
        return (2 * people + self.nearest) // (2 * self.nearest) * self.nearest


PROFILES = {profile.name: profile for profile in (Profile("default"), Profile("nhs-england-sde", 10))}


def find_profile(name: str) -> Profile:
    """The rule of this name. Raises Withheld where there is none: no figure goes out under no rule."""
    if name not in PROFILES:
        raise Withheld(f'There is no rule called "{name}". The rules are {" and ".join(PROFILES)}.')
    return PROFILES[name]


@dataclass(frozen=True, slots=True)
class ProtectedCount:
    """A count of people that may be shown. It does not hold the true count, so it cannot print it.

    shown:    `shown` is the rounded figure
    fewer:    fewer than `below`, zero included; `shown` is None
    together: not shown on its own, only together with others; `shown` is None
    none:     nobody can be here, whatever the records hold; `shown` is 0
    """

    shown: int | None
    status: Status
    below: int = LEAST_HIDDEN_BELOW

    def words(self, many: str = "people") -> str:
        """ "about 120 people", "fewer than 8 people"."""
        if self.status == "none":
            return "no one" if many == "people" else f"no {many}"
        if self.status == "together":
            return "not shown on its own"
        return f"fewer than {self.below} {many}" if self.shown is None else f"about {self.shown:,} {many}"

    def __str__(self) -> str:
        return self.words()


NOBODY = ProtectedCount(0, "none")


def protect(people: int, profile: Profile) -> ProtectedCount:
    """A count that stands alone: part of no total that anybody could know."""
    if people < profile.hidden_below:
        return ProtectedCount(None, "fewer", profile.hidden_below)
    return ProtectedCount(profile.rounded(people), "shown", profile.hidden_below)


def total(counts: Iterable[ProtectedCount]) -> int:
    """The sum of what is shown; what is hidden adds nothing."""
    return sum(count.shown or 0 for count in counts)


def grouped(parts: Sequence[Sequence[int]], profile: Profile) -> list[tuple[int, ...]]:
    """Which neighbouring parts of known totals to put together, so that none is small in any row.

    `parts[i][r]` is how many people of row r are in part i; every row's total is taken as known. From the
    last part down, parts are gathered until each row has enough people; what is left over at the first
    part joins the group before it. Gives the groups in order, each the indexes of its parts.

    Nothing but this rule decides, so from a group that is shown every split of it between its parts that
    starts with a small one is as likely as any other: `tests/test_attack.py` tries all of them.
    """
    groups: list[tuple[int, ...]] = []
    gathered: list[int] = []
    for index in range(len(parts) - 1, -1, -1):
        gathered.insert(0, index)
        if all(people >= profile.hidden_below for people in _sums(parts, gathered)):
            groups.insert(0, tuple(gathered))
            gathered = []
    if gathered:
        groups[:1] = [(*gathered, *(groups[0] if groups else ()))]
    return groups


def _sums(parts: Sequence[Sequence[int]], group: Iterable[int]) -> list[int]:
    return [sum(row) for row in zip(*(parts[index] for index in group), strict=True)]


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring parts of a whole (`first` to `last`) that are counted as one."""

    first: int
    last: int
    people: ProtectedCount


def parts_of_a_whole(parts: Sequence[int], profile: Profile) -> tuple[Group, ...]:
    """The parts of a known total, put together until each has enough people."""
    groups = grouped([[people] for people in parts], profile)
    return tuple(
        Group(group[0], group[-1], protect(sum(parts[index] for index in group), profile)) for group in groups
    )


def each_part(groups: Sequence[Group]) -> tuple[ProtectedCount, ...]:
    """What may be said of each single part. A part above the lowest of its group is known to be small, by
    the rule itself; in the group of the first part the rule leaves open which one it was."""
    said: list[ProtectedCount] = []
    for group in groups:
        below = group.people.below
        if group.first == group.last or group.people.shown is None:
            said += [group.people] * (group.last - group.first + 1)
            continue
        small = ProtectedCount(None, "fewer" if group.first > 0 else "together", below)
        said += [ProtectedCount(None, "together", below)] + [small] * (group.last - group.first)
    return tuple(said)


def split(parts: Mapping[str, int], possible: Collection[str], profile: Profile) -> dict[str, ProtectedCount]:
    """The parts of a count that is shown: all of them where each has enough people, else none.

    `possible` names the parts that somebody could be in at all; the others are nobody, which tells nothing.
    """
    apart = all(parts[name] >= profile.hidden_below for name in possible)
    hidden = ProtectedCount(None, "together", profile.hidden_below)
    return {
        name: (protect(people, profile) if apart else hidden) if name in possible else NOBODY
        for name, people in parts.items()
    }


def part_of(people: int, of: int, profile: Profile) -> ProtectedCount:
    """Some of a count that is shown, where both they and the rest have enough people; else not shown."""
    if min(people, of - people) < profile.hidden_below:
        return ProtectedCount(None, "together", profile.hidden_below)
    return protect(people, profile)


def share(part: ProtectedCount, whole: ProtectedCount) -> float | None:
    """How many in every hundred, from shown figures alone; None where it could point at someone.

    Whole numbers; one decimal from 4,000 people up. Nothing under 50 people, and nothing so near to none or
    all of them that those left over would be few.
    """
    if not part.shown or whole.shown is None or whole.shown < LEAST_FOR_SHARES:
        return None
    if whole.shown - part.shown < whole.below:
        return None
    return round(100 * part.shown / whole.shown, 1 if whole.shown >= LEAST_FOR_DECIMALS else 0)


@dataclass(frozen=True, slots=True)
class ProtectedWait:
    """Quartiles of a wait in whole weeks (or days), of 20 people or more."""

    quarter: int
    middle: int
    three_quarters: int
    unit: Literal["week", "day"] = "week"

    def __str__(self) -> str:
        if self.three_quarters == 0:
            return f"most are less than a {self.unit}"
        middle = f"about {self._many(self.middle)}" if self.middle else f"less than a {self.unit}"
        return f"the middle one is {middle}, and a quarter are {self._many(self.three_quarters)} or more"

    def _many(self, number: int) -> str:
        return f"1 {self.unit}" if number == 1 else f"{number} {self.unit}s"


@dataclass(frozen=True, slots=True, repr=False)
class Quartiles:
    """True figures: how many people waited, and the waits at a quarter, the middle and three quarters of them
    in order: the places `people * part // 4`, counted from 0."""

    people: int
    quarter: float
    middle: float
    three_quarters: float


def protect_waits(weeks: Sequence[float] | Quartiles) -> ProtectedWait | None:
    """The middle half of some waits, given in weeks; None where fewer than 20 people waited."""
    people = weeks.people if isinstance(weeks, Quartiles) else len(weeks)
    if people < LEAST_FOR_WAITS:
        return None
    if isinstance(weeks, Quartiles):
        return ProtectedWait(int(weeks.quarter), int(weeks.middle), int(weeks.three_quarters))
    ordered = sorted(weeks)
    quarter, middle, three = (int(ordered[len(ordered) * part // 4]) for part in (1, 2, 3))
    return ProtectedWait(quarter, middle, three)


def protect_quartiles(people: int, days: Sequence[float]) -> ProtectedWait | None:
    """Quartiles of the waits of so many people, given in days: in whole weeks, or where three quarters waited
    under two weeks in whole days. None where fewer than 20 people waited."""
    if people < LEAST_FOR_WAITS:
        return None
    short = days[2] < DAYS_IN_DAYS
    quarter, middle, three = (int(day // (1 if short else 7)) for day in days)
    return ProtectedWait(quarter, middle, three, "day" if short else "week")


def apart(now: Collection[bytes], earlier: Collection[bytes]) -> int:
    """How many people are in one of two counts and not in the other. People are given as keyed hashes."""
    return len(set(now) ^ set(earlier))


def check_release(
    now: Mapping[str, Collection[bytes]], earlier: Mapping[str, Collection[bytes]], profile: Profile
) -> None:
    """On the same data: raises Withheld where a count differs from any released one by a few people.

    Each count is the set of people in it, as keyed hashes; every new one is held against every earlier one,
    whatever they are called, because two patterns that are nearly twins give each other's difference away.
    """
    for count in now.values():
        if any(0 < apart(count, released) < profile.hidden_below for released in earlier.values()):
            raise Withheld(
                "This differs by only a few people from figures that are already out on the same records, "
                "so the two together could point at someone. Keep the figures that are out."
            )


@dataclass(frozen=True, slots=True)
class Held:
    """A figure in a release on newer data, and whether it is the earlier one, kept: "no clear change"."""

    people: ProtectedCount
    no_clear_change: bool


def hold(now: Collection[bytes], earlier: Collection[bytes], shown: ProtectedCount, profile: Profile) -> Held:
    """On newer data: a count that differs by a few people from the earlier one keeps the figure it had."""
    if apart(now, earlier) < profile.hidden_below:
        return Held(shown, no_clear_change=True)
    return Held(protect(len(now), profile), no_clear_change=False)
