"""The form of who was there: a number for each ring, and posts to tick."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from betterstory.learning.verbs.attending import MOST
from betterstory.learning.was_there import GROUPS, LIVE_HERE
from betterstory.people.models import Post, Ring
from betterstory.ui.refusal import Refusal


def words_of(group: str) -> str:
    return str(_("people who live here")) if group == LIVE_HERE else str(Ring(group).label)


class WasThereForm(forms.Form):
    """It begins with who said that they come: often one tap is enough."""

    absent = forms.ModelMultipleChoiceField(
        Post.objects.none(),
        label=_("Who was asked and was not there?"),
        help_text=_("As a post and a body. Only the partnership reads it, and no name is kept."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Choose from the list."),
            "invalid_pk_value": _("Choose from the list."),
        },
    )

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        absent = self.fields.pop("absent")
        for group in GROUPS:
            self.fields[group] = forms.IntegerField(
                label=words_of(group),
                required=False,
                min_value=0,
                max_value=MOST,
                error_messages={"invalid": _("Write a whole number.")},
            )
        cast("forms.ModelMultipleChoiceField[Post]", absent).queryset = posts
        if posts:
            self.fields["absent"] = absent

    @property
    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        said = self.cleaned_data
        return {
            "by_ring": {group: said.get(group) or 0 for group in GROUPS},
            "absent": said.get("absent") or [],
        }

    def put_right(self, refusal: Refusal) -> None:
        self.add_error("absent" if refusal.code == "not-asked" else None, refusal.sentence)
