"""Typed words as they are kept: signs that could break a page or turn its words round are left out."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.ui.refusal import Refusal

KEPT_CONTROLS = "\t\n\r"
JOINERS = "\u200c\u200d"  # some scripts and emoji are spelt with these


class CannotBeKept(Refusal):
    """NUL, or half a letter: no database keeps it."""

    code, status = "cannot-be-kept", 422
    words = _("There is a sign in these words that we cannot keep. Take it out, and send it again.")


def plain_words(text: str) -> str:
    """Words of a story: as they were typed, without control signs. Raises CannotBeKept.

    Signs that turn the direction of writing stay, since a page shows words apart from their neighbours.
    """
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise CannotBeKept
    return "".join(
        letter for letter in text if letter in KEPT_CONTROLS or unicodedata.category(letter) != "Cc"
    )


def plain_name(text: str) -> str:
    """A name or title: one line, composed letters, no control signs and none that turn or hide others.

    Raises CannotBeKept.
    """
    text = unicodedata.normalize("NFC", " ".join(plain_words(text).split()))
    kept = (letter for letter in text if letter in JOINERS or unicodedata.category(letter) != "Cf")
    return "".join(kept).strip().strip(JOINERS)


class WordsField(forms.CharField):
    """A field for somebody's own words."""

    def __init__(self, *, max_length: int, **options: object) -> None:
        said = {"max_length": _("This is too long. %(limit_value)s letters are the most.")}
        errors = options.pop("error_messages", {})
        # our own sentence about NUL comes first
        super().__init__(max_length=max_length, error_messages={**said, **errors}, **options)  # type: ignore[dict-item,arg-type]

    def to_python(self, value: object) -> str | None:
        try:
            return super().to_python(self.plain(str(value))) if value not in self.empty_values else ""
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal

    def plain(self, text: str) -> str:
        return plain_words(text)


class NameField(WordsField):
    """A field for a name or a title."""

    def plain(self, text: str) -> str:
        return plain_name(text)
