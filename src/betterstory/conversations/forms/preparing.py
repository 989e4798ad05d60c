"""Preparing a gathering: day and place, its turns, who does what, words to send, what guests need."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Duty, Guest, Turn
from betterstory.conversations.models.sheet import LONGEST_TURN, SHORTEST_TURN
from betterstory.conversations.verbs.run_sheet import TurnAs, TurnTooLong

ALREADY = _("the one that was chosen before")


class PrepareForm(forms.Form):
    """When and where, how people get in, whose story is heard, what hangs on the wall."""

    day = forms.DateField(
        label=_("Which day?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    time = forms.TimeField(
        label=_("What time?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    where = forms.CharField(label=_("Where?"), max_length=200)
    access = forms.CharField(
        label=_("How do people get in, and what is there?"),
        help_text=_("Steps, a hearing loop, a quiet room, food, a place for children. Guests read it."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    interpreters = forms.CharField(
        label=_("Interpreters"),
        help_text=_("Like: British Sign Language, Urdu."),
        max_length=200,
        required=False,
    )
    fares = forms.CharField(
        label=_("Fares"),
        help_text=_("Like: we pay your bus or taxi at the door, in cash."),
        max_length=200,
        required=False,
    )
    check_in = forms.CharField(label=_("The check-in question"), max_length=200, required=False)
    story = forms.TypedChoiceField(
        label=_("Whose story is heard?"),
        help_text=_(
            "Its teller reads the run sheet and says that it is right. Until then no screen shows it."
        ),
        coerce=int,
        empty_value=None,
        required=False,
    )
    poolside = forms.TypedChoiceField(
        label=_("Which agreement hangs on the wall?"),
        help_text=_("Only what a circle of yours agreed. The screen shows its words and no names."),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(
        self, *args: Any, stories: Mapping[int, str], poolsides: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("story", stories), ("poolside", poolsides)):
            chooser = self.fields[name]
            chooser.choices = [("", _("None")), *found.items()]  # type: ignore[attr-defined]  # a ChoiceField
            if not found:
                del self.fields[name]

    @property
    def when(self) -> datetime:
        told = self.cleaned_data
        return timezone.make_aware(datetime.combine(told["day"], told["time"]))


class TurnForm(forms.Form):
    """One turn of the run sheet."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Turn.Kind.choices)
    words = forms.CharField(
        label=_("What stands on the big screen?"),
        help_text=_("One question or sentence. Empty: the usual words."),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    minutes = forms.IntegerField(
        label=_("About how many minutes?"),
        initial=15,
        widget=forms.NumberInput(attrs={"class": "short", "min": SHORTEST_TURN, "max": LONGEST_TURN}),
    )
    led_by = forms.ChoiceField(label=_("Who leads it?"), choices=Duty.choices, initial=Duty.FACILITATOR)
    services_first = forms.BooleanField(label=_("People from services speak first"), required=False)

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if not SHORTEST_TURN <= minutes <= LONGEST_TURN:
            raise forms.ValidationError(TurnTooLong().sentence)
        return minutes

    @property
    def told(self) -> TurnAs:
        told = self.cleaned_data
        return TurnAs(
            kind=Turn.Kind(told["kind"]),
            words=" ".join(told["words"].split()),
            minutes=told["minutes"],
            led_by=Duty(told["led_by"]),
            services_first=told["services_first"],
        )


class DutyForm(forms.Form):
    """Who does what on the night: a first name, and a part for one evening."""

    guest = forms.TypedChoiceField(label=_("Who?"), coerce=int)
    duty = forms.ChoiceField(label=_("As what?"), choices=Duty.choices)

    def __init__(self, *args: Any, guests: Iterable[Guest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(guest.pk, guest.first_name) for guest in guests]
        self.fields["guest"].choices = names  # type: ignore[attr-defined]  # a ChoiceField


class TextMessageForm(forms.Form):
    """An invitation as one text message."""

    words = forms.CharField(
        label=_("The text message"),
        help_text=_("160 letters at most. Copy it into your phone: nothing is sent from here."),
        max_length=1000,  # counted by the verb, as a phone counts
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NeedsForm(forms.Form):
    """What would help a guest to come."""

    words = forms.CharField(
        label=_("What would help?"),
        help_text=_("A lift, a ramp, an interpreter, somebody beside you, food you can eat, a fare."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
