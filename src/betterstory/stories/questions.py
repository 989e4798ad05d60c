"""The small questions about a step, in the order they are asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from betterstory.stories import telling_forms
from betterstory.stories.models import Moment
from betterstory.stories.showing import ShownStep

NEED_A_GAP = (Moment.WAITING, Moment.DROPPED, Moment.SENT_BACK)


@dataclass(frozen=True)
class Question:
    """One question on a page of its own: what it asks, what comes after, and what is filled in already."""

    title: Promise | str
    then: Promise | str
    form: type[forms.Form]
    filled: Callable[[ShownStep], dict[str, Any]] = lambda told: {}


QUESTIONS = {
    "what": Question(
        _("What happened?"),
        _("Next we ask who was there."),
        telling_forms.WhatForm,
        lambda told: {"words": told.words},
    ),
    "who": Question(
        _("Who was there?"),
        _("Next we ask how it felt."),
        telling_forms.WhoForm,
        lambda told: {"rings": told.step.rings},
    ),
    "feeling": Question(
        _("How did it feel?"),
        _("Next we ask what kind of moment it was."),
        telling_forms.FeelingForm,
        lambda told: {"feeling": told.step.feeling, "feeling_words": told.feeling_words},
    ),
    "kind": Question(
        _("What kind of moment was it?"),
        _("Next we ask when it was."),
        telling_forms.KindForm,
        lambda told: {"moment": told.step.moment},
    ),
    "again": Question(
        _("How many times did you tell it again?"),
        _("Next we ask when it was."),
        telling_forms.AgainForm,
        lambda told: {"told_again": told.step.told_again or None},
    ),
    "when": Question(
        _("When was it?"),
        _("Next we ask how much it counted."),
        telling_forms.WhenForm,
        lambda told: {"when": told.when, "after": told.after or ""},
    ),
    "lasted": Question(
        _("How long was the gap?"),
        _("Next we ask when it was."),
        telling_forms.LastedForm,
    ),
    "size": Question(
        _("Was it a big moment, or a small act?"),
        _("Next we ask what helped."),
        telling_forms.SizeForm,
        lambda told: {"size": told.step.size},
    ),
    "helped": Question(
        _("What helped?"),
        _("Then you can tell the next thing, or stop."),
        telling_forms.HelpedForm,
        lambda told: {"helped": told.helped},
    ),
}
AFTER = {
    "what": "who",
    "who": "feeling",
    "feeling": "kind",
    "kind": "when",
    "again": "when",
    "lasted": "when",
    "when": "size",
    "size": "helped",
}


def next_after(name: str, *, moment: str = "") -> str:
    """The question after this one: "gap" for the page of a gap, "" when all were asked.

    `moment` is what was just said of it; a question that was skipped says nothing.
    """
    if name == "kind" and moment == Moment.TOLD_AGAIN:
        return "again"
    if name == "kind" and moment in NEED_A_GAP:
        return "gap"
    return AFTER.get(name, "")
