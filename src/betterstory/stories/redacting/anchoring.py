"""Where a quoted span stands once lines around it, or within it, were changed."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate

PIECES = re.compile(r"\w+|\s+|[^\w\s]")


def find_again(start: int, end: int, was: Sequence[str], now: Sequence[str]) -> tuple[int, int] | None:
    """The same span in the new text, given both as the same lines; None where nothing of it is left.

    Words put in place of others inside the span belong to it; those beside it do not.
    """
    if not 0 <= start < end <= sum(map(len, was)) or len(was) != len(now):
        return None
    first, last = _moved(start, was, now, is_end=False), _moved(end, was, now, is_end=True)
    return (first, last) if first < last else None


def find_quote_again(quote: str, was: Sequence[str], now: Sequence[str]) -> tuple[int, int] | None:
    """The span of a quote known by its words alone; None where it is not there, or there twice."""
    text = "".join(was)
    start = text.find(quote)
    if not quote or start < 0 or text.find(quote, start + 1) >= 0:
        return None
    return find_again(start, start + len(quote), was, now)


def _moved(at: int, was: Sequence[str], now: Sequence[str], *, is_end: bool) -> int:
    ends = list(accumulate(map(len, was)))
    line = next(number for number, end in enumerate(ends) if (at <= end if is_end else at < end))
    before = ends[line] - len(was[line])
    return sum(map(len, now[:line])) + _moved_in(at - before, was[line], now[line], is_end=is_end)


def _moved_in(at: int, was: str, now: str, *, is_end: bool) -> int:
    """A place within one line: kept words keep theirs, and inside changed words it goes to their edge."""
    if was == now:
        return at
    old, new = PIECES.findall(was), PIECES.findall(now)
    old_at, new_at = [0, *accumulate(map(len, old))], [0, *accumulate(map(len, new))]
    for kind, one, other, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        begins, stops = old_at[one], old_at[other]
        inside = begins < at <= stops if is_end else begins <= at < stops
        if inside:
            if kind == "equal":
                return new_at[first] + at - begins
            return new_at[last] if is_end else new_at[first]
    return new_at[-1] if at else 0
