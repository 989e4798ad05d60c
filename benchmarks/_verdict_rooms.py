"""Made-up rooms whose truth is known: nothing shared, a line, a plane, camps, and what is hard to tell.

A kind draws a table of votes (people x statements; 1, 0 pass, -1) and, where it has camps, who is in which.
Slopes are logits per standard deviation of people, log-normal with a random direction; difficulties normal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

type Chance = np.random.Generator
type Table = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Drawn:
    votes: Table
    camps: NDArray[np.int64] | None = None


type Kind = Callable[[Chance, int, int], Drawn]

PEOPLE: dict[str, Callable[[Chance, int], Table]] = {
    "normal": lambda chance, n: chance.normal(size=n),
    "even": lambda chance, n: chance.uniform(-(3**0.5), 3**0.5, n),
    "exponential": lambda chance, n: chance.exponential(size=n) - 1,
    "triangular": lambda chance, n: (chance.triangular(0, 0, 1, n) - 1 / 3) * 18**0.5,
    "t3": lambda chance, n: chance.standard_t(3, n) / 3**0.5,
    "beta 2 2": lambda chance, n: (chance.beta(2, 2, n) - 0.5) * 20**0.5,
}
ANSWERS: dict[str, Callable[[Table], Table]] = {
    "logit": lambda x: 1 / (1 + np.exp(-x)),
    "probit": lambda x: 1 / (1 + np.exp(-1.702 * x)),
    "complementary log-log": lambda x: 1 - np.exp(-np.exp(np.clip(x, -30, 5))),
}


def line(
    chance: Chance,
    n: int,
    m: int,
    *,
    people: str = "even",
    slope: float = 2.0,
    unequal: float = 0.3,
    difficulty: float = 1.0,
    easy: float = 0.0,
    one_way: bool = False,
    habit: float = 0.0,
    unsure: float = 0.0,
    unsure_by_person: float = 0.0,
    tossed: float = 0.0,
    at_random: float = 0.0,
    answer: str = "logit",
) -> Drawn:
    """People along one line. `habit` is yes-saying, `unsure` half the width of a pass."""
    place = PEOPLE[people](chance, n)
    way = np.ones(m) if one_way else chance.choice([-1.0, 1.0], m)
    slopes = slope * chance.lognormal(0, unequal, m) * way
    seen = easy + difficulty * chance.normal(size=m) + np.outer(place, slopes)
    seen += habit * chance.normal(size=(n, 1))
    if unsure:
        felt = seen + chance.logistic(size=(n, m))
        width = unsure * chance.lognormal(0, unsure_by_person, (n, 1))
        votes = np.where(np.abs(felt) < width, 0.0, np.sign(felt))
    else:
        votes = said(chance, ANSWERS[answer](seen))
    coins = chance.choice([-1.0, 1.0], (n, m))
    votes = np.where(chance.random((n, m)) < tossed, coins, votes)
    return Drawn(np.where(chance.random((n, 1)) < at_random, coins, votes))


def straight(chance: Chance, n: int, m: int) -> Drawn:
    """Agreement rises in a straight line from one end to the other."""
    share = chance.random(n)[:, None]
    low, high = chance.uniform(0.05, 0.35, m), chance.uniform(0.65, 0.95, m)
    turned = chance.random(m) < 0.5
    return Drawn(said(chance, np.where(turned, high - (high - low) * share, low + (high - low) * share)))


def ideal_point(chance: Chance, n: int, m: int, *, people: str) -> Drawn:
    """People agree only with what is near them on a line."""
    apart = PEOPLE[people](chance, n)[:, None] - PEOPLE["even"](chance, m)
    return Drawn(said(chance, 0.95 * np.exp(-(apart**2) / 2)))


def plane(chance: Chance, n: int, m: int, *, people: str = "normal", second: float = 1.0) -> Drawn:
    """People on a plane; `second` is how much the second direction divides."""
    places = np.stack([PEOPLE[people](chance, n), second * PEOPLE[people](chance, n)], axis=1)
    angle = chance.uniform(0, 2 * np.pi, m)
    slopes = 2 * chance.lognormal(0, 0.3, m) * np.stack([np.cos(angle), np.sin(angle)])
    return Drawn(said(chance, ANSWERS["logit"](places @ slopes + chance.normal(size=m))))


def shuffled(chance: Chance, n: int, m: int, *, passing: float = 0.0) -> Drawn:
    """Nothing shared: every vote on its own, shares from 10 % to 90 %."""
    votes = said(chance, np.broadcast_to(chance.uniform(0.1, 0.9, m), (n, m)))
    return Drawn(np.where(chance.random((n, m)) < passing, 0.0, votes))


def camps(
    chance: Chance,
    n: int,
    m: int,
    *,
    sizes: tuple[int, ...],
    apart: float,
    dividing: float = 1.0,
    passing: float = 0.0,
    habit: float = 0.0,
    inside: float = 0.0,
    second: float = 0.0,
) -> Drawn:
    """Two camps, or three of which one differs on each statement; `apart` is d, the difference of shares.

    `inside` is the spread within a camp as a share of half the gap, `second` an independent question that
    divides people by as much.
    """
    whole = sum(sizes)
    member = np.repeat(np.arange(len(sizes)), [round(size * n / whole) for size in sizes[:-1]] + [n])[:n]
    differs = (
        member[:, None] == chance.integers(len(sizes), size=m) if len(sizes) > 2 else (member == 1)[:, None]
    )
    lean = np.where(differs, 1.0, -1.0) + inside * chance.normal(size=(n, 1))
    gaps = apart * (chance.random(m) < dividing)
    room_left = 0.95 - (apart + second) / 2
    middle = chance.uniform(min(1 - room_left, 0.5), max(room_left, 0.5), m)
    share = middle + lean * chance.choice([-1.0, 1.0], m) * gaps / 2
    if second:
        share = share + np.outer(chance.choice([-1.0, 1.0], n), chance.choice([-1.0, 1.0], m)) * second / 2
    share = np.clip(share, 0.01, 0.99)
    if habit:
        share = ANSWERS["logit"](np.log(share / (1 - share)) + habit * chance.normal(size=(n, 1)))
    votes = said(chance, share)
    return Drawn(np.where(chance.random((n, m)) < passing, 0.0, votes), member)


def said(chance: Chance, share: Table) -> Table:
    return np.where(chance.random(share.shape) < share, 1.0, -1.0)


SHUFFLED: dict[str, Kind] = {
    "shuffled, no pass": shuffled,
    "shuffled, one in ten a pass": partial(shuffled, passing=0.1),
}
LINES: dict[str, Kind] = {
    **{f"normal, slope {at}": partial(line, people="normal", slope=at) for at in (1, 2, 3)},
    **{f"even, slope {at}": partial(line, slope=at) for at in (1, 2, 3)},
    "even, very unequal slopes": partial(line, unequal=1.0),
    "even, same difficulty": partial(line, slope=2.5, difficulty=0),
    "even, wide difficulty": partial(line, slope=2.5, difficulty=2.5),
    "normal, graded with pass": partial(line, people="normal", unsure=0.8),
    "even, graded with pass, each their own": partial(line, unsure=0.8, unsure_by_person=0.6),
    "normal, yes-saying as well": partial(line, people="normal", habit=1),
    "even, yes-saying as well": partial(line, habit=1),
    "even, yes-saying only": partial(line, slope=1, one_way=True),
    "even, one vote in five tossed": partial(line, tossed=0.2),
    "exponential": partial(line, people="exponential"),
    "triangular": partial(line, people="triangular"),
    "long tails (t3)": partial(line, people="t3"),
    "probit, Beta(2,2)": partial(line, people="beta 2 2", slope=1.5, answer="probit"),
    "complementary log-log, even": partial(line, slope=1.5, answer="complementary log-log"),
    "complementary log-log, normal": partial(
        line, people="normal", slope=1.5, answer="complementary log-log"
    ),
    "rising in a straight line": straight,
    "even, mostly agree": partial(line, easy=1.5),
    "normal, mostly agree": partial(line, people="normal", easy=1.5),
    "even, 15 % vote at random": partial(line, at_random=0.15),
    "even, yes-saying and pass": partial(line, habit=1, unsure=0.8),
}
OTHERS: dict[str, Kind] = {
    "ideal point, even": partial(ideal_point, people="even"),
    "ideal point, normal": partial(ideal_point, people="normal"),
    "plane, normal": plane,
    "plane, even": partial(plane, people="even"),
    "plane, oblong": partial(plane, people="even", second=0.5),
}
TWO: dict[str, Kind] = {
    f"{sizes[0]}+{sizes[1]}, d = {apart}": partial(camps, sizes=sizes, apart=apart)
    for sizes in ((20, 20), (28, 12))
    for apart in (0.4, 0.5, 0.6, 0.7)
}
THREE: dict[str, Kind] = {
    f"14+13+13, d = {apart}": partial(camps, sizes=(14, 13, 13), apart=apart) for apart in (0.5, 0.7)
}
MISSED: dict[str, Kind] = {
    "20+20, d = 0.45 and a second question as strong": partial(
        camps, sizes=(20, 20), apart=0.45, second=0.45
    ),
    "20+20, d = 0.6, half the statements divide": partial(camps, sizes=(20, 20), apart=0.6, dividing=0.5),
    "20+20, d = 0.5, spread .5 within camps": partial(camps, sizes=(20, 20), apart=0.5, inside=0.5),
    "20+20, d = 0.5, yes-saying": partial(camps, sizes=(20, 20), apart=0.5, habit=0.7),
    "20+20, d = 0.5, 15 % pass": partial(camps, sizes=(20, 20), apart=0.5, passing=0.15),
    "20+20, d = 0.3": partial(camps, sizes=(20, 20), apart=0.3),
}
TOO_SMALL: dict[str, Kind] = {"36+4, d = 0.7": partial(camps, sizes=(36, 4), apart=0.7)}
KINDS = SHUFFLED | LINES | OTHERS | TWO | THREE | MISSED | TOO_SMALL
