"""What became of somebody's words, up to the asks and promises that rest on them.

Gatherings lie below promises and know nothing of them, so what stands further up is added here, around the
same pages.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from betterstory.conversations.became import Became
from betterstory.conversations.pages import became
from betterstory.people.visit import Visit
from betterstory.promises.models import Ask, Promise, State


def add_asks_and_promises(_request: Visit, told: Sequence[Became]) -> list[Became]:
    """Asks and promises made because of a card that rests on a sentence. Two queries."""
    cards = {card.pk for each in told for card in each.cards}
    if not cards:
        return list(told)
    asks = list(Ask.objects.filter(insight__in=cards).select_related("of", "of_circle"))
    promises = list(
        Promise.objects.filter(Q(insight__in=cards) | Q(ask__insight__in=cards))
        .select_related("ask", "post__body", "person")
        .distinct()
    )
    return [replace(each, more=tuple(_further(each, asks, promises))) for each in told]


def _further(became_of: Became, asks: list[Ask], promises: list[Promise]) -> list[tuple[str, str]]:
    cards = {card.pk for card in became_of.cards}
    found = [
        (
            _("It was asked of %(body)s: %(words)s") % {"body": ask.whom, "words": ask.words},
            reverse("promises:ask", args=[ask.pk]),
        )
        for ask in asks
        if ask.insight_id in cards
    ]
    for promise in promises:
        if promise.insight_id in cards or (promise.ask is not None and promise.ask.insight_id in cards):
            words = _("%(who)s promised: %(words)s (%(state)s)") % {
                "who": promise.who,
                "words": promise.words,
                "state": State(promise.state).label,
            }
            found.append((words, reverse("promises:promise", args=[promise.pk])))
    return found


# as the page it wraps: the signed slip of a card is asked for, and no cookie is set
by_card = csrf_exempt(partial(became.by_card, further=add_asks_and_promises))
of_all = partial(became.of_all, further=add_asks_and_promises)
