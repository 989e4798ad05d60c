"""Forms for letting a count out, for keeping it in, and for naming trustees."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from betterstory.behind.verbs import CHECKS
from betterstory.people.models import Person


class ApproveForm(forms.Form):
    """A list in plain words, gone through one by one. The verb says what is missing."""

    looked_at = forms.MultipleChoiceField(
        required=False,
        choices=list(CHECKS.items()),
        label=_("Look at each of these, and tick what holds"),
        widget=forms.CheckboxSelectMultiple,
    )


class RefuseForm(forms.Form):
    """Why it stays in."""

    reason = forms.CharField(
        max_length=500,
        label=_("Why does it stay in?"),
        help_text=_("So that whoever asked can put it right. No names. Like: one step says too much."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TrusteeForm(forms.Form):
    """Who is to look."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who else shall look at figures?"),
        help_text=_("Somebody whom residents trust, and who asks no questions of records themselves."),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose somebody.")},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Person]", self.fields["person"]).queryset = people.order_by("name")
