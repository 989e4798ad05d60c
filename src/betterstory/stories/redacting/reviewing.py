"""The lines of one page of reading, and what comes back from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from betterstory.stories.redacting import sayings
from betterstory.stories.redacting.lines import plain
from betterstory.stories.redacting.listed import Found
from betterstory.stories.redacting.looking import Look, Seen
from betterstory.stories.redacting.second_eyes import eyes
from betterstory.stories.redacting.showing import Opened

PER_PAGE = 10


@dataclass(frozen=True)
class LineToRead:
    """One line on the page."""

    look: Look
    part: object
    words: str
    is_read: bool
    is_forgotten: bool = False

    @property
    def number(self) -> int:
        return self.look.number + 1

    @property
    def found(self) -> list[tuple[str, object]]:
        return sayings.said(self.look.found)

    @property
    def topics(self) -> list[object]:
        return [sayings.TOPICS[topic] for topic in self.look.topics]


@dataclass
class PageToRead:
    """Some lines, which page of how many they are, and whether a second pair of eyes saw them."""

    lines: list[LineToRead]
    page: int
    pages: int
    total: int
    read: int
    eyes: str


def page_of(asked: str, whole: Opened, read: Mapping[int, str]) -> int:
    """The page asked for, or the first with a line nobody read."""
    last = max(1, -(-len(whole.lines) // PER_PAGE))
    if asked.isascii() and asked.isdigit() and len(asked) < 6:
        return min(max(1, int(asked)), last)
    left = (number for number in range(len(whole.lines)) if number not in read)
    return next(left, 0) // PER_PAGE + 1


def lines_to_read(whole: Opened, seen: Seen, read: Mapping[int, str], page: int) -> PageToRead:
    """The lines of a page, each as it was and as it would read, or as somebody left it."""
    numbers = range((page - 1) * PER_PAGE, min(page * PER_PAGE, len(whole.lines)))
    sight = eyes.look([whole.was(number) for number in numbers])
    more: Sequence[Sequence[Found]] = sight.found or [()] * len(numbers)
    lines = []
    for number, eyed in zip(numbers, more, strict=True):
        look = seen.look(number, eyed)
        words = read.get(number, look.reads.strip())
        lines.append(LineToRead(look, sayings.PARTS[whole.kinds[number]], words, number in read))
    pages = max(1, -(-len(whole.lines) // PER_PAGE))
    return PageToRead(lines, page, pages, len(whole.lines), len(read), sight.state.value)


def posted_lines(posted: Mapping[str, str], lines: list[LineToRead]) -> tuple[dict[int, str], bool]:
    """The lines that were ticked, as they shall read; and whether one was changed without its tick.

    Then each line on the page holds what was typed, so that nothing is lost.
    """
    ticked: dict[int, str] = {}
    forgotten = False
    for at, line in enumerate(lines):
        number = line.look.number
        typed = posted.get(f"line-{number}", line.words)
        if f"read-{number}" in posted:
            ticked[number] = typed
            lines[at] = replace(line, words=typed, is_read=True)
        else:
            changed = plain(typed).split() != line.words.split()
            forgotten = forgotten or changed
            lines[at] = replace(line, words=typed, is_read=False, is_forgotten=changed)
    return ticked, forgotten
