"""What was learned stands beside what it was learned from: a promise, an ask, a thread, a home."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.test import Client

from betterstory.behind.models import Pattern, Release
from betterstory.conversations.models import Gathering
from betterstory.immersion import verbs as immersion
from betterstory.learning import verbs
from betterstory.learning.models import Lesson
from betterstory.learning.tests.conftest import WORDS, lock_side, mo, offered, side, tomasz
from betterstory.learning.tests.conftest import lesson as lesson_of_the_row
from betterstory.people.models import Person
from betterstory.people.visit import Visit
from betterstory.places.models import Round
from betterstory.promises.models import Ask, Promise
from betterstory.promises.tests.conftest import (
    ask,
    card,
    gap,
    head,
    helen,
    lynda,
    promise,
    release,
    room,
    say_yes,
    service,
    tied,
)
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Use, Version
from betterstory.website.standing_beside import learned_from
from conftest import AT, TODAY

__all__ = [
    "ask",
    "card",
    "gap",
    "head",
    "helen",
    "lesson_of_the_row",
    "lock_side",
    "lynda",
    "mo",
    "offered",
    "promise",
    "release",
    "room",
    "service",
    "side",
    "tied",
    "tomasz",
]


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def write(round_: Round, by: Person, *points: Any, reach: str = "anyone") -> Lesson:
    return verbs.write(WORDS, round=round_, by=by, on=TODAY, reach=reach, points=points)


def test_a_promise_and_an_ask_lead_to_what_was_learned(
    promise: Promise, ask: Ask, round_: Round, organiser: Person, client: Client
) -> None:
    assert "What was learned from it" not in text(client.get(f"/promises/{promise.pk}/"))
    lesson = write(round_, organiser, promise, ask)
    for url in (f"/promises/{promise.pk}/", f"/promises/asks/{ask.pk}/"):
        page = text(client.get(url))
        assert f'href="/learning/lessons/{lesson.pk}/"' in page
        assert WORDS.now in page


def test_a_kept_lesson_is_not_shown_there(
    promise: Promise, round_: Round, organiser: Person, client: Client, partner: Person, signed_in_client: Any
) -> None:
    write(round_, organiser, promise, reach="partnership")
    for url in (f"/promises/{promise.pk}/", f"/thread/promise/{promise.pk}/", "/neighbourhoods/tanners-row/"):
        assert WORDS.now not in text(client.get(url)), url
        assert "/learning/lessons/" not in text(client.get(url)), url
    assert WORDS.now in text(signed_in_client(partner).get(f"/promises/{promise.pk}/"))


def test_the_thread_is_open_at_the_other_end(
    promise: Promise, round_: Round, organiser: Person, side: Round, client: Client
) -> None:
    lesson = verbs.offer(write(round_, organiser, promise), by=organiser, on=TODAY)
    url = f"/thread/promise/{promise.pk}/"
    assert "something was learned from it" in text(client.get(url))
    verbs.say_how(lesson, round=side, standing="tried", reason="a", by=organiser, on=TODAY)
    page = text(client.get(url))
    assert "Lock Side took up what was learned" in page
    assert f'href="/learning/lessons/{lesson.pk}/"' in page


def test_a_story_is_walked_up_to_what_was_learned_elsewhere(
    tied: Promise,
    version: Version,
    round_: Round,
    organiser: Person,
    side: Round,
    teller: Person,
    signed_in_client: Any,
) -> None:
    lesson = verbs.offer(write(round_, organiser, tied), by=organiser, on=TODAY)
    verbs.say_how(
        lesson,
        round=side,
        standing="adapted",
        reason="a",
        changed="They rang a bell.",
        by=organiser,
        on=TODAY,
    )
    page = text(signed_in_client(teller).get(f"/thread/story/{version.story.uuid}/"))
    order = [tied.words, WORDS.now, "Learned elsewhere", "Lock Side, round 1: we tried it with a change."]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "They rang a bell." in page


def test_a_lesson_from_a_moment_is_reached_from_its_story(
    version: Version, gap: Any, round_: Round, organiser: Person, client: Client
) -> None:
    write(round_, organiser, gap)
    say_yes(version, gap, audience=Audience.PUBLIC)
    assert WORDS.now not in text(client.get(f"/thread/story/{version.story.uuid}/"))
    consenting.say_yes(
        version,
        by=version.story.teller,
        use=Use.READ,
        audience=Audience.PUBLIC,
        at=AT.replace(day=1),
        until=AT.replace(month=9),
    )
    assert WORDS.now in text(client.get(f"/thread/story/{version.story.uuid}/"))


def test_a_neighbourhood_shows_what_it_learned(round_: Round, organiser: Person, client: Client) -> None:
    assert "Nothing is written down here yet." in text(client.get("/neighbourhoods/tanners-row/"))
    write(round_, organiser)
    page = text(client.get("/neighbourhoods/tanners-row/"))
    assert WORDS.now in page
    assert f"/learning/rounds/{round_.pk}/beginning/" in page


def test_a_gathering_and_an_act_lead_to_what_was_learned(
    round_: Round, organiser: Person, lynda: Person, tomasz: Person, signed_in_client: Any
) -> None:
    evening = Gathering.objects.get(round=round_)
    act = immersion.note_act(
        neighbourhood=round_.neighbourhood, what="Tea", where="the lock", on=TODAY, by=organiser, today=TODAY
    )
    urls = {f"/conversations/{evening.pk}/": evening, f"/immersion/{round_.neighbourhood.slug}/": act}
    client = signed_in_client(lynda)
    for url in urls:
        assert "What was learned from it" not in text(client.get(url)), url
    lesson = write(round_, organiser, *urls.values(), reach="anyone")
    kept = write(round_, tomasz, *urls.values(), reach="partnership")
    for url in urls:
        page = text(client.get(url))
        assert f'href="/learning/lessons/{lesson.pk}/"' in page, url
        assert f'href="/learning/lessons/{kept.pk}/"' not in page, url
        assert "What was learned from it" in page, url


def test_figures_lead_to_a_lesson_while_they_may_be_tied(
    round_: Round, organiser: Person, release: Release
) -> None:
    lesson = write(round_, organiser, release)
    visit = cast(Visit, SimpleNamespace(person=organiser, at=AT))
    assert learned_from(release.pk, visit, None) == [lesson], "they came from no story"
    Pattern.objects.update(from_a_story=True)
    assert learned_from(release.pk, visit, None) == [], "a lesson may point to that story too"
    assert learned_from(release.pk, visit, release.pattern) == [lesson]
