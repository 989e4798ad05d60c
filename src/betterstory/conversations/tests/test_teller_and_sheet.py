"""The teller reads the sheet, says that it is right, and can stop: the screen goes on as screens do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations import verbs
from betterstory.conversations.models import Approval, Duty, Gathering, RunSheet, Turn
from betterstory.conversations.slides import lay_slides
from betterstory.conversations.verbs import SheetChanged, TurnAs
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Consent, Seen, Story, Use, Version
from betterstory.stories.pausing import TheOtherPaused
from betterstory.stories.refusals import NotYourStory
from conftest import AT, read_every_line

Send = Callable[..., Any]
Browser = Callable[[Person], Client]
MONTHS = timedelta(days=90)
LINE = "I rang to change the time. They took me off the list."


def read(gathering: Gathering) -> RunSheet:
    return RunSheet.objects.with_the_word().select_related("gathering__circle").get(gathering=gathering)


def said(gathering: Gathering) -> list[str]:
    """Every heading the screen can show now, in order."""
    slides = lay_slides(gathering, read(gathering), at=AT)
    return [slide.heading for turn in slides.turns for slide in slides.of(turn)]


def on_screen(browser: Client, gathering: Gathering) -> str:
    return browser.get(f"/conversations/{gathering.pk}/projector/").content.decode()


@pytest.fixture
def yes(version: Version, teller: Person, gathering: Gathering) -> Callable[..., Consent]:
    """The teller says yes to one use for the room."""

    def say(use: Use, **more: Any) -> Consent:
        told = {"circle": gathering.circle} | more
        return consenting.say_yes(version, by=teller, use=use, at=AT, until=AT + timedelta(days=30), **told)

    return say


@pytest.fixture
def sheet(gathering: Gathering, story: Story, organiser: Person) -> RunSheet:
    """The sheet with the story on it: edition 2, which nobody approved yet."""
    prepared = verbs.Prepared(when=gathering.at, where=gathering.where, story=story)
    verbs.prepare(gathering, prepared, by=organiser, at=AT, edition=1)
    return read(gathering)


@pytest.fixture
def ready(sheet: RunSheet, yes: Callable[..., Consent], teller: Person) -> RunSheet:
    """Approved, with a yes to the room, and the screen at the story's turn."""
    yes(Use.IN_ROOM)
    yes(Use.READ_ALOUD)
    verbs.approve(sheet, by=teller, at=AT, edition=2)
    return sheet


def go_to(gathering: Gathering, kind: str, organiser: Person, step: int = 0) -> None:
    sheet = read(gathering)
    turn = gathering.turns.get(kind=kind)
    verbs.show(sheet, turn=turn, step=step, seen=sheet.moves, by=organiser, at=AT)


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
