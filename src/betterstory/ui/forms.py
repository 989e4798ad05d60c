"""The one form of the frame itself: light or dark, and how large."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DisplayForm(forms.Form):
    theme = forms.ChoiceField(
        label=_("Light or dark"),
        choices=[("", _("As my phone or computer does")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
        required=False,
    )
    text = forms.ChoiceField(
        label=_("Size of the words"),
        choices=[("", _("As it is")), ("large", _("Large")), ("larger", _("Larger still"))],
        widget=forms.RadioSelect,
        required=False,
    )
