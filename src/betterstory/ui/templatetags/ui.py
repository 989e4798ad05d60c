"""Small pieces every template may use."""

import datetime
from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID, uuid4

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from betterstory.ui.icons import draw
from betterstory.ui.round import Stage, drawn

register = template.Library()


def _posted_key(context: RequestContext) -> str:
    request = context.get("request")
    posted = request.POST.get("once", "") if request is not None else ""
    try:
        return str(UUID(posted))
    except ValueError:
        return ""


@register.simple_tag(takes_context=True)
def once(context: RequestContext) -> SafeString:
    """The hidden key by which a form sent twice is answered once.

    A page shown again with something to put right keeps the key that was sent.
    """
    key = _posted_key(context) or str(uuid4())
    return format_html('<input type="hidden" name="once" value="{}">', key)


@register.simple_tag
def icon(name: str, words: object = "", kind: str = "") -> SafeString:
    """{% icon "kettle" %}, or {% icon "cup" _("Tea is served") %} where no word stands beside it."""
    return draw(name, kind=kind, words=words)


@register.simple_tag
def unchanging(name: str, **told: str | int | None) -> SafeString:
    """{% unchanging "ui/_head.html" %}: a template that is told a few plain values, and nothing of the page.

    Each process renders it once for the same values and language.
    """
    alone = _render_alone if settings.DEBUG else _rendered
    return alone(name, get_language(), tuple(told.items()))


def _render_alone(
    name: str, _language: str | None, told: tuple[tuple[str, str | int | None], ...]
) -> SafeString:
    return render_to_string(name, dict(told))


_rendered = lru_cache(maxsize=500)(_render_alone)


@register.filter
def day(value: datetime.date | None, today: datetime.date | None = None) -> str:
    """ "Tuesday 14 July", or "14 July 2027" when that is another year than today's (the page's)."""
    if not isinstance(value, datetime.date):
        return ""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    now = today if isinstance(today, datetime.date) else timezone.localdate()
    return date_format(value, "l j F" if value.year == now.year else "j F Y")


@register.inclusion_tag("ui/_round.html")
def round_picture(stages: Sequence[Stage]) -> dict[str, object]:
    """The seven stages on their path, up to the one we are at."""
    return drawn(stages)


@register.simple_tag(takes_context=True)
def block_again(context: RequestContext, name: str) -> SafeString:
    """The words of a block once more: a page's title is written once, for the tab and for the heading."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return mark_safe(block.render(context))  # noqa: S308 - a block escapes its own parts
