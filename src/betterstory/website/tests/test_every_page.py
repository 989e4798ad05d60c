"""Every page of the demo that a link leads to, as each of its cast: light, not kept by browsers."""

import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.website import demo
from betterstory.website.demo.cast import CAST

MOST_QUERIES = 12
HEAVIEST = 60_000
ONE_OF_A_KIND = re.compile(r"\d+|[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[datetime, Path]]:
    """The demo as it stands on its first day, made once: what a test writes into it is undone after it."""
    at, home = timezone.now(), tmp_path_factory.mktemp("town")
    with django_db_blocker.unblock(), override_settings(HOME=home), transaction.atomic():
        keyring.cache_clear()
        demo.make(at=at)
        yield at, home
        transaction.set_rollback(True)


@pytest.fixture
def town(made: tuple[datetime, Path], db: None, settings: Any) -> datetime:
    """The same town for each test, with its own keys."""
    at, settings.HOME = made
    keyring.cache_clear()
    return at


class Links(HTMLParser):
    """Addresses on this site that a page links to, and what strict pages must not have."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (value or "").startswith(("data:", "javascript:")):
                self.inline.append(f"<{tag} {name}={value}>")
            if tag == "a" and name == "href" and value and value.startswith("/"):
                self.links.append(value.split("#")[0])


def walk(client: Client) -> Iterator[tuple[str, Any, int]]:
    """Each kind of page once or twice, breadth first: address, answer, how many queries."""
    waiting, met = ["/"], {"/"}
    kinds: dict[str, int] = {}
    while waiting:
        url = waiting.pop(0)
        kind = ONE_OF_A_KIND.sub("N", url.split("?")[0])
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > 2 or kind.startswith("/static/"):
            continue
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        yield url, answer, len(queries)
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            links = Links()
            links.feed(answer.content.decode())
            for link in links.links:
                if link not in met:
                    met.add(link)
                    waiting.append(link)


@pytest.mark.parametrize("who", ["nobody", *(member.key for member in CAST)])
def test_every_page_is_light_and_asks_little(who: str, town: datetime, signed_in_client: Any) -> None:
    client = (
        Client() if who == "nobody" else signed_in_client(Person.objects.get(email=f"{who}@demo.invalid"))
    )
    troubles, pages = [], 0
    for url, answer, queries in walk(client):
        pages += 1
        if answer.status_code not in (200, 302, 303, 403):
            troubles.append(f"{url}: answers {answer.status_code}")
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        links = Links()
        links.feed(answer.content.decode())
        if links.inline:
            troubles.append(f"{url}: {links.inline[:2]}")
        if len(answer.content) > HEAVIEST:
            troubles.append(f"{url}: {len(answer.content)} bytes")
        if queries > MOST_QUERIES:
            troubles.append(f"{url}: {queries} queries")
        if "no-store" not in answer["Cache-Control"]:
            troubles.append(f"{url}: may be kept by the browser")
    assert not troubles, "\n".join(troubles)
    assert pages > (8 if who == "nobody" else 15), "the walk went somewhere"


def test_the_town_is_the_one_that_was_promised(town: datetime) -> None:
    from betterstory.behind.models import Release  # noqa: PLC0415 - this test alone looks into the folders
    from betterstory.places.models import Neighbourhood, Round, Stage  # noqa: PLC0415 - likewise
    from betterstory.promises.models import Ask, Promise  # noqa: PLC0415 - likewise

    on = timezone.localdate(town)
    row = Promise.objects.filter(round__neighbourhood__name="Tanners Row")
    marks = sorted(promise.mark(on) for promise in row)
    assert marks == ["kept", "kept", "late", "not_kept", *["to_come"] * 3, "waits"]
    asked = Ask.objects.filter(round__neighbourhood__name="Tanners Row")
    answers = [ask.mark for ask in asked]
    assert sorted(set(answers)) == ["no_because", "none_yet", "yes"]
    assert asked.filter(answers__kind="not_ours").count() == 1, "one was passed on"
    assert len(answers) == 8
    assert (Ask.objects.count(), Promise.objects.count()) == (42, 46)
    everywhere = {promise.mark(on) for promise in Promise.objects.all()}
    assert everywhere == {"kept", "partly", "not_kept", "released", "late", "to_come", "waits"}
    assert Round.objects.exclude(ended_on=None).count() == 2
    now = {each.current_round.stage for each in Neighbourhood.objects.all() if each.current_round}
    assert now == set(Stage), "seven neighbourhoods, each at a stage of its own"
    groups = {(g["first"], g["last"]): g for g in Release.objects.get().figures["groups"]}
    assert (groups[4, 4]["people"], groups[3, 3]["on_the_way"], groups[3, 3]["way_closed"]) == (120, 340, 95)
    assert (groups[2, 2]["on_the_way"], groups[2, 2]["way_closed"], groups[2, 2]["too_early"]) == (
        885,
        410,
        65,
    )
