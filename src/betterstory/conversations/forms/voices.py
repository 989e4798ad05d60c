"""What somebody types on a phone: the code of a card, and one sentence of their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import voice_codes
from betterstory.people.codes import NotACode
from betterstory.ui.plain import WordsField


class VoiceCodeForm(forms.Form):
    """The code on a voice card."""

    code = forms.CharField(
        label=_("The code on your card"),
        help_text=_("Like K7TP 4M2X. Spaces, and large or small letters, do not matter."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    where = forms.ChoiceField(
        label=_("Where are you now?"),
        help_text=_("So that we can show both, side by side."),
        choices=[("hall", _("In the hall")), ("elsewhere", _("Somewhere else"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, asks_where: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_where:
            del self.fields["where"]

    def clean_code(self) -> str:
        try:
            return voice_codes.read_code(self.cleaned_data["code"])
        except NotACode as problem:
            raise forms.ValidationError(problem.hint) from problem


class SentenceForm(forms.Form):
    """Something we should ask everyone."""

    words = WordsField(
        label=_("Something we should ask everyone?"),
        help_text=_("One sentence that people can agree or not agree with. Leave out names."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReplaceForm(forms.Form):
    """The code of a card that is lost or stolen."""

    code = forms.CharField(
        label=_("The old code"),
        help_text=_("From a photograph of the card, or from a sheet it was written on."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off", "spellcheck": "false"}),
    )
