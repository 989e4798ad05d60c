"""What is refused at the poolside, whichever verb is asked."""

from django.utils.translation import gettext_lazy as _

from betterstory.ui.refusal import Refusal


class NotRoundThisTable(Refusal):
    """Somebody who is not in the circle."""

    code, status = "not-round-this-table", 403
    words = _("This belongs to a circle you are not in.")
