"""The held pages: their text, what should be found in each, and the list its teller made."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from betterstory.stories.redacting.listed import Entry

ROOT = Path(__file__).parent.parent
HELD = ROOT / "src" / "betterstory" / "stories" / "tests" / "held"
ARTICLE = ROOT.parent / "shared" / "source" / "diving-in-together.txt"
CASES: dict[str, Callable[[str], str]] = {
    "as written": str,
    "small letters": str.lower,
    "capitals": str.upper,
}
# Who and where the article names. Its words are not copied here.
IN_THE_ARTICLE = {
    "person": ("Clare Wightman", "Clare", "Lynne", "Sam", "Steve"),
    "place": ("Coventry and Warwickshire", "Coventry City Council", "Coventry", "Grapevine"),
    "id": ("@grapevineceo",),
}


@dataclass(frozen=True)
class Page:
    """A page held apart."""

    name: str
    text: str
    marks: tuple[tuple[str, str], ...]
    entries: list[Entry]

    def marks_in(self, text: str, change: Callable[[str], str]) -> list[tuple[str, int, int]]:
        """Every place where a mark stands as whole words, longest marks first, none inside another."""
        taken = [False] * len(text)
        spans = []
        for kind, words in sorted(self.marks, key=lambda mark: -len(mark[1])):
            pattern = rf"(?<!\w){re.escape(change(words))}(?!\w)"
            for seen in re.finditer(pattern, text):
                if not any(taken[seen.start() : seen.end()]):
                    spans.append((kind, *seen.span()))
                    taken[seen.start() : seen.end()] = [True] * len(seen[0])
        return sorted(spans, key=lambda span: span[1])


def held_pages() -> list[Page]:
    return [_page(path) for path in sorted(HELD.glob("*.txt"))]


def _page(path: Path) -> Page:
    marks = tuple(tuple(line.split(": ", 1)) for line in path.with_suffix(".marks").read_text().splitlines())
    entries = []
    for line in path.with_suffix(".list").read_text().splitlines():
        kind, rest = line.split(": ", 1)
        forms, called = rest.split(" | ")
        entries.append(Entry(tuple(forms.split(", ")), called, kind))
    return Page(path.stem, path.read_text(), marks, entries)  # type: ignore[arg-type]  # pairs, as split


def the_article() -> Page:
    """Somebody else's words, where they stand beside the repository, with a list of their people."""
    marks = tuple((kind, words) for kind, several in IN_THE_ARTICLE.items() for words in several)
    entries = [Entry((name,), "somebody", "friend") for name in ("Clare Wightman", "Lynne", "Sam", "Steve")]
    entries.append(Entry(("Coventry",), "a city", "place"))
    return Page("article", ARTICLE.read_text(), marks, entries)
