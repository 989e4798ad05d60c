"""The order in which kinds of contact stand below each other: as people most often go, from what is shown."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

type Weights = Mapping[tuple[str, str], int]

BACK = 4  # going back counts as so many more steps than going on
BEGIN = 4  # and so does beginning lower down
MOST_SIFTED = 60
ROUNDS = 8


def typical_order(names: Sequence[str], ways: Weights, first: Mapping[str, int]) -> list[str]:
    """Those that come before others first. `ways` and `first` are shown figures, nothing else."""
    order = _by_pull(names, ways, first)
    if len(order) > MOST_SIFTED:
        return order
    for _ in range(ROUNDS):
        before = list(order)
        for name in before:
            order = _best_place(name, order, ways, first)
        if order == before:
            break
    return order


def _by_pull(names: Sequence[str], ways: Weights, first: Mapping[str, int]) -> list[str]:
    """From the top, again and again the one that gives the most more than it gets from those left."""
    left = sorted(names)
    gives = {name: first.get(name, 0) for name in left}
    for (start, end), people in ways.items():
        gives[start] += people
        gives[end] -= people
    order = []
    while left:
        chosen = max(left, key=lambda name: gives[name])
        left.remove(chosen)
        order.append(chosen)
        for (start, end), people in ways.items():
            if start == chosen:
                gives[end] += people
            elif end == chosen:
                gives[start] -= people
    return order


def _best_place(name: str, order: list[str], ways: Weights, first: Mapping[str, int]) -> list[str]:
    """The same order with this one where the ways to and from it are shortest."""
    others = [other for other in order if other != name]
    place = {other: number for number, other in enumerate(others)}
    own = [(way, people) for way, people in ways.items() if name in way and way[0] != way[1]]
    across = _across(name, place, ways)
    was = order.index(name)
    costs = []
    for at in range(len(order)):
        cost = BEGIN * first.get(name, 0) * at + across[at]
        for (start, end), people in own:
            other = place[end if start == name else start]
            far = (other + 1 - at if other >= at else other - at) * (1 if start == name else -1)
            cost += people * (far if far > 0 else BACK - 2 * far)
        costs.append((cost, abs(at - was), at))
    best = min(costs)[2]
    return [*others[:best], name, *others[best:]]


def _across(name: str, place: Mapping[str, int], ways: Weights) -> list[int]:
    """For each place among the others, how many people's ways are longer with `name` there."""
    starts = [0] * (len(place) + 2)
    for (start, end), people in ways.items():
        if name not in (start, end):
            low, high = sorted((place[start], place[end]))
            starts[low + 1] += people
            starts[high + 1] -= people
    return list(accumulate(starts))
