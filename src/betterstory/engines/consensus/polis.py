"""Polis mode: the published maths of Polis, so that a conversation held there reads the same here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus import naming
from betterstory.engines.consensus.agreed import Consensus, agreed_in_every_group, find_consensus
from betterstory.engines.consensus.compiled import is_worth_it
from betterstory.engines.consensus.grouping import find_grouped, find_groups
from betterstory.engines.consensus.priority import find_priorities
from betterstory.engines.consensus.representative import Representative, find_representative
from betterstory.engines.consensus.space import Space, find_space
from betterstory.engines.consensus.tally import Tally, count, count_groups
from betterstory.engines.consensus.votes import Votes

type Numbers = NDArray[np.float64]

MOST_GROUPS = 10


@dataclass(frozen=True, eq=False)
class Polis:
    """What Polis would publish of these votes. Arrays stand in the order of `votes.voices` and `.statements`.

    `group` is a place in `numbers`, -1 for a voice in no group; `numbers` are what the groups are called.
    """

    votes: Votes
    space: Space
    group: NDArray[np.int64]
    numbers: tuple[int, ...]
    silhouettes: dict[int, float | None]
    everybody: Tally
    tally: Tally
    representative: tuple[tuple[Representative, ...], ...]
    consensus: Consensus
    agreed_everywhere: Numbers
    disagreed_everywhere: Numbers
    priority: Numbers

    @property
    def groups(self) -> dict[str, int | None]:
        """The group number of every voice, or None. For analysts: nobody is shown their group."""
        called = (*self.numbers, None)
        return {
            voice: called[place] for voice, place in zip(self.votes.voices, self.group.tolist(), strict=True)
        }

    @property
    def sizes(self) -> dict[int, int]:
        """People in each group."""
        many = np.bincount(self.group[self.group >= 0], minlength=len(self.numbers))
        return dict(zip(self.numbers, many.tolist(), strict=True))

    @property
    def group_informed_consensus(self) -> dict[str, float]:
        return dict(zip(self.votes.statements, self.agreed_everywhere.tolist(), strict=True))

    @property
    def priorities(self) -> dict[str, float]:
        return dict(zip(self.votes.statements, self.priority.tolist(), strict=True))


def polis(
    votes: Votes,
    *,
    k: int | None = None,
    labels: Mapping[str, int] | None = None,
    start: Mapping[str, int] | Numbers | None = None,
    kept: Collection[str] = (),
    meta: Collection[str] = (),
    backend: str = "auto",
) -> Polis:
    """All that Polis publishes.

    `k` groups, else as many as fit best. `labels` are the groups themselves: nobody is grouped anew. `start`
    is where grouping starts: the groups of an earlier run, whose numbers are kept, or centres. `kept` were
    grouped before and stay so. `meta` are statements about the conversation itself. Raises ValueError for a
    number of groups that can't be, or where these contradict each other.
    """
    _check(k, labels, start)
    everybody = count(votes, backend)
    space = find_space(votes, everybody, backend)
    if labels is not None:
        group, numbers = _as_given(votes, labels)
        silhouettes: dict[int, float | None] = {}
    else:
        group, numbers, silhouettes = _found(votes, space, everybody, k, start, kept, backend)
    tally = count_groups(votes, group, len(numbers), backend)
    agreed, disagreed = agreed_in_every_group(tally)
    about = set(meta)
    return Polis(
        votes=votes,
        space=space,
        group=group,
        numbers=numbers,
        silhouettes=silhouettes,
        everybody=everybody,
        tally=tally,
        representative=find_representative(tally, votes.statements, votes.aside),
        consensus=find_consensus(everybody, votes.statements, votes.aside),
        agreed_everywhere=agreed,
        disagreed_everywhere=disagreed,
        priority=find_priorities(
            tally, space.extremity, np.array([each in about for each in votes.statements], dtype=np.bool_)
        ),
    )


def _check(k: int | None, labels: object, start: object) -> None:
    if labels is not None and (k is not None or start is not None):
        raise ValueError("where the groups are given, no number of groups and no start can be")
    if start is not None and k is not None:
        raise ValueError("a start says how many groups there are: leave the number away")
    if k is not None and not 2 <= k <= MOST_GROUPS:
        raise ValueError(f"the number of groups is between 2 and {MOST_GROUPS}")


def _as_given(votes: Votes, labels: Mapping[str, int]) -> tuple[NDArray[np.int64], tuple[int, ...]]:
    numbers = tuple(sorted(set(labels.values())))
    place = {number: at for at, number in enumerate(numbers)}
    group = [place[labels[voice]] if voice in labels else -1 for voice in votes.voices]
    return np.array(group, dtype=np.int64), numbers


def _found(
    votes: Votes,
    space: Space,
    everybody: Tally,
    k: int | None,
    start: Mapping[str, int] | Numbers | None,
    kept: Collection[str],
    backend: str,
) -> tuple[NDArray[np.int64], tuple[int, ...], dict[int, float | None]]:
    before = start if isinstance(start, Mapping) else None
    centres = None if start is None else _centres(votes, space, start)
    grouped = find_grouped(votes, int(np.count_nonzero(everybody.seen[0])), {*kept, *(before or ())})
    found = find_groups(
        space.positions, grouped, k=k, start=centres, fast=is_worth_it(len(votes.said), backend)
    )
    many = len(found.centres)
    order = naming.by_size(found.label, many)
    place = np.append(np.argsort(order), -1)
    group = place[found.label]
    return group, naming.numbers(group, many, votes.voices, before), found.silhouettes


def _centres(votes: Votes, space: Space, start: Mapping[str, int] | Numbers) -> Numbers:
    """The centres themselves, or where the people of each earlier group stand now."""
    if not isinstance(start, Mapping):
        centres = np.asarray(start, dtype=np.float64)
        if centres.ndim != 2 or centres.shape[1] != 2 or not 1 <= len(centres) <= MOST_GROUPS:
            raise ValueError(f"a start is two numbers for each of at most {MOST_GROUPS} groups")
        return centres
    group, numbers = _as_given(votes, start)
    if not (group >= 0).any() or len(numbers) > MOST_GROUPS:
        raise ValueError(f"a start is at most {MOST_GROUPS} groups, with somebody in them who voted here")
    label, positions = group[group >= 0], space.positions[group >= 0]
    many = np.bincount(label, minlength=len(numbers))
    sums = np.stack([np.bincount(label, axis, len(numbers)) for axis in positions.T], axis=1)
    return np.asarray(sums[many > 0] / many[many > 0, None])
