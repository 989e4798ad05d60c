"""Plain words: lists said aloud, and the nearest name to one that is not there."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def listed(names: Sequence[str], last: str = "and") -> str:
    """'A', 'A and B', 'A, B and C'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names that look most like this one, whatever their capitals; the best first."""
    by_lower = {one.lower(): one for one in known}
    return [by_lower[one] for one in get_close_matches(name.lower(), by_lower, n=most, cutoff=0.5)]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest names, or nothing."""
    near = [f'"{one}"' for one in nearest(name, known)]
    return f" Did you mean {listed(near, 'or')}?" if near else ""
