"""Forms of asking residents how a promise turned out, and of typing in what they said."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.promises.forms.fields import DueForm, WallForm, day, wall_words
from betterstory.promises.models import Judging, OwnView, Turned
from betterstory.promises.tally import words_of
from betterstory.promises.verbs import LONGEST_REASON
from betterstory.promises.verbs.opinions import LONGEST_DOOR, MOST_AT_A_DOOR

MOST_AT_ONCE = 60


class AskResidentsForm(DueForm):
    """Until when residents are asked."""

    due_on = day(
        label=_("Until which day?"),
        help_text=_("Two weeks give everybody a chance. Nobody can close it earlier."),
    )


class SaidForm(WallForm):
    """What cards that were handed in say; they all say the same."""

    said = forms.TypedChoiceField(
        label=_("What do these cards say?"),
        coerce=Turned,
        choices=Turned.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    codes = forms.CharField(
        label=_("Their codes"),
        help_text=_("One a line. All of them are taken, or none."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Type at least one code.")},
    )

    def __init__(self, *args: Any, judging: Judging, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(each.value, words_of(each, four_weeks=judging.is_four_weeks)) for each in Turned]
        self.choose("said", told)

    def clean_codes(self) -> list[str]:
        codes = [line.strip() for line in self.cleaned_data["codes"].splitlines() if line.strip()]
        if len(codes) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Type 60 at most, and then the rest."))
        return codes


class DoorForm(WallForm):
    """What was said at one door."""

    door = wall_words(
        label=_("Which door?"),
        help_text=_("Like “12 Lime Walk”. It is not kept: only that this door was counted."),
        most=LONGEST_DOOR,
        line=True,
    )

    def __init__(self, *args: Any, judging: Judging, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in Turned:
            self.fields[each.value] = forms.IntegerField(
                label=words_of(each, four_weeks=judging.is_four_weeks),
                min_value=0,
                max_value=MOST_AT_A_DOOR,
                required=False,
                widget=forms.NumberInput(attrs={"class": "short"}),
                error_messages={
                    "invalid": _("Write a number, like 2."),
                    "min_value": _("Write a number, like 2."),
                    "max_value": _("That is more than one door says."),
                },
            )

    @property
    def told(self) -> dict[Turned, int]:
        return {each: self.cleaned_data.get(each.value) or 0 for each in Turned}


class ReplyForm(WallForm):
    """A body's own words beside an entry about it."""

    words = wall_words(
        label=_("What do you want to say beside it?"),
        help_text=_("Anyone can read it. Leave out the names of people who work there."),
        most=LONGEST_REASON,
    )


class OwnViewForm(WallForm):
    """How whoever promised sees it."""

    view = forms.TypedChoiceField(
        choices=OwnView.View.choices,
        coerce=OwnView.View,
        label=_("How do you see it yourselves?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    words = wall_words(
        label=_("A few words about it"),
        help_text=_("They stand beside what the others say. Leave out the names of people who work there."),
        needed=False,
    )
