"""Forms of the poolside."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Circle
from betterstory.places.models import Round
from betterstory.poolside import rules
from betterstory.poolside.models import Sharing
from betterstory.poolside.verbs import MOST_QUESTIONS, NoQuestions, NotADayToComeBack
from betterstory.ui.form_renderer import row

LONGEST_ANSWER = 5_000
LONGEST_AGREEMENT = 10_000
LONGEST_QUESTION = 300
SHARING = {
    Sharing.PRIVATE: _("Nobody else sees it, and nobody sees that you wrote it."),
    Sharing.SHARED: _("Everybody in it can read it, until you change your mind or leave."),
    Sharing.ALOUD: _("The others see that you will. The words stay with you."),
}


def _day(label: Any, help_text: Any = "", **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        **kwargs,
    )


def _long(label: Any, help_text: Any = "", *, rows: int = 4, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("max_length", LONGEST_ANSWER)
    return forms.CharField(
        label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


class RoundChoice(forms.ModelChoiceField):
    """A round, or none yet."""

    def __init__(self) -> None:
        super().__init__(
            Round.objects.filter(ended_on=None).select_related("neighbourhood"),
            label=_("The round it belongs to"),
            help_text=_("You can begin long before there is one, and say it later."),
            empty_label=_("None yet"),
            required=False,
        )


class OpenForm(forms.Form):
    """A new circle."""

    name = forms.CharField(
        label=_("What you call it"), help_text=_("Like “the partners round the old town”."), max_length=120
    )
    round_ = RoundChoice()
    ends_on = _day(
        _("Until when"),
        _("After that day nobody can read what was said here any more."),
        required=False,
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_ends_on(self) -> date | None:
        day: date | None = self.cleaned_data["ends_on"]
        if day is not None and day < self.on:
            raise forms.ValidationError(_("That day is gone. Choose a later one, or leave it empty."))
        return day


class BringForm(forms.Form):
    """A circle that is there already."""

    circle = forms.ModelChoiceField(Circle.objects.none(), label=_("Which circle?"), empty_label=None)

    def offer(self, circles: QuerySet[Circle]) -> None:
        cast("forms.ModelChoiceField[Circle]", self.fields["circle"]).queryset = circles


class RoundForm(forms.Form):
    """Which round a circle belongs to."""

    round_ = RoundChoice()


class QuestionsForm(forms.Form):
    """The whole set, one on a line."""

    words = forms.CharField(
        label=_("Our questions"),
        help_text=_("One on a line. A question you leave out is set aside, and its answers are kept."),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=(LONGEST_QUESTION + 2) * MOST_QUESTIONS,
    )

    def clean_words(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]
        if len(lines) > MOST_QUESTIONS:
            raise forms.ValidationError(NoQuestions(most=MOST_QUESTIONS).sentence)
        if any(len(line) > LONGEST_QUESTION for line in lines):
            raise forms.ValidationError(
                _("A question may hold %(most)s letters. One of these is longer.")
                % {"most": LONGEST_QUESTION}
            )
        return lines


class AnswerForm(forms.Form):
    """What I say, and who it is for."""

    words = _long(_("What do you say?"), _("Leave it empty to take it back."), rows=6, required=False)
    sharing = forms.TypedChoiceField(
        label=_("Who is it for?"),
        choices=[(each.value, row(each.label, about=SHARING[each])) for each in Sharing],
        coerce=Sharing,
        initial=Sharing.PRIVATE,
        widget=forms.RadioSelect,
    )


class _NextDay(forms.Form):
    """A form that ends with the day to come back."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def _checked(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if not rules.is_a_day_to_come_back(day, self.on):
            raise forms.ValidationError(NotADayToComeBack().sentence)
        return day


class AgreementForm(_NextDay):
    """What we agree."""

    words = _long(
        _("What we agree"),
        _("As you would say it to each other. One thing on a line reads best."),
        rows=10,
        max_length=LONGEST_AGREEMENT,
    )
    come_back_on = _day(_("When do we come back to it?"), _("A month is a good time."))
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_come_back_on(self) -> date:
        return self._checked("come_back_on")

    def stand_on(self, number: int) -> None:
        """The words are now written on top of this version: what was typed is kept, and can be sent."""
        self.data = {**dict(self.data.items()), "after": str(number)}


class ComeBackForm(_NextDay):
    """How it went since."""

    held = _long(_("What held?"))
    not_held = _long(_("What did not?"), _("Plainly, and without a name to blame."))
    changes = _long(
        _("What changes?"), _("If something does, write it into the agreement next."), required=False
    )
    next_on = _day(_("When do we come back next?"))

    def clean_next_on(self) -> date:
        return self._checked("next_on")


class SkipForm(_NextDay):
    """Not this time."""

    why = _long(_("Why not this time?"), _("Everybody in the circle can read this."), rows=3)
    next_on = _day(_("When instead?"))

    def clean_next_on(self) -> date:
        return self._checked("next_on")
