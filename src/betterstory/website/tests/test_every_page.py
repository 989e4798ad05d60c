"""Every page of the demo that a link leads to, as each of its cast: light, not kept by browsers.

None holds a word of a story whose teller ended it.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from betterstory.learning.models import Report
from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.stories import checking, consenting, showing
from betterstory.stories.models import Story, Use
from betterstory.website import demo
from betterstory.website.demo.cast import CAST
from betterstory.website.tests import demo_addresses

MOST_QUERIES = 12
HEAVIEST = 60_000
MANY = 3  # pages of a kind, where words are looked for
UUID, NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}"), re.compile(r"\d+")


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


@pytest.fixture(scope="module")
def read_before(made: tuple[datetime, Path]) -> dict[str, set[str]]:
    """What stood where before anything ended, once it has been read: the same for each end."""
    return {}


@pytest.fixture
def town(made: tuple[datetime, Path], db: None, settings: Any) -> datetime:
    """The same town for each test, with its own keys; as in the demo, nobody needs a second sign-in."""
    at, settings.HOME = made
    settings.DEMO = True
    settings.ROOT_URLCONF = demo_addresses.__name__  # imported before DEMO is set, as in looking as
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


def kind_of(url: str) -> str:
    """The same for every page of a kind."""
    return NUMBER.sub("N", UUID.sub("ID", url.split("?")[0]))


def walk(client: Client, *, most: int = 2) -> Iterator[tuple[str, Any, int]]:
    """So many pages of each kind at most, breadth first: address, answer, how many queries."""
    waiting, met = ["/"], {"/", "/leave/"}  # whoever goes there is out
    kinds: dict[str, int] = {}
    while waiting:
        url = waiting.pop(0)
        kind = kind_of(url)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > most or kind.startswith("/static/"):
            continue
        connection.queries_log.clear()  # it keeps the last 9,000: once full, no page would seem to ask
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
    client = somebody(who, signed_in_client)
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
    assert pages > (50 if who == "nobody" else 150), "the walk went everywhere"


def test_in_a_real_place_a_page_asks_as_little_of_whoever_came_by_card_alone(
    town: datetime, settings: Any
) -> None:
    """There it is asked of everybody whether they need a second factor."""
    settings.DEMO, client = False, Client()
    neighbour = Person.objects.get(email="neighbour@demo.invalid")
    client.force_login(neighbour, backend="betterstory.people.coming_in.CardBackend")
    asked = {url: queries for url, _answer, queries in walk(client)}
    assert {url: queries for url, queries in asked.items() if queries > MOST_QUERIES} == {}
    assert len(asked) > 150


@pytest.mark.parametrize("who", ["organiser", "service", "analyst"])
def test_a_report_asks_as_little(who: str, town: datetime, signed_in_client: Any) -> None:
    """The walk of every page stops at two rounds, and the town's report is of another."""
    client = somebody(who, signed_in_client)
    reports = [each.get_absolute_url() for each in Report.objects.all()]
    assert reports
    for url in reports:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= MOST_QUERIES, url


def test_pages_are_counted_however_many_came_before(town: datetime) -> None:
    connection.queries_log.extend([{}] * connection.queries_limit)
    _url, _answer, queries = next(walk(Client()))
    assert queries > 1


def somebody(who: str, signed_in_client: Any) -> Client:
    if who == "nobody":
        return Client()
    client: Client = signed_in_client(Person.objects.get(email=f"{who}@demo.invalid"))
    return client


def words_of(story: Story, at: datetime) -> set[str]:
    """All that was told in it, as its teller reads it: its title, each line, each step, gap and wish."""
    told: set[str] = set()
    for version in story.versions.select_related("story__teller"):
        whole = showing.show_whole(version, viewer=story.teller, use=Use.READ, at=at)
        assert whole is not None
        lines = [line for paragraph in whole.paragraphs for line in re.split(r"(?<=[.?!])\s+", paragraph)]
        told |= {whole.title, *lines}
        told |= {said.words for said in whole.steps if said.words}
        told |= {said.words for said in whole.wishes if said.words}
        told |= {words for _gap, words in whole.gaps if words}
    return {words.strip() for words in told if len(words.strip()) > 12}


def read_all(client: Client, words: set[str]) -> dict[str, set[str]]:
    """By address, which of these words stand on a page that a link leads to."""
    found = {}
    for url, answer, _queries in walk(client, most=MANY):
        if not answer.streaming and answer.status_code < 500:
            page = unescape(answer.content.decode("utf-8", "replace"))
            if there := {each for each in words if each in page}:
                found[url] = there
    return found


def stop_everything(story: Story, at: datetime) -> None:
    consenting.stop_everything(story, by=story.teller, at=at)


def pause_after_a_call(story: Story, at: datetime) -> None:
    consenting.pause_for(story.teller, by=Person.objects.get(email="organiser@demo.invalid"), at=at)


def find_the_card(story: Story, at: datetime) -> None:
    checking.card_may_be_found(story.teller, by=Person.objects.get(email="organiser@demo.invalid"), at=at)


def take_it_back(story: Story, at: datetime) -> None:
    consenting.take_back(story, by=story.teller, at=at)


@pytest.mark.parametrize(
    ("end", "readers"),
    [
        (stop_everything, ["service", "nobody"]),
        (pause_after_a_call, ["neighbour"]),
        (find_the_card, ["teller"]),
        (take_it_back, ["analyst", "nobody"]),
    ],
)
def test_once_a_teller_ends_it_no_page_of_the_house_says_a_word_of_it(
    end: Any,
    readers: list[str],
    town: datetime,
    read_before: dict[str, set[str]],
    signed_in_client: Any,
) -> None:
    """Whoever was shown most reads everything again, and so do others: nothing of it stands anywhere."""
    story = Story.objects.get(teller__email="teller@demo.invalid")
    words = words_of(story, town)
    if not read_before:
        read_before |= read_all(somebody("organiser", signed_in_client), words)
    assert len(read_before) > 5, "it stands on many pages while its teller says yes"
    assert len(set().union(*read_before.values())) > 10
    end(story, timezone.now())
    for who in ("organiser", *readers):
        assert read_all(somebody(who, signed_in_client), words) == {}, who


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
