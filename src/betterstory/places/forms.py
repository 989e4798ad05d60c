"""Forms about the place, its neighbourhoods and rounds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.places.models import Neighbourhood, Place, Stage
from betterstory.places.verbs import NameTaken, NoController
from betterstory.ui.form_renderer import row

MOST_HELP = 2_000
ICONS = {
    Stage.POOLSIDE: "ladder",
    Stage.DIVING_IN: "diving",
    Stage.HEARING: "speech",
    Stage.MAKING_SENSE: "iceberg",
    Stage.PLANNING: "checklist",
    Stage.KEEPING_OUR_WORD: "knot",
    Stage.LEARNING: "seedling",
}


class PlaceForm(forms.Form):
    """What a place says about itself."""

    name = forms.CharField(
        label=_("What is the place called?"),
        help_text=_("The city or district, as people say it."),
        max_length=80,
    )
    organiser_phone = forms.CharField(
        label=_("A phone number to ring"),
        help_text=_("It stands on cards and sheets. Whoever answers knows what this is."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "class": "short"}),
    )
    help_now = forms.CharField(
        label=_("Where to find help at any hour"),
        help_text=_("One line each, as it should be read. Like “Samaritans: 116 123, day and night.”"),
        max_length=MOST_HELP,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    keeps_a_log = forms.BooleanField(
        label=_("This place keeps a contact log of its own"),
        help_text=_(
            "Leave it off unless you have to. The usual way is to send the question to where the records are."
        ),
        required=False,
    )
    log_controller = forms.CharField(
        label=_("Which body is answerable for the log?"),
        help_text=_("The law calls it the controller."),
        max_length=120,
        required=False,
    )

    @classmethod
    def of(cls, place: Place | None, data: Any = None) -> "PlaceForm":
        """The form, filled with what the place says now."""
        names = list(cls.base_fields)
        return cls(data, initial={name: getattr(place, name) for name in names} if place else None)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("keeps_a_log") and not cleaned.get("log_controller"):
            self.add_error("log_controller", NoController().sentence)
        return cleaned


class HelpForm(forms.Form):
    """Where to find help, as an organiser writes it down."""

    help_now = forms.CharField(
        label=_("Where to find help at any hour"),
        help_text=_("One line each, as it should be read. Ring each number once before you write it here."),
        max_length=MOST_HELP,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    organiser_phone = forms.CharField(
        label=_("A phone number of yours to ring"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "class": "short"}),
    )


class NeighbourhoodForm(forms.Form):
    """A neighbourhood by the name people use."""

    name = forms.CharField(
        label=_("What do people call it?"),
        help_text=_("The name people use, not the one on the council’s map."),
        max_length=80,
    )
    about = forms.CharField(
        label=_("A line about it"),
        help_text=_("Like “Fourteen streets and the moorings”."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, now: Neighbourhood | None = None, **kwargs: Any) -> None:
        if now is not None:
            kwargs["initial"] = {"name": now.name, "about": now.about}
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        others = Neighbourhood.objects.exclude(pk=self.now.pk) if self.now else Neighbourhood.objects.all()
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(NameTaken().sentence)
        return name


class StageForm(forms.Form):
    """Where a round is now."""

    to = forms.TypedChoiceField(
        label=_("Where are you now?"),
        help_text=_("A guide, not a gate. You can go back at any time."),
        choices=[(stage.value, row(stage.label, icon=ICONS[stage])) for stage in Stage],
        coerce=Stage,
        widget=forms.RadioSelect,
    )
