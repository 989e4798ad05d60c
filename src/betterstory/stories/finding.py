"""Finding words in stories that somebody may read: opened after the one question, in memory, kept nowhere.

There is no index. A list of words beside the stories would be a copy in the open that outlives them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from betterstory.stories import rules, showing
from betterstory.stories.models import Piece, Use, Version
from betterstory.stories.plain_letters import may_hold, place_in, plain_letters
from betterstory.stories.rules import Viewer

MOST_OPENED = 20_000_000  # bytes of sealed words looked through for one question
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
    found: list[Found] = []
    readable, is_all = _readable(viewer, at)
    texts = showing.show_texts(readable, viewer=viewer, use=Use.READ, at=at, with_pieces=True)
    for version in readable:
        if len(found) > MOST_STORIES:
            break  # one more than is shown says that there are more
        text = texts[version.pk]
        lines = tuple(_lines(pattern, longest, (text.title, text.text, *text.pieces)))
        if lines:
            found.append(Found(version, text.title, text.name, lines))
    found += _quoted(pattern, longest, {version.story_id for version in readable}, viewer, at)
    return Looked(tuple(found[:MOST_STORIES]), is_all=is_all and len(found) <= MOST_STORIES)


def _readable(viewer: Viewer, at: datetime) -> tuple[list[Version], bool]:
    """Of each story the newest version that may be read, as much as is looked through at once."""
    told = Version.objects.filter(story__destroyed_at=None).select_related("story")
    versions = list(told.order_by("story", "-number"))
    allowed = rules.may_whole_each(viewer, Use.READ, versions, at)
    newest: dict[int, Version] = {}
    for version in versions:
        if version.pk in allowed:
            newest.setdefault(version.story_id, version)
    room = MOST_OPENED
    opened: list[Version] = []
    for version in newest.values():
        room -= len(version.text_sealed)
        if room < 0:
            return opened, False
        opened.append(version)
    return opened, True


def _quoted(
    pattern: re.Pattern[str], longest: str, apart: set[int], viewer: Viewer, at: datetime
) -> Iterator[Found]:
    """Lines of other stories that the viewer may see quoted, each by itself, without its story's title."""
    pieces = Piece.objects.exclude(version__agreed_at=None).exclude(version__story__in=apart)
    asked = list(pieces.filter(version__story__destroyed_at=None).select_related("version__story__teller"))
    for shown in showing.show_each(asked, viewer=viewer, use=Use.QUOTE, at=at).values():
        lines = tuple(_lines(pattern, longest, (shown.words or "",)))
        if lines:
            yield Found(shown.piece.version, "", shown.name, lines)


def _lines(pattern: re.Pattern[str], longest: str, told: Iterable[str]) -> Iterator[Line]:
    """The first few places, with what stands around them."""
    many = 0
    for text in told:
        if not may_hold(text, longest):
            continue
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
