"""Whether two answers are the same."""

from typing import Any

SAME_WAIT = 0.001
"""Seconds by which two middle waits may differ: one way of counting keeps them as floating point numbers."""


def agree(one: Any, other: Any) -> bool:
    """Levels must be the same to a person; maps the same ways, the same moves, the same middle waits."""
    if not one or not isinstance(one[0], list) or not isinstance(one[0][0], str):
        return bool(one == other)
    return same_map(one, other)


def same_map(one: list[list[Any]], other: list[list[Any]]) -> bool:
    ways, others = by_way(one), by_way(other)
    return ways.keys() == others.keys() and all(
        moves == others[way][0] and abs(wait - others[way][1]) <= SAME_WAIT
        for way, (moves, wait) in ways.items()
    )


def by_way(edges: list[list[Any]]) -> dict[tuple[str, str], tuple[int, float]]:
    return {(first, then): (int(moves), float(wait)) for first, then, moves, wait in edges}


def in_words(answer: Any) -> str:
    """An answer in a line."""
    if isinstance(answer[0], int):
        return "people at exactly each level: " + " / ".join(f"{people:,}" for people in answer)
    if isinstance(answer[0][0], str):
        waits = sum(edge[3] for edge in answer)
        moves = sum(edge[2] for edge in answer)
        return f"{len(answer):,} ways, {moves:,} moves, middle waits adding to {waits:,.1f} s"
    return f"{len(answer)} patterns, {sum(levels[-1] for levels in answer):,} whole paths among them"
