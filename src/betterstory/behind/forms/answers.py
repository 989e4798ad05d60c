"""The form that brings an answer file back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.behind.counting import LARGEST_ANSWER


class AnswerForm(forms.Form):
    """The file, and whom those records cannot see."""

    file = forms.FileField(
        label=_("The answer file"),
        help_text=_("The small text file that went out with the question, filled in and checked there."),
        error_messages={"required": _("Choose the file."), "empty": _("This file is empty.")},
    )
    cannot_see = forms.CharField(
        max_length=300,
        label=_("Whom can those records not see?"),
        help_text=_("Like: people who never asked for help, or went somewhere else for it."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_ANSWER:
            raise forms.ValidationError(_("This is too large to be an answer file."))
        return file
