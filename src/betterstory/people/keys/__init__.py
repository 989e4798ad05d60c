"""Keys and sealed words: what opens a story, kept apart from the database, and can be destroyed for good.

`ring` seals and opens, `site_key` is the one key above them, `rotating` changes it, `paper` writes it down,
`copied` remembers when the keys were copied, `taking_in` takes keys from such a copy.
"""

from functools import cache

from django.conf import settings

from betterstory.people.keys.refusals import KeyGone, Locked, Sealed, Spoilt
from betterstory.people.keys.ring import HEAD, Keyring

__all__ = ["HEAD", "KeyGone", "Keyring", "Locked", "Sealed", "Spoilt", "keyring"]


@cache
def keyring() -> Keyring:
    """The keys of this installation: in their own folder, backed up apart from the database."""
    return Keyring(settings.HOME / "keys", settings.SITE_KEY_FILE)
