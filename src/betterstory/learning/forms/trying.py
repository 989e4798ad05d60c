"""The forms of trying a lesson elsewhere, and of beginning a round from some."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.learning.forms.fields import ONE_OF_THESE, LearningForm, words
from betterstory.learning.models import Standing
from betterstory.learning.verbs import LONGEST_REASON, SayWhatIsDifferent, SayWhy
from betterstory.ui.form_renderer import row

MARKS = {
    Standing.TRYING: "seedling",
    Standing.TRIED: "tick-box",
    Standing.ADAPTED: "pencil",
    Standing.NOT_FOR_HERE: "door-shut",
}


class TrialForm(LearningForm):
    """How a lesson stands here, and why."""

    standing = forms.ChoiceField(
        label=_("How does it stand here?"),
        choices=[(each.value, row(each.label, icon=MARKS[each])) for each in Standing],
        widget=forms.RadioSelect,
        error_messages=ONE_OF_THESE,
    )
    reason = words(
        label=_("Why?"),
        help_text=_("“Not for here” is a good answer. The reason helps the next neighbourhood."),
        most=LONGEST_REASON,
    )
    changed = words(
        label=_("What did you do another way?"),
        help_text=_("Only where you tried it with a change."),
        most=LONGEST_REASON,
        needed=False,
    )
    came_of = words(label=_("What came of it here?"), needed=False)
    after = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = SayWhy.words


class BeginForm(LearningForm):
    """What is done differently this time. The why of each lesson stands beside it, on the page."""

    differently = words(
        label=_("What do we do differently this time?"),
        help_text=_("In your own words. It stays on the page of the round."),
        needed=False,
    )
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, must_say: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["differently"].required = must_say
        self.fields["differently"].error_messages["required"] = SayWhatIsDifferent.words
