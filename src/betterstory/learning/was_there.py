"""Who was there, as a page says it: one whole, the rings that met, and how many of each only where a ring
hides everybody in it.
"""

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from betterstory.conversations.models import Gathering, Guest, Side
from betterstory.engines import disclosure
from betterstory.people.models import Post, Ring

RULE = disclosure.find_profile("default")
LIVE_HERE = "live_here"  # who the person, the family and the neighbours are is nobody's to see
AT_HOME = (Ring.ME, Ring.FAMILY, Ring.FRIENDS_AND_NEIGHBOURS)
GROUPS = (LIVE_HERE, *(ring.value for ring in Ring if ring not in AT_HOME))


def group_of(ring: str) -> str:
    """The line of the form that a ring is counted in."""
    return LIVE_HERE if ring in AT_HOME else ring


def parts_shown(by_ring: Mapping[str, int]) -> dict[str, str]:
    """How many of each ring, through the door: of all that were there, or of none."""
    there = {name: many for name, many in by_ring.items() if many}
    if len(there) < 2:
        return {}
    shown = disclosure.split(there, list(there), RULE)
    if any(each.shown is None for each in shown.values()):
        return {}
    return {name: str(each) for name, each in shown.items()}


def expected(gathering: Gathering) -> dict[str, int]:
    """How many said that they come, by line of the form: what it begins with."""
    coming = Guest.objects.filter(gathering=gathering, reply=Guest.Reply.COMING)
    found: dict[str, int] = {}
    for ring in coming.values_list("ring", flat=True):
        found[group_of(ring)] = found.get(group_of(ring), 0) + 1
    return found


def posts_asked(gathering: Gathering) -> QuerySet[Post]:
    """Posts held by those of services who were asked, whatever they answered."""
    asked = Guest.objects.filter(gathering=gathering, side=Side.SERVICE)
    held = Q(holder__in=asked.values("person")) | Q(holder__in=asked.values("invitation__person"))
    return Post.objects.filter(held, today=None).select_related("body").distinct()
