"""What a steward reads about copies, and what a teller takes home after a story was destroyed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from betterstory.people.keys import copied, keyring
from betterstory.people.models import Person
from betterstory.stories import consenting
from betterstory.stories.models import Story
from betterstory.website.keeping import record
from betterstory.website.keeping.doctor_of_copies import PAPER_RIGHT
from conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
SignIn = Callable[[Person], Client]


def words(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let a number of days pass."""
    return lambda days: monkeypatch.setattr("django.utils.timezone.now", lambda: AT + days * DAY)


@pytest.mark.parametrize(
    ("days", "copies", "drills"),
    [
        (7, "That is well.", "That is well."),
        (8, "more than a week ago. A copy is made each day", "more than a week ago. Try one again soon"),
        (30, "more than a week ago. A copy is made each day", "more than a week ago. Try one again soon"),
        (31, "more than a month ago. Make one today", "more than a month ago. Try one today"),
    ],
)
def test_how_long_ago_in_words(
    days: int, copies: str, drills: str, steward: Person, signed_in_client: SignIn, at: Any, identity: Any
) -> None:
    client = signed_in_client(steward)
    record.write(record.COPIED, at=AT)
    record.write(record.DRILLED, at=AT, open=49, tried=50)
    at(days)
    said = words(client, "/keeping/")
    copy, drill = said.split("The last time one was tried")
    assert copies in copy
    assert drills in drill
    assert "49 of 50 stories opened" in drill
    assert ("better-story backup" in copy) is (days > 7)
    assert ("restore --drill" in drill) is (days > 7)


def test_a_place_with_nothing_yet_is_told_what_to_do(steward: Person, signed_in_client: SignIn) -> None:
    said = words(signed_in_client(steward), "/keeping/")
    for part in (
        "backup --make-identity",
        "There is none.",
        "Never.",
        "Not checked yet",
        "better-story doctor",
    ):
        assert part in said


def test_a_try_that_failed_says_why(steward: Person, signed_in_client: SignIn, identity: Any) -> None:
    record.write(record.COPIED, at=AT)
    record.write(record.FAILED, at=AT, why="The disk is full.")
    record.write(PAPER_RIGHT, at=AT)
    said = words(signed_in_client(steward), "/keeping/")
    assert "The disk is full." in said
    assert "Checked" in said


def test_a_spoilt_list_of_recipients_does_not_break_the_page(
    steward: Person, signed_in_client: SignIn, home: Path
) -> None:
    (home / "recipients").write_text("somebody\n")
    assert "is no public key" in words(signed_in_client(steward), "/keeping/")


def test_only_a_steward_sees_it_and_the_link_to_it(
    steward: Person, organiser: Person, teller: Person, signed_in_client: SignIn
) -> None:
    assert "/keeping/" in words(signed_in_client(steward), "/people/me/")
    assert "/keeping/" not in words(signed_in_client(organiser), "/people/me/")
    assert signed_in_client(organiser).get("/keeping/").status_code == 403
    assert signed_in_client(teller).get("/keeping/").status_code == 403
    assert Client().get("/keeping/").status_code == 302


def test_the_teller_takes_home_what_was_destroyed_when_and_until_when(
    story: Story, teller: Person, signed_in_client: SignIn, at: Any
) -> None:
    client = signed_in_client(teller)
    for days in (-31, -3, -1):
        copied.note(copied.KeyCopy(AT + days * DAY, AT + (days + 30) * DAY))
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    copied.note(copied.KeyCopy(AT + DAY, AT + 31 * DAY))  # made after: it never held the key
    at(1)
    url = f"/stories/{story.uuid}/mine/gone/"
    assert url in words(client, f"/stories/{story.uuid}/mine/")
    said = words(client, url)
    for part in ("6 July 2026", "After 4 August 2026", "3 moments", "1 gap,", "1 wish,", str(story.uuid)[:8]):
        assert part in said, part
    for secret in ("postman", "Robin", "long way", "knocking", "doctor"):
        assert secret not in said
    at(30)
    assert "Since 4 August 2026" in words(client, url)


def test_where_no_copy_of_the_keys_was_made_it_is_gone_since_then(
    story: Story, teller: Person, signed_in_client: SignIn, at: Any
) -> None:
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    at(0)
    said = words(signed_in_client(teller), f"/stories/{story.uuid}/mine/gone/")
    assert "Since it was destroyed" in said


def test_where_the_key_could_not_be_destroyed_it_says_so(
    story: Story, teller: Person, signed_in_client: SignIn, at: Any
) -> None:
    older = keyring().file.read_bytes()
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    keyring().file.write_bytes(older)
    at(0)
    said = words(signed_in_client(teller), f"/stories/{story.uuid}/mine/gone/")
    assert "could not be destroyed yet" in said
    assert "Nobody can read it" not in said


def test_only_its_teller_sees_the_page_and_only_once_it_is_destroyed(
    story: Story, teller: Person, organiser: Person, signed_in_client: SignIn
) -> None:
    url = f"/stories/{story.uuid}/mine/gone/"
    assert signed_in_client(teller).get(url).status_code == 404
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    assert signed_in_client(teller).get(url).status_code == 200
    assert signed_in_client(organiser).get(url).status_code == 404
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize(("minutes", "holds"), [(-1, True), (0, True), (1, True), (2, False)])
def test_a_copy_begun_at_the_same_time_may_hold_the_key(minutes: int, holds: bool) -> None:
    copied.note(copied.KeyCopy(AT + timedelta(minutes=minutes), AT + 30 * DAY))
    with copied.file().open("a") as out:
        out.write('{"format": 1, "at"')
    assert (copied.last_that_opens(AT) is not None) is holds
