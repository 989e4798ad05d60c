"""The same votes asked of red-dwarf (MPL-2.0), in an environment of its own, as its users would ask it.

It starts from a list of votes, each a dict, as it asks for; making that list is not counted. It is timed as
it comes. Its answer is asked once more with the main lines worked out exactly: for a large table its own
solver draws by chance, and is off by as much as a hundredth (docs/reference/consensus.md).
"""

import sys
import time
from importlib.metadata import version
from typing import Any

import numpy
from reddwarf.implementations.base import run_pipeline

from benchmarks._timing import run_case, timed


def run(question: dict[str, Any], what: str, repeats: int) -> dict[str, Any]:
    with numpy.load(question["votes"]) as kept:
        rows = zip(*(kept[name].tolist() for name in ("voice", "statement", "said")), strict=True)
        aside = kept["aside"].tolist()
    votes = [
        {"participant_id": voice, "statement_id": statement, "vote": said, "modified": 0}
        for voice, statement, said in rows
    ]

    def ask(**solver: str) -> Any:
        return run_pipeline(votes=votes, mod_out_statement_ids=aside, random_state=0, reducer_kwargs=solver)

    seconds, _as_it_comes = timed(ask, repeats, time.process_time)
    found = ask(svd_solver="covariance_eigh")
    versions = {name: version(name) for name in ("red-dwarf", "scikit-learn", "pandas")}
    return {"seconds": seconds, "answer": told(found), "versions": versions}


def told(found: Any) -> dict[str, Any]:
    groups = found.participants_df["cluster_id"].dropna()
    return {
        "positions": {
            str(voice): [float(x), float(y)] for voice, (x, y) in found.participant_projections.items()
        },
        "agreed": {str(name): float(value) for name, value in found.group_aware_consensus["agree"].items()},
        "priorities": {str(name): float(value) for name, value in found.statements_df["priority"].items()},
        "consensus": [
            [[each["n-success"], each["n-trials"]] for each in found.consensus[way]]
            for way in ("agree", "disagree")
        ],
        "representative": {
            str(number): [[each["repful-for"], each["n-success"], each["n-trials"]] for each in of_group]
            for number, of_group in found.repness.items()
        },
        "groups": {str(voice): int(group) for voice, group in groups.items()},
    }


if __name__ == "__main__":
    sys.exit(run_case(run))
