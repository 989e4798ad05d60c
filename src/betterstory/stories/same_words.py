"""Five words in a row that stand in two texts: what is compared when something is typed. Pure Python.

Large and small letters, accents, signs and apostrophes make no difference. Languages that write without
spaces are not compared word by word, and so not at all.
"""

import re
from collections.abc import Iterable

from betterstory.stories.plain_letters import plain_letters

IN_A_ROW = 5
UNSEEN = str.maketrans("", "", "'`´\u00ad\u200b\u200c\u200d")
WORD = re.compile(r"[^\W_]+")


def plainly(text: str) -> str:
    """The words of a text in small letters without accents, one space between them."""
    text = plain_letters(text).translate(UNSEEN)
    return " ".join(WORD.findall(text))


def runs(text: str) -> frozenset[str]:
    """Every five words in a row of it."""
    words = plainly(text).split()
    return frozenset(" ".join(words[place : place + IN_A_ROW]) for place in range(len(words) - IN_A_ROW + 1))


def share_a_run(typed: Iterable[str], told: str) -> bool:
    """Whether one of these runs stands in a text that was made plain."""
    within = f" {told} "
    return any(f" {run} " in within for run in typed)
