"""Forms of the ledger: who is sent the head, and why words are taken out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body
from betterstory.promises.forms.fields import WallForm, wall_words
from betterstory.promises.verbs.erasing import LONGEST_BECAUSE


class KeeperForm(WallForm):
    """A body, and where its letter goes."""

    body = forms.ModelChoiceField(
        label=_("Which body?"),
        queryset=Body.objects.filter(followed_by=None),
        empty_label=None,
        help_text=_("Not one that runs this place, if it can be another."),
        error_messages={
            "required": _("Choose a body."),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    email = forms.EmailField(
        label=_("At which address?"),
        max_length=200,
        help_text=_("One that more than one person there reads. It lies sealed here, and no page shows it."),
        error_messages={
            "required": _("Write an address."),
            "invalid": _("This is no address. One looks like name@example.org."),
        },
    )


class EraseForm(WallForm):
    """Why, and how much."""

    because = wall_words(
        label=_("Why are they taken out?"),
        help_text=_("Anyone can read this reason. Leave out the name, and whatever else points at somebody."),
        most=LONGEST_BECAUSE,
    )
    answers_too = forms.BooleanField(
        label=_("Take out what others wrote under it, too"),
        help_text=_("Only where that names somebody as well. How it turned out stays."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
