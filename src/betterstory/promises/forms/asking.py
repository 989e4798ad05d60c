"""Forms of asking and answering."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Insight
from betterstory.people.models import Body, Circle, Post
from betterstory.promises.forms.fields import (
    MYSELF,
    Choices,
    DueForm,
    WallForm,
    day,
    one_of,
    own_yes,
    size,
    wall_name,
    wall_words,
    when_we_meet,
)
from betterstory.promises.verbs import LONGEST_REASON
from betterstory.stories.models import Piece

BODY, CIRCLE = "b", "c"  # before an id, where bodies and circles stand in one list
AT_A_GLANCE = 8
"""So many do not stand one below the other: they are a list in parts, found by their first letters."""


class AskForm(WallForm):
    """Something asked of a body, or of residents."""

    words = wall_words(
        label=_("What do you ask?"), help_text=_("The exact words, as they will stand on the wall.")
    )
    of = forms.ChoiceField(
        label=_("Whom do you ask?"),
        error_messages={
            "required": _("Choose whom you ask."),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    asked_by = forms.ChoiceField(
        label=_("Who asks?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who asks."),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    asked_by_words = wall_name(
        label=_("How shall we say who asks?"),
        help_text=_("Like “the people of the first evening”. For yourself: any name you like."),
    )
    own_yes = own_yes()
    insight = one_of(
        Insight, label=_("Which card does it come from?"), help_text=_("Its numbers come with it.")
    )
    release = one_of(
        Release, label=_("Which count does it rest on?"), help_text=_("Figures that anyone may see.")
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
        bodies: Sequence[Body] = (),
        asking_bodies: Sequence[Body] = (),
        residents: Sequence[Circle] = (),
        releases: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.askers: dict[str, Circle | Body] = {str(circle.pk): circle for circle in circles}
        self.askers |= {f"{BODY}{body.pk}": body for body in asking_bodies}
        self._offer_askers()
        self.asked: dict[str, Circle | Body] = {str(body.pk): body for body in bodies}
        of_bodies = [(key, each.name) for key, each in self.asked.items()]
        of_residents = [(f"{CIRCLE}{circle.pk}", circle.name) for circle in residents]
        self.asked |= {f"{CIRCLE}{circle.pk}": circle for circle in residents}
        groups: list[tuple[Any, Any]] = [("", _("Choose one"))]
        groups += [(_("a body"), of_bodies), (_("people here"), of_residents)]
        cast(forms.ChoiceField, self.fields["of"]).choices = [each for each in groups if each[1]]
        self.choose("insight", cards, none=_("None"))
        self.choose("release", releases, none=_("None"))
        self.choose("piece", moments, none=_("None"))

    def _offer_askers(self) -> None:
        myself = (MYSELF, _("I do, for myself"))
        circles = [(key, each.name) for key, each in self.askers.items() if isinstance(each, Circle)]
        bodies = [(key, each.name) for key, each in self.askers.items() if isinstance(each, Body)]
        if len(self.askers) < AT_A_GLANCE:
            self.choose("asked_by", [*circles, *bodies, myself] if self.askers else [])
            return
        cast(forms.ChoiceField, self.fields["asked_by"]).widget = forms.Select()
        parts: list[tuple[Any, Any]] = [(_("people together"), circles), (_("a body"), bodies)]
        self.choose("asked_by", [myself, *(each for each in parts if each[1])], none=_("Choose one"))

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        told["asked_by"] = self.askers.get(str(told.get("asked_by", "")))
        told["of"] = self.asked.get(str(told.get("of", "")))
        return told


class YesOfOneForm(DueForm):
    """One of the residents who were asked says yes, for themselves."""

    by_words = wall_name(
        label=_("What shall we call you on the wall?"), help_text=_("Any name you like, or “one of us”.")
    )
    own_yes = own_yes()
    words = wall_words(label=_("What do you promise?"), help_text=_("For yourself. A yes binds nobody else."))
    due_on = day(label=_("By when?"))
    note = wall_words(label=_("Anything to say with it?"), most=LONGEST_REASON, needed=False)


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
    due_on = day(label=_("By when?"), needed=False)
    when_we_meet = when_we_meet()
    witness = wall_words(
        label=_("Who heard it?"), help_text=_("Like “the room”."), most=80, needed=False, line=True
    )
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
