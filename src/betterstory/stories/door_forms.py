"""Forms beside a yes: a pause, a second word, who speaks for me, who is named, what I wish beforehand."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories.models import Channel, IfLost, Recall
from betterstory.stories.verbs import LONGEST

DAY = {"type": "date"}


class PauseForm(forms.Form):
    """For how long, and how much."""

    opens_on = forms.DateField(
        required=False,
        label=_("Until which day?"),
        help_text=_("It opens by itself on that day. Leave it empty to open it yourself."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY),
        error_messages={"invalid": _("This is no day we know. Write it like 2026-07-14.")},
    )
    every = forms.BooleanField(required=False, label=_("Pause all my stories"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_opens_on(self) -> date | None:
        day: date | None = self.cleaned_data["opens_on"]
        if day is not None and day <= self.on:
            raise forms.ValidationError(_("Choose a day after today."))
        return day


class WordForm(forms.Form):
    """The word only the teller knows."""

    word = forms.CharField(
        required=False,
        max_length=80,
        label=_("Your second word"),
        help_text=_("Leave it empty if two of the team have met you."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class SetWordForm(forms.Form):
    word = forms.CharField(
        max_length=80,
        label=_("A word only you know"),
        help_text=_("We ask for it if your card is lost. Do not write it on the card."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class WishesForm(forms.Form):
    """What I wish beforehand, and whether a mark stays."""

    if_lost = forms.ChoiceField(
        choices=IfLost.choices, label=_("If you can never reach me again"), widget=forms.RadioSelect
    )
    leaves_a_mark = forms.TypedChoiceField(
        choices=[
            ("yes", _("Say: a piece was here, its owner took it back")),
            ("no", _("Say nothing at all")),
        ],
        coerce=lambda said: said == "yes",
        label=_("When I take a piece back, what stays in its place?"),
        widget=forms.RadioSelect,
    )


class SomebodyForm(forms.Form):
    """One person, found among those here."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who?"),
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose somebody."), "invalid_choice": _("Choose somebody here.")},
    )

    def __init__(self, *args: Any, not_these: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Person]", self.fields["person"])
        field.queryset = Person.objects.filter(is_active=True).exclude(pk__in=not_these).order_by("name")


class NamedForm(forms.Form):
    """Somebody who said that their first name may stay."""

    name = forms.CharField(max_length=80, label=_("Their first name"))
    grown_up = forms.BooleanField(required=False, label=_("They are 18 or more"))
    said_yes = forms.BooleanField(required=False, label=_("They said yes to being named"))


class AnswerForm(forms.Form):
    """What became of what was asked back."""

    answer = forms.ChoiceField(
        choices=Recall.Answer.choices, label=_("What became of it?"), widget=forms.RadioSelect
    )


class CameOfItForm(forms.Form):
    words = forms.CharField(
        max_length=min(LONGEST, 2000),
        label=_("What came of it?"),
        help_text=_("A sentence or two, for the teller alone."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HowToldForm(forms.Form):
    """How the teller told it to whoever speaks for them."""

    how = forms.ChoiceField(
        choices=Channel.choices,
        initial=Channel.PHONE,
        label=_("How did they tell you?"),
        widget=forms.RadioSelect,
    )
