"""Why sealed words do not open, in sentences for whoever reads them."""

from django.utils.translation import gettext_lazy as _

from betterstory.ui.refusal import Refusal


class Sealed(Refusal):
    """These words cannot be opened."""

    code, status = "sealed", 503
    words = _("These words cannot be opened just now. Tell whoever looks after this place.")


class KeyGone(Sealed):
    """The key was destroyed: nobody can read these words any more."""

    code = "key-gone"


class Locked(Sealed):
    """The site key is missing or wrong: nothing can be read until it is put back."""

    code = "locked"
    words = _("The stories here are locked just now. Nothing is lost. Tell whoever looks after this place.")


class Spoilt(Sealed):
    """The bytes were changed or moved from another place."""

    code = "spoilt"
