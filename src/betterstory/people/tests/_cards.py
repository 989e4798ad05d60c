"""The page of cards, and what a code on one looks like."""

import re
from collections.abc import Callable

from django.test import Client

from betterstory.people.models import Person

PAGE = "/people/cards/"
CODE = re.compile(r"[2-9A-Z]{3} [2-9A-Z]{5} [2-9A-Z]{5}")
Open = Callable[[Person], Client]
