"""Small pieces: for the picture of all neighbourhoods, and for who was at a gathering."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from betterstory.learning.forms.attending import words_of
from betterstory.learning.models import WasThere
from betterstory.learning.was_there import GROUPS, parts_shown
from betterstory.places.models import Stage
from betterstory.ui import icons

register = template.Library()
ICONS = {
    Stage.POOLSIDE: "ladder",
    Stage.DIVING_IN: "diving",
    Stage.HEARING: "speech",
    Stage.MAKING_SENSE: "iceberg",
    Stage.PLANNING: "checklist",
    Stage.KEEPING_OUR_WORD: "knot",
    Stage.LEARNING: "seedling",
}
LINES = re.compile(r"^<svg[^>]*>(.*)</svg>$", re.DOTALL)


@register.simple_tag
def stage_icon(number: int) -> SafeString:
    """The lines of a stage's drawing, to stand inside another; its middle is at 18, 18."""
    found = LINES.match(icons.read(ICONS[list(Stage)[number]]))
    return mark_safe(found[1] if found else "")  # noqa: S308 - read from our own folder, by a known name


@register.simple_tag
def rings_of(said: WasThere) -> str:
    """ "about 10 people who live here, about 10 community": or, where a ring has few, which rings met."""
    shown = parts_shown(said.by_ring)
    there = [group for group in GROUPS if said.by_ring.get(group)]
    if shown:
        return "; ".join(f"{words_of(group)}: {shown[group]}" for group in there) + "."
    met = ", ".join(words_of(group) for group in there)
    return _("They came from: %(rings)s.") % {"rings": met} if len(there) > 1 else ""
