"""How every form is drawn: label, hint, what is wrong, field, in that order."""

from django.forms.renderers import DjangoTemplates
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from betterstory.ui.icons import draw


class HouseForms(DjangoTemplates):
    """Django's own widgets inside our field and form templates."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


def _row(words: object, icon: str, about: object) -> SafeString:
    picture = draw(icon) if icon else ""
    more = format_html("<small>{}</small>", about) if about else ""
    return format_html("{}<span>{}{}</span>", picture, words, more)


_lazy_row = lazy(_row, SafeString)


def row(words: object, *, icon: str = "", about: object = "") -> SafeString:
    """What one choice says, for `choices=`: its words, a drawing before them, a line beneath.

    Made when shown, so that translations hold.
    """
    return _lazy_row(words, icon, about)
