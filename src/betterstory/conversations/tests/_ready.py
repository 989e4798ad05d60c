"""A phone that is served by pages that lie ready, and one that goes the whole way."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from betterstory.conversations.models import Gathering, Statement, Voice, Vote
from betterstory.conversations.pages import ready, voting

MakeVoice = Callable[..., tuple[Voice, str]]
READY = "betterstory.conversations.pages.ready.ReadyPages"
SLIP = re.compile(r'name="slip" value="([^"]+)"')


@pytest.fixture
def whole(db: None, settings: Any) -> Client:
    """A phone in a hall where nothing lies ready."""
    settings.HALL = True
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.LANGUAGES = [("en-gb", "English"), ("ar", "Arabic")]
    settings.SECURE_HSTS_SECONDS = 60
    settings.ROOT_URLCONF = "betterstory.website.hall_urls"
    settings.MIDDLEWARE = [
        name
        for name in settings.MIDDLEWARE
        if not any(word in name for word in ("session", "csrf", "contrib.auth", "messages"))
    ]
    phone = Client(headers={"host": "localhost"})
    phone.get("/v/")  # it keeps the chain it was begun with
    return phone


@pytest.fixture
def phone(whole: Client, settings: Any) -> Client:
    """A phone in a hall, as it is."""
    ready.forget()
    settings.MIDDLEWARE = [READY, *settings.MIDDLEWARE]
    phone = Client(headers={"host": "localhost"})
    phone.get("/v/")
    return phone


@pytest.fixture
def whole_way(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were made, rather than found ready."""
    made: list[str] = []
    make = voting.page

    def noted(request: Any, name: str, *told: Any) -> HttpResponse:
        made.append(name)
        return make(request, name, *told)

    monkeypatch.setattr(voting, "page", noted)
    return made


@pytest.fixture
def two_walked_before(phone: Client, statements: list[Statement], voice: MakeVoice) -> None:
    """So every page of somebody who agrees with each sentence lies ready."""
    for _n in range(2):
        page = begin(phone, voice()[1])
        for _each in statements:
            page = agree(phone, page)


def form(page: HttpResponse, said: str = "agree", **more: str) -> dict[str, str]:
    fields = dict(
        re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode().split("</form>")[0])
    )
    return {**fields, "said": said, **more}


def send(phone: Client, path: str, fields: dict[str, str], **more: Any) -> HttpResponse:
    answer: HttpResponse = phone.post(  # type: ignore[assignment]  # as the test client gives it
        path,
        "&".join(f"{name}={value.replace(' ', '+')}" for name, value in fields.items()),
        content_type="application/x-www-form-urlencoded",
        **more,
    )
    return answer


def begin(phone: Client, code: str) -> HttpResponse:
    return send(phone, "/v/", {"code": code})


def agree(phone: Client, page: HttpResponse) -> HttpResponse:
    return send(phone, f"/v/{Gathering.objects.get().pk}/", form(page))


def said() -> list[tuple[int, int, int]]:
    return list(Vote.objects.order_by("pk").values_list("voice", "statement", "choice"))


def told(page: HttpResponse) -> tuple[int, dict[str, str], str]:
    """All that a phone is told, apart from the signature: it says when it was made."""
    body = SLIP.sub("a slip", page.content.decode())
    headers = {name: value for name, value in page.headers.items() if name != "Content-Length"}
    if page.status_code != 400:
        assert int(page.headers["Content-Length"]) == len(page.content)
    return page.status_code, headers, body
