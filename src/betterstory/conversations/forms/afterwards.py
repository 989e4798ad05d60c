"""After a gathering: the day it was read back, and a fare that was paid."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReadBackForm(forms.Form):
    """The day the cards were read back to the room."""

    on = forms.DateField(
        label=_("On which day were they read back to the room?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class FareForm(forms.Form):
    """How much was paid; nothing about how, and no account."""

    pounds = forms.DecimalField(
        label=_("How many pounds?"),
        required=False,
        max_digits=6,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "short", "step": "0.01", "min": "0"}),
    )
