"""Which copy to take out."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Circle
from betterstory.stories.exchange.making import FORMATS
from betterstory.stories.rules import ANYONE, PARTNERS, Viewer
from betterstory.ui.form_renderer import row


class CopyForm(forms.Form):
    """For whom, and in which format."""

    audience = forms.ChoiceField(
        label=_("Who is it for?"),
        help_text=_("Only what tellers said yes to, for a report to these people, is in the copy."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who the copy is for.")},
    )
    format = forms.ChoiceField(
        choices=[(each.name, row(each.label, about=each.about)) for each in FORMATS.values()],
        label=_("For which tool?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a format.")},
    )

    def __init__(self, *args: Any, circles: list[Circle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewers: dict[str, Viewer] = {f"circle:{circle.pk}": circle for circle in circles}
        whom: list[tuple[str, Any]] = [(f"circle:{circle.pk}", circle.name) for circle in circles]
        whom += [("partnership", _("the partnership")), ("public", _("anyone"))]
        self.viewers |= {"partnership": PARTNERS, "public": ANYONE}
        cast(forms.ChoiceField, self.fields["audience"]).choices = whom

    def clean_audience(self) -> Viewer:
        return self.viewers[self.cleaned_data["audience"]]
