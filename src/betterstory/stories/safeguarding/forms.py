"""Forms about safety: raising, writing under a concern, opening one piece, holding, the posts, requests."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import STAFF_ROLES, Person, Role
from betterstory.places.models import Place
from betterstory.stories.models import Asked, Entry, Hold, Lead, Worry
from betterstory.stories.safeguarding.concerns import FEW_WORDS, LONGEST_HUSH_DAYS
from betterstory.stories.safeguarding.door import SHORTEST_REASON
from betterstory.stories.safeguarding.states import Standing

NOBODY, ELSE, UNSAID = "", "else", "unsaid"
NO_DAY = {"invalid": _("This is no day we know. Write it like 2026-07-14.")}
Kind = Entry.Kind


def _day(label: object, hint: object, *, required: bool = True) -> forms.DateField:
    """A day, typed or picked."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=cast(str, label),
        help_text=cast(str, hint),
        required=required,
        widget=widget,
        error_messages=NO_DAY,
    )


def _words(label: object, hint: object = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    """A few words."""
    return forms.CharField(
        label=cast(str, label),
        help_text=cast(str, hint),
        required=required,
        max_length=FEW_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class RaiseForm(forms.Form):
    """What somebody heard or saw, in under a minute."""

    kind = forms.ChoiceField(choices=Worry.choices, label=_("What is it?"), widget=forms.RadioSelect)
    words = _words(
        _("What was said, or what did you see?"), _("A few words. Theirs, not yours, where you can."), rows=4
    )
    which = forms.ChoiceField(
        required=False,
        label=_("Which part of the story is it in?"),
        help_text=_("Then nobody has to look anywhere else."),
    )
    about = forms.ChoiceField(
        required=False,
        label=_("Is it about somebody who helps here?"),
        help_text=_("They never see this, whoever they are."),
    )

    def __init__(self, *args: Any, by: Person, pieces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = Person.objects.filter(
            is_active=True, parts__left_on=None, parts__role__in=[*STAFF_ROLES, Role.PARTNER]
        )
        self.team = {f"person:{each.pk}": each for each in team.exclude(pk=by.pk).distinct().order_by("name")}
        cast(forms.ChoiceField, self.fields["about"]).choices = [
            (NOBODY, _("No")),
            *((key, each.name) for key, each in self.team.items()),
            (ELSE, _("Somebody else who helps here")),
            (UNSAID, _("Yes, and I would rather not write the name here")),
        ]
        if pieces:
            cast(forms.ChoiceField, self.fields["which"]).choices = [("", _("I am not sure")), *pieces]
        else:
            del self.fields["which"]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        about = str(cleaned.get("about", NOBODY))
        if cleaned.get("kind") == Worry.ALLEGATION and about == NOBODY and "about" not in self.errors:
            self.add_error("about", _("Choose who. Or choose that you would rather not write the name."))
        cleaned["about"] = self.team.get(about)
        cleaned["outside_only"] = about == UNSAID
        return cleaned


class EntryForm(forms.Form):
    """The next line under a concern."""

    kind = forms.ChoiceField(label=_("What happened now?"), widget=forms.RadioSelect)
    words = _words(
        _("In a few words"), _("What was done, whom you told and when, or why not."), required=False
    )
    review_on = _day(
        _("If it is not safe to tell the teller: when do you ask again?"),
        _("A day within three months."),
        required=False,
    )

    def __init__(self, *args: Any, now: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.value, each.label) for each in Kind if each != Kind.SEEN and now.allows(each)]
        cast(forms.ChoiceField, self.fields["kind"]).choices = choices


class OpenForm(forms.Form):
    """One piece, and why."""

    which = forms.ChoiceField(label=_("Which piece do you need?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why do you need to read it?"),
        help_text=_("One sentence. The teller may read it."),
        min_length=SHORTEST_REASON,
        max_length=FEW_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    safe_to_tell = forms.TypedChoiceField(
        label=_("Is it safe that the teller sees this was opened?"),
        choices=[("yes", _("Yes. It stands on their page.")), ("no", _("No, not now."))],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    why_not = _words(_("If not: why?"), rows=2, required=False)
    review_on = _day(_("If not: when do you ask again?"), _("A day within three months."), required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        cast(forms.ChoiceField, self.fields["which"]).choices = choices

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("safe_to_tell") is False:
            if not cleaned.get("why_not"):
                self.add_error("why_not", _("Write why it is not safe to tell them."))
            day = cast("date | None", cleaned.get("review_on"))
            if "review_on" not in self.errors and not within(day, self.on, LONGEST_HUSH_DAYS):
                self.add_error("review_on", _("Choose a day after today, and within three months."))
        return cleaned


def within(day: date | None, today: date, days: int) -> bool:
    """Whether a day is after today, and not further than so many days."""
    return day is not None and 0 < (day - today).days <= days


class HoldForm(forms.Form):
    """Why words wait, and until which day."""

    reason = forms.CharField(
        label=_("Why do the words have to wait?"),
        help_text=_("The teller reads this. Say who asked for it, like “the police”."),
        min_length=SHORTEST_REASON,
        max_length=FEW_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = _day(_("Until which day?"), _("Half a year at most. Then you ask again."))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_until(self) -> datetime:
        """The end of that day, here."""
        day: date = self.cleaned_data["until"]
        if not within(day, self.on, Hold.LONGEST_DAYS):
            raise forms.ValidationError(_("Choose a day after today, and within half a year."))
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


class LeadForm(forms.Form):
    """Who holds a post."""

    post = forms.ChoiceField(choices=Lead.Post.choices, label=_("Which post?"), widget=forms.RadioSelect)
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who takes it?"),
        empty_label=_("Choose one"),
        help_text=_("Not yourself. They come in with a second step, like everybody on the team."),
    )
    said_as = forms.CharField(
        label=_("How tellers read the name"),
        help_text=_("Like “Grace Adeyemi, from the church hall”."),
        max_length=80,
        required=False,
    )
    phone = forms.CharField(
        label=_("The number they are reached on"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "class": "short"}),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(is_active=True).exclude(pk=by.pk).order_by("name")
        cast("forms.ModelChoiceField[Person]", self.fields["person"]).queryset = people


def _line(label: object, hint: object = "") -> forms.CharField:
    """A line as it should be read."""
    return forms.CharField(label=cast(str, label), help_text=cast(str, hint), max_length=120, required=False)


class RoutesForm(forms.Form):
    """Whom to ring, and who answers for what."""

    children_phone = _line(
        _("A child in danger: whom to ring"), _("Like “Children’s services: 01632 960 130”.")
    )
    adults_phone = _line(_("A grown-up in danger: whom to ring"))
    night_phone = _line(_("At night and at weekends: whom to ring"))
    outside_contact = _line(
        _("Somebody outside, for what is said against one of us"),
        _("Not one of you. Like the council’s officer for this, or your funder’s safety lead."),
    )
    outside_phone = forms.CharField(
        label=_("Their number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "class": "short"}),
    )
    telling_controller = _line(_("Who answers for stories?"), _("The body the law calls the controller."))
    counting_controller = _line(_("Who answers for counting?"))
    safeguarding_controller = _line(_("Who answers for what is kept about safety?"))
    privacy_contact = forms.CharField(
        label=_("How is somebody reached who has a question about this?"), max_length=200, required=False
    )

    @classmethod
    def of(cls, place: Place, data: Any = None) -> "RoutesForm":
        """The form, filled with what the place says now."""
        return cls(data, initial={name: getattr(place, name) for name in cls.base_fields})


class AskedForm(forms.Form):
    """Who asked, and for what."""

    kind = forms.ChoiceField(
        choices=Asked.Kind.choices, label=_("What do they ask?"), widget=forms.RadioSelect
    )
    who = _words(_("Who are they, and how do we reach them?"), rows=2)
    asked_on = _day(_("On which day did they ask?"), _("By letter, phone or in person: all of them count."))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["asked_on"].initial = on

    def clean_asked_on(self) -> date:
        day: date = self.cleaned_data["asked_on"]
        if day > self.on:
            raise forms.ValidationError(_("Choose the day they asked: today, or before."))
        return day


class AnswerForm(forms.Form):
    """How it was answered."""

    checked = _words(
        _("What did you look through, and how?"),
        _("And how did they show who they are? Nothing of what you found."),
    )
    how = forms.ChoiceField(
        choices=Asked.Answer.choices, label=_("How did you answer?"), widget=forms.RadioSelect
    )
