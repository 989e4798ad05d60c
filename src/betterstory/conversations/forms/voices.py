"""What somebody types on a phone: the code of a card, and one sentence of their own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import voice_codes
from betterstory.people.codes import NotACode


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

    def clean_code(self) -> str:
        try:
            return voice_codes.read_code(self.cleaned_data["code"])
        except NotACode as problem:
            raise forms.ValidationError(problem.hint) from problem


class SentenceForm(forms.Form):
    """Something we should ask everyone."""

    words = forms.CharField(
        label=_("Something we should ask everyone?"),
        help_text=_("One sentence that people can agree or not agree with. Leave out names."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
