"""What any words of a lesson keep to."""

from django.utils.translation import gettext_lazy as _

from betterstory.ui.refusal import Refusal

LONGEST = 600  # letters: a card of a lesson is read out in a hall
LONGEST_REASON = 400
LONGEST_WHY = 300
LONGEST_NAME = 120


class NothingSaid(Refusal):
    """Words are missing."""

    code, status = "nothing-said", 422
    words = _("Write a few words.")


class TooLong(Refusal):
    """More words than a card can hold."""

    code, status = "too-long", 422
    words = _("This is too long for a card. Say it in %(most)s letters.")


def said(words: str, *, most: int = LONGEST, needed: bool = True) -> str:
    """The words on one line. Raises NothingSaid or TooLong."""
    words = " ".join(words.replace("\x00", "").split())
    if needed and not words:
        raise NothingSaid
    if len(words) > most:
        raise TooLong(most=most)
    return words
