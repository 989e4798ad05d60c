"""A lost card is found by somebody who must not see it; and a helper is not safe. A friend rings for both."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.stories import consenting
from betterstory.stories.models import Use, Version
from walks.conftest import look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
WORDS = ("took me off the list", "The long way round")


def ring(team: Page, teller: str, *more: str) -> None:
    """The friend rings, and an organiser shuts what they told."""
    team.goto("/stories/bad-day/")
    team.get_by_label("Whose stories?").select_option(label=teller)
    for each in more:
        team.get_by_label(each).check()
    take_picture(team, "bad-day-more")
    team.get_by_role("button", name="Pause everything they told").click()
    expect(team.get_by_text(f"Everything {teller} told is paused.")).to_be_visible(timeout=30_000)


def new_card(person: Person, by: Person, at: datetime) -> str:
    """What stands on a card to come back with."""
    _card, code = people.make_return_card(person, by=by, at=at)
    return code


def come_in(page: Page, code: str) -> None:
    page.goto("/people/come-in/")
    page.get_by_label("code", exact=False).first.fill(code)
    with page.expect_navigation(timeout=30_000):
        page.get_by_role("button", name="Come in", exact=True).click()


def my_story(page: Page) -> str:
    page.goto("/stories/")
    page.locator("main").get_by_role("link", name="The long way round").click()
    return page.url


@pytest.mark.django_db(transaction=True)
def test_the_card_found_at_home_opens_nothing_and_sam_opens_it_with_a_new_one(
    open_browser: Callable[..., Page],
    sign_in: Callable[[Page, Person], None],
    version: Version,
    circle: Circle,
    teller: Person,
    organiser: Person,
    live_server: Any,
) -> None:
    now = timezone.now()
    lost = new_card(teller, organiser, now)
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=now, until=now + timedelta(days=9))
    story = f"/stories/{version.story.uuid}/"
    sam = open_browser(live_server.url, javascript=False, width=360, height=740)
    sam.set_default_timeout(30_000)
    sign_in(sam, teller)
    sam.goto(f"{story}settled/", timeout=60_000)  # the first page of all may be slow to come
    sam.get_by_label("A word only you know").fill("biscuit tin")
    sam.get_by_role("button", name="Keep this word").click()
    finder = open_browser(live_server.url, javascript=False, width=360, height=740)
    finder.set_default_timeout(30_000)
    come_in(finder, lost)
    finder.goto(story)
    assert WORDS[0] in finder.content(), "until somebody rings, a card is a card"
    in_the_drawer = new_card(teller, organiser, now)  # a later one, found at home and not used yet
    team = open_browser(live_server.url, javascript=False)
    team.set_default_timeout(30_000)
    sign_in(team, organiser)
    team.goto(story)
    assert WORDS[0] in team.content()

    ring(team, "Sam", "Somebody else may have their card")
    places = (story, f"{story}mine/", f"{story}print/", "/stories/", "/stories/safety/")
    for place in places:
        finder.goto(place)
        assert not any(words in finder.content() for words in WORDS), place
    come_in(finder, in_the_drawer)
    expect(finder.get_by_role("button", name="Come in", exact=True)).to_be_visible(timeout=30_000)
    take_picture(finder, "found-card")

    come_in(sam, new_card(teller, organiser, now))
    sam.goto(f"{story}mine/")
    expect(sam.get_by_role("heading", name="Shut until we know it is you")).to_be_visible(timeout=30_000)
    assert not any(words in sam.content() for words in WORDS), "a new card alone opens nothing either"
    take_picture(sam, "held")
    sam.get_by_label("Your second word").fill("biscuit tin")
    sam.get_by_role("button", name="It is me").click()
    expect(sam.get_by_role("heading", name="My story", exact=True)).to_be_visible(timeout=30_000)
    team.goto(story)
    assert WORDS[0] in team.content(), "what was open before is open again"


def test_a_helper_who_is_not_safe_is_sent_away_at_once(
    open_browser: Callable[..., Page], town: Running
) -> None:
    sam = open_browser(town.url, javascript=False, width=360, height=740)
    look_as(sam, "teller")
    mine = my_story(sam)
    sam.get_by_role("button", name="Change it").click()  # an open page, that whoever writes with Sam sees
    helper = open_browser(town.url, javascript=False)
    look_as(helper, "organiser")
    writing = mine.replace("/mine/", "/words/")
    helper.goto(writing)
    assert "It lay behind the door until the door" in helper.content()
    speaks = open_browser(town.url, javascript=False)
    look_as(speaks, "neighbour")
    speaks.goto("/stories/standing-by/")
    expect(speaks.get_by_role("heading", name="You speak for")).to_be_visible()

    ring(helper, "Robin", "Whoever writes or speaks for them must go")
    answer = helper.goto(writing)
    assert answer is not None
    assert answer.status == 404
    speaks.get_by_role("button", name="Take it back").click()  # a page left open from before
    assert "It is done" not in speaks.content()
    speaks.goto("/stories/standing-by/")
    assert "You speak for" not in speaks.content()
    sam.goto(mine)
    expect(sam.get_by_text("Everything is paused.")).to_be_visible()
    assert "You took this story back" not in sam.content()
    assert "Who writes with me" not in sam.content()
