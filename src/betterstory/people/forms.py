"""Forms about people: codes and cards, parts, bodies and posts, circles."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from betterstory.people import codes
from betterstory.people.models import Circle, Person, Post, Ring, Role

MOST_CARDS = 40
# They turn the words that follow them round, on a wall or in a list of names.
TURNERS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def plain_name(typed: str) -> str:
    """A name as it may stand beside others: composed, without control signs or signs that turn text round."""
    kept = (sign for sign in typed if unicodedata.category(sign) not in ("Cc", "Cs") and sign not in TURNERS)
    return unicodedata.normalize("NFC", "".join(kept)).strip()


class CodeForm(forms.Form):
    """The code of a card, as typed; cleaned to its (selector, verifier)."""

    code = forms.CharField(
        label=_("The code on your card"),
        help_text=_("Like NH7 K7TP4 M2XW9. Spaces, and large or small letters, do not matter."),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self) -> tuple[str, str]:
        try:
            return codes.read_code(self.cleaned_data["code"])
        except codes.NotACode as problem:
            raise forms.ValidationError(problem.hint) from problem


class InviteForm(forms.Form):
    """Cards for several people at once."""

    names = forms.CharField(
        label=_("Who are they for?"),
        help_text=_("What you call them, one on a line. Each gets a card of their own."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    role = forms.ChoiceField(label=_("Their part here"), widget=forms.RadioSelect)
    circle = forms.ModelChoiceField(
        label=_("A circle they join"),
        queryset=Circle.objects.exclude(kind=Circle.Kind.HELPERS),
        required=False,
        empty_label=_("None"),
    )
    when = forms.CharField(
        label=_("When to come"),
        help_text=_("Like Tuesday 14 July, 6 o’clock."),
        max_length=60,
        required=False,
    )
    where = forms.CharField(label=_("Where"), max_length=60, required=False)

    def __init__(self, *args: object, roles: Iterable[Role], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]  # a choice field
        self.fields["role"].initial = Role.RESIDENT

    def clean_names(self) -> list[str]:
        names = [name for line in self.cleaned_data["names"].splitlines() if (name := plain_name(line))]
        long = next((name for name in names if len(name) > 80), None)
        if long:
            raise forms.ValidationError(_("A name may hold 80 letters. One of these is longer."))
        if not names:
            raise forms.ValidationError(_("Write at least one name."))
        if len(names) > MOST_CARDS:
            raise forms.ValidationError(_("Make at most %(most)s cards at once.") % {"most": MOST_CARDS})
        return names

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We use it to let you in, and for nothing else."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AddressCodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code in the letter"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "code short", "autocomplete": "one-time-code"}),
    )


class PartForm(forms.Form):
    role = forms.TypedChoiceField(label=_("A part to give"), choices=Role.choices, coerce=Role)


class BodyForm(forms.Form):
    name = forms.CharField(label=_("Its name"), max_length=120)
    ring = forms.TypedChoiceField(
        label=_("Where it stands"), choices=Ring.choices, coerce=Ring, initial=Ring.LOCAL_SERVICES
    )


class PostForm(forms.Form):
    title = forms.CharField(
        label=_("The post"), help_text=_("Like Head of the Talking Service."), max_length=120
    )


class PersonForm(forms.Form):
    """One of the people here, or nobody."""

    person = forms.ModelChoiceField(label=_("Who"), queryset=Person.objects.none())

    def __init__(
        self, *args: object, people: QuerySet[Person], nobody: object = None, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        field = self.fields["person"]
        field.queryset = people  # type: ignore[attr-defined]  # a model choice field
        if nobody is not None:
            field.required = False
            field.empty_label = nobody  # type: ignore[attr-defined]  # a model choice field


class HandOverForm(PersonForm):
    """Who holds a post now, and since when."""

    on = forms.DateField(
        label=_("From which day?"),
        help_text=_("Leave it empty for today."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        required=False,
        error_messages={"invalid": _("This is no day we know. Write it like 2026-09-01.")},
    )


class FollowForm(forms.Form):
    """Another body or post that took this one's place, or none."""

    by_this = forms.ModelChoiceField(
        label=_("What took its place?"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=_("Nothing: it goes on"),
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )

    def __init__(self, *args: object, among: QuerySet[Any], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["by_this"].queryset = among  # type: ignore[attr-defined]  # a model choice field


class CircleForm(forms.Form):
    name = forms.CharField(label=_("What you call it"), max_length=120)
    kind = forms.TypedChoiceField(
        label=_("What it is"),
        choices=[(kind.value, kind.label) for kind in Circle.Kind if kind != Circle.Kind.HELPERS],
        coerce=Circle.Kind,
        initial=Circle.Kind.NAMED,
    )
    ends_on = forms.DateField(
        label=_("Until when"),
        help_text=_("After that day nothing is shown to this circle any more."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        required=False,
    )
