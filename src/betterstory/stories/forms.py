"""Forms of saying yes."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body, Circle, Person
from betterstory.stories.consenting import LONGEST_YES
from betterstory.stories.models import Audience, Form, Use
from betterstory.ui.form_renderer import row

USE_WORDS = {
    Use.READ: _("The words and the list of what happened."),
    Use.PREPARE: _("Whoever draws it sees the steps, not the words around them."),
    Use.PICTURE: _("The picture of what happened and how it felt, with its list."),
    Use.READ_ALOUD: _("Somebody you know reads it out. What people hear we cannot take back."),
    Use.HEAR: _(
        "Your recording, in your own voice. Neighbours may know a voice, whatever name you choose. "
        "Every name you said can be heard. It stops when you say so. What people heard we cannot take back."
    ),
    Use.IN_ROOM: _("Large, on paper, in one room. It comes down when you say so."),
    Use.QUOTE: _("A line of it on a card, beside a promise, or on the wall."),
    Use.COUNT: _(
        "Only the shape: no words, no dates, no name. It is asked of records, to see how many others went "
        "the same way. Numbers that were shown once stay. Their link to your story goes when you say so."
    ),
    Use.CAMPAIGN: _("In a campaign that you know. Others may pass it on."),
    Use.REPORT: _("In a report to those who fund this."),
    Use.ELSEWHERE: _("People in another neighbourhood learn from it."),
    Use.TEACHING: _("Students and staff learn from it."),
    Use.WEB: _("Anybody may read and copy it. We cannot take back copies."),
}

USES = [(use.value, row(use.label, about=USE_WORDS[use])) for use in Use]
WIDE = (Audience.PARTNERSHIP, Audience.NEIGHBOURHOODS, Audience.PUBLIC)


class YesForm(forms.Form):
    """One yes."""

    use = forms.ChoiceField(
        choices=USES,
        label=_("What are you saying yes to?"),
        widget=forms.RadioSelect,
    )
    piece = forms.ChoiceField(required=False, label=_("All of it, or one line?"))
    audience = forms.ChoiceField(label=_("Who is it for?"), widget=forms.RadioSelect)
    bodies = forms.MultipleChoiceField(
        required=False,
        label=_("Which of the partnership?"),
        help_text=_("Only for a yes to the partnership. One that joins later does not see it."),
        widget=forms.CheckboxSelectMultiple,
    )
    form = forms.ChoiceField(
        choices=Form.choices, initial=Form.CHOSEN_NAME, label=_("Under which name?"), widget=forms.RadioSelect
    )
    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("A year at most. Then it shuts."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("This is no day we know. Write it like 2026-07-14.")},
    )

    others_looked_at = forms.BooleanField(
        required=False,
        label=_("I looked at who else is in it, and it may stay"),
    )
    small_place = forms.BooleanField(
        required=False,
        label=_("Somebody on my road may know that it is me, and that is all right"),
    )

    def __init__(
        self,
        *args: Any,
        lines: list[tuple[str, str]],
        circles: list[Circle],
        on: date,
        others: bool = False,
        recorded: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        if not recorded:
            uses = cast(forms.ChoiceField, self.fields["use"])
            uses.choices = [choice for choice in USES if choice[0] != Use.HEAR]
        if not others:
            del self.fields["others_looked_at"]
        self.named = {str(body.pk): body for body in Body.objects.filter(followed_by=None)}
        if self.named:
            choices = [(key, body.name) for key, body in self.named.items()]
            cast(forms.ChoiceField, self.fields["bodies"]).choices = choices
        else:
            del self.fields["bodies"]
        self.circles = {f"circle:{circle.pk}": circle for circle in circles}
        whom: list[tuple[str, Any]] = [(key, circle.name) for key, circle in self.circles.items()]
        whom += [(choice.value, choice.label) for choice in WIDE]
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
        if chosen == Audience.PARTNERSHIP and "bodies" in self.fields and not cleaned.get("bodies"):
            self.add_error("bodies", _("Tick each one that may see it."))
        if cleaned.get("use") == Use.COUNT:
            cleaned["others_looked_at"] = True  # a shape holds no words, so nobody else is in it
        elif "others_looked_at" in self.fields and not cleaned.get("others_looked_at"):
            self.add_error("others_looked_at", _("Look at who else is in it first. Then tick this."))
        if chosen in WIDE and cleaned.get("use") != Use.COUNT and not cleaned.get("small_place"):
            self.add_error(
                "small_place", _("Would someone on your road know it is you? Tick this if so be it.")
            )
        cleaned.pop("small_place", None)
        cleaned["bodies"] = [self.named[key] for key in cleaned.get("bodies") or []]
        cleaned["others_looked_at"] = True
        return cleaned


class YesForForm(YesForm):
    """The same for somebody who writes down what the teller said: it speaks of them, and of no line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, lines=[], **kwargs)
        del self.fields["piece"]
        self.fields["use"].label = _("What did they say yes to?")
        self.fields["small_place"].label = _("Somebody on their road may know it is them. They say: so be it")
        cast(forms.ChoiceField, self.fields["form"]).choices = [
            (Form.CHOSEN_NAME, _("the name they chose")),
            (Form.OWN_NAME, _("their own name")),
            (Form.NO_NAME, _("no name")),
        ]


class BadDayForm(forms.Form):
    """Whose stories, whoever rang; and what is to be done."""

    teller = forms.ModelChoiceField(
        Person.objects.filter(is_active=True).order_by("name"),
        label=_("Whose stories?"),
        help_text=_("Whoever told them. A friend may have rung for them."),
        empty_label=_("Choose one"),
        error_messages={
            "required": _("Choose whose stories they are."),
            "invalid_choice": _("Choose somebody from the list."),
        },
    )
    also = forms.MultipleChoiceField(
        choices=[
            ("card", _("Somebody else may have their card. Shut it to that card too.")),
            ("helpers", _("Whoever writes or speaks for them must go, now.")),
        ],
        required=False,
        label=_("Is there more?"),
        widget=forms.CheckboxSelectMultiple,
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
