"""Forms of what was learned."""

from betterstory.learning.forms.fields import LearningForm
from betterstory.learning.forms.trying import BeginForm, TrialForm
from betterstory.learning.forms.writing import (
    PARTS,
    AgainForm,
    LessonForm,
    OutcomeForm,
    SaySoForm,
    TakeOutForm,
)

__all__ = [
    "PARTS",
    "AgainForm",
    "BeginForm",
    "LearningForm",
    "LessonForm",
    "OutcomeForm",
    "SaySoForm",
    "TakeOutForm",
    "TrialForm",
]
