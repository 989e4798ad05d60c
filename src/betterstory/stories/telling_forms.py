"""Forms of telling: one small question each."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person, Ring, Role
from betterstory.places.models import Neighbourhood
from betterstory.stories.lengths import HowLongField
from betterstory.stories.models import Gap, Moment, ReadBack, Size, Tongue
from betterstory.stories.verbs import LONGEST
from betterstory.ui.form_renderer import row
from betterstory.ui.plain import NameField, WordsField

FEELINGS = [
    ("2", row(_("good"), icon="feeling-good")),
    ("1", row(_("all right"), icon="feeling-all-right")),
    ("0", row(_("getting by"), icon="feeling-getting-by")),
    ("-1", row(_("hard"), icon="feeling-hard")),
    ("-2", row(_("very hard"), icon="feeling-very-hard")),
    ("", _("I would rather not say")),
]
MARKS = {
    Moment.HAPPENED: "step",
    Moment.KINDNESS: "kindness",
    Moment.WAITING: "gap",
    Moment.TOLD_AGAIN: "told-again",
    Moment.SENT_BACK: "sent-back",
    Moment.DROPPED: "dropped",
}


def few_words(label: Any, *, rows: int = 3, most: int = 2000, **more: Any) -> WordsField:
    """A field for a few of somebody's own words."""
    return WordsField(max_length=most, label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class OneByOne(forms.Form):
    """A form whose questions come one after another, each on a page; answers so far are carried along."""

    order: tuple[str, ...] = ()

    @property
    def asking(self) -> str:
        """The name of the question that comes now: the first without a good answer."""
        names = [name for name in self.order if name in self.fields]
        if not self.is_bound:
            return names[0]
        return next((name for name in names if name in self.errors), names[-1])

    @property
    def is_wrong(self) -> bool:
        """What was sent will not do; else the question was only not asked yet."""
        return self.is_bound and (self.asking == self.order[0] or self.asking in self.data)

    @property
    def carried(self) -> dict[str, str]:
        """The answers so far."""
        return {name: self.data[name] for name in self.fields if name != self.asking and self.data.get(name)}


class BeginForm(OneByOne):
    """What must be passed on, then whose story it is, then where it happened: one after another."""

    order = ("limits_heard", "teller", "neighbourhood")
    limits_heard = forms.BooleanField(
        label=_("I have read this, or it was read to me"),
        error_messages={"required": _("Tick this once you have read what we may have to pass on.")},
    )
    teller = forms.ModelChoiceField(
        Person.objects.none(), label=_("Whose story is it?"), empty_label=_("Choose one")
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.all(),
        label=_("Where did most of it happen?"),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    title = NameField(max_length=120, required=False, widget=forms.HiddenInput)
    chosen_name = NameField(max_length=80, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by.plays(Role.ORGANISER, Role.STEWARD):
            teller = cast("forms.ModelChoiceField[Person]", self.fields["teller"])
            teller.queryset = Person.objects.filter(is_active=True).order_by("name")
        else:
            del self.fields["teller"]


class NameForm(forms.Form):
    chosen_name = NameField(
        max_length=80,
        required=False,
        label=_("What shall we call you in it?"),
        help_text=_("Any name you like. It need not be yours."),
    )


class TitleForm(forms.Form):
    title = NameField(
        max_length=120,
        required=False,
        label=_("What shall we call the story?"),
        help_text=_("A few words. You can change them later."),
    )


class WordsForm(forms.Form):
    """The story in the teller's own words."""

    text = WordsField(
        required=False,
        max_length=LONGEST,
        label=_("In your own words"),
        help_text=_("Start anywhere. Spelling does not matter."),
        widget=forms.Textarea(attrs={"rows": 10}),
        strip=False,
        error_messages={"max_length": _("This is too long for one story. Tell the rest as a second story.")},
    )
    as_read = forms.CharField(required=False, widget=forms.HiddenInput, empty_value=None)


class StepForm(forms.Form):
    """One thing that happened."""

    words = few_words(_("What happened?"), help_text=_("A few words will do. Spelling does not matter."))


class AnswerForm(forms.Form):
    """An answer about a step; it knows what was on the page."""

    as_read = forms.CharField(required=False, widget=forms.HiddenInput, empty_value=None)


class WhatForm(AnswerForm):
    words = few_words(_("What happened?"))


class WhoForm(AnswerForm):
    rings = forms.MultipleChoiceField(
        choices=Ring.choices,
        required=False,
        label=_("Who was there?"),
        help_text=_("Tick as many as you like."),
        widget=forms.CheckboxSelectMultiple,
    )


class FeelingForm(AnswerForm):
    feeling = forms.TypedChoiceField(
        choices=FEELINGS,
        coerce=int,
        empty_value=None,
        required=False,
        label=_("How did it feel?"),
        widget=forms.RadioSelect,
    )
    feeling_words = WordsField(max_length=200, required=False, label=_("In your own word"))


class KindForm(AnswerForm):
    moment = forms.ChoiceField(
        choices=[(moment.value, row(moment.label, icon=MARKS[moment])) for moment in Moment],
        initial=Moment.HAPPENED,
        label=_("What kind of moment was it?"),
        help_text=_("You choose. These are the marks your picture will use."),
        widget=forms.RadioSelect,
    )


class AgainForm(AnswerForm):
    told_again = forms.IntegerField(
        min_value=0,
        max_value=50,
        required=False,
        label=_("How many times did you have to tell it again?"),
        help_text=_("A guess will do."),
        error_messages={"invalid": _("Write it as a number, like 3.")},
    )

    def clean_told_again(self) -> int:
        return self.cleaned_data["told_again"] or 0


class WhenForm(AnswerForm):
    when = NameField(
        max_length=80,
        required=False,
        label=_("When was it?"),
        help_text=_("In your own words, like “that winter”."),
    )
    after = HowLongField(
        label=_("How long was it after the thing before?"),
        help_text=_("As near as you remember, like 19 weeks. Leave it out if you like."),
    )


class LastedForm(AnswerForm):
    lasted = HowLongField(
        label=_("How long was the gap?"), help_text=_("As near as you remember, like 19 weeks.")
    )


class SizeForm(AnswerForm):
    size = forms.ChoiceField(
        choices=[(size.value, size.label) for size in (Size.BIG, Size.SMALL, Size.NOT_SAID)],
        required=False,
        label=_("Was it a big moment, or a small act?"),
        help_text=_("Small acts can count as much."),
        widget=forms.RadioSelect,
    )


class HelpedForm(AnswerForm):
    helped = few_words(
        _("What helped?"), most=500, required=False, help_text=_("A person, a place, or a thing.")
    )


class GapForm(OneByOne):
    """The hole after a step: what was missing, what kind of hole, who should have been there."""

    order = ("words", "kind", "ring")
    words = WordsField(
        max_length=200, label=_("What was missing?"), help_text=_("Like “No one, for 19 weeks”.")
    )
    kind = forms.ChoiceField(
        choices=Gap.GapKind.choices, label=_("What kind of gap?"), widget=forms.RadioSelect
    )
    ring = forms.ChoiceField(
        choices=Ring.choices,
        initial=Ring.LOCAL_SERVICES,
        label=_("Who should have been there?"),
        widget=forms.RadioSelect,
    )


class WishForm(forms.Form):
    """One wish at a time."""

    words = few_words(_("In your words"), most=500)


class ThanksForm(forms.Form):
    words = few_words(
        _("What was agreed?"),
        most=300,
        help_text=_("Like “The bus fare, and a 20 pound voucher on the day”."),
    )


class LanguageForm(forms.Form):
    language = NameField(max_length=40, required=False, label=_("In which language is it told?"))
    interpreter = NameField(max_length=80, required=False, label=_("Who put it into English?"))
    role = forms.ChoiceField(choices=Tongue.Role.choices, required=False, label=_("Who are they?"))
    other_language = NameField(max_length=40, required=False, label=_("A second language to keep it in"))


class BesideForm(forms.Form):
    """The same words in a second language, or another's view of a step."""

    words = few_words(_("In your own words"), rows=8, most=LONGEST, required=False)


class LookForm(forms.Form):
    words = few_words(_("How did it look from where you stood?"), rows=5, most=1000)


class ReadBackForm(forms.Form):
    how = forms.ChoiceField(
        choices=ReadBack.How.choices,
        initial=ReadBack.How.MYSELF,
        required=False,
        label=_("How was it read back to you?"),
        widget=forms.RadioSelect,
    )

    def clean_how(self) -> str:
        return self.cleaned_data["how"] or ReadBack.How.MYSELF


class CareForm(forms.Form):
    words = few_words(_("What is it?"), most=300, help_text=_("Like “I take the dog out on Thursday”."))
    due_on = forms.DateField(
        required=False,
        label=_("By which day?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("This is no day we know. Write it like 2026-07-14.")},
    )
