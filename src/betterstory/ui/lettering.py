"""How wide words are in a drawing, and where their lines break. No browser is asked.

Widths are those of Atkinson Hyperlegible Next, in thousandths of the letter size. What the font does not
hold is guessed on the wide side.
"""

import re
import unicodedata
from functools import lru_cache

FIRST = 32
REGULAR = (
    280, 286, 301, 651, 592, 919, 731, 160, 299, 299, 485, 606, 210, 362, 210, 387, 648, 407, 548, 576, 614,
    588, 598, 510, 615, 595, 210, 210, 553, 628, 553, 480, 778, 626, 613, 645, 669, 569, 552, 694, 694, 392,
    512, 631, 541, 824, 693, 714, 592, 724, 614, 592, 558, 690, 593, 856, 623, 575, 607, 317, 387, 344, 552,
    372, 243, 525, 566, 485, 564, 538, 314, 558, 550, 252, 245, 492, 262, 845, 550, 548, 566, 574, 349, 471,
    326, 540, 461, 684, 481, 449, 460, 344, 237, 344, 555,
)  # fmt: skip
BOLD = (
    303, 298, 362, 730, 604, 953, 727, 195, 324, 324, 485, 598, 252, 369, 253, 424, 656, 430, 569, 592, 621,
    602, 617, 529, 621, 578, 253, 253, 564, 617, 564, 526, 780, 662, 634, 654, 683, 589, 562, 711, 699, 415,
    546, 654, 548, 848, 710, 737, 617, 747, 639, 604, 592, 687, 628, 877, 666, 627, 615, 333, 424, 344, 573,
    391, 274, 544, 587, 502, 586, 555, 349, 582, 565, 285, 255, 536, 301, 870, 565, 567, 587, 591, 368, 497,
    360, 559, 509, 723, 522, 499, 492, 370, 249, 370, 543,
)  # fmt: skip
OTHER = {"’": 259, "‘": 259, "“": 455, "”": 455, "…": 747, "—": 830, "–": 504, "×": 535, "\u00a0": 303}
GUESSED = 800  # a letter of another alphabet
WIDE = 1400  # an emoji, a Chinese character
JOINER = "\u200d"
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TURNS_TEXT_ROUND = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(words: str) -> str:
    """Without what no drawing may hold (control characters) and what would turn neighbouring words round."""
    return " ".join(TURNS_TEXT_ROUND.sub("", NOT_IN_XML.sub("", words)).split())


def width(words: str, *, size: float, bold: bool = False) -> float:
    """How wide the words are, in the unit of `size`."""
    return sum(_letter(letter, bold) for letter in words) * size / 1000


@lru_cache(maxsize=4096)
def _letter(letter: str, bold: bool) -> int:
    place = ord(letter) - FIRST
    if 0 <= place < len(REGULAR):
        return BOLD[place] if bold else REGULAR[place]
    if letter in OTHER:
        return OTHER[letter]
    if _joins_the_one_before(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF:
        return WIDE
    plain = unicodedata.normalize("NFD", letter)[0]
    return _letter(plain, bold) if ord(plain) < ord(letter) and ord(plain) < 127 else GUESSED


def _joins_the_one_before(letter: str) -> bool:
    return letter == JOINER or unicodedata.category(letter) in ("Mn", "Me", "Cf")


def wrap(
    words: str, *, room: float, size: float, bold: bool = False, lines: int | None = None
) -> tuple[str, ...]:
    """The words in lines no wider than `room`; a word wider than that is broken.

    At most `lines` of them: the last then ends in "…".
    """
    broken = _lines(_pieces(clean(words), room, size, bold), room, size, bold)
    if lines is None or len(broken) <= lines:
        return tuple(broken)
    return (*broken[: lines - 1], _shortened(broken[lines - 1], room, size, bold))


def balance(words: str, *, room: float, size: float, bold: bool = False, lines: int) -> tuple[str, ...]:
    """The words in that many lines, as alike in length as they come, so that they take little room."""
    best = wrap(words, room=room, size=size, bold=bold, lines=lines)
    least = max((width(word, size=size, bold=bold) for word in clean(words).split()), default=room)
    most = room
    while most - least > 2:
        half = (least + most) / 2
        tried = wrap(words, room=half, size=size, bold=bold)
        if len(tried) > lines:
            least = half
        else:
            best, most = tried, half
    return _at_the_comma(words, best, size, bold) if lines == 2 else best


def _at_the_comma(words: str, best: tuple[str, ...], size: float, bold: bool) -> tuple[str, ...]:
    """Two lines parted where the words themselves pause, if that is not much wider."""
    first, comma, second = clean(words).partition(", ")
    parted = (f"{first},", second)
    widest = max((width(line, size=size, bold=bold) for line in best), default=0.0)
    if (
        len(best) < 2
        or not comma
        or any(width(line, size=size, bold=bold) > widest * 1.25 for line in parted)
    ):
        return best
    return parted


def _lines(pieces: list[str], room: float, size: float, bold: bool) -> list[str]:
    broken: list[str] = []
    space, used = width(" ", size=size, bold=bold), room
    for piece in pieces:
        wide = width(piece, size=size, bold=bold)
        if broken and used + space + wide <= room:
            broken[-1] += f" {piece}"
            used += space + wide
        else:
            broken.append(piece)
            used = wide
    return broken


def _pieces(words: str, room: float, size: float, bold: bool) -> list[str]:
    """Words, and parts of words that alone would be too wide; never parting a letter from its accent."""
    pieces: list[str] = []
    for word in words.split():
        fits = width(word, size=size, bold=bold) <= room
        pieces += [word] if fits else _parts(word, room, size, bold)
    return pieces


def _parts(word: str, room: float, size: float, bold: bool) -> list[str]:
    parts, used = [""], 0.0
    for cluster in _clusters(word, room, size, bold):
        wide = width(cluster, size=size, bold=bold)
        if parts[-1] and used + wide > room:
            parts.append("")
            used = 0.0
        parts[-1] += cluster
        used += wide
    return parts


def _clusters(word: str, room: float, size: float, bold: bool) -> list[str]:
    """Letters with their accents, and letters joined into one; but not joined wider than there is room."""
    clusters: list[str] = []
    for letter in word:
        last = clusters[-1] if clusters else ""
        joins = last.endswith(JOINER) and width(last + letter, size=size, bold=bold) <= room
        if clusters and (joins or _joins_the_one_before(letter)):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters


def _shortened(line: str, room: float, size: float, bold: bool) -> str:
    while line and width(f"{line}…", size=size, bold=bold) > room:
        line = line[:-1]
        while line and (_joins_the_one_before(line[-1]) or line[-1] == " "):
            line = line[:-1]
    return f"{line}…"
