"""Forms of writing a lesson and its outcomes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from betterstory.learning.forms.fields import ONE_OF_THESE, LearningForm, words
from betterstory.learning.models import Reach
from betterstory.learning.offering import OnOffer, things_of
from betterstory.learning.verbs import LONGEST_NAME, LONGEST_REASON, LONGEST_WHY, SayWhatGotWorse, Words
from betterstory.learning.verbs.outcomes import LONGEST_WHO
from betterstory.places.models import Stage

PARTS = ("tried", "saw", "surprised", "worse", "now")


class LessonForm(LearningForm):
    """What we learned, part by part, and what it points to."""

    tried = words(label=_("What did we try?"))
    saw = words(label=_("What did we see?"), help_text=_("What happened, as plainly as you can."))
    surprised = words(label=_("What surprised us?"), needed=False)
    worse = words(
        label=_("What got worse, or who was left out?"),
        help_text=_("Ask it in the room. “Nothing that we know of” is an answer too."),
    )
    now = words(label=_("What do we do now?"), help_text=_("Begin with “Now we will”."))
    about = forms.ChoiceField(
        label=_("Which part of a round is it about?"),
        choices=Stage.choices,
        widget=forms.RadioSelect,
        error_messages=ONE_OF_THESE,
    )
    points = forms.MultipleChoiceField(
        label=_("What does it point to?"),
        help_text=_("So that anybody can look for themselves."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    piece = forms.ChoiceField(
        label=_("Which moment in a story does it come from?"),
        help_text=_("It shows only while its teller says yes."),
        required=False,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
    reach = forms.ChoiceField(
        label=_("Who can read it, before it is offered?"),
        choices=Reach.choices,
        widget=forms.RadioSelect,
        error_messages=ONE_OF_THESE,
    )

    def __init__(self, *args: Any, offer: OnOffer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worse"].error_messages["required"] = SayWhatGotWorse.words
        self.choose("points", offer.things)
        self.choose("piece", offer.moments, none=_("None"))

    @property
    def words(self) -> Words:
        return Words(**{part: self.cleaned_data[part] for part in PARTS})

    @property
    def pointed(self) -> list[Any]:
        """The things it points to, the moment among them."""
        keys = list(self.cleaned_data.get("points", []))
        piece = self.cleaned_data.get("piece", "")
        return things_of([*keys, f"piece-{piece}"] if piece else keys)


class AgainForm(LessonForm):
    """The same, said better. Which part it is about and who may read it were said at first."""

    because = words(
        label=_("Why do you write it again?"),
        help_text=_("The words before stay below it, with this reason."),
        most=LONGEST_WHY,
    )
    after = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["about"], self.fields["reach"]


class OutcomeForm(LearningForm):
    """Who changed what, why it matters, and our part in it."""

    who = words(
        label=_("Who changed something?"),
        help_text=_("A body, a street, a group. Name no person."),
        most=LONGEST_WHO,
        line=True,
    )
    what = words(label=_("What did they change?"), most=LONGEST_REASON)
    matters = words(label=_("Why does it matter?"), most=LONGEST_REASON)
    our_part = words(
        label=_("What was our part in it?"),
        help_text=_("And who else had a part."),
        most=LONGEST_REASON,
    )


class SaySoForm(LearningForm):
    """I say so too."""

    called = words(
        label=_("What may we call you here?"),
        help_text=_("Leave it empty to be “somebody here”."),
        most=LONGEST_NAME,
        needed=False,
        line=True,
    )
    words = words(label=_("A few words about it"), most=LONGEST_WHY, needed=False)


class TakeOutForm(LearningForm):
    """Words that should never have stood there."""

    because = words(
        label=_("Why are they taken out?"),
        help_text=_("The reason stands in their place. Do not repeat the words."),
        most=LONGEST_WHY,
    )
