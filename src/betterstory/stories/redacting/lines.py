"""A story cut into lines that a person can read one at a time, and put together again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from betterstory.stories.redacting.listed import Found

LONGEST = 240
ENDS = ".!?…"
UNSEEN = "".join(
    map(chr, [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xAD])
)
_NEVER_SHOWN = str.maketrans(
    "", "", UNSEEN.replace("\u200d", "") + "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 127]))
)


@dataclass(frozen=True)
class Line:
    """Part of a text: where it starts and ends, with the line's end or the spaces after it."""

    start: int
    end: int


def cut(text: str) -> list[Line]:
    """Lines of a text, that put together are the text: at line ends, then sentences, then words."""
    lines: list[Line] = []
    at = 0
    for row in text.splitlines(keepends=True):
        for part in _parts(row):
            lines.append(Line(at, at + len(part)))
            at += len(part)
    return lines


def _parts(row: str) -> Iterator[str]:
    while len(row) > LONGEST:
        window = row[:LONGEST]
        stop = max(window.rfind(f"{end} ") for end in ENDS) + 1
        stop = stop or window.rfind(" ")
        stop = stop + 1 if stop > 0 else LONGEST
        yield row[:stop]
        row = row[stop:]
    if row:
        yield row


def put_in(text: str, lines: Sequence[Line], found: Sequence[Found]) -> list[str]:
    """Each line as it would read with everything in place that does not ask.

    Something across two lines stands in the first; the rest of it leaves the second.
    """
    changes = sorted(each for each in found if not each.asks)
    read: list[str] = []
    first = 0
    for line in lines:
        while first < len(changes) and changes[first].end <= line.start:
            first += 1
        words, at = [], line.start
        for change in changes[first : first + line.end - line.start]:
            if change.start >= line.end:
                break
            words.append(text[at : max(at, change.start)])
            if change.start >= line.start:
                words.append(change.instead)
            at = min(change.end, line.end)
        words.append(text[at : line.end])
        read.append("".join(words))
    return read


def in_line(line: Line, found: Sequence[Found]) -> list[Found]:
    """What touches this line."""
    return [each for each in found if each.start < line.end and each.end > line.start]


def plain(words: str) -> str:
    """Words for one line: no unseen characters, and none that turn the reading round."""
    return words.translate(_NEVER_SHOWN)


def ending(words: str) -> str:
    """What a line ends in: kept, however its words are changed, so that paragraphs stay."""
    return words[len(words.rstrip(" \t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")) :]


def put_together(text: str, lines: Sequence[Line], changed: Mapping[int, str]) -> str:
    """The text with some of its lines changed, each by its number."""
    return "".join(
        changed[number].strip() + ending(text[line.start : line.end])
        if number in changed
        else text[line.start : line.end]
        for number, line in enumerate(lines)
    )
