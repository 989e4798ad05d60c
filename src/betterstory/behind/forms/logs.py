"""Forms for the place's own log."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.behind.arriving import Arrived
from betterstory.behind.counting import Columns
from betterstory.behind.models import Arrival, ContactLog

NONE = ("", _("There is none"))
WRITTEN = [
    ("", "2026-07-14 10:30"),
    ("%d/%m/%Y", "14/07/2026"),
    ("%d/%m/%Y %H:%M", "14/07/2026 10:30"),
    ("%d/%m/%Y %H:%M:%S", "14/07/2026 10:30:00"),
    ("%m/%d/%Y", "07/14/2026"),
    ("%m/%d/%Y %H:%M", "07/14/2026 10:30"),
    ("%d.%m.%Y", "14.07.2026"),
    ("%d-%b-%Y", "14-Jul-2026"),
    ("%Y%m%d", "20260714"),
]


class SwitchForm(forms.Form):
    """Who answers for the log."""

    controller = forms.CharField(
        max_length=120,
        label=_("Who answers for this log?"),
        help_text=_("The organisation that is the controller of these records, by its name."),
    )


class FilesForm(forms.Form):
    """A log, and a list of everybody if there is one. What was refused on the way in is said by its field."""

    log = forms.FileField(
        label=_("The contact log"),
        help_text=_(
            "CSV or Parquet, one row a contact: who (a code, never a name), what kind of contact, when."
        ),
        error_messages={
            "required": _("Choose the file of the log."),
            "empty": _("This file is empty."),
        },
    )
    people = forms.FileField(
        required=False,
        label=_("The list of everybody"),
        help_text=_(
            "One row a person, with the same codes, so that people without a contact are counted too. Its "
            "column of codes has the same name as in the log, or is called person."
        ),
        error_messages={"empty": _("This file is empty.")},
    )

    def __init__(self, *args: Any, refused: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = refused or {}
        for name in self.refused:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        for name, sentence in self.refused.items():
            self.add_error(name, sentence)
        return self.cleaned_data

    def arrived(self, name: str) -> Arrived | None:
        file = self.cleaned_data.get(name)
        return file if isinstance(file, Arrived) else None


class ColumnsForm(forms.Form):
    """Which column of the files is which, and what these records are."""

    name = forms.CharField(max_length=120, label=_("What shall we call this log?"))
    source = forms.CharField(
        max_length=300,
        label=_("Where does it come from?"),
        help_text=_("Like: visits and calls kept by the Talking Service and the hospital."),
    )
    cannot_see = forms.CharField(
        max_length=300,
        label=_("Whom can these records not see?"),
        help_text=_("Like: people who never asked for help, or went somewhere else for it."),
    )
    person = forms.ChoiceField(label=_("Which column is the person?"))
    activity = forms.ChoiceField(label=_("Which column is the kind of contact?"))
    time = forms.ChoiceField(label=_("Which column is the time?"))
    time_format = forms.ChoiceField(
        required=False, choices=WRITTEN, label=_("How are times written in these files?")
    )
    seq = forms.ChoiceField(
        required=False,
        label=_("Which column is the order?"),
        help_text=_("A whole number in each row, to put contacts of the same moment in order."),
    )
    starts = forms.ChoiceField(
        required=False, label=_("In the list of everybody: from when is each record kept?")
    )
    ends = forms.ChoiceField(required=False, label=_("In the list of everybody: when did each record end?"))
    until = forms.DateField(
        required=False,
        label=_("Until which day is the log complete?"),
        help_text=_("If it is left out, the day of the last contact."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("This is no day we know. Write it like 2026-07-14.")},
    )

    in_place_of = forms.ModelChoiceField(
        ContactLog.objects.none(),
        required=False,
        label=_("Does it take the place of an earlier log?"),
        help_text=_(
            "Choose that log if these are newer records of the same. A number that has changed by only a few "
            "people since then stays as it was, so that nobody can be picked out."
        ),
        empty_label=_("No"),
    )

    def __init__(self, *args: Any, arrival: Arrival, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = cast("forms.ModelChoiceField[ContactLog]", self.fields["in_place_of"])
        earlier.queryset = ContactLog.objects.all()
        named = [(name, name) for name in dict.fromkeys(arrival.columns) if name]
        everybody = [(name, name) for name in dict.fromkeys(arrival.people_columns) if name]
        for field, usual in USUAL.items():
            own = everybody if field in ("starts", "ends") else named
            choices = own if self.fields[field].required else [NONE, *own]
            self._choose(field, choices, usual)
        if not arrival.has_people:
            del self.fields["starts"], self.fields["ends"]

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]], usual: Sequence[str]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = list(choices)
        field.initial = next((value for value, _words in choices if value.lower() in usual), "")

    def clean(self) -> dict[str, Any]:
        chosen: dict[str, str] = {}
        for name in ("person", "activity", "time", "seq"):
            column = self.cleaned_data.get(name)
            if column and column in chosen.values():
                self.add_error(name, _("This column was chosen above for something else."))
            elif column:
                chosen[name] = column
        return self.cleaned_data

    def about(self, sentence: str) -> str | None:
        """The field that a sentence about the files is shown beside."""
        everybody = "everybody" in sentence or "record ends" in sentence
        for words, field in (("dates", "ends" if everybody else "time"), ("times", "time"), ("order", "seq")):
            if words in sentence and field in self.fields:
                return field
        return "person" if everybody else "activity" if "activities" in sentence else None

    def columns(self) -> Columns:
        said = self.cleaned_data
        until = said["until"].isoformat() if said["until"] else ""
        parts = {name: said.get(name, "") for name in (*USUAL, "time_format")}
        return Columns(**parts, until=until)


USUAL = {
    "person": ("person", "case_id", "person_id", "id"),
    "activity": ("activity", "event", "contact"),
    "time": ("time", "timestamp", "date", "when"),
    "seq": ("seq", "order"),
    "starts": ("start", "starts", "from"),
    "ends": ("end", "ends", "until"),
}
