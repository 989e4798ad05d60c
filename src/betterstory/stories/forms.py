"""Forms of saying yes."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Circle, Person
from betterstory.stories.consenting import LONGEST_YES
from betterstory.stories.models import Audience, Form, Use
from betterstory.ui.form_renderer import row

USE_WORDS = {
    Use.READ: _("The words and the list of what happened."),
    Use.PICTURE: _("The picture of what happened and how it felt, with its list."),
    Use.READ_ALOUD: _("Somebody you know reads it out."),
    Use.QUOTE: _("A line of it on a card, beside a promise, or on the wall."),
    Use.COUNT: _(
        "Only the shape: no words, no dates, no name. It is asked of records, to see how many others went "
        "the same way. Numbers that were shown once stay; their link to your story goes when you say so."
    ),
    Use.REPORT: _("In a report to those who fund this."),
}


class YesForm(forms.Form):
    """One yes."""

    use = forms.ChoiceField(
        choices=[(use.value, row(use.label, about=USE_WORDS[use])) for use in Use],
        label=_("What are you saying yes to?"),
        widget=forms.RadioSelect,
    )
    piece = forms.ChoiceField(required=False, label=_("All of it, or one line?"))
    audience = forms.ChoiceField(label=_("Who is it for?"), widget=forms.RadioSelect)
    form = forms.ChoiceField(
        choices=Form.choices, initial=Form.CHOSEN_NAME, label=_("Under which name?"), widget=forms.RadioSelect
    )
    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("A year at most. Then it shuts."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("This is no day we know. Write it like 2026-07-14.")},
    )

    def __init__(
        self, *args: Any, lines: list[tuple[str, str]], circles: list[Circle], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.circles = {f"circle:{circle.pk}": circle for circle in circles}
        whom: list[tuple[str, Any]] = [(key, circle.name) for key, circle in self.circles.items()]
        whom += [(choice.value, choice.label) for choice in (Audience.PARTNERSHIP, Audience.PUBLIC)]
        cast(forms.ChoiceField, self.fields["audience"]).choices = whom
        cast(forms.ChoiceField, self.fields["piece"]).choices = [("", _("All of it")), *lines]

    def clean_until(self) -> datetime:
        """The end of that day, here."""
        day: date = self.cleaned_data["until"]
        if not self.on <= day <= self.on + LONGEST_YES - timedelta(days=1):
            raise forms.ValidationError(_("Choose a day from today to a year from now."))
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("audience", "")
        cleaned["circle"] = self.circles.get(str(chosen))
        cleaned["audience"] = Audience.CIRCLE if cleaned["circle"] else chosen
        return cleaned


class BadDayForm(forms.Form):
    """Who rang."""

    teller = forms.ModelChoiceField(
        Person.objects.filter(is_active=True).order_by("name"),
        label=_("Who rang?"),
        error_messages={
            "required": _("Choose who rang."),
            "invalid_choice": _("Choose somebody from the list."),
        },
    )


class FindForm(forms.Form):
    """What to look for."""

    words = forms.CharField(
        min_length=2,
        max_length=120,
        label=_("Find words in stories you may read"),
        help_text=_(
            "Small or large letters and accents make no difference. We keep nothing of what you look for."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write a word to look for."),
            "min_length": _("Write two letters at least."),
        },
    )
