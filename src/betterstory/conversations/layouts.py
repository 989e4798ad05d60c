"""The three Big Conversations as run sheets to begin from. Any turn can be changed, added or left out."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Duty, Gathering, Turn


@dataclass(frozen=True)
class Laid:
    """One turn as it is laid out."""

    kind: Turn.Kind
    minutes: int
    words: Promise | str = ""
    led_by: Duty = Duty.FACILITATOR
    services_first: bool = False


KINDS = Turn.Kind
CHECK_IN = Laid(KINDS.CHECK_IN, 15, led_by=Duty.HOST)
AGREEMENTS = Laid(KINDS.AGREEMENTS, 5)
TEA = Laid(KINDS.BREAK, 15, _("Tea, and a stretch"), Duty.HOST)
MASK = Laid(
    KINDS.MASK,
    15,
    _("What did I once believe about this? Begin with “I have acted as if”."),
    services_first=True,
)

LAYOUTS: dict[str, tuple[Laid, ...]] = {
    Gathering.Kind.HEARING: (
        CHECK_IN,
        AGREEMENTS,
        Laid(KINDS.STORY, 30, led_by=Duty.COMPANION),
        Laid(KINDS.ROUND, 20, _("What stays with me from what I heard?")),
        TEA,
        MASK,
        Laid(KINDS.TABLES, 20, _("To whom else does this happen?"), Duty.TABLE_HOST),
        Laid(KINDS.STATEMENTS, 15),
        Laid(KINDS.NEXT, 10, led_by=Duty.HOST),
    ),
    Gathering.Kind.MAKING_SENSE: (
        CHECK_IN,
        AGREEMENTS,
        Laid(KINDS.STORY, 10, led_by=Duty.COMPANION),
        MASK,
        Laid(KINDS.TABLES, 45, _("What keeps happening? Which rule or habit makes it so?"), Duty.TABLE_HOST),
        TEA,
        Laid(KINDS.ICEBERG, 25),
        Laid(KINDS.STATEMENTS, 15),
        Laid(KINDS.NEXT, 10, led_by=Duty.HOST),
    ),
    Gathering.Kind.PLANNING: (
        CHECK_IN,
        AGREEMENTS,
        Laid(KINDS.ICEBERG, 10),
        Laid(
            KINDS.TABLES,
            40,
            _("One change at the base, one rule to change, one small act this week"),
            Duty.TABLE_HOST,
        ),
        TEA,
        Laid(KINDS.STATEMENTS, 15),
        Laid(KINDS.PROMISES, 30),
        Laid(KINDS.ROUND, 10, _("What do I take home?")),
        Laid(KINDS.NEXT, 5, led_by=Duty.HOST),
    ),
}
