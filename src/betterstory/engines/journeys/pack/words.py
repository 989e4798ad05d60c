"""Words of other people on their way into a page or a remark: one line each, and no way out of it."""

import unicodedata
from collections.abc import Iterable, Sequence

from betterstory.engines.journeys.portable.writing import IN_REMARKS

LONGEST = 2000


def one_line(text: str, most: int = LONGEST) -> str:
    """The text on one line, without signs that move, hide or end anything."""
    shown = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    shown = " ".join(shown.split())
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def in_markdown(text: str) -> str:
    """The same, where a sign that means something in Markdown is only read."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|" else sign for sign in one_line(text))


def remarks(lines: Iterable[str]) -> str:
    """Lines of SQL that are only read: no sign is left that some reader of SQL takes for more."""
    return "\n".join(f"-- {one_line(line).translate(IN_REMARKS)}".rstrip() for line in lines)


def rows(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; its words are ours or have passed `in_markdown`."""
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
