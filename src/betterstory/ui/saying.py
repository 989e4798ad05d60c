"""How the drawings say things: gettext is handed to them, so that they know nothing of the web."""

from collections.abc import Sequence
from functools import cache
from gettext import NullTranslations
from typing import Protocol


class Say(Protocol):
    """What speaks the reader's language: `django.utils.translation` itself, or ENGLISH."""

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, one: str, many: str, number: int, /) -> str: ...


ENGLISH: Say = NullTranslations()


class Remembering:
    """The same answers, each looked up once. For one drawing, in one language."""

    def __init__(self, say: Say) -> None:
        self.gettext = cache(say.gettext)
        self.ngettext = cache(say.ngettext)


def in_words(number: int, say: Say) -> str:
    """Small numbers as words, up to twelve."""
    words = _small_numbers(say)
    return words[number] if 0 <= number < len(words) else str(number)


def _small_numbers(say: Say) -> Sequence[str]:
    return (
        say.gettext("no"),
        say.gettext("one"),
        say.gettext("two"),
        say.gettext("three"),
        say.gettext("four"),
        say.gettext("five"),
        say.gettext("six"),
        say.gettext("seven"),
        say.gettext("eight"),
        say.gettext("nine"),
        say.gettext("ten"),
        say.gettext("eleven"),
        say.gettext("twelve"),
    )


def opening(sentence: str) -> str:
    """With a capital at its start, and the rest left as it is."""
    return sentence[:1].upper() + sentence[1:]


def ended(sentence: str) -> str:
    """With a full stop, where it does not end in one of its own."""
    sentence = sentence.strip()
    return sentence if not sentence or sentence[-1] in ".?!…”’" else f"{sentence}."
