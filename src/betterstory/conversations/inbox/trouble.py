"""What can be wrong with a pack or an inbox, each with a sentence."""

from django.utils.translation import gettext_lazy as _

from betterstory.ui.refusal import Refusal


class NotAPack(Refusal):
    """The file is none, or was changed."""

    code, status = "not-a-pack", 422
    words = _("This is no file for a second laptop, or it was changed. Make a new one at home.")


class EveningIsOver(Refusal):
    """The night of this pack has come, and its key is gone."""

    code, status = "evening-is-over", 410
    words = _("This evening is over, so nothing more is taken here. Bring the inbox file home.")


class ClockIsBehind(Refusal):
    """It cannot be that early: the pack was made later."""

    code = "clock-is-behind"
    words = _("The clock of this laptop is behind: this file was made later than now. Put the clock right.")


class NotKept(Refusal):
    """The line could not be written to the disk."""

    code, status = "not-kept", 507
    words = _("Your answer could not be kept: the laptop has no room. Tell somebody who helps here.")


class NotAnInbox(Refusal):
    """Nothing in the file is a line of an inbox."""

    code, status = "not-an-inbox", 422
    words = _("This is no inbox file. Choose the one that the second laptop wrote.")
