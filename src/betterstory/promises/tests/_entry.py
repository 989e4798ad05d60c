"""How the page of an ask or a promise is read."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from betterstory.people.models import Person

SignIn = Callable[[Person], Client]


def spoken(response: Any) -> str:
    """The words of a page on one line, as they are read."""
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
