"""Forms for patterns, counts and estimates."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.behind import counting
from betterstory.behind.models import ContactLog


class PatternFileForm(forms.Form):
    """A pattern pasted, or as a file."""

    toml = forms.CharField(
        required=False,
        strip=False,
        max_length=counting.LONGEST_PATTERN,
        label=_("The pattern"),
        help_text=_("Paste it here, or choose its file below."),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "code"}),
    )
    file = forms.FileField(
        required=False,
        label=_("Its file"),
        help_text=_("A small text file that ends in .toml"),
        error_messages={"empty": _("This file is empty.")},
    )

    def clean(self) -> dict[str, Any]:
        file = self.cleaned_data.get("file")
        if file is not None:
            self._read(file)
        elif not self.cleaned_data.get("toml", "").strip() and not self.errors:
            self.add_error("toml", _("Paste a pattern, or choose its file."))
        return self.cleaned_data

    def _read(self, file: Any) -> None:
        if file.size > counting.LONGEST_PATTERN:
            self.add_error("file", _("This is too large to be a pattern."))
            return
        try:
            self.cleaned_data["toml"] = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("This is not a text file."))


class PiecesForm(forms.Form):
    """Which steps and gaps of a story to ask about."""

    piece = forms.MultipleChoiceField(
        label=_("Which of these shall we ask about?"),
        help_text=_("Two to five are often enough."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["piece"]).choices = list(choices)


class CountForm(forms.Form):
    """Which log to ask."""

    log = forms.ModelChoiceField(
        ContactLog.objects.none(),
        label=_("Which records shall we ask?"),
        empty_label=None,
        error_messages={"required": _("Choose a log.")},
    )

    by_column = forms.ChoiceField(
        required=False,
        label=_("Shall the answer also say where they live?"),
        help_text=_(
            "By a column of the list of everybody that holds whole neighbourhoods, as they are named here."
        ),
    )

    def __init__(self, *args: Any, logs: Sequence[ContactLog], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logs = logs
        columns = dict.fromkeys(column for log in logs for column in log.columns_of_lives)
        by = cast(forms.ChoiceField, self.fields["by_column"])
        by.choices = [("", _("No")), *((column, column) for column in columns)]
        if not columns:
            del self.fields["by_column"]
        field = cast("forms.ModelChoiceField[ContactLog]", self.fields["log"])
        field.queryset = ContactLog.objects.all()
        field.choices = [(log.pk, log.name) for log in logs]

    def about(self, sentence: str) -> str:
        """The field that a sentence is shown beside."""
        about_lives = "neighbourhoods" in sentence or "list of everybody" in sentence
        return "by_column" if about_lives and "by_column" in self.fields else "log"


class EstimateForm(forms.Form):
    """A figure from elsewhere."""

    words = forms.CharField(
        max_length=200,
        label=_("What does it say?"),
        help_text=_("The figure in words. Like: about 1 in 6 adults feel low for weeks at a time."),
    )
    source = forms.CharField(
        max_length=300, label=_("Who says so?"), help_text=_("Enough for anybody to find it again.")
    )
    year = forms.IntegerField(
        required=False,
        min_value=1900,
        max_value=2200,
        label=_("For which year?"),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    cannot_see = forms.CharField(
        max_length=300,
        label=_("Whom can it not see?"),
        help_text=_("Every figure misses somebody. Like: people who do not answer surveys."),
    )
