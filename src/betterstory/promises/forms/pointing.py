"""Forms for pointing to something by which anybody can see how a promise turned out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.promises.forms.fields import Choices, WallForm, one_of, wall_name, wall_words
from betterstory.stories.models import Piece


class PointToCountForm(WallForm):
    """A count asked again of newer records."""

    release = one_of(Release, label=_("The count asked again"))
    earlier = one_of(Release, label=_("The count before it"), help_text=_("Of the same pattern."))
    elsewhere = one_of(
        Release,
        label=_("The same pattern elsewhere"),
        help_text=_("Where it was counted for another neighbourhood, so that both stand side by side."),
    )
    also = wall_words(
        label=_("What could also explain it?"),
        help_text=_("A number alone never shows that a promise was kept. Say what else has changed."),
    )

    def __init__(self, *args: Any, releases: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("release", "earlier", "elsewhere"):
            self.choose(name, releases, none=_("None"))
        if "release" in self.fields:
            self.fields["release"].required = True
            self.fields["release"].error_messages["required"] = _("Choose one from the list.")


class PointToWitnessForm(WallForm):
    """What somebody saw."""

    who = wall_name(label=_("What shall we call them on the wall?"), help_text=_("Any name they like."))
    words = wall_words(label=_("What did they see?"), help_text=_("In their own words."))
    their_yes = forms.BooleanField(
        label=_("They said yes: anyone may read this, under this name"), required=False
    )


class PointToTellerForm(WallForm):
    """A line of a story."""

    piece = one_of(
        Piece,
        label=_("Which line?"),
        help_text=_("It is not copied. It shows only while its teller says yes."),
    )

    def __init__(self, *args: Any, moments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("piece", moments)
        if "piece" in self.fields:
            self.fields["piece"].required = True
            self.fields["piece"].error_messages["required"] = _("Choose one from the list.")


class PointToPhotographForm(WallForm):
    """What a photograph shows; the picture itself comes beside it."""

    words = wall_words(label=_("What does it show?"), help_text=_("For whoever cannot see it, too."))
    their_yes = forms.BooleanField(
        label=_("Nobody can be made out in it, or they said yes: anyone can see it"), required=False
    )
