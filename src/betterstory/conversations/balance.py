"""As many who live here as come from services: said in a sentence, while people are being asked."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from betterstory.conversations.models import Guest, Side
from betterstory.people.models import Ring


def say_balance(guests: Iterable[Guest]) -> str:
    """ "6 who live here, 5 from services: ask one more from a service." Who said no is not counted."""
    sides = Counter(guest.side for guest in guests if guest.reply != Guest.Reply.NOT_COMING)
    residents, services = sides[Side.RESIDENT], sides[Side.SERVICE]
    if not residents and not services:
        return _("Nobody is asked yet. Ask as many who live here as come from services.")
    both = _("%(residents)s who live here, %(services)s from services") % {
        "residents": residents,
        "services": services,
    }
    apart = abs(residents - services)
    if not apart:
        return _("%(both)s: that is in balance.") % {"both": both}
    if services < residents:
        more = ngettext(
            "%(both)s: ask one more from a service.", "%(both)s: ask %(apart)s more from services.", apart
        )
    else:
        more = ngettext(
            "%(both)s: ask one more who lives here.", "%(both)s: ask %(apart)s more who live here.", apart
        )
    return more % {"both": both, "apart": apart}


def say_rings(guests: Iterable[Guest]) -> list[str]:
    """From which rings they come, in the order of the rings: "community: 3". Who said no is not counted."""
    rings = Counter(guest.ring for guest in guests if guest.reply != Guest.Reply.NOT_COMING)
    return [
        _("%(ring)s: %(many)s") % {"ring": ring.label, "many": rings[ring]}
        for ring in Ring
        if rings[ring] or ring != Ring.ME
    ]
