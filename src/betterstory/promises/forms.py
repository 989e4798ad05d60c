"""Forms of asking, answering, promising and judging."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Insight
from betterstory.people.models import Body, Circle, Post
from betterstory.promises.models import Size, Verdict
from betterstory.promises.verbs import LONGEST, LONGEST_NAME, LONGEST_REASON, DayIsPast
from betterstory.stories.models import Piece
from betterstory.ui.form_renderer import row
from betterstory.ui.refusal import Refusal

MYSELF = "me"
BESIDE = {  # which field a refusal of a verb belongs beside
    "needs-your-yes": "own_yes",
    "say-why": "reason",
    "say-whose": "whose",
    "wrong-post": "post",
    "promised-to-oneself": "to",
    "leave-names-out": "note",
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


def day(*, label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("This is no day we know. Write it like 2026-09-01."),
        },
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

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < self.on:
            raise forms.ValidationError(DayIsPast.words)
        return due_on


class AskForm(WallForm):
    """Something asked of a body."""

    words = wall_words(
        label=_("What do you ask?"), help_text=_("The exact words, as they will stand on the wall.")
    )
    of = forms.ModelChoiceField(
        Body.objects.filter(followed_by=None),
        label=_("Whom do you ask?"),
        empty_label=_("Choose one"),
        error_messages={
            "required": _("Choose whom you ask."),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    asked_by = forms.ChoiceField(label=_("Who asks?"), widget=forms.RadioSelect)
    asked_by_words = wall_name(
        label=_("How shall we say who asks?"),
        help_text=_("Like “the people of the first evening”. For yourself: any name you like."),
    )
    own_yes = own_yes()
    insight = one_of(
        Insight, label=_("Which card does it come from?"), help_text=_("Its numbers come with it.")
    )
    piece = one_of(
        Piece,
        label=_("Which moment in a story does it come from?"),
        help_text=_("It shows only while its teller says yes."),
    )
    size = size()

    def __init__(
        self,
        *args: Any,
        circles: Sequence[Circle],
        cards: Choices,
        moments: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.circles = {str(circle.pk): circle for circle in circles}
        whole: Choices = [(key, circle.name) for key, circle in self.circles.items()]
        self.choose("asked_by", [*whole, (MYSELF, _("I do, for myself"))] if whole else [])
        self.choose("insight", cards, none=_("None"))
        self.choose("piece", moments, none=_("None"))

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        told["asked_by"] = self.circles.get(str(told.get("asked_by", "")))
        return told


class YesForm(DueForm):
    """Yes: the promise, in its exact words."""

    post = forms.ModelChoiceField(
        Post.objects.none(),
        label=_("Who promises?"),
        help_text=_("The post, not the person: it stays when somebody moves on."),
        empty_label=None,
        error_messages={"required": _("Choose a post."), "invalid_choice": _("Choose one from the list.")},
    )
    words = wall_words(
        label=_("What do you promise?"),
        help_text=_("The exact words. “I will find out by then” is a promise too."),
    )
    due_on = day(label=_("By when?"))
    note = wall_words(label=_("Anything to say with it?"), most=LONGEST_REASON, needed=False)

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Post]", self.fields["post"]).queryset = posts


class NoForm(WallForm):
    reason = wall_words(
        label=_("Why not?"),
        help_text=_("The reason stands on the wall beside the no."),
        most=LONGEST_REASON,
    )


class LaterForm(DueForm):
    """Not now: an answer by a day."""

    due_on = day(label=_("By when is there an answer?"))


class NotOursForm(WallForm):
    whose = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Whose is it?"),
        empty_label=_("Choose one"),
        error_messages={
            "required": _("Say whose it is then: choose another body."),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    note = wall_words(label=_("Anything to say with it?"), most=LONGEST_REASON, needed=False)

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Body]", self.fields["whose"]).queryset = bodies


class PromiseForm(DueForm):
    """A promise that nobody asked for."""

    post = forms.ChoiceField(label=_("Who promises?"))
    by_words = wall_name(
        label=_("For yourself: what shall we call you on the wall?"),
        help_text=_("Any name you like."),
        needed=False,
    )
    own_yes = own_yes()
    words = wall_words(
        label=_("What do you promise?"),
        help_text=_("The exact words. “I will find out by then” is a promise too."),
    )
    due_on = day(label=_("By when?"))
    to = forms.ModelChoiceField(
        Circle.objects.none(),
        label=_("To whom?"),
        empty_label=_("Choose one"),
        help_text=_("Somebody there will say whether it is kept."),
        error_messages={"required": _("Choose to whom."), "invalid_choice": _("Choose one from the list.")},
    )
    to_words = wall_name(
        label=_("How shall we say to whom?"), help_text=_("Like “everybody who waits for a first visit”.")
    )
    insight = one_of(Insight, label=_("Which card does it answer?"))
    size = size()

    def __init__(
        self, *args: Any, posts: Sequence[Post], circles: QuerySet[Circle], cards: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(post.pk): post for post in posts}
        theirs: Choices = [(key, str(post)) for key, post in self.posts.items()]
        self.choose("post", [*theirs, (MYSELF, _("I do, for myself"))] if theirs else [])
        self.fields["by_words"].required = not theirs
        cast("forms.ModelChoiceField[Circle]", self.fields["to"]).queryset = circles
        self.choose("insight", cards, none=_("None"))

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        told["post"] = self.posts.get(str(told.get("post", "")))
        if (
            told["post"] is None
            and not told.get("by_words")
            and not self.errors.keys() & {"post", "by_words"}
        ):
            self.add_error("by_words", _("Write a few words."))
        return told


MARKS = {
    Verdict.KEPT: "promise-kept",
    Verdict.PARTLY: "promise-partly",
    Verdict.NOT_KEPT: "promise-not-kept",
    Verdict.RELEASED: "promise-released",
}


class JudgeForm(WallForm):
    """How it turned out."""

    verdict = forms.TypedChoiceField(
        choices=[(verdict.value, row(verdict.label, icon=MARKS[verdict])) for verdict in Verdict],
        coerce=Verdict,
        label=_("Is it kept?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    note = wall_words(
        label=_("A few words about it"),
        help_text=_("They stand on the wall. Leave out the names of people who work there."),
        needed=False,
    )


class TimeForm(DueForm):
    """A new day, and perhaps other words."""

    due_on = day(label=_("Which new day?"))
    because = wall_words(label=_("Why?"), help_text=_("Better still, say it face to face first."))
    words = wall_words(label=_("The words, if they change"), help_text=_("The first ones stay below."))


class NameForm(WallForm):
    words = wall_name(
        label=_("What may we call you on the wall?"),
        help_text=_("Leave it empty to be “somebody here”."),
        needed=False,
    )
