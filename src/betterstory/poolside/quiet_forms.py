"""Forms of the goodwill and of repair talks: what one person says alone."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.poolside.goodwill import QUIET, Word
from betterstory.poolside.repairing import Reply

LONGEST_WHY = 1_000


class QuietForm(forms.Form):
    """Three sentences, a word to each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, words in enumerate(QUIET):
            self.fields[f"quiet_{number}"] = forms.TypedChoiceField(
                label=words,
                choices=Word.choices,
                coerce=lambda said: Word(int(said)),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose the word that is nearest.")},
            )

    @property
    def words(self) -> list[Word]:
        return [self.cleaned_data[f"quiet_{number}"] for number in range(len(QUIET))]


class AskTalkForm(forms.Form):
    """Whom I ask for a talk, and why."""

    whom = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who do you want to talk with?"),
        help_text=_("They alone will see that you asked."),
        empty_label=_("Choose one"),
    )
    words = forms.CharField(
        label=_("What is it about?"),
        help_text=_("A line is enough. You can leave it for the talk."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_WHY,
        required=False,
    )
    promise = forms.IntegerField(min_value=1, max_value=2**31, widget=forms.HiddenInput, required=False)

    def offer(self, people: QuerySet[Person]) -> None:
        cast("forms.ModelChoiceField[Person]", self.fields["whom"]).queryset = people


class ReplyForm(forms.Form):
    """Yes, later or no."""

    says = forms.TypedChoiceField(
        label=_("What do you say?"), choices=Reply.choices, coerce=Reply, widget=forms.RadioSelect
    )


class WishForm(forms.Form):
    """That we talked, and when."""

    talked_on = forms.DateField(
        label=_("When did you talk?"),
        help_text=_("Only the month will stand there."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, day: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if day is not None:  # the other has said it
            self.fields["talked_on"].widget = forms.HiddenInput()
            self.initial["talked_on"] = day
