"""Our side of the cases: from three arrays of votes to everything that is said.

python -m benchmarks._consensus_ours QUESTION WHAT REPEATS
"""

import sys
import time
from typing import Any

import numpy as np

from benchmarks._timing import Absent, run_case, timed
from betterstory.engines import compiling, consensus

type Said = dict[str, Any]


def run(question: dict[str, Any], what: str, repeats: int) -> Said:
    """CPU time of this process, with the votes put in order each time."""
    with np.load(question["votes"]) as kept:
        voice, statement, said = (kept[name] for name in ("voice", "statement", "said"))
        aside = [str(name) for name in kept["aside"]]
    voices, voice = np.unique(voice, return_inverse=True)
    statements, statement = np.unique(statement, return_inverse=True)
    names = [str(name) for name in voices], [str(name) for name in statements]

    def arranged() -> consensus.Votes:
        return consensus.arrange_arrays(*names, voice, statement, said, aside=aside)

    if what == "arrange":
        seconds, votes = timed(arranged, repeats, time.process_time)
        return {"seconds": seconds, "answer": list(votes.shape)}
    if what.startswith("room"):
        votes = arranged()
        whole = what == "room_whole"
        seconds, room = timed(
            lambda: consensus.room(votes, ranges=whole, verdict=whole), repeats, time.process_time
        )
        return {"seconds": seconds, "answer": [each.statement for each in room.agreement]}
    return polis(arranged, question, what, repeats)


def polis(arranged: Any, question: Said, what: str, repeats: int) -> Said:
    """`fast` where numba is here, `numpy` without it; `ordered` leaves putting in order out of the time."""
    if what != "numpy" and not compiling.is_here():
        raise Absent("numba is not installed")
    backend = "numpy" if what == "numpy" else "fast"
    votes = arranged()
    work = (lambda: votes) if what == "ordered" else arranged
    seconds, found = timed(lambda: consensus.polis(work(), backend=backend), repeats, time.process_time)
    return {"seconds": seconds, "answer": None if question["large"] else told(found)}


def told(found: consensus.Polis) -> Said:
    """What everybody gives, by id; lists by their counts, because of equals a peer may take any."""
    return {
        "positions": dict(zip(found.votes.voices, found.space.positions.tolist(), strict=True)),
        "agreed": found.group_informed_consensus,
        "priorities": found.priorities,
        "consensus": [
            [[each.many, each.of] for each in way]
            for way in (found.consensus.agree, found.consensus.disagree)
        ],
        "representative": {
            str(number): [[each.says, each.many, each.of] for each in of_group]
            for number, of_group in zip(found.numbers, found.representative, strict=True)
        },
        "groups": {voice: group for voice, group in found.groups.items() if group is not None},
    }


if __name__ == "__main__":
    sys.exit(run_case(run))
