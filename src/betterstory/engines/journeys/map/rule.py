"""Which ways of a map may be shown, so that nobody can take what is shown from what is known.

The people of a kind of contact are parted by where they went next (or nowhere: it was their last), and by
where they came from (or nowhere: it was their first). Whoever wants to find someone out is taken to know how
many people had each kind of contact, and that each had it once, so that the ways add up: then a few people on
hidden ways would be what is left over. So every row and every column of the table of ways is taken as the
parts of a known whole, in the order of the alphabet, and put together by `disclosure.grouped`.

In such a group all but one of the ways are of fewer than 8 people together. Where the group has 16 people or
more (24, where some were left over at its end), that one is shown, with those few counted in; else none of
the group is. Where only a few people of a kind did not go a way, it is shown as all of them. With two kinds
alone, all ways follow from any one of them: then who began and ended where is not shown.

`tests/test_map_attack.py` tries every table there is against this.
"""

import numpy

from betterstory.engines.disclosure import Profile, grouped
from betterstory.engines.journeys.arrays import Whole

ENOUGH_KINDS = 3  # that are shown at all


def ways_to_show(cells: Whole, wholes: Whole, profile: Profile) -> Whole:
    """How many people to say went each way, before rounding; 0 where it is hidden.

    The last row of `cells` is those who came from nowhere, its last column those who went nowhere;
    `wholes` has the people of each kind, and everybody in its last place.
    """
    by_row = numpy.array([parts_to_show(row.tolist(), profile) for row in cells])
    by_column = numpy.array([parts_to_show(column.tolist(), profile) for column in cells.T]).T
    least_whole = numpy.minimum.outer(wholes, wholes)
    said = numpy.where((by_row > 0) & (by_column > 0), by_row + by_column - cells, 0)
    if (wholes[:-1] >= profile.hidden_below).sum() < ENOUGH_KINDS:
        said[-1], said[:, -1] = 0, 0
    return nearly_all(numpy.minimum(said, least_whole), least_whole, profile)


def parts_to_show(parts: list[int], profile: Profile) -> list[int]:
    """How many people to say are in each part of a known whole; 0 where it is hidden."""
    said = [0] * len(parts)
    for group in grouped([[people] for people in parts], profile):
        people = sum(parts[index] for index in group)
        if len(group) == 1:
            said[group[0]] = people if people >= profile.hidden_below else 0
            continue
        closing = _closing(parts, group, profile)
        if people >= (3 if group[0] < closing else 2) * profile.hidden_below:
            said[closing] = people
    return said


def nearly_all(said: Whole, wholes: Whole, profile: Profile) -> Whole:
    """As all of them, where only a few are not among them."""
    return numpy.where((said > 0) & (wholes - said < profile.hidden_below), wholes, said)


def _closing(parts: list[int], group: tuple[int, ...], profile: Profile) -> int:
    """The part with which its group had enough people; those before it were left over at the end."""
    gathered = 0
    for index in reversed(group):
        gathered += parts[index]
        if gathered >= profile.hidden_below:
            return index
    return group[0]
