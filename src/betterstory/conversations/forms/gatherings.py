"""Calling a gathering, asking people to it, its sentences, and what is typed in from paper."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Gathering, Guest, Side, Statement
from betterstory.conversations.verbs.voices import MOST_CARDS
from betterstory.people.models import Ring
from betterstory.ui.form_renderer import row

RINGS = [choice for choice in Ring.choices if choice[0] != Ring.ME]


class CallForm(forms.Form):
    """A gathering: what for, when, where, and the first question everybody answers."""

    kind = forms.ChoiceField(
        label=_("What is it for?"),
        widget=forms.RadioSelect,
        choices=[
            (Gathering.Kind.HEARING, row(_("Hearing the story"), icon="speech")),
            (Gathering.Kind.MAKING_SENSE, row(_("Making sense"), icon="iceberg")),
            (Gathering.Kind.PLANNING, row(_("Making the plan"), icon="checklist")),
        ],
    )
    title = forms.CharField(label=_("What do you call it?"), max_length=100)
    day = forms.DateField(
        label=_("Which day?"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    time = forms.TimeField(
        label=_("What time?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    where = forms.CharField(label=_("Where?"), help_text=_("As you would tell a neighbour."), max_length=200)
    check_in = forms.CharField(
        label=_("The check-in question"),
        help_text=_("Everybody answers it first. Like: what small thing kept you going this week?"),
        max_length=200,
        required=False,
    )

    @property
    def when(self) -> datetime:
        told = self.cleaned_data
        return timezone.make_aware(datetime.combine(told["day"], told["time"]))


class GuestForm(forms.Form):
    """Somebody to ask: a first name, a side, a ring. No title, no rank."""

    first_name = forms.CharField(
        label=_("First name"),
        help_text=_("Only that. In this room nobody has a title."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    side = forms.ChoiceField(
        label=_("They come as somebody who"), widget=forms.RadioSelect, choices=Side.choices
    )
    ring = forms.ChoiceField(label=_("From which ring?"), choices=RINGS, initial=Ring.COMMUNITY)


class ReplyForm(forms.Form):
    """Whether somebody comes."""

    reply = forms.ChoiceField(choices=Guest.Reply.choices)


class StatementForm(forms.Form):
    """A sentence people can agree or disagree with, perhaps from a piece of a story."""

    words = forms.CharField(
        label=_("The sentence"),
        help_text=_("One thought, in plain words. Somebody could say yes to it, and somebody else no."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    from_piece = forms.TypedChoiceField(
        label=_("Does it come from a story?"),
        help_text=_(
            "Only pieces whose teller said yes to this room are here. Use your own words above. The sentence "
            "goes quiet when its teller takes the piece back."
        ),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, pieces: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["from_piece"]
        if pieces:
            chooser.choices = [("", _("No")), *pieces.items()]  # type: ignore[attr-defined]  # it is a ChoiceField
        else:
            del self.fields["from_piece"]


class WordsForm(forms.Form):
    """The same sentence, said another way."""

    words = forms.CharField(label=_("The sentence"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class PutAsideForm(forms.Form):
    """Why a sentence is not asked."""

    because = forms.CharField(label=_("Why?"), help_text=_("Whoever wrote it can read this."), max_length=200)


class _OneStatement(forms.ModelChoiceField):
    def label_from_instance(self, obj: Statement) -> str:
        return f"{obj.number}. {obj.words}"


class OppositeForm(forms.Form):
    """Another sentence that says the opposite."""

    other = _OneStatement(Statement.objects.none(), label=_("Which sentence says the opposite?"))

    def __init__(self, *args: Any, others: QuerySet[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others  # type: ignore[attr-defined]  # it is a ModelChoiceField


class VoicesForm(forms.Form):
    """How many voice cards for each side."""

    residents = forms.IntegerField(
        label=_("For people who live here"), min_value=0, max_value=MOST_CARDS, initial=20
    )
    services = forms.IntegerField(
        label=_("For people from services"), min_value=0, max_value=MOST_CARDS, initial=20
    )
