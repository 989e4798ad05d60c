"""The fields that forms of the wall share, and how a refusal finds its field."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from betterstory.promises.models import Size
from betterstory.promises.verbs import LONGEST, LONGEST_NAME, DayIsPast, SayWhen
from betterstory.ui.refusal import Refusal

MYSELF = "me"
BESIDE = {  # which field a refusal of a verb belongs beside
    "needs-your-yes": "own_yes",
    "say-why": "reason",
    "say-whose": "whose",
    "wrong-post": "post",
    "asked-of-oneself": "of",
    "promised-to-oneself": "to",
    "leave-names-out": "note",
    "say-when": "due_on",
    "day-is-past": "due_on",
    "same-words": "words",
    "wrong-days": "until_on",
    "which-posts": "posts",
    "door-typed-already": "door",
    "too-far-off": "due_on",
    "four-weeks-first": "due_on",
    "say-what-else": "also",
    "not-newer": "earlier",
    "not-the-same-pattern": "earlier",
    "needs-their-yes": "their_yes",
    "number-needed": "number",
    "address-needed": "channel",
}
Choices = Sequence[tuple[str, Any]]


def wall_words(
    *, label: Any, help_text: Any = "", most: int = LONGEST, needed: bool = True, line: bool = False
) -> forms.CharField:
    """A field for a sentence or two, or for who it is in a line."""
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=needed,
        max_length=most,
        widget=forms.TextInput() if line else forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write a few words."),
            "max_length": _("This is too long for the wall. Say it in %(limit_value)d letters."),
        },
    )
    # a browser would cut what is pasted and say nothing; we say so and keep it all
    field.widget.attrs.pop("maxlength", None)
    return field


def wall_name(*, label: Any, help_text: Any = "", needed: bool = True) -> forms.CharField:
    return wall_words(label=label, help_text=help_text, most=LONGEST_NAME, needed=needed, line=True)


def day(*, label: Any, help_text: Any = "", needed: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=needed,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("This is no day we know. Write it like 2026-09-01."),
        },
    )


def when_we_meet() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("When we next meet"),
        help_text=_("In place of a day. It moves with the gathering."),
        required=False,
    )


def face_to_face(*, label: Any) -> forms.TypedChoiceField:
    """Yes, not yet, or nothing said."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("I would rather not say")), ("yes", _("Yes")), ("no", _("Not yet"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )


def own_yes() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Yes: anyone may read this on the wall, under these words"),
        help_text=_("Only where it is for yourself. You can take your name off again."),
        required=False,
    )


def size() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Is it a part of the plan?"),
        choices=[("", _("no")), *Size.choices],
        widget=forms.RadioSelect,
        required=False,
    )


def one_of(model: type[Model], *, label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """One of what whoever looks may see, by id, if any; cleaned to the thing itself."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        empty_value=None,
        coerce=lambda pk: model._default_manager.get(pk=pk),
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )


class WallForm(forms.Form):
    """A form whose verb may refuse: the sentence goes beside the field it is about."""

    def put_right(self, refusal: Refusal) -> None:
        field = BESIDE.get(refusal.code, "")
        if refusal.code == "leave-names-out" and field not in self.fields:
            field = "words"
        self.add_error(field if field in self.fields else None, refusal.sentence)

    def choose(self, name: str, choices: Choices, *, none: Any = None) -> None:
        """Offer these in a field; where there are none the field goes."""
        if not choices:
            del self.fields[name]
            return
        first = [] if none is None else [("", none)]
        cast(forms.ChoiceField, self.fields[name]).choices = [*first, *choices]


class DueForm(WallForm):
    """A form with the day a promise is due, told beside all else that is to be put right."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on is not None and due_on < self.on:
            raise forms.ValidationError(DayIsPast.words)
        return due_on

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        if "when_we_meet" in self.fields and "due_on" not in self.errors:
            if told.get("when_we_meet"):
                told["due_on"] = None
            elif told.get("due_on") is None:
                self.add_error("due_on", SayWhen.words)
        return told
