"""The form of one name on the list."""

from django import forms
from django.utils.translation import gettext_lazy as _

KINDS = [
    ("friend", _("a friend")),
    ("family", _("family")),
    ("partner", _("my partner, or an ex")),
    ("neighbour", _("a neighbour")),
    ("child", _("a child")),
    ("worker", _("somebody at their work: a nurse, a driver")),
    ("place", _("a place, a road or a house")),
    ("service", _("a service, a group or a firm")),
    ("pet", _("an animal")),
    ("other", _("somebody or something else")),
]


class NameForm(forms.Form):
    """Somebody or somewhere in the story."""

    names = forms.CharField(
        max_length=400,
        label=_("Who or where is it?"),
        help_text=_("Every name they go by, with a comma between: Tone, Antonia Reed. Big or small letters."),
    )
    kind = forms.ChoiceField(choices=KINDS, initial="friend", label=_("Who or what are they?"))
    called = forms.CharField(
        max_length=80,
        required=False,
        label=_("What shall we call them?"),
        help_text=_("Like “a nurse” or “my ex”. Leave it empty and we find one."),
    )

    def clean_names(self) -> list[str]:
        names: str = self.cleaned_data["names"]
        return [name.strip() for name in names.replace(";", ",").split(",") if name.strip()]
