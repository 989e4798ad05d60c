"""E-mail addresses, sealed at rest and yet found by what somebody types.

AES-SIV under a key made from the site key: the same address always gives the same bytes, so that the database
can look one up and refuse it twice, and a copy of the database alone names nobody.
"""

import base64

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.db import models

from betterstory.people.keys import Sealed, keyring

BOUND = [b"people.person.email"]


class AddressField(models.CharField[str, str]):
    """An address in small letters; sealed in the database. Without the site key it reads as none."""

    def get_prep_value(self, value: object) -> object:
        words = str(value or "").strip().lower()
        if not words:
            return ""
        return base64.urlsafe_b64encode(_lock().encrypt(words.encode(), BOUND)).decode()

    def from_db_value(self, value: str | None, *_about: object) -> str:
        if not value:
            return ""
        try:
            return _lock().decrypt(base64.urlsafe_b64decode(value), BOUND).decode()
        except (Sealed, InvalidTag, ValueError):
            return ""


def _lock() -> AESSIV:
    return AESSIV(keyring().derive(b"better-story address 1", length=64))
