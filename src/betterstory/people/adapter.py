"""How e-mail codes, passkeys and apps fit this house: nobody signs up by themselves; people are invited."""

import base64
import os

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.ui.way_back import is_ours

WRONG_CODE = gettext_lazy("This code is not right, or its time has passed. Look again, or ask for another.")
TOO_OFTEN = gettext_lazy("That was tried too often. Wait five minutes, or ask a person to let you in.")


class ClosedDoor(DefaultAccountAdapter):
    """Signing up is by a printed card from somebody who knows you; there is no open form."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only pages of ours, named without a host."""
        return bool(url) and str(url).startswith("/") and is_ours(context.request, str(url))

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "betterstory.people.coming_in.SecondStep"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]


class SealedFactors(DefaultMFAAdapter):
    """The secrets of apps and spare codes lie sealed, under a key made from the site key."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(12)
        return base64.urlsafe_b64encode(nonce + _lock().encrypt(nonce, text.encode(), b"mfa")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.urlsafe_b64decode(encrypted_text)
        return _lock().decrypt(sealed[:12], sealed[12:], b"mfa").decode()

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's
        return _("My phone or computer")


def _lock() -> AESGCM:
    return AESGCM(keyring().derive(b"better-story mfa 1"))
