"""What is read of a big screen, and how it is moved."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from betterstory.conversations.models import Gathering, RunSheet
from betterstory.people.models import Person

Send = Callable[..., Any]
Browser = Callable[[Person], Client]


def read(gathering: Gathering) -> RunSheet:
    return RunSheet.objects.with_the_word().select_related("gathering__circle").get(gathering=gathering)


def page(browser: Client, gathering: Gathering, which: str = "projector") -> str:
    return browser.get(f"/conversations/{gathering.pk}/{which}/").content.decode()


def heading(words: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", words)
    return found[1] if found else ""


def press(send: Send, person: Person, gathering: Gathering, to: str, **more: Any) -> Any:
    told = {"to": to, "seen": read(gathering).moves} | more
    return send(person, "move", gathering.pk, fields=told)
