"""Forms of promising, making again and judging."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Insight
from betterstory.people.models import Circle, Post
from betterstory.promises.forms.fields import (
    MYSELF,
    Choices,
    DueForm,
    WallForm,
    day,
    face_to_face,
    one_of,
    own_yes,
    size,
    wall_name,
    wall_words,
    when_we_meet,
)
from betterstory.promises.models import Verdict
from betterstory.ui.form_renderer import row


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
    due_on = day(label=_("By when?"), needed=False)
    when_we_meet = when_we_meet()
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
    witness = wall_words(
        label=_("Who heard it?"), help_text=_("Like “the room”."), most=80, needed=False, line=True
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
    face_to_face = face_to_face(label=_("If it is not kept: did they tell you why, face to face?"))


class OtherWordsForm(WallForm):
    """Other words for the same promise; the day stays."""

    words = wall_words(label=_("The words, as they would stand"))
    because = wall_words(label=_("Why?"), help_text=_("It stands on the page, with the first words."))


class TakeBackForm(WallForm):
    """It cannot be promised so."""

    because = wall_words(
        label=_("Why can it not be promised so?"), help_text=_("The reason stands on the wall.")
    )


class TimeForm(DueForm):
    """A new day, and perhaps other words."""

    due_on = day(label=_("Which new day?"), needed=False)
    when_we_meet = when_we_meet()
    because = wall_words(label=_("Why?"), help_text=_("Better still, say it face to face first."))
    face_to_face = face_to_face(label=_("Did you tell them face to face?"))
    words = wall_words(label=_("The words, if they change"), help_text=_("The first ones stay below."))


class NameForm(WallForm):
    words = wall_name(
        label=_("What may we call you on the wall?"),
        help_text=_("Leave it empty to be “somebody here”."),
        needed=False,
    )
