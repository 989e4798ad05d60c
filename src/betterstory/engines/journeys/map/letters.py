"""How much room words take in a drawing, whichever plain font the reader has, and where their lines break.

A map is opened far from the house's own font, so widths are those of the widest common one (DejaVu Sans,
Verdana): what fits with them fits with any.
"""

import re
import unicodedata

NARROW, THIN, ROUND, CAPITAL, BROAD, WIDE = 0.36, 0.46, 0.64, 0.77, 1.0, 1.1
BY_LETTERS = ((" .,:;'’|!ijlI[]()", NARROW), ('frtJ-/"', THIN), ("mwMWQOG@%&—…", BROAD))
WIDTHS = {letter: wide for letters, wide in BY_LETTERS for letter in letters}
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TURNS_TEXT_ROUND = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(words: str) -> str:
    """Without what no drawing may hold, and what would turn neighbouring words round."""
    return " ".join(TURNS_TEXT_ROUND.sub("", NOT_IN_XML.sub("", words)).split())


def width(words: str, size: float) -> float:
    """The most room the words take at this letter size."""
    return sum(map(_letter, words)) * size


def wrap(words: str, room: float, size: float, lines: int) -> tuple[str, ...]:
    """The words in at most so many lines, none wider than `room`; what does not fit ends in "…"."""
    broken = [""]
    for piece in _pieces(clean(words), room, size):
        longer = f"{broken[-1]} {piece}".strip()
        if width(longer, size) <= room:
            broken[-1] = longer
        else:
            broken.append(piece)
    if len(broken) <= lines:
        return tuple(broken)
    last = " ".join(broken[lines - 1 :])
    while last and width(f"{last}…", size) > room:
        last = last[:-1].rstrip()
    return (*broken[: lines - 1], f"{last}…")


def _pieces(words: str, room: float, size: float) -> list[str]:
    """Words; one that is too wide alone is cut, and never between a letter and its accent."""
    pieces: list[str] = []
    for word in words.split():
        part = ""
        for letter in word:
            if part and not unicodedata.combining(letter) and width(part + letter, size) > room:
                pieces.append(part)
                part = ""
            part += letter
        pieces.append(part)
    return pieces


def _letter(letter: str) -> float:
    if letter in WIDTHS:
        return WIDTHS[letter]
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF:
        return WIDE
    if ord(letter) > 0x24F:
        return BROAD
    return CAPITAL if letter.isupper() else ROUND
