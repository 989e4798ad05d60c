"""Paper sheets: how many to draw, what is typed in from them, and which of two readings is right."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Line, Pile, Statement, Vote
from betterstory.conversations.verbs import TypedCard
from betterstory.conversations.verbs.sheets import MOST_SHEETS

MARKS = {"a": Vote.Choice.AGREE, "p": Vote.Choice.PASS, "d": Vote.Choice.DISAGREE}
BLANK = "blank"
ROWS = 8  # paper sheets typed in at a time


class DrawForm(forms.Form):
    """How many sheets to draw."""

    many = forms.IntegerField(
        label=_("How many sheets?"),
        help_text=_("One for each person who comes, and a few more."),
        min_value=1,
        max_value=MOST_SHEETS,
        initial=40,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )


class SourceForm(forms.Form):
    """Where a pile comes from."""

    source = forms.ChoiceField(
        label=_("Where were these answers given?"),
        choices=Pile.Source.choices,
        initial=Pile.Source.HALL_PAPER,
        widget=forms.RadioSelect,
    )


class SettleForm(forms.Form):
    """For each line that was read in two ways: what the paper says."""

    def __init__(
        self, *args: Any, lines: Sequence[Line], said: Mapping[int, str | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        choices = [
            ("1", _("agree")),
            ("0", _("not sure")),
            ("-1", _("do not agree")),
            (BLANK, _("left blank")),
        ]
        for line in lines:
            self.fields[f"s{line.statement_id}"] = forms.ChoiceField(
                label=_line(line.statement.number, said.get(line.statement_id)),
                help_text=_("First typed: %(first)s. Then typed: %(second)s.")
                % {"first": reading(line.first), "second": reading(line.second)},
                choices=choices,
                widget=forms.RadioSelect,
            )

    @property
    def stands(self) -> dict[int, Vote.Choice | None]:
        """By statement id."""
        told = {line.statement_id: self.cleaned_data[f"s{line.statement_id}"] for line in self.lines}
        return {pk: None if choice == BLANK else Vote.Choice(int(choice)) for pk, choice in told.items()}


def _line(number: int, words: str | None) -> str:
    """A line of a sheet; without its words where they may not be shown now."""
    if words is None:
        return _now("Sentence %(number)s") % {"number": number}
    return _now("Sentence %(number)s: %(words)s") % {"number": number, "words": words}


def reading(choice: int | None) -> object:
    """A reading in words."""
    return {1: _("agree"), 0: _("not sure"), -1: _("do not agree"), None: _("left blank")}[choice]


class SheetRow(forms.Form):
    """One paper sheet: the code on it, and a letter for each sentence. An empty row is left out."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        statements: Sequence[Statement],
        row: int = 0,
        sheet: int | None = None,
    ) -> None:
        super().__init__(data, prefix=f"row{row}", use_required_attribute=False)
        self.statements = statements
        self.sheet = sheet
        label = _("Card code, row %(row)s") % {"row": row + 1}
        self.fields["code"] = forms.CharField(
            required=False,
            max_length=40,
            label=label,
            widget=forms.TextInput(
                attrs={"class": "card-code-typed", "autocomplete": "off", "aria-label": label}
            ),
        )
        for statement in statements:
            words = _("Sentence %(number)s, row %(row)s") % {"number": statement.number, "row": row + 1}
            self.fields[f"s{statement.pk}"] = forms.CharField(
                required=False,
                label=words,
                widget=forms.TextInput(
                    attrs={"class": "typed-mark", "maxlength": 1, "autocomplete": "off", "aria-label": words}
                ),
            )

    @property
    def cells(self) -> list[forms.BoundField]:
        return [self[f"s{statement.pk}"] for statement in self.statements]

    @property
    def lines(self) -> list[tuple[Statement, forms.BoundField]]:
        """Each sentence with its cell."""
        return list(zip(self.statements, self.cells, strict=True))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        wrong = [
            str(statement.number)
            for statement in self.statements
            if (typed := told.get(f"s{statement.pk}", "").strip().lower()) and typed not in MARKS
        ]
        if wrong:
            self.add_error(
                None,
                _("Sentence %(numbers)s: type a, p or d, or leave it empty.") % {"numbers": ", ".join(wrong)},
            )
        if self._marks(told) and not told.get("code", "").strip():
            self.add_error("code", _("Type the code that is on this sheet."))
        return told

    def _marks(self, told: Mapping[str, Any]) -> dict[int, Vote.Choice]:
        typed = {each.pk: told.get(f"s{each.pk}", "").strip().lower() for each in self.statements}
        return {pk: MARKS[letter] for pk, letter in typed.items() if letter in MARKS}

    @property
    def answers(self) -> dict[int, Vote.Choice]:
        """What is ticked, by statement id."""
        return self._marks(self.cleaned_data)

    @property
    def card(self) -> TypedCard | None:
        """What was typed, or None where the row was left empty."""
        code = self.cleaned_data["code"].strip()
        return TypedCard(code, self.answers, self.sheet) if code else None
