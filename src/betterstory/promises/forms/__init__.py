"""Forms of asking, answering, promising and judging."""

from betterstory.promises.forms.asking import AskForm, LaterForm, NoForm, NotOursForm, YesForm, YesOfOneForm
from betterstory.promises.forms.fields import WallForm
from betterstory.promises.forms.judging import AskResidentsForm, DoorForm, OwnViewForm, ReplyForm, SaidForm
from betterstory.promises.forms.pointing import (
    PointToCountForm,
    PointToPhotographForm,
    PointToTellerForm,
    PointToWitnessForm,
)
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
    "AskResidentsForm",
    "DoorForm",
    "JudgeForm",
    "LaterForm",
    "NameForm",
    "NoForm",
    "NotOursForm",
    "OtherWordsForm",
    "OwnViewForm",
    "PointToCountForm",
    "PointToPhotographForm",
    "PointToTellerForm",
    "PointToWitnessForm",
    "PromiseForm",
    "ReplyForm",
    "SaidForm",
    "TakeBackForm",
    "TimeForm",
    "WallForm",
    "YesForm",
    "YesOfOneForm",
]
