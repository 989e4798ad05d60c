"""The fields that forms of lessons share, and how a refusal finds its field."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.learning.verbs import LONGEST
from betterstory.ui.refusal import Refusal

BESIDE = {  # which field a refusal of a verb belongs beside
    "say-what-got-worse": "worse",
    "too-many-points": "points",
    "say-why": "reason",
    "say-what-changed": "changed",
    "say-what-is-different": "differently",
}
ONE_OF_THESE = {"required": _("Choose one."), "invalid_choice": _("Choose one from the list.")}
Choices = Sequence[tuple[str, Any]]


def words(
    *, label: Any, help_text: Any = "", most: int = LONGEST, needed: bool = True, line: bool = False
) -> forms.CharField:
    """A field for a few sentences, or for a line."""
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=needed,
        max_length=most,
        widget=forms.TextInput() if line else forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write a few words."),
            "max_length": _("This is too long for a card. Say it in %(limit_value)d letters."),
        },
    )
    # a browser would cut what is pasted and say nothing; we say so and keep it all
    field.widget.attrs.pop("maxlength", None)
    return field


class LearningForm(forms.Form):
    """A form whose verb may refuse: the sentence goes beside the field it is about."""

    def put_right(self, refusal: Refusal) -> None:
        field = BESIDE.get(refusal.code, "")
        self.add_error(field if field in self.fields else None, refusal.sentence)

    def choose(self, name: str, choices: Choices, *, none: Any = None) -> None:
        """Offer these in a field; where there are none the field goes."""
        if not choices:
            del self.fields[name]
            return
        first = [] if none is None else [("", none)]
        cast(forms.ChoiceField, self.fields[name]).choices = [*first, *choices]
