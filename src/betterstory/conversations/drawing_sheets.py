"""Which sentences stand on which paper sheet: every sentence is seen by as many people as any other."""

from collections.abc import Mapping, Sequence
from random import Random

A_SHEET = 15  # sentences in large type on one A4 page


def draw(seen: Mapping[int, int], *, sheets: int, size: int, chance: Random) -> list[list[int]]:
    """For each sheet, `size` of the sentences: those that stand on fewest so far, by chance among equals.

    `seen` says on how many sheets each stands already. From an even start no two sentences are ever more
    than one sheet apart; those that came late come first until they have caught up.
    """
    count = dict(seen)
    drawn = []
    for _sheet in range(sheets):
        order = sorted(count, key=lambda one: (count[one], chance.random()))
        chosen = order[:size]
        for one in chosen:
            count[one] += 1
        drawn.append(chosen)
    return drawn


def how_even(drawn: Sequence[Sequence[int]], of: Sequence[int]) -> tuple[int, int]:
    """On how many sheets the rarest and the commonest sentence stand."""
    counts = [sum(one in sheet for sheet in drawn) for one in of]
    return (min(counts), max(counts)) if counts else (0, 0)
