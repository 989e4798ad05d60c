"""Real conversations with what Polis published of them, where they stand."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from betterstory.engines import consensus

HERE = Path(__file__).resolve()
DATA = Path(os.environ.get("BETTER_STORY_DATA") or HERE.parents[6] / "shared" / "data") / "conversations"
WITH_MATH = ("4cvkai2ctw", "2dhnep37ie", "4asymkcrjf")

real_data = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason=f"no conversations at {DATA}: real votes were not checked"),
]


def votes_and_math(name: str) -> tuple[consensus.Votes, consensus.Statements, dict[str, Any]]:
    """A conversation's votes, and Polis's whole published maths of it, where agree is -1."""
    folder = DATA / "reference-math" / name
    statements = consensus.read_statements(folder / "statements.csv")
    votes = consensus.read_votes(folder / "votes.csv", statements=statements)
    return votes, statements, json.loads((folder / "published-math.json").read_text())


def groups_in(math: dict[str, Any]) -> dict[str, int]:
    """The published group of everybody who was grouped."""
    base = dict(zip(math["base-clusters"]["id"], math["base-clusters"]["members"], strict=True))
    return {
        str(person): group["id"]
        for group in math["group-clusters"]
        for cluster in group["members"]
        for person in base[cluster]
    }


def open_data(name: str) -> tuple[consensus.Votes, dict[str, int], dict[str, dict[str, str]]]:
    """An exported conversation: votes, published groups, and its comments by id."""
    folder = DATA / name
    statements = consensus.read_statements(folder / "comments.csv")
    votes = consensus.read_votes(folder / "participants-votes.csv", statements=statements)
    with (folder / "participants-votes.csv").open(newline="") as file:
        groups = {row["participant"]: int(row["group-id"]) for row in csv.DictReader(file) if row["group-id"]}
    with (folder / "comments.csv").open(newline="") as file:
        comments = {row["comment-id"]: row for row in csv.DictReader(file)}
    return votes, groups, comments
