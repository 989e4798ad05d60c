"""A phone with a voice card: its pages, read and pressed."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from betterstory.conversations.models import Gathering, Voice, Vote
from betterstory.conversations.pages import sentence
from betterstory.conversations.pages.slips import Slip

MakeVoice = Callable[..., tuple[Voice, str]]


@pytest.fixture(autouse=True)
def _in_printed_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which sentence is drawn next has tests of its own; here they come as they are printed."""
    monkeypatch.setattr(sentence.routing, "pick_next", lambda _voice, open_ones, **_more: open_ones[0])


@pytest.fixture
def phone() -> Client:
    """A phone that checks what a real one would: forms without a key of ours are refused elsewhere."""
    return Client(enforce_csrf_checks=True)


def said() -> list[tuple[int, int, str]]:
    return list(
        Vote.objects.order_by("statement__number").values_list("statement__number", "choice", "channel")
    )


def title(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    return found[1].strip() if found else ""


def hidden(page: str, form: int = 0) -> dict[str, str]:
    """The hidden fields of one form of a page."""
    forms = re.findall(r"<form\b.*?</form>", page, re.DOTALL)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', forms[form]))


def begin(phone: Client, code: str, pk: int | None = None) -> str:
    return str(phone.post(f"/v/{pk}/" if pk else "/v/", {"code": code}).content.decode())


def press(phone: Client, page: str, button: str, form: int = 0) -> str:
    action = re.findall(r'<form\b[^>]*action="([^"]+)"', page)[form]
    return str(phone.post(action, {**hidden(page, form), "said": button}).content.decode())


@pytest.fixture
def slip(gathering: Gathering, voice: MakeVoice) -> tuple[str, Voice]:
    somebody, _code = voice()
    return Slip(somebody, gathering).signed, somebody
