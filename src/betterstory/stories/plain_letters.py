"""Letters without their size and accents, for looking words up. What is shown is always the text itself."""

import re
import unicodedata

# the blocks of combining marks, and the points of Hebrew and Arabic
ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
# plain letters as many at once as there are, any other one by one
RUNS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]", re.DOTALL)


def plain_letters(text: str) -> str:
    """Small letters without accents, one kind of apostrophe. Letter by letter, so that parts fit together."""
    text = text.casefold()
    if text.isascii():
        return text
    text = _taken_apart(text)
    return text if text.isascii() else ACCENTS.sub("", text)


def _taken_apart(text: str) -> str:
    """Letters and their accents apart. What looks like a capital in another writing may become one, so small
    letters are made once more."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return unicodedata.normalize("NFKD", text.casefold())


def place_in(text: str, place: int) -> int:
    """Where a place in the plain letters of a text is in the text itself."""
    seen = 0
    for run in RUNS.finditer(text):
        if seen >= place:
            return run.start()
        long = len(run[0]) if run[0].isascii() else len(plain_letters(run[0]))
        if run[0].isascii() and seen + long > place:
            return run.start() + place - seen
        seen += long
    return len(text)
