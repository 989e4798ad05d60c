"""Codes that people read off a card: no letters that look alike, spaces and case do not matter.

A code has a selector of three letters, which finds it, and a verifier of ten, which proves it. Thirty letters
give 4.9 bits each, so the verifier holds 49 bits; only its hash is kept.
"""

import re
import secrets

from django.utils.translation import gettext as _

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SELECTOR, VERIFIER = 3, 10


class NotACode(ValueError):
    """What was typed cannot be a code; `hint` says why in a sentence."""

    def __init__(self, hint: str) -> None:
        super().__init__(hint)
        self.hint = hint


def make_code() -> str:
    """A new code of thirteen letters, without spaces."""
    return "".join(secrets.choice(LETTERS) for _n in range(SELECTOR + VERIFIER))


def spaced(code: str) -> str:
    """A code as it is printed: NH7 K7TP4 M2XW9."""
    return f"{code[:3]} {code[3:8]} {code[8:]}"


def read_code(typed: str) -> tuple[str, str]:
    """The selector and verifier of what somebody typed. Raises NotACode with a hint."""
    code = re.sub(r"[\s\-.#]", "", typed).upper()
    strangers = sorted({letter for letter in code if letter not in LETTERS})
    if strangers:
        raise NotACode(
            _("Codes have no “%(letter)s” in them. Look at the card again.") % {"letter": strangers[0]}
        )
    if len(code) != SELECTOR + VERIFIER:
        raise NotACode(_("A code has 13 letters and numbers. You typed %(count)s.") % {"count": len(code)})
    return code[:SELECTOR], code[SELECTOR:]
