"""Plain loops over votes and points, for numba to compile. They are the same sums as the columns make."""

from typing import Any


def there_and_back(starts: Any, statement: Any, said: Any, centre: Any, line: Any, back: Any) -> None:
    """Where each voice stands along a line, added up again for each statement."""
    for voice in range(len(starts) - 1):
        stand = 0.0
        for at in range(starts[voice], starts[voice + 1]):
            place = statement[at]
            stand += (said[at] - centre[place]) * line[place]
        for at in range(starts[voice], starts[voice + 1]):
            place = statement[at]
            back[place] += (said[at] - centre[place]) * stand


def along(starts: Any, statement: Any, said: Any, centre: Any, line: Any, stands: Any) -> None:
    """Where each voice stands along a line."""
    for voice in range(len(starts) - 1):
        stand = 0.0
        for at in range(starts[voice], starts[voice + 1]):
            place = statement[at]
            stand += (said[at] - centre[place]) * line[place]
        stands[voice] = stand


def count(starts: Any, statement: Any, said: Any, group: Any, cells: Any) -> None:
    """How many in each group said what to each statement; group 0 is for those in none."""
    for voice in range(len(group)):
        row = group[voice]
        for at in range(starts[voice], starts[voice + 1]):
            cells[row, statement[at], said[at] + 1] += 1


def nearest(points: Any, centres: Any, label: Any) -> None:
    """The nearest centre of each point; of two equally near, the first."""
    for point in range(len(points)):
        x, y = points[point, 0], points[point, 1]
        best, won = -1.0, 0
        for place in range(len(centres)):
            across, up = x - centres[place, 0], y - centres[place, 1]
            apart = across * across + up * up
            if best < 0 or apart < best:
                best, won = apart, place
        label[point] = won


def nearer(points: Any, centres: Any, beside: Any, gaps: Any, label: Any) -> None:
    """The same, from where each point was: a centre twice as far from there as the point is not nearer.

    `beside` has the centres around each centre, nearest first, and `gaps` how far away they are, squared.
    """
    for point in range(len(points)):
        x, y, own = points[point, 0], points[point, 1], label[point]
        across, up = x - centres[own, 0], y - centres[own, 1]
        best, won = across * across + up * up, own
        reach = 4.000001 * best
        for near in range(len(centres)):
            if gaps[own, near] > reach:
                break
            place = beside[own, near]
            across, up = x - centres[place, 0], y - centres[place, 1]
            apart = across * across + up * up
            if apart < best or (apart == best and place < won):
                best, won = apart, place
        label[point] = won
