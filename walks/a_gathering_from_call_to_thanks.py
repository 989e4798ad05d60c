"""A gathering from the call to the thanks: asked in balance, approved by its teller, on the big screen with
the teller's stop, read back with the photograph of the wall gone.
"""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
GUESTS = (
    ("Ivy", "lives here", "family"),
    ("Tom", "comes from a service", "hospital_and_crisis"),
    ("Lynda", "lives here", "community"),
    ("Sian", "comes from a service", "local_services"),
)
DAY = datetime.now(UTC).date() + timedelta(days=12)
LINE = "I could not get down the stairs."


@pytest.mark.parametrize("javascript", [True, False])
def test_a_gathering_from_call_to_thanks(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    desk = open_browser(town.url, javascript=javascript)
    look_as(desk, "organiser")
    base = call_it(desk)
    ask_in_balance(desk)
    prepare_it(desk, base)
    make_the_sheet(desk, base)
    words_go_out(desk, base)

    phone = open_browser(town.url, javascript=javascript, width=360, height=740)
    look_as(phone, "teller")
    say_yes_and_approve(phone, base)

    hall = open_browser(town.url, javascript=javascript, width=1280, height=720)
    look_as(hall, "organiser")
    in_the_hall(hall, phone, base, javascript=javascript)

    let_the_evening_pass(town, base)
    afterwards(desk, base, town)
    if javascript:
        assert find_faults(desk) == []


def named(words: str, who: str) -> re.Pattern[str]:
    """A button's words, and for whom, which only a screen reader says."""
    return re.compile(rf"^{words}\s*:\s*{who}")


def call_it(desk: Page) -> str:
    """A day that is past is put right, and nothing typed is lost."""
    desk.goto("/conversations/rounds/1/call/")
    desk.get_by_label("Hearing the story").check()
    desk.get_by_label("What do you call it?").fill("An evening at the hall")
    desk.get_by_label("Which day?").fill("2020-02-02")
    desk.get_by_label("What time?").fill("18:00")
    desk.get_by_label("Where?").fill("St Brannoc’s hall")
    desk.get_by_label("The check-in question").fill("What made you laugh this week?")
    desk.get_by_role("button", name="Call it").click()
    expect(desk.get_by_text("That day and time are past.").first).to_be_visible()
    desk.get_by_label("Which day?").fill(DAY.isoformat())
    desk.get_by_role("button", name="Call it").click()
    desk.wait_for_url("**/guests/")
    return str(re.sub(r"^https?://[^/]+|guests/$", "", desk.url))


def ask_in_balance(desk: Page) -> None:
    for name, side, ring in GUESTS:
        desk.get_by_label("First name").fill(name)
        desk.get_by_label(side, exact=True).check()
        desk.get_by_label("From which ring?").select_option(ring)
        desk.get_by_role("button", name="Ask them").click()
        if name == "Ivy":
            expect(desk.get_by_text("1 who live here, 0 from services: ask one more")).to_be_visible()
        row = desk.locator("li", has=desk.get_by_text(name, exact=True))
        row.get_by_role("button", name=named("Comes", name)).click()
    expect(desk.get_by_text("2 who live here, 2 from services: that is in balance.")).to_be_visible()
    desk.get_by_role("link", name=named("What would help", "Ivy")).click()
    desk.get_by_label("What would help?").fill("A lift there and back.")
    desk.get_by_role("button", name="Write it down").click()


def prepare_it(desk: Page, base: str) -> None:
    desk.goto(f"{base}prepare/")
    expect(desk.get_by_label("Which day?")).to_have_value(DAY.isoformat())
    desk.get_by_label("How do people get in, and what is there?").fill("No steps. A hearing loop.")
    desk.get_by_label("Fares").fill("We pay your bus at the door.")
    desk.get_by_label("Whose story is heard?").select_option(label="The long way round")
    desk.get_by_role("button", name="Keep it so").click()
    expect(desk.get_by_text("No steps. A hearing loop.")).to_be_visible()


def make_the_sheet(desk: Page, base: str) -> None:
    """Two turns are enough for this evening; one of ten hours is not taken."""
    desk.goto(f"{base}run-sheet/")
    desk.get_by_label("What is it?").select_option("round")
    desk.get_by_label("What stands on the big screen?").fill("What would you have needed?")
    desk.get_by_label("About how many minutes?").fill("600")
    desk.get_by_role("button", name="Add this turn").click()
    expect(desk.get_by_text("between 1 minute and 2 hours").first).to_be_visible()
    desk.get_by_label("About how many minutes?").fill("10")
    desk.get_by_role("button", name="Add this turn").click()
    expect(
        desk.get_by_role("cell", name="What would you have needed?")
        .or_(desk.get_by_text("What would you have needed?"))
        .first
    ).to_be_visible()
    desk.get_by_label("Who?").select_option(label="Ivy")
    desk.get_by_label("As what?").select_option(label="host")
    desk.get_by_role("button", name="They do this").click()
    expect(desk.get_by_text("Ivy: host")).to_be_visible()
    expect(desk.get_by_text("The teller has not said that this sheet is right.")).to_be_visible()
    take_picture(desk, "run-sheet")


def words_go_out(desk: Page, base: str) -> None:
    desk.goto(f"{base}words/")
    desk.get_by_label("The text message").fill("Come! " * 40)
    desk.get_by_role("button", name="Keep these words").click()
    expect(desk.get_by_text("too long for one text message").first).to_be_visible()
    desk.get_by_label("The text message").fill("Come and sit with us. Ring 01632 960 147")
    desk.get_by_role("button", name="Keep these words").click()
    expect(desk.get_by_text("It holds 40 letters of 160.")).to_be_visible()
    file = desk.request.get(f"{base}gathering.ics").text()
    assert "BEGIN:VEVENT" in file
    assert [name for name, _side, _ring in GUESTS if name in file] == []


def say_yes_and_approve(phone: Page, base: str) -> None:
    """The teller comes from their own story, says yes for this room, and that the sheet is right."""
    phone.goto("/stories/")
    phone.locator("main").get_by_role("link", name="The long way round").click()
    mine = phone.url
    for use in ("print it large for the room", "read it aloud"):
        phone.goto(mine)
        phone.get_by_role("link", name="Say yes to something").click()
        phone.get_by_label(re.compile(use, re.I)).check()
        phone.get_by_label(re.compile("^An evening at the hall")).last.check()
        phone.get_by_label("Until which day?").fill((DAY + timedelta(days=2)).isoformat())
        looked = phone.get_by_label("I looked at who else is in it, and it may stay")
        if looked.count():
            looked.check()
        phone.get_by_role("button", name="Yes", exact=True).click()
    phone.goto(mine)
    phone.get_by_role("link", name="Gatherings where it is heard").click()
    expect(phone.get_by_role("link", name="An evening at the hall", exact=True).first).to_be_visible()
    phone.goto(f"{base}run-sheet/")
    expect(phone.get_by_text("Nothing of your story is on the big screen until")).to_be_visible()
    phone.get_by_role("button", name="It is right so").click()
    expect(phone.get_by_text("You said that this sheet is right.")).to_be_visible()
    take_picture(phone, "run-sheet-teller")


def in_the_hall(hall: Page, phone: Page, base: str, *, javascript: bool) -> None:
    hall.goto(f"{base}projector/")
    heading = hall.get_by_role("heading", level=1)
    expect(heading).to_have_text("What made you laugh this week?")
    expect(hall.get_by_text("With Ivy.")).to_be_visible()
    expect(hall.get_by_text("about 15 minutes")).to_be_visible()
    seen = []
    for _slide in range(12):
        on(hall, keys=javascript)
        seen.append(heading.inner_text())
        assert hall.evaluate("document.documentElement.scrollHeight") <= 720 or not javascript, seen[-1]
        if LINE in seen[-1]:
            break
    assert "Robin’s story" in seen
    take_picture(hall, f"hall-before-{'js' if javascript else 'plain'}")

    phone.get_by_role("link", name="Stop my story here").click()
    phone.get_by_role("button", name="Stop it now").click()
    if javascript:
        expect(heading).not_to_contain_text(LINE, timeout=9_000)
    else:
        hall.reload()
    expect(heading).to_have_text("What stays with me from what I heard?")
    assert not re.search(r"stopped|took it back|Robin", hall.content()), "nobody in the hall is told"
    take_picture(hall, f"hall-after-{'js' if javascript else 'plain'}")
    hall.goto(f"{base}projector/")

    rest = [heading.inner_text()]
    for _slide in range(15):
        if not hall.get_by_role("button", name="Next").count():
            break
        on(hall, keys=javascript)
        rest.append(heading.inner_text())
        if "Begin with" in rest[-1]:
            expect(hall.get_by_text("People from services speak first.")).to_be_visible()
    assert rest[-2:] == ["What would you have needed?", "What comes next"]
    assert not [words for words in rest if LINE in words]
    back = hall.get_by_role("button", name="Back")
    back.click()
    expect(heading).to_have_text("What would you have needed?")


def on(hall: Page, *, keys: bool) -> None:
    """The next slide: by the arrow key, or by its button."""
    mark = hall.locator("[data-mark]").get_attribute("data-mark")
    if keys:
        hall.keyboard.press("ArrowRight")
    else:
        hall.get_by_role("button", name="Next").click()
    expect(hall.locator("[data-mark]")).not_to_have_attribute("data-mark", str(mark))


def let_the_evening_pass(town: Running, base: str) -> None:
    """As if it had been three hours ago."""
    then = datetime.now(UTC) - timedelta(hours=3)
    number = int(base.rstrip("/").split("/")[-1])
    with closing(sqlite3.connect(town.home / "story.sqlite3")) as story:
        story.execute(
            "update conversations_gathering set at = ? where id = ?", (then.strftime("%F %T"), number)
        )
        story.commit()


def afterwards(desk: Page, base: str, town: Running) -> None:
    desk.goto(f"{base}afterwards/")
    expect(desk.get_by_text("Type in the cards of that night.")).to_be_visible()
    keep(desk, b"%PDF-1.7 no photograph")
    expect(desk.get_by_text("We cannot open this as a photograph.")).to_be_visible()
    keep(desk, wall())
    picture = desk.locator(".wall img")
    expect(picture).to_be_visible()
    address = str(picture.get_attribute("src"))
    assert desk.request.get(address).status == 200
    assert [each.suffix for each in (town.home / "walls").iterdir()] == [".sealed"]
    take_picture(desk, "afterwards")

    desk.get_by_role("button", name="All cards are typed in").click()
    expect(desk.get_by_text("Type in the cards of that night.")).not_to_be_visible()
    desk.get_by_label("On which day were they read back").fill(datetime.now(UTC).date().isoformat())
    desk.get_by_role("button", name="They were read back").click()
    expect(desk.get_by_text("Any photograph of the wall is gone.")).to_be_visible()
    assert desk.request.get(address).status == 404
    assert list((town.home / "walls").iterdir()) == []

    desk.get_by_label(named("Ivy", "£")).fill("4.60")
    desk.get_by_role("button", name=named("Fare paid", "Ivy")).click()
    expect(desk.get_by_text("£4.60.")).to_be_visible()
    for name, _side, _ring in GUESTS:
        desk.get_by_role("button", name=named("Thanked", name)).click()
    expect(desk.get_by_text("Nothing is owed just now.")).to_be_visible()
    take_picture(desk, "afterwards-done")


def keep(desk: Page, came: bytes) -> None:
    desk.get_by_label("Take a photograph of the wall, or choose one").set_input_files(
        {"name": "wall.jpg", "mimeType": "image/jpeg", "buffer": came}
    )
    desk.get_by_role("button", name="Keep it until it is read back").click()


def wall() -> bytes:
    out = BytesIO()
    Image.new("RGB", (320, 200), "gold").save(out, "JPEG")
    return out.getvalue()
