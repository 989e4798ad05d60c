"""What is refused to many, in words they can act on."""

from django.utils.translation import gettext_lazy as _

from betterstory.ui.refusal import Refusal


class NotYours(Refusal):
    """Somebody asked for what is another person's to do."""

    code, status = "not-yours", 403
    words = _("This is not yours to do. Ask whoever looks after this place.")
