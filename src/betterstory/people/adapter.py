"""How e-mail codes and passkeys fit this house: nobody signs up by themselves; people are invited."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):
    """Signing up is by a printed card from somebody who knows you; there is no open form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
