"""Forms of hours and money, of outside events, and of putting either right."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.learning.models import Sector
from betterstory.learning.reporting.amounts import as_amount
from betterstory.learning.verbs.typing_in import LONGEST_EVENT, LONGEST_FOR
from betterstory.people.models import Body
from betterstory.ui.refusal import Refusal

BESIDE = {
    "not-yet": ("day", "month"),
    "long-before": ("day", "month"),
    "long-ahead": ("day",),
    "hours-or-pounds": ("hours",),
    "below-zero": ("hours",),
    "too-much": ("hours",),
    "say-why": ("because",),
}


def words_field(*, label: Any, most: int, help_text: Any = "", line: bool = True) -> forms.CharField:
    """Words that are kept whole and told when they are too long: a browser would cut them and say nothing."""
    field = forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        widget=forms.TextInput() if line else forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write a few words."),
            "max_length": _("This is too long. Say it in %(limit_value)d letters."),
        },
    )
    field.widget.attrs.pop("maxlength", None)
    return field


def day_field(*, label: Any, help_text: Any = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("This is no day we know. Write it like 2026-09-01."),
        },
    )


class AmountField(forms.CharField):
    """An amount as people write it: "1,200.50", "£300", "2.5"."""

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, help_text=help_text, required=False, widget=widget)

    def clean(self, value: Any) -> Decimal:
        typed = str(super().clean(value) or "")
        if typed.strip().lstrip("£").lstrip().startswith(("-", "\u2212")):
            raise forms.ValidationError(
                _("An amount cannot be below zero. If an earlier row was wrong, put that row right.")
            )
        amount = as_amount(typed)
        if amount is None:
            raise forms.ValidationError(_("We cannot read this amount. Write it like 1,200.50 or 2.5."))
        return amount


class MonthField(forms.CharField):
    """A month, as a browser's month field sends it or as people write it: 2026-05 or 05/2026."""

    def clean(self, value: Any) -> date | None:
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        first, _sign, second = typed.replace("/", "-").partition("-")
        year, month = (first, second) if len(first) == 4 else (second, first)
        try:
            return date.fromisoformat(f"{year}-{month:0>2}-01")
        except ValueError:
            raise forms.ValidationError(_("This is no month we know. Write it like 2026-09.")) from None


class TypedForm(forms.Form):
    """A form whose verb may refuse: the sentence goes beside the field it is about."""

    because = words_field(
        label=_("Why is it put right?"), most=300, help_text=_("The earlier row stays below, with this.")
    )

    def __init__(self, *args: Any, puts_right: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if puts_right:
            self.fields["because"] = self.fields.pop("because")  # last: why, after what
        else:
            del self.fields["because"]

    def put_right(self, refusal: Refusal) -> None:
        fields = [name for name in BESIDE.get(refusal.code, ()) if name in self.fields]
        filled = [name for name in fields if self.data.get(name)]
        self.add_error(next(iter(filled or fields), None), refusal.sentence)


class SpentForm(TypedForm):
    """Hours or pounds of one sector, for a day or a whole month."""

    sector = forms.ChoiceField(
        label=_("Whose hours or money?"),
        choices=Sector.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one from the list.")},
    )
    day = day_field(label=_("Which day?"), required=False)
    month = MonthField(
        label=_("Or which whole month?"),
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
    )
    hours = AmountField(label=_("Hours"), help_text=_("Of all of them together, never of one person."))
    pounds = AmountField(label=_("Pounds"), help_text=_("Like 1,200.50"))
    what_for = words_field(
        label=_("What for?"), most=LONGEST_FOR, help_text=_("Like “hire of the hall”. No names.")
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        day, month = told.pop("day", None), told.pop("month", None)
        if self.errors.keys() & {"day", "month"}:
            return told
        if (day is None) == (month is None):
            self.add_error("day", _("Write a day, or a whole month: one of the two."))
        told["when"], told["is_month"] = day or month, day is None
        return told


class OutsideForm(TypedForm):
    """What changed around us."""

    words = words_field(
        label=_("What changed around us?"),
        most=LONGEST_EVENT,
        help_text=_("Like “The two trusts became one” or “The library closed”. No names."),
        line=False,
    )
    day = day_field(
        label=_("Which day?"),
        help_text=_(
            "A day to come, where it is announced. It is marked so until somebody says that it came."
        ),
    )
    bodies = forms.ModelMultipleChoiceField(
        Body.objects.all(),
        label=_("Which bodies did it touch?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Choose from the list."),
            "invalid_pk_value": _("Choose from the list."),
        },
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["when"] = told.pop("day", None)
        return told


class OutForm(TypedForm):
    """Taking a row out: only the reason."""
