"""“This happened to me too”: which gap to ask about, a few words beside a card, cards that were handed in."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.ui.plain import NameField, WordsField

MOST_AT_ONCE = 60


class GapForm(forms.Form):
    """A gap the room has heard, said in somebody's own words."""

    piece = forms.TypedChoiceField(
        label=_("Which gap?"),
        help_text=_("Only gaps whose teller said yes to this room are here."),
        coerce=int,
        widget=forms.RadioSelect,
    )
    words = NameField(
        max_length=200,
        label=_("Say it so that it could be anybody’s"),
        help_text=_(
            "Like: I waited long, missed one visit, and had to start again. Never the teller’s words."
        ),
    )

    def __init__(self, *args: Any, pieces: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["piece"].choices = list(pieces.items())  # type: ignore[attr-defined]  # it is a ChoiceField


class BesideForm(forms.Form):
    """What somebody may write beside their card; none of it is asked for."""

    words = WordsField(
        max_length=600,
        required=False,
        label=_("A few words of yours"),
        help_text=_("No names. Only those who organise the gatherings here can read them."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reach = NameField(
        max_length=120,
        required=False,
        label=_("May we ask you to tell your story? How do we reach you?"),
        help_text=_("A telephone number, or where you can be found. Leave it empty, and nobody asks."),
    )


class CardsForm(forms.Form):
    """Codes of cards that were handed in, one a line."""

    codes = forms.CharField(
        label=_("Codes of cards that said so on paper"),
        help_text=_("One a line."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_codes(self) -> list[str]:
        codes = [line.strip() for line in self.cleaned_data["codes"].splitlines() if line.strip()]
        if len(codes) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Type 60 at most, and then the rest."))
        return codes
