"""The form of a report: its day, its title, which parts, and own words to each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.learning.forms.typed import day_field, words_field
from betterstory.learning.models import CHOSEN, Part
from betterstory.learning.verbs.reporting import LONGEST_TITLE, LONGEST_WORDS
from betterstory.ui.refusal import Refusal

BESIDE = {"day-to-come": "as_of", "before-the-round": "as_of"}


class ReportForm(forms.Form):
    """What was not done has no box to untick: it has a place for own words alone."""

    title = words_field(label=_("What is it called?"), most=LONGEST_TITLE)
    as_of = day_field(
        label=_("As of which day?"), help_text=_("Everything is counted as it stood at the end of this day.")
    )
    parts = forms.MultipleChoiceField(
        label=_("Which parts?"),
        help_text=_("What was not done, refused or got worse is always in it."),
        choices=[(part.value, part.label) for part in CHOSEN],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in Part:
            field = words_field(
                label=_("Own words before “%(part)s”") % {"part": part.label}, most=LONGEST_WORDS, line=False
            )
            field.required = False
            self.fields[own(part)] = field

    def chosen(self) -> dict[Part, str]:
        """The chosen parts with their words; words to a part that was not chosen choose it."""
        ticked = set(self.cleaned_data["parts"])
        words = {part: self.cleaned_data[own(part)] for part in Part}
        return {part: words[part] for part in Part if part.value in ticked or words[part]}

    def put_right(self, refusal: Refusal) -> None:
        self.add_error(BESIDE.get(refusal.code), refusal.sentence)


def own(part: Part) -> str:
    return f"words_{part.value}"
