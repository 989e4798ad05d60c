"""Where a promise stands, and what the promised side can say of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LATE = "late"
TO_COME = "to_come"


class State(models.TextChoices):
    """Where a promise stands. Late is not among them: it shows by itself once the day is past."""

    MADE = "made", _("still to come")
    MADE_AGAIN = "made_again", _("made again")
    KEPT = "kept", _("kept")
    PARTLY = "partly", _("partly")
    NOT_KEPT = "not_kept", _("not kept")
    RELEASED = "released", _("let go")
    TAKEN_BACK = "taken_back", _("taken back")
    WAITS = "waits", _("waits until after the election")


OPEN = (State.MADE, State.MADE_AGAIN)
NOT_TO_JUDGE = (State.RELEASED, State.TAKEN_BACK, State.WAITS)


class Verdict(models.TextChoices):
    """What the promised side can say."""

    KEPT = "kept", _("Yes, it is kept")
    PARTLY = "partly", _("In part")
    NOT_KEPT = "not_kept", _("No, it is not kept")
    RELEASED = "released", _("We let it go")

    @property
    def state(self) -> State:
        return State(self.value)
