"""Whether two ways of reading the same votes say the same.

Groups found from nothing are no function of the votes, so a peer's figures are held against ours for the
peer's own groups: everything else must then be the same.
"""

from typing import Any

import numpy as np

from betterstory.engines import consensus

CLOSE, ROUGH = 1e-9, 1e-6
"""Sums in another order; and main lines that a peer works out exactly, in another way."""

type Told = dict[str, Any]


def differences(ours: Told, theirs: Told, *, groups: bool) -> list[str]:
    """What is not the same, by name."""
    wrong = [
        name
        for name in ("agreed", "priorities")
        if not _near(ours[name], theirs[name], CLOSE if name == "agreed" or groups else ROUGH)
    ]
    wrong += [name for name in ("consensus", "representative") if not _same(ours[name], theirs[name])]
    if not _stand_alike(ours["positions"], theirs["positions"], CLOSE if groups else ROUGH):
        wrong.append("positions")
    if groups and ours["groups"] != theirs["groups"]:
        wrong.append("groups")
    return wrong


def for_their_groups(votes_file: str, groups: dict[str, int]) -> consensus.Polis:
    """Ours, with the groups as the peer has them."""
    with np.load(votes_file) as kept:
        voice, statement, said = (kept[name] for name in ("voice", "statement", "said"))
        aside = [str(name) for name in kept["aside"]]
    voices, voice = np.unique(voice, return_inverse=True)
    statements, statement = np.unique(statement, return_inverse=True)
    votes = consensus.arrange_arrays(
        [str(name) for name in voices],
        [str(name) for name in statements],
        voice,
        statement,
        said,
        aside=aside,
    )
    return consensus.polis(votes, labels=groups)


def _near(one: dict[str, float], other: dict[str, float], close: float) -> bool:
    return one.keys() == other.keys() and all(
        abs(one[name] - other[name]) <= close * max(1.0, abs(one[name])) for name in one
    )


def _same(one: Any, other: Any) -> bool:
    """A peer that shows nothing for a group leaves out what has no leader: that is not held against ours."""
    if isinstance(one, dict):
        return bool(one.keys() == other.keys()) and all(
            not other[name] or one[name] == other[name] for name in one
        )
    return bool(one == other)


def _stand_alike(one: Told, other: Told, close: float) -> bool:
    """Either line may point the other way."""
    if one.keys() != other.keys():
        return False
    here, there = (np.array([each[name] for name in one]) for each in (one, other))
    here = here * np.where((here * there).sum(axis=0) < 0, -1, 1)
    return bool(np.abs(here - there).max() <= close * max(1.0, np.abs(here).max()))
