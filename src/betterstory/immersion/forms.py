"""Forms of the log: one act, a sheet of them, a notice."""

from datetime import date
from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from betterstory.immersion import named, rules
from betterstory.immersion.models import Hours, Length
from betterstory.immersion.verbs import NotADayForActs, Row
from betterstory.people.models import Person, Ring
from betterstory.places.models import Neighbourhood

ROWS = 8
WHICH_HOURS = [("", _("I did not look")), *Hours.choices]
NOBODY_NAMED = "nobody_named"
ABOUT_HOW_LONG = [("", _("I did not look")), *Length.choices]


def _length(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=ABOUT_HOW_LONG,
        coerce=lambda minutes: Length(int(minutes)),
        empty_value=None,
        required=False,
    )


def _hours(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=WHICH_HOURS, coerce=Hours, empty_value=None, required=False
    )


def names_asked(words: list[str], neighbourhood: Neighbourhood) -> list[str]:
    """What looks like a person's name in what was typed."""
    if not any(named.may_hold_names(each) for each in words):
        return []
    known = named.known_in(neighbourhood)
    return list(dict.fromkeys(name for each in words for name in named.names_in(each, known)))


def ask_about(names: list[str]) -> str:
    """The question, in words."""
    quoted = ", ".join(f"“{name}”" for name in names[:5])
    return _("Is this about a person? %(names)s looks like a name. Leave it out, or say that it is none.") % {
        "names": quoted
    }


class _NamesNobody(forms.Form):
    """A form for words that may be about no person: it asks where it finds what looks like a name."""

    asked_of: tuple[str, ...] = ("what", "where", "groups", "words")

    def __init__(self, *args: Any, neighbourhood: Neighbourhood, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.neighbourhood = neighbourhood
        self.fields[NOBODY_NAMED] = forms.BooleanField(
            label=_("No person is named here"), required=False, widget=forms.HiddenInput
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        is_none = told.pop(NOBODY_NAMED, False)
        words = [str(told[name]) for name in self.asked_of if told.get(name)]
        names = [] if is_none else names_asked(words, self.neighbourhood)
        if names:
            field = next(name for name in self.asked_of if any(each in str(told.get(name)) for each in names))
            self.add_error(field, ask_about(names))
        if names or is_none:
            self.fields[NOBODY_NAMED].widget = forms.CheckboxInput()
        return told


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        **kwargs,
    )


class _OnADay(forms.Form):
    """A form that holds a day on which something was done or seen."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day is not None and not rules.is_a_day_for_acts(day, self.today):
            raise forms.ValidationError(NotADayForActs().sentence)
        return day


class WhoForm(forms.Form):
    """Who of us: oneself, or from the sheet another of us, or nobody by name."""

    who = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who of us?"), empty_label=_("Nobody by name"), required=False
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not rules.may_name(by, by):
            del self.fields["who"]  # whoever lives here is not named
            return
        ours = rules.people_of_ours()
        field = cast("forms.ModelChoiceField[Person]", self.fields["who"])
        field.queryset = ours if rules.may_type_for_others(by) else ours.filter(pk=by.pk)
        field.initial = by.pk


class ActForm(_NamesNobody, _OnADay, WhoForm):
    """One useful act."""

    what = forms.CharField(
        label=_("What was it?"), help_text=_("Like “Hung two curtain rails”."), max_length=200
    )
    where = forms.CharField(
        label=_("Where?"),
        help_text=_("A street or a place, in your own words. No house number."),
        max_length=120,
    )
    groups = forms.CharField(
        label=_("With which groups?"),
        help_text=_("Like “the bowls club” or “people on their way to the night shift”. No names."),
        max_length=160,
        required=False,
    )
    minutes = _length(_("About how long?"))
    on = _day(_("On which day?"))
    hours = _hours(_("At which hours?"))
    rings = forms.TypedMultipleChoiceField(
        label=_("Who met in it?"),
        help_text=_("Like local services, and friends and neighbours. Never a person."),
        choices=[(ring.value, ring.label) for ring in Ring if ring != Ring.ME],
        coerce=Ring,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["what", "where", "groups", "minutes", "on", "hours", "who", "rings"]


class RowForm(_OnADay):
    """One line of the paper sheet. Its day may be left out: the day of the line above."""

    what = forms.CharField(label=_("What"), max_length=200)
    where = forms.CharField(label=_("Where"), max_length=120)
    groups = forms.CharField(label=_("With which groups"), max_length=160, required=False)
    minutes = _length(_("How long"))
    on = _day(_("Day"), required=False)
    hours = _hours(_("Hours"))


class SheetRows(BaseFormSet[RowForm]):
    """The lines of a sheet; empty ones are passed over."""

    neighbourhood: Neighbourhood
    asks_names = False

    def clean(self) -> None:
        """Give each line without a day the day of the line above, and ask about what looks like a name."""
        self._clean_days()
        if self.data.get(NOBODY_NAMED):
            return
        told = [form.cleaned_data for form in self.forms if form.has_changed()]
        words = [str(each[name]) for each in told for name in ("what", "where", "groups") if each.get(name)]
        names = names_asked(words, self.neighbourhood)
        if names:
            self.asks_names = True
            raise forms.ValidationError(ask_about(names))

    def _clean_days(self) -> None:
        day: date | None = None
        written = [form for form in self.forms if form.has_changed()]
        for form in written:
            if "on" in form.errors:
                day = form.today  # wrong already, and said so: what follows is not wrong because of it
                continue
            day = form.cleaned_data.get("on") or day
            if day is None:
                form.add_error("on", _("Write a day on the first line."))
                day = form.today
            form.cleaned_data["on"] = day
        if not written:
            raise forms.ValidationError(_("Nothing is written on the sheet yet."))

    def rows(self) -> list[Row]:
        """What the sheet says, once it is valid."""
        return [Row(**form.cleaned_data) for form in self.forms if form.has_changed()]


def sheet_rows(data: Any, *, today: date, neighbourhood: Neighbourhood) -> SheetRows:
    """Lines to type a sheet into."""
    kind = formset_factory(RowForm, formset=SheetRows, extra=ROWS, max_num=ROWS, absolute_max=ROWS)
    rows = cast(SheetRows, kind(data, prefix="row", form_kwargs={"today": today}))
    rows.neighbourhood = neighbourhood
    return rows


class NoticeForm(_NamesNobody, _OnADay):
    """Something noticed."""

    words = forms.CharField(
        label=_("What did you notice?"),
        help_text=_("A closed shop, a bridge in the dark, a bench that is always full. Never a person."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    where = forms.CharField(label=_("Where?"), max_length=120)
    on = _day(_("On which day?"))
