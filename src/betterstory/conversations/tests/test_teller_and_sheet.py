"""The teller reads the sheet and says that it is right: nothing of the story is on the screen before."""

from collections.abc import Callable
from typing import Any

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Approval, Duty, Gathering, RunSheet, Turn
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
from betterstory.conversations.verbs import SheetChanged, TurnAs
from betterstory.people.models import Person
from betterstory.stories import consenting
from betterstory.stories.models import Consent, Seen, Story, Use, Version
from betterstory.stories.pausing import TheOtherPaused
from betterstory.stories.refusals import NotYourStory
from conftest import AT

__all__ = ["ready", "sheet", "yes"]  # fixtures that tests ask for by name


def test_nothing_is_on_the_screen_until_its_teller_says_it_is_right(
    gathering: Gathering, sheet: RunSheet, yes: Callable[..., Consent], teller: Person
) -> None:
    yes(Use.IN_ROOM)
    yes(Use.READ_ALOUD)
    assert [words for words in said(gathering) if "story" in words or LINE in words] == []
    verbs.approve(sheet, by=teller, at=AT, edition=2)
    assert "Robin’s story" in said(gathering)
    assert f"“{LINE}”" in said(gathering)


def test_what_the_teller_did_not_say_yes_to_is_not_on_the_screen(
    gathering: Gathering, sheet: RunSheet, yes: Callable[..., Consent], version: Version, teller: Person
) -> None:
    verbs.approve(sheet, by=teller, at=AT, edition=2)
    assert [words for words in said(gathering) if "story" in words] == [], "approving opens no door"
    one = version.pieces.get(kind="step", position=2)
    yes(Use.IN_ROOM, piece=one)
    assert [words for words in said(gathering) if words.startswith("“")] == [f"“{LINE}”"]


def test_a_yes_to_reading_aloud_puts_no_words_on_the_wall(
    gathering: Gathering, sheet: RunSheet, yes: Callable[..., Consent], teller: Person
) -> None:
    yes(Use.READ_ALOUD)
    verbs.approve(sheet, by=teller, at=AT, edition=2)
    assert "Robin’s story" in said(gathering)
    assert [words for words in said(gathering) if words.startswith("“")] == []


def test_steps_come_in_their_order_each_with_its_gap_then_wishes(
    gathering: Gathering, ready: RunSheet
) -> None:
    pieces = [words for words in said(gathering) if words.startswith("“")]
    assert pieces == [
        "“I went to the doctor and said it out loud.”",
        f"“{LINE}”",
        "“Back of the queue, 17 weeks”",
        "“The postman kept knocking.”",
        "“Somebody to walk the dog on a bad day”",
    ]


@pytest.mark.parametrize("change", ["a turn", "who does what", "the day and place"])
def test_a_change_asks_the_teller_again(
    change: str, gathering: Gathering, ready: RunSheet, organiser: Person, story: Story
) -> None:
    assert read(gathering).is_approved
    who: dict[str, Any] = {"by": organiser, "at": AT, "edition": 2}
    if change == "a turn":
        turn = gathering.turns.get(kind="tables")
        verbs.change_turn(turn, TurnAs(Turn.Kind.ROUND, "Say what you think of it", 10), **who)
    elif change == "who does what":
        guest = verbs.ask_guest(gathering, first_name="Mo", side="service", ring="community", by=organiser)  # type: ignore[arg-type]  # as a form sends them
        verbs.give(gathering, duty=Duty.COMPANION, guest=guest, **who)
    else:
        prepared = verbs.Prepared(when=gathering.at, where="The big hall", story=story)
        verbs.prepare(gathering, prepared, **who)
    assert not read(gathering).is_approved
    assert "Robin’s story" not in said(gathering)


def test_moving_the_screen_asks_nobody_again(
    gathering: Gathering, ready: RunSheet, organiser: Person
) -> None:
    go_to(gathering, "mask", organiser)
    assert read(gathering).is_approved


def test_only_the_teller_approves_and_only_what_they_read(
    gathering: Gathering, sheet: RunSheet, organiser: Person, resident: Person, teller: Person, send: Send
) -> None:
    for somebody in (organiser, resident):
        with pytest.raises(NotYourStory):
            verbs.approve(sheet, by=somebody, at=AT, edition=2)
    with pytest.raises(SheetChanged):
        verbs.approve(sheet, by=teller, at=AT, edition=1)
    assert not Approval.objects.exists()
    answer = send(teller, "approve", gathering.pk, fields={"edition": 1})
    assert answer.status_code == 302
    assert not Approval.objects.exists()
    send(teller, "approve", gathering.pk, fields={"edition": 2})
    assert Approval.objects.get().teller == teller


def test_a_card_that_may_be_found_approves_nothing(sheet: RunSheet, story: Story, teller: Person) -> None:
    Story.objects.filter(pk=story.pk).update(held_at=AT)
    with pytest.raises(NotYourStory):
        verbs.approve(sheet, by=teller, at=AT, edition=2)


def test_of_two_tellers_both_say_it_and_either_stops(
    gathering: Gathering, sheet: RunSheet, story: Story, teller: Person, resident: Person
) -> None:
    consenting.tell_together(story, by=teller, other=resident, at=AT)
    verbs.approve(sheet, by=teller, at=AT, edition=2)
    assert not read(gathering).is_approved
    verbs.approve(sheet, by=resident, at=AT, edition=2)
    assert read(gathering).is_approved
    verbs.stop_here(sheet, by=resident, at=AT)
    with pytest.raises(TheOtherPaused):
        verbs.approve(sheet, by=teller, at=AT, edition=2)
    assert read(gathering).stopped_at
    verbs.approve(sheet, by=resident, at=AT, edition=2)
    assert read(gathering).stopped_at is None


def test_pausing_everything_empties_the_turn_too(
    gathering: Gathering, ready: RunSheet, story: Story, teller: Person
) -> None:
    consenting.pause(story, by=teller, at=AT)
    assert [words for words in said(gathering) if "story" in words or words.startswith("“")] == []


def test_the_teller_reads_that_the_room_saw_it(
    gathering: Gathering, ready: RunSheet, organiser: Person, signed_in_client: Browser
) -> None:
    go_to(gathering, "story", organiser)
    on_screen(signed_in_client(organiser), gathering)
    assert not Seen.objects.exists(), "the turn began, and no words are on the screen yet"
    go_to(gathering, "story", organiser, step=1)
    on_screen(signed_in_client(organiser), gathering)
    assert [(seen.use, seen.circle) for seen in Seen.objects.all()] == [("in_room", gathering.circle)]


def test_the_teller_comes_to_the_sheet_from_their_own_story(
    gathering: Gathering,
    ready: RunSheet,
    story: Story,
    teller: Person,
    resident: Person,
    signed_in_client: Browser,
) -> None:
    mine = signed_in_client(teller)
    assert f"/heard/{story.uuid}/" in mine.get(f"/stories/{story.uuid}/mine/").content.decode()
    page = mine.get(f"/heard/{story.uuid}/").content.decode()
    assert f'href="/conversations/{gathering.pk}/run-sheet/"' in page
    assert f'href="/conversations/{gathering.pk}/run-sheet/stop/"' in page
    sheet = mine.get(f"/conversations/{gathering.pk}/run-sheet/").content.decode()
    assert "5 pieces may stand on the screen:" in sheet
    assert LINE in sheet
    other = signed_in_client(resident)
    assert other.get(f"/heard/{story.uuid}/").status_code == 404
    assert other.get(f"/conversations/{gathering.pk}/run-sheet/").status_code == 403


def test_an_organiser_reads_no_line_of_it_on_the_sheet(
    gathering: Gathering, ready: RunSheet, organiser: Person, teller: Person, signed_in_client: Browser
) -> None:
    browser = signed_in_client(organiser)
    address = f"/conversations/{gathering.pk}/run-sheet/"
    assert "The teller read this sheet and said that it is right." in browser.get(address).content.decode()
    assert LINE not in browser.get(address).content.decode()
    verbs.stop_here(ready, by=teller, at=AT)
    page = browser.get(address).content.decode()
    assert "The teller has not said that this sheet is right." in page
    assert "topped" not in page, "nobody is told that anything happened"
