"""The teller can stop: the screen goes on as screens do, and only the teller brings it back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, RunSheet
from betterstory.conversations.tests._tellers_sheet import (
    LINE,
    Browser,
    Send,
    go_to,
    on_screen,
    read,
    ready,
    said,
    sheet,
    yes,
)
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Consent, Use, Version
from betterstory.stories.refusals import NotYourStory
from conftest import AT, read_every_line

__all__ = ["ready", "sheet", "yes"]  # fixtures that tests ask for by name

MONTHS = timedelta(days=90)


def test_the_stop_is_an_ordinary_change_of_slide(
    gathering: Gathering,
    ready: RunSheet,
    organiser: Person,
    teller: Person,
    signed_in_client: Browser,
    send: Send,
) -> None:
    go_to(gathering, "story", organiser, step=2)
    hall = signed_in_client(organiser)
    before = on_screen(hall, gathering)
    assert LINE in before
    mark = before.split('data-mark="')[1].split('"')[0]
    ask = f"/conversations/{gathering.pk}/projector/?mark={mark}"
    assert hall.get(ask).status_code == 204
    assert send(teller, "stop_here", gathering.pk).status_code == 302
    after = hall.get(ask)
    assert after.status_code == 200
    page = after.content.decode()
    assert LINE not in page
    assert "drop the mask" in page, "the turn after it"
    assert not [word for word in ("stop", "took", "Robin", "teller") if word in page.split("<main")[1]]
    assert read(gathering).turn.kind == "mask"  # type: ignore[union-attr]  # it is there


def test_a_teller_in_the_room_has_the_stop_in_their_hand(
    gathering: Gathering, ready: RunSheet, teller: Person, organiser: Person, signed_in_client: Browser
) -> None:
    people.join(circle=gathering.circle, person=teller, at=AT)
    address, stop = f"/conversations/{gathering.pk}/remote/", f"/conversations/{gathering.pk}/run-sheet/stop/"
    assert stop in signed_in_client(teller).get(address).content.decode()
    assert stop not in signed_in_client(organiser).get(address).content.decode()


def test_the_stop_ends_every_yes_for_this_room_and_no_other(
    ready: RunSheet, yes: Callable[..., Consent], circle: Circle, teller: Person, version: Version
) -> None:
    yes(Use.QUOTE)
    other = yes(Use.QUOTE, circle=circle)
    verbs.stop_here(ready, by=teller, at=AT)
    assert [each.pk for each in Consent.objects.filter(ended_at=None)] == [other.pk]


def test_what_anyone_may_see_is_not_on_this_screen_either_once_stopped(
    gathering: Gathering,
    ready: RunSheet,
    organiser: Person,
    teller: Person,
    version: Version,
    signed_in_client: Browser,
) -> None:
    read_every_line(version)
    public: dict[str, Any] = {"audience": Audience.PUBLIC, "until": AT + MONTHS}
    consenting.say_yes(version, by=teller, use=Use.QUOTE, at=AT - timedelta(days=3), **public)
    piece = version.pieces.select_related("version__story").get(kind="step", position=2)
    verbs.add_statement(gathering, words="I keep my place.", by=organiser, at=AT, from_piece=piece)
    assert "I keep my place." in said(gathering)
    verbs.stop_here(ready, by=teller, at=AT)
    assert "I keep my place." not in said(gathering)
    browser = signed_in_client(organiser)
    assert browser.get(f"/conversations/{gathering.pk}/screen/1/").status_code == 302
    assert (
        "I keep my place."
        not in browser.get(f"/conversations/{gathering.pk}/screen/", follow=True).content.decode()
    )


def test_nobody_else_presses_the_stop(
    gathering: Gathering, ready: RunSheet, organiser: Person, resident: Person, send: Send, yes: Any
) -> None:
    for somebody in (organiser, resident):
        assert send(somebody, "stop_here", gathering.pk).status_code == 403
        with pytest.raises(NotYourStory):
            verbs.stop_here(ready, by=somebody, at=AT)
    assert Consent.objects.filter(ended_at=None).count() == 2
    assert f"“{LINE}”" in said(gathering)


def test_after_a_stop_a_new_yes_and_the_tellers_word_bring_it_back(
    gathering: Gathering, ready: RunSheet, teller: Person, yes: Callable[..., Consent]
) -> None:
    verbs.stop_here(ready, by=teller, at=AT)
    yes(Use.IN_ROOM)
    assert f"“{LINE}”" not in said(gathering), "a yes alone does not undo the stop"
    verbs.approve(read(gathering), by=teller, at=AT, edition=2)
    assert f"“{LINE}”" in said(gathering)


def test_another_story_begins_without_the_stop_of_the_first(
    gathering: Gathering, ready: RunSheet, teller: Person, organiser: Person
) -> None:
    verbs.stop_here(ready, by=teller, at=AT)
    prepared = verbs.Prepared(when=gathering.at, where=gathering.where)
    verbs.prepare(gathering, prepared, by=organiser, at=AT, edition=2)
    assert read(gathering).stopped_at is None
    assert "Somebody tells their story" in said(gathering)
