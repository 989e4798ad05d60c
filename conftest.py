"""What every test stands on: keys of its own, and the people and things of a small invented place."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from once_a_file import OnceAFile

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the tests' own thread

# how long an example takes is no matter of tests: the machine may be busy
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

if TYPE_CHECKING:
    from django.test import Client

    from betterstory.people.models import Circle, Person
    from betterstory.places.models import Neighbourhood, Place, Round
    from betterstory.stories.models import Story, Version

AT = datetime(2026, 7, 6, 12, 0, tzinfo=UTC)
TODAY = date(2026, 7, 6)
CLOCK: dict[str, Any] = {}
ONCE_A_FILE = OnceAFile()


def read_every_line(version: Version) -> None:
    """A person reads every line of a version and finds nothing to change: then anyone may be let in."""
    from betterstory.stories.redacting import showing, verbs

    teller = version.story.teller
    whole = showing.opened(version, by=teller, at=AT)
    if whole is None:
        pytest.fail("its teller may read it")
    lines = {number: whole.was(number).strip() for number in range(len(whole.lines))}
    verbs.read_lines(version, by=teller, at=AT, mark=whole.mark, lines=lines)
    verbs.finish(version, by=teller, at=AT, mark=whole.mark)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(ONCE_A_FILE)


def pytest_collection_finish() -> None:
    """What stays for the whole run (modules, tests, models) is not looked over again and again for waste."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, request: pytest.FixtureRequest, settings: Any) -> Iterator[None]:
    """Sealed words of one test are nobody else's: a keyring in a folder that is thrown away."""
    if "engines" in request.node.nodeid:
        yield
        return
    from django.utils import timezone

    from betterstory.conversations import asked
    from betterstory.people.keys import keyring

    asked.forget()
    # a clock that an earlier test left standing goes again
    timezone.now = CLOCK.setdefault("now", timezone.now)
    settings.HOME = tmp_path
    keyring.cache_clear()
    yield
    keyring.cache_clear()


@pytest.fixture(autouse=True, scope="session")
def _tests_may_empty_their_ledger(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that write for good empty every table afterwards; the ledger's guard would refuse it."""
    if not request.config.pluginmanager.hasplugin("django"):
        yield
        return
    from django.test import TransactionTestCase

    from betterstory.promises import guard

    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # Django's own, untyped

    def empty_without_guard(case: TransactionTestCase) -> None:
        if ONCE_A_FILE.empty_the_house():
            return
        guard.take_down()
        empty(case)
        guard.put_up()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_without_guard)
        yield


@pytest.fixture
def welcome(db: None) -> Callable[..., Person]:
    """Make a person: welcome("Nasreen", "organiser")."""
    from betterstory.people import verbs
    from betterstory.people.models import Role

    def make(name: str, role: str = "resident", email: str = "") -> Person:
        return verbs.welcome(name=name, role=Role(role), on=TODAY, email=email)

    return make


@pytest.fixture
def steward(welcome: Callable[..., Person]) -> Person:
    return welcome("Bea", "steward")


@pytest.fixture
def organiser(welcome: Callable[..., Person]) -> Person:
    return welcome("Nasreen", "organiser")


@pytest.fixture
def teller(welcome: Callable[..., Person]) -> Person:
    return welcome("Sam", "resident")


@pytest.fixture
def resident(welcome: Callable[..., Person]) -> Person:
    return welcome("Lynda", "resident")


@pytest.fixture
def partner(welcome: Callable[..., Person]) -> Person:
    return welcome("Helen", "partner")


@pytest.fixture
def analyst(welcome: Callable[..., Person]) -> Person:
    return welcome("Ade", "analyst")


@pytest.fixture
def place(db: None, welcome: Callable[..., Person]) -> Place:
    """Aldermouth, where Grace is the safety lead: without one no story begins."""
    from betterstory.places import verbs
    from betterstory.places.models import Place
    from betterstory.stories.models import Lead
    from betterstory.stories.safeguarding import leads

    verbs.found(name="Aldermouth", help_now="Ring 999 if somebody is in danger now.")
    leads.name(welcome("Grace", "safety"), post=Lead.Post.LEAD, phone="01632 960 100", by=None, at=AT)
    return Place.objects.get()


@pytest.fixture
def neighbourhood(place: Place, organiser: Person) -> Neighbourhood:
    from betterstory.places import verbs

    return verbs.name_neighbourhood(name="Tanners Row", by=organiser)


@pytest.fixture
def round_(neighbourhood: Neighbourhood, organiser: Person) -> Round:
    from betterstory.places import verbs

    return verbs.begin_round(neighbourhood=neighbourhood, by=organiser, on=TODAY)


@pytest.fixture
def circle(organiser: Person) -> Circle:
    """A gathering's circle with the organiser in it."""
    from betterstory.people import verbs
    from betterstory.people.models import Circle

    made = verbs.open_circle(name="people of 14 July", kind=Circle.Kind.GATHERING)
    verbs.join(circle=made, person=organiser, at=AT)
    return made


@pytest.fixture
def story(neighbourhood: Neighbourhood, teller: Person) -> Story:
    """A story of three steps, a gap and a wish, read back and agreed. Nobody may see it yet."""
    from betterstory.stories import verbs
    from betterstory.stories.models import Gap, Moment, Wish

    told = verbs.begin(
        by=teller,
        teller=teller,
        neighbourhood=neighbourhood,
        title="The long way round",
        chosen_name="Robin",
        limits_heard=True,
        at=AT,
    )
    verbs.write(told, by=teller, text="I stopped opening the post. It sat on the mat like snow.", at=AT)
    verbs.add_step(
        told, by=teller, words="I went to the doctor and said it out loud.", rings=["local_services"]
    )
    missed = verbs.add_step(
        told,
        by=teller,
        words="I rang to change the time. They took me off the list.",
        feeling=-2,
        rings=["me"],
    )
    verbs.add_step(
        told,
        by=teller,
        words="The postman kept knocking.",
        feeling=0,
        moment=Moment.KINDNESS,
        rings=["community"],
    )
    verbs.name_gap(
        told, by=teller, after=missed, words="Back of the queue, 17 weeks", kind=Gap.GapKind.SENT_BACK
    )
    verbs.wish(
        told, by=teller, words="Somebody to walk the dog on a bad day", kind=Wish.WishKind.KEEPS_ME_WELL
    )
    verbs.agree(told, by=teller, at=AT)
    return told


@pytest.fixture
def version(story: Story) -> Version:
    """The agreed version of `story`."""
    from betterstory.stories.models import Version

    return Version.objects.select_related("story").get(story=story)


@pytest.fixture
def signed_in_client(db: None) -> Callable[[Person], Client]:
    """A browser of somebody who came in with a card, and with a second factor too."""
    from django.test import Client

    from betterstory.people.coming_in import second_factor_was_given

    def make(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="betterstory.people.coming_in.CardBackend")
        session = client.session
        second_factor_was_given(session, person)
        session.save()
        return client

    return make
