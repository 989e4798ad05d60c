"""The code on a voice card: eight letters without look-alikes, like K7TP 4M2X, kept only as a keyed hash."""

import re
import secrets

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from betterstory.people.codes import LETTERS, NotACode

LENGTH = 8  # 39 bits; guesses are counted by `people.limits`


def make_code() -> str:
    """A new code, without spaces."""
    return "".join(secrets.choice(LETTERS) for _n in range(LENGTH))


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
