"""Finding words in stories that somebody may read: opened after the one question, in memory, kept nowhere.

There is no index. A list of words beside the stories would be a copy in the open that outlives them. What is
looked through is sealed as the stories are (`leaves`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from betterstory.stories import leafing, rules, showing
from betterstory.stories.facts import VersionFacts
from betterstory.stories.leafing import Leafed
from betterstory.stories.models import Piece, Use, Version
from betterstory.stories.plain_letters import place_in, plain_letters
from betterstory.stories.rules import Viewer

MOST_STORIES, MOST_LINES, AROUND = 40, 3, 80


@dataclass(frozen=True)
class Line:
    """Words around what was looked for: what stands before it, it, what stands after it."""

    before: str
    found: str
    after: str


@dataclass(frozen=True)
class Found:
    """A story, or pieces of one, where the words stand. `title` is empty where only pieces may be seen."""

    version: Version
    title: str
    name: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Looked:
    """What came of it. `is_all`: every story that may be read was looked through, and all are here."""

    found: tuple[Found, ...]
    is_all: bool


def find(words: str, *, viewer: Viewer, at: datetime) -> Looked:
    """The stories this viewer may read where these words stand, and lines they may see quoted."""
    looked_for = plain_letters(" ".join(words.split()))
    if not looked_for.strip():
        return Looked((), is_all=True)
    pattern = re.compile(r"\s+".join(map(re.escape, looked_for.split())))
    longest = max(looked_for.split(), key=len)
    readable, is_all = leafing.readable(viewer, at)
    hits = [leaf.version for leaf in islice(_hits(pattern, longest, readable), MOST_STORIES + 1)]
    found = [*_read(pattern, hits, viewer, at)]  # one more than is shown says that there are more
    found += _quoted(pattern, {version.story.pk for version in readable}, viewer, at)
    return Looked(tuple(found[:MOST_STORIES]), is_all=is_all and len(found) <= MOST_STORIES)


def _hits(pattern: re.Pattern[str], longest: str, readable: list[VersionFacts]) -> Iterator[Leafed]:
    """Those in which the words stand. Most are passed over after one quick look at all of it."""
    sought = longest.encode("utf-8", "surrogatepass")
    for leaf in leafing.leaf_through(readable):
        if sought in leaf.words and pattern.search(leaf.words.decode("utf-8", "surrogatepass")):
            yield leaf


def _read(pattern: re.Pattern[str], hits: list[int], viewer: Viewer, at: datetime) -> Iterator[Found]:
    """What is shown of each of these, asked for anew."""
    if not hits:
        return
    versions = Version.objects.filter(pk__in=hits).select_related("story").order_by("story")
    texts = showing.show_texts(versions, viewer=viewer, use=Use.READ, at=at, with_pieces=True)
    for version in versions:
        if text := texts.get(version.pk):
            lines = tuple(_lines(pattern, (text.title, text.text, *text.pieces)))
            if lines:
                yield Found(version, text.title, text.name, lines)


def _quoted(pattern: re.Pattern[str], apart: set[int], viewer: Viewer, at: datetime) -> Iterator[Found]:
    """Lines of other stories that the viewer may see quoted, each by itself, without its story's title."""
    pieces = Piece.objects.exclude(version__agreed_at=None).filter(version__story__destroyed_at=None)
    reached = pieces.filter(version__in=rules.reached(viewer, Use.QUOTE, at))
    asked = [
        piece
        for piece in reached.select_related("version__story__teller")
        if piece.version.story_id not in apart
    ]
    for shown in showing.show_each(asked, viewer=viewer, use=Use.QUOTE, at=at).values():
        lines = tuple(_lines(pattern, (shown.words or "",)))
        if lines:
            yield Found(shown.piece.version, "", shown.name, lines)


def _lines(pattern: re.Pattern[str], told: Iterable[str]) -> Iterator[Line]:
    """The first few places, with what stands around them."""
    many = 0
    for text in told:
        plain = plain_letters(text)
        for match in pattern.finditer(plain):
            yield _line(text, *match.span())
            many += 1
            if many == MOST_LINES:
                return


def _line(text: str, start: int, end: int) -> Line:
    if not text.isascii():
        start, end = place_in(text, start), place_in(text, end)
        while end < len(text) and not plain_letters(text[end]):
            end += 1  # an accent goes with its letter
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = f"…{before.partition(' ')[2]}"
    if len(text) > end + AROUND:
        after = f"{after.rpartition(' ')[0]}…"
    return Line(before, text[start:end], after)
