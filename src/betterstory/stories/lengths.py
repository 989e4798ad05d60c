"""Asking how long something lasted: a number and a word, as people write them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.stories.how_long import MOST, HowLong

UNITS = {
    "days": (_("day"), _("days")),
    "weeks": (_("week"), _("weeks")),
    "months": (_("month"), _("months")),
    "years": (_("year"), _("years")),
}
ONE = (_("a"), _("an"), _("one"))
SAY_IT_SO = _("Write it as a number and a word, like 19 weeks.")


class HowLongField(forms.CharField):
    """How long, in words like “19 weeks” or “a month”; None where nothing is said."""

    def __init__(self, **kwargs: Any) -> None:
        short = forms.TextInput(attrs={"class": "short"})
        super().__init__(required=False, max_length=40, widget=short, **kwargs)

    def clean(self, value: Any) -> HowLong | None:
        words = super().clean(value).casefold().split()
        if not words:
            return None
        number, unit = self._number(words[:-1]), self._unit(words[-1])
        if number is None or unit is None or number > MOST:
            raise forms.ValidationError(SAY_IT_SO)
        return HowLong(number, unit)

    def _number(self, words: list[str]) -> int | None:
        if len(words) == 1 and words[0] in map(str, ONE):
            return 1
        return int(words[0]) if len(words) == 1 and words[0].isdecimal() and len(words[0]) <= 3 else None

    def _unit(self, word: str) -> str | None:
        return next((unit for unit, said in UNITS.items() if word in map(str, said)), None)
