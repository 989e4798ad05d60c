"""Django's own sentences about fields, said the way this house speaks."""

from typing import Any

from django import forms
from django.apps import AppConfig
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

DATE = _("This is not a date we can read. Write it like 2027-07-14.")
NUMBER = _("Write a number here, in figures.")
NOT_ONE_OF_THESE = _("Choose one of those in the list.")
WORDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Please fill this in.")},
    forms.BooleanField: {"required": _("Please tick this if it is so.")},
    forms.ChoiceField: {"required": _("Please choose one."), "invalid_choice": NOT_ONE_OF_THESE},
    forms.MultipleChoiceField: {
        "required": _("Please choose at least one."),
        "invalid_choice": NOT_ONE_OF_THESE,
    },
    forms.ModelChoiceField: {"required": _("Please choose one."), "invalid_choice": NOT_ONE_OF_THESE},
    forms.ModelMultipleChoiceField: {
        "required": _("Please choose at least one."),
        "invalid_choice": NOT_ONE_OF_THESE,
    },
    forms.DateField: {"invalid": DATE},
    forms.DateTimeField: {"invalid": DATE},
    forms.TimeField: {"invalid": _("This is not a time we can read. Write it like 18:00.")},
    forms.IntegerField: {"invalid": NUMBER},
    forms.DecimalField: {"invalid": NUMBER},
    forms.FloatField: {"invalid": NUMBER},
    forms.FileField: {
        "required": _("Please choose a file."),
        "empty": _("There is nothing in this file."),
        "missing": _("Please choose a file."),
    },
}


def speak_plainly() -> None:
    """Change the sentences. A field that brings its own keeps them."""
    for field, words in WORDS.items():
        field.default_error_messages = {**field.default_error_messages, **words}
    validators.EmailValidator.message = _("This does not look like an e-mail address.")
    validators.MaxLengthValidator.message = ngettext_lazy(
        "This is too long: it may hold %(limit_value)d letter, and it holds %(show_value)d.",
        "This is too long: it may hold %(limit_value)d letters, and it holds %(show_value)d.",
        "limit_value",
    )
    validators.MinValueValidator.message = _("Write %(limit_value)s or more.")
    validators.MaxValueValidator.message = _("Write %(limit_value)s or less.")


class UiConfig(AppConfig):
    name = "betterstory.ui"

    def ready(self) -> None:
        speak_plainly()
