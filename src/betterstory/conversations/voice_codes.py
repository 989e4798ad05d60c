"""The code on a voice card: eight letters without look-alikes, like K7TP 4M2X, kept only as a keyed hash.

The eighth letter follows from the other seven, so that a slip is seen where no list of cards is: any one
wrong letter, and most of two that changed places.
"""

import re
import secrets

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from betterstory.people.codes import LETTERS, NotACode

LENGTH = 8  # seven by chance hold 34 bits; guesses are counted by `people.limits`
WEIGHTS = (7, 11, 13, 17, 19, 23, 29)  # none shares a factor with 30, so one wrong letter is always seen


def make_code() -> str:
    """A new code, without spaces."""
    code = "".join(secrets.choice(LETTERS) for _n in range(LENGTH - 1))
    return code + _last(code)


def looks_right(code: str) -> bool:
    """Whether its last letter follows from the others. A card made before this was so may look wrong."""
    return code[-1] == _last(code[:-1])


def _last(part: str) -> str:
    total = sum(weight * LETTERS.index(letter) for weight, letter in zip(WEIGHTS, part, strict=True))
    return LETTERS[total % len(LETTERS)]


def spaced(code: str) -> str:
    """A code as it is printed: K7TP 4M2X."""
    return f"{code[:4]} {code[4:]}"


def read_code(typed: str) -> str:
    """What somebody typed, as it was made. Raises NotACode with a hint."""
    code = re.sub(r"[\s\-.#]", "", typed).upper()
    strangers = sorted({letter for letter in code if letter not in LETTERS})
    if strangers:
        raise NotACode(
            _("Codes have no “%(letter)s” in them. Look at the card again.") % {"letter": strangers[0]}
        )
    if len(code) != LENGTH:
        raise NotACode(
            _("This code has %(length)s letters and numbers. You typed %(count)s.")
            % {"length": LENGTH, "count": len(code)}
        )
    return code


def keep(code: str) -> str:
    """What is kept of a code: a hash under this installation's own secret, which a copy of the database
    does not hold."""
    return salted_hmac("betterstory.conversations.voice", code, algorithm="sha256").hexdigest()
