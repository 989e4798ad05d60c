"""Forms of being reminded, of days before an election, and of a promise made in the room."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Post
from betterstory.promises.forms.fields import Choices, DueForm, WallForm, day, wall_words
from betterstory.promises.models import Channel
from betterstory.promises.verbs import SayWhen

WHEN: Choices = [
    ("meet", _("when we next meet")),
    ("7", _("in a week")),
    ("28", _("in four weeks")),
    ("day", _("on another day")),
]


class HowForm(WallForm):
    """How somebody likes to be reminded."""

    channel = forms.TypedChoiceField(
        label=_("How shall we remind you of what you promised?"),
        choices=Channel.choices,
        coerce=Channel,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    number = forms.CharField(
        label=_("The number, for text messages"),
        help_text=_("Kept sealed. An organiser sends the text, and sees the number."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


class HoldForm(WallForm):
    """Days before an election."""

    posts = forms.ModelMultipleChoiceField(
        Post.objects.none(),
        label=_("Which posts stand for election?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose which posts of this body stand for election.")},
    )
    from_on = day(label=_("From which day?"))
    until_on = day(label=_("Until which day?"), help_text=_("The day of the election. 60 days at most."))

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField[Post]", self.fields["posts"]).queryset = posts


class RoomForm(DueForm):
    """A promise made in the room: who, the words, by when."""

    post = forms.ChoiceField(
        label=_("Who promises?"), error_messages={"invalid_choice": _("Choose one from the list.")}
    )
    words = wall_words(label=_("What, in their words?"))
    when = forms.ChoiceField(
        label=_("By when?"), choices=WHEN, initial="meet", widget=forms.RadioSelect, required=False
    )
    due_on = day(label=_("On which day?"), help_text=_("Only for “on another day”."), needed=False)

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(post.pk): post for post in posts}
        named: Choices = [(key, str(post)) for key, post in self.posts.items()]
        self.choose("post", named)

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        when = str(told.pop("when", "") or "meet")
        told["post"] = self.posts.get(str(told.get("post", "")))
        told["when_we_meet"] = when == "meet"
        if when != "day":
            told["due_on"] = self.on + timedelta(days=int(when)) if when.isdecimal() else None
        elif told.get("due_on") is None and "due_on" not in self.errors:
            self.add_error("due_on", SayWhen.words)
        return told
