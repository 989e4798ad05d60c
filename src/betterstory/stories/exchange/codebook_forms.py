"""Forms of the codebook, and of what is read in a piece."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.stories.models import Code

LARGEST = 20_000_000


class CodeForm(forms.Form):
    """One code."""

    name = forms.CharField(max_length=120, label=_("What is it called?"))
    description = forms.CharField(
        max_length=2000,
        required=False,
        label=_("When does it fit?"),
        help_text=_("So that two people who read the same line choose the same code."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    under = forms.ModelChoiceField(
        Code.objects.none(), required=False, label=_("Under which other?"), empty_label=_("None")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Code]", self.fields["under"]).queryset = Code.objects.all()
        if not Code.objects.exists():
            del self.fields["under"]


class CodebookFileForm(forms.Form):
    """A codebook from another tool."""

    file = forms.FileField(
        label=_("A codebook from another tool"),
        help_text=_("A .qdc file, or a .qdpx project: of that only the codebook is read."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )

    not_theirs = forms.BooleanField(
        required=False,
        label=_("None of it is from a story. (We keep that you said so.)"),
        widget=forms.HiddenInput,
    )

    def ask_whose(self) -> None:
        """Five words in a row of it stand in a story too: the file is asked for again, and whose they are."""
        words = _("Some of its words stand in a story told here. A story belongs to its teller.")
        on = _("Take them out in the other tool, or tick below. Then choose the file again.")
        self.add_error("file", f"{words} {on}")
        self.fields["not_theirs"].widget = forms.CheckboxInput()

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This is too large to be a codebook."))
        return bytes(file.read())


class ReadInForm(forms.Form):
    """Which piece, and which code it is an example of."""

    piece = forms.ChoiceField(label=_("Which line?"))
    code = forms.ModelChoiceField(
        Code.objects.none(),
        label=_("What do you read in it?"),
        empty_label=None,
        error_messages={"required": _("Choose a code.")},
    )

    def __init__(self, *args: Any, pieces: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["piece"]).choices = [
            (str(pk), words) for pk, words in pieces.items()
        ]
        codes = cast("forms.ModelChoiceField[Code]", self.fields["code"])
        codes.queryset = Code.objects.filter(is_codable=True)
        # read once: to be drawn, and to know whether there is any
        there = [(code.pk, str(code)) for code in codes.queryset]
        codes.choices, self.has_codes = there, bool(there)
