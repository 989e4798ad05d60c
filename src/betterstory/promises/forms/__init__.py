"""Forms of asking, answering, promising and judging."""

from betterstory.promises.forms.asking import AskForm, LaterForm, NoForm, NotOursForm, YesForm
from betterstory.promises.forms.fields import WallForm
from betterstory.promises.forms.promising import (
    JudgeForm,
    NameForm,
    OtherWordsForm,
    PromiseForm,
    TakeBackForm,
    TimeForm,
)

__all__ = [
    "AskForm",
    "JudgeForm",
    "LaterForm",
    "NameForm",
    "NoForm",
    "NotOursForm",
    "OtherWordsForm",
    "PromiseForm",
    "TakeBackForm",
    "TimeForm",
    "WallForm",
    "YesForm",
]
