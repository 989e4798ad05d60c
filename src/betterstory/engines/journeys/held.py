"""Figures that keep what was shown before, and the sums that are made from them."""

from collections.abc import Mapping
from dataclasses import replace

from betterstory.engines.disclosure import ProtectedCount, total
from betterstory.engines.journeys.protected import Counts, Protected
from betterstory.engines.journeys.standing import STATUSES, at_least_of


def keep_figures(protected: Protected, kept: Mapping[str, int]) -> Protected:
    """The same, with these figures in place of what was counted; every sum is made again from what is shown.

    kept: by the names that `Standing.fingerprints` gives, like "level 2 to 2" and "on_the_way 2"
    """
    if not kept:
        return protected
    parts = {name: _kept(getattr(protected, name), name, kept) for name in STATUSES}
    groups = []
    for group in protected.groups:
        people = group.people
        alone = [parts[name][group.first] for name in STATUSES if parts[name][group.first].shown]
        if alone and group.first == group.last:
            people = replace(people, shown=total(alone))
        elif (shown := kept.get(f"level {group.first} to {group.last}")) is not None:
            people = replace(people, shown=shown)
        groups.append(replace(group, people=people))
    exactly = list(protected.exactly)
    for group in groups:
        if group.first == group.last:
            exactly[group.first] = group.people
    at_least = at_least_of(tuple(groups))
    return replace(
        protected,
        people=at_least[0],
        exactly=tuple(exactly),
        at_least=at_least,
        groups=tuple(groups),
        on_the_way=parts["on_the_way"],
        way_closed=parts["way_closed"],
        too_early=parts["too_early"],
    )


def _kept(counts: Counts, name: str, kept: Mapping[str, int]) -> Counts:
    return tuple(_one(count, kept.get(f"{name} {level}")) for level, count in enumerate(counts))


def _one(count: ProtectedCount, shown: int | None) -> ProtectedCount:
    return count if shown is None or not count.shown else replace(count, shown=shown)
