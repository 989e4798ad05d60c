"""What was found, as one object of plain parts: for programs, and for whoever says it aloud."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from betterstory.engines.consensus.agreed import Consensus, agreed_in_every_group, find_consensus
from betterstory.engines.consensus.polis import Polis
from betterstory.engines.consensus.representative import Said
from betterstory.engines.consensus.room import Room
from betterstory.engines.consensus.saying import say
from betterstory.engines.consensus.tally import count, count_groups
from betterstory.engines.consensus.votes import Votes

ANALYSTS_ONLY = (
    "Groups are for analysts. Show nobody their group or anybody else's, and no group of fewer than five."
)
ALWAYS_TWO = (
    "This is Polis's way, which always finds at least two groups: that there are groups here says nothing. "
    "Ask without --polis whether groups hold."
)
LEAST_SHOWN = 5
EIGHTY = 1.2815515655446004
"""Between minus and plus this many spreads lie eight in ten."""

type Words = Mapping[str, str]
type Told = dict[str, Any]


def tell_room(votes: Votes, room: Room, words: Words) -> Told:
    """A room's verdict and agreement. Where no groups hold there are none, and so nothing agreed in each."""
    everybody = count(votes)
    groups = _shown(votes, room)
    told: Told = {
        "mode": "room",
        "voices": room.people,
        "statements": room.statements,
        "filled": room.filled,
        "verdict": None if room.verdict is None else str(room.verdict),
        "verdict_in_words": say(room),
        "groups": dict(zip(votes.voices, groups, strict=True)),
        "warning": ANALYSTS_ONLY,
        "agreement": [
            {
                "statement": each.statement,
                "words": words.get(each.statement, ""),
                "heard": each.heard,
                "agree": each.agree,
                "not_sure": each.not_sure,
                "disagree": each.disagree,
                "share": each.share,
                "range": each.range,
                "value": each.value,
                "ends": each.ends,
                "late": each.late,
                "in_top": each.in_top,
            }
            for each in room.agreement
        ],
        "consensus": tell_consensus(find_consensus(everybody, votes.statements, votes.aside), words),
        "group_informed_consensus": {},
    }
    numbers = sorted({group for group in groups if group is not None})
    if numbers:
        place = {number: at for at, number in enumerate(numbers)}
        label = np.array([-1 if group is None else place[group] for group in groups], dtype=np.int64)
        agreed, _ = agreed_in_every_group(count_groups(votes, label, len(numbers)))
        told["group_informed_consensus"] = dict(zip(votes.statements, agreed.tolist(), strict=True))
    return told


def _shown(votes: Votes, room: Room) -> list[int | None]:
    """A group under five is none."""
    if room.groups is None:
        return [None] * len(votes.voices)
    groups = list(room.groups)
    return [None if groups.count(group) < LEAST_SHOWN else group for group in groups]


def tell_polis(votes: Votes, found: Polis, words: Words) -> Told:
    """Everything that Polis publishes, with a warning that it always finds groups."""
    return {
        "mode": "polis",
        "voices": int(np.count_nonzero(np.diff(votes.starts))),
        "statements": int(np.count_nonzero(~votes.aside)),
        "verdict": None,
        "verdict_in_words": ALWAYS_TWO,
        "groups": found.groups,
        "sizes": found.sizes,
        "warning": ANALYSTS_ONLY,
        "agreement": _agreement(votes, found, words),
        "consensus": tell_consensus(found.consensus, words),
        "group_informed_consensus": found.group_informed_consensus,
        "representative": {
            number: [_said(each, words) for each in of_group]
            for number, of_group in zip(found.numbers, found.representative, strict=True)
        },
        "priorities": found.priorities,
        "silhouettes": found.silhouettes,
        "coordinates": dict(zip(votes.voices, found.space.positions.tolist(), strict=True)),
        "components": found.space.components.tolist(),
        "centre": dict(zip(votes.statements, found.space.centre.tolist(), strict=True)),
        "extremity": dict(zip(votes.statements, found.space.extremity.tolist(), strict=True)),
        "moderated_out": [votes.statements[at] for at in np.flatnonzero(votes.aside)],
    }


def tell_consensus(consensus: Consensus, words: Words) -> Told:
    return {
        "agree": [_said(each, words) for each in consensus.agree],
        "disagree": [_said(each, words) for each in consensus.disagree],
    }


def _said(said: Said, words: Words) -> Told:
    parts = {name: getattr(said, name) for name in type(said).__dataclass_fields__}
    return {"statement": said.statement, "words": words.get(said.statement, "")} | parts


def _agreement(votes: Votes, found: Polis, words: Words) -> list[Told]:
    """Statements not moderated out, what the groups agree with most first; unheard ones last.

    `value` is the groups' middle share (geometric): unlike the product it does not fall with more groups.
    """
    value = found.agreed_everywhere ** (1 / max(1, len(found.numbers)))
    everybody = found.everybody
    heard, agree, disagree = (part[0] for part in (everybody.seen, everybody.agreed, everybody.disagreed))
    order = [at for at in np.lexsort((-value, heard == 0)).tolist() if not votes.aside[at]]
    return [
        {
            "statement": votes.statements[at],
            "words": words.get(votes.statements[at], ""),
            "heard": int(heard[at]),
            "agree": int(agree[at]),
            "not_sure": int(heard[at] - agree[at] - disagree[at]),
            "disagree": int(disagree[at]),
            "share": float(agree[at] / heard[at]) if heard[at] else None,
            "range": eight_in_ten(int(agree[at]), int(heard[at])),
            "value": float(value[at]),
        }
        for at in order
    ]


def eight_in_ten(agree: int, heard: int) -> tuple[float, float] | None:
    """Where the share lies in eight of ten such rooms (Wilson's range). None where nobody heard it."""
    if not heard:
        return None
    share, pull = agree / heard, EIGHTY**2 / heard
    middle = (share + pull / 2) / (1 + pull)
    half = EIGHTY * ((share * (1 - share) + pull / 4) / heard) ** 0.5 / (1 + pull)
    return max(0.0, middle - half), min(1.0, middle + half)
