"""The site key on paper: fourteen groups of five letters that do not look alike.

Four letters of each group hold the key; the fifth tells whether the group was copied right, so that a slip is
found where it is. The last three letters of all tell whether the whole is right, its order included.
"""

import re
from hashlib import sha256

from betterstory.people.codes import LETTERS
from betterstory.people.keys.site_key import LENGTH, SiteKey

GROUPS, TELLING = 14, 4
BASE = len(LETTERS)
KEY_LETTERS = 53  # of 30 letters each: enough for 256 bits
WHOLE = GROUPS * TELLING - KEY_LETTERS
WEIGHTS = (7, 11, 13, 17)  # none shares a factor with 30, so one wrong letter is always found


class NotThePaper(ValueError):
    """What was typed is no site key; `group` says where to look again, 0 where each is right by itself."""

    def __init__(self, words: str, group: int = 0) -> None:
        super().__init__(words)
        self.group = group


def write(key: SiteKey) -> list[str]:
    """The groups to write down, in their order."""
    letters = _spell(int.from_bytes(key.value), KEY_LETTERS) + _whole(key.value)
    parts = [letters[start : start + TELLING] for start in range(0, len(letters), TELLING)]
    return [part + _check(part, number) for number, part in enumerate(parts)]


def read_group(typed: str, number: int) -> str:
    """One group as it was typed, the first being 0. Raises NotThePaper."""
    group = re.sub(r"[\s\-.]", "", typed).upper()
    if len(group) != TELLING + 1 or any(letter not in LETTERS for letter in group):
        raise NotThePaper(
            f"Group {number + 1} has five letters or numbers, none of them 0, 1, I, L, O or U.", number + 1
        )
    if group[-1] != _check(group[:-1], number):
        raise NotThePaper(f"Group {number + 1} is not right. Look at it again.", number + 1)
    return group


def read(typed: str) -> SiteKey:
    """The key that all groups together say. Raises NotThePaper."""
    plain = re.sub(r"[\s\-.]", "", typed)
    size = TELLING + 1
    if len(plain) != GROUPS * size:
        raise NotThePaper(
            f"The sheet has {GROUPS} groups of {size}. This is {len(plain)} letters, not {GROUPS * size}."
        )
    groups = [read_group(plain[at * size : (at + 1) * size], at) for at in range(GROUPS)]
    letters = "".join(group[:-1] for group in groups)
    number = _number(letters[:KEY_LETTERS])
    if number.bit_length() > 8 * LENGTH or _whole(number.to_bytes(LENGTH)) != letters[KEY_LETTERS:]:
        raise NotThePaper("Each group is right by itself, but not all together. Are they in their order?")
    return SiteKey(number.to_bytes(LENGTH))


def _check(part: str, number: int) -> str:
    total = sum(weight * LETTERS.index(letter) for weight, letter in zip(WEIGHTS, part, strict=True))
    return LETTERS[(total + number) % BASE]


def _whole(value: bytes) -> str:
    return _spell(int.from_bytes(sha256(b"better-story site key on paper 1" + value).digest()[:4]), WHOLE)


def _spell(number: int, many: int) -> str:
    return "".join(LETTERS[number // BASE**place % BASE] for place in reversed(range(many)))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * BASE + LETTERS.index(letter)
    return number
