"""Sam tells what happened on a small phone with a break; says it aloud; and changes his mind."""

import io
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood
from betterstory.stories.models import Gap, Step, Story, Told
from walks.conftest import find_faults, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def carry_on(page: Page) -> None:
    page.get_by_role("button", name="Carry on", exact=True).click()


def begin(page: Page) -> None:
    """From the shelf to the choice of a way to tell it."""
    page.goto("/stories/", timeout=30_000)  # the first page of all may be slow to come
    page.get_by_role("link", name="Tell a story").click()
    expect(page.get_by_role("heading", name="Is now a good time?")).to_be_visible()
    take_picture(page, "telling-ready")
    page.get_by_role("link", name="Yes, now is good").click()
    expect(page.get_by_text("we may have to tell Grace")).to_be_visible()
    carry_on(page)
    expect(page.get_by_text("Tick this once you have read").first).to_be_visible()
    page.get_by_label("I have read this").check()
    take_picture(page, "telling-begin")
    carry_on(page)
    page.get_by_label("What was agreed?").fill("The bus fare")
    take_picture(page, "telling-thanks")
    carry_on(page)
    page.get_by_label("What shall we call you in it?").fill("Robin")
    carry_on(page)
    page.get_by_label("What shall we call the story?").fill("The long way round")
    carry_on(page)
    expect(page.get_by_role("heading", name="How would you like to tell it?")).to_be_visible()
    take_picture(page, "telling-way")


def add_step(page: Page, words: str, ring: str, feeling: str, moment: str) -> None:
    """One thing that happened: four small questions, and the rest left out."""
    page.get_by_label("What happened").fill(words)
    carry_on(page)
    page.get_by_label(ring, exact=True).check()
    carry_on(page)
    page.get_by_label(feeling, exact=True).check()
    carry_on(page)
    page.get_by_label(moment, exact=True).check()
    carry_on(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_sam_tells_it_with_a_break_and_prints_his_journey(
    javascript: bool,
    open_browser: Callable[..., Page],
    sign_in: Callable[[Page, Person], None],
    teller: Person,
    neighbourhood: Neighbourhood,
    tmp_path: Path,
    live_server: Any,
) -> None:
    page = open_browser(live_server.url, javascript=javascript, width=360, height=740)
    sign_in(page, teller)
    begin(page)
    page.get_by_role("link", name="Type it in my own words").click()
    page.get_by_label("In your own words").fill(
        "It came on slowly.\n\nAnd then <b>all</b> at once & twice 🐕."
    )
    take_picture(page, f"telling-words-{'js' if javascript else 'plain'}")
    carry_on(page)
    add_step(page, "I went to the doctor & said it out loud", "local services", "hard", "it just happened")
    take_picture(page, "telling-when")
    page.get_by_role("link", name="Enough about this").click()
    page.get_by_label("What happened").fill("I rang to change the day")
    carry_on(page)
    if javascript:
        assert find_faults(page) == []

    # Enough for today. The code brings him back on another phone, to where he was.
    page.get_by_role("link", name="Pause here").click()
    take_picture(page, "telling-rest")
    page.get_by_role("button", name="Pause, and show me a code").click()
    code = page.locator(".card-code strong").inner_text()
    take_picture(page, "telling-card")
    page.context.close()
    page = open_browser(live_server.url, javascript=javascript, width=360, height=740)
    page.goto("/people/come-in/")
    page.get_by_label("code", exact=False).first.fill(code)
    page.get_by_role("button", name="Come in", exact=True).click()
    page.goto("/stories/")
    take_picture(page, "telling-shelf")
    page.get_by_role("link", name="Carry on").click()
    expect(page.get_by_text("You have told us 2 things so far.")).to_be_visible()
    take_picture(page, "telling-moments")

    page.get_by_role("link", name="Change it").last.click()
    page.get_by_role("link", name="Skip this one").click()
    page.get_by_role("link", name="Skip this one").click()
    page.get_by_label("very hard", exact=True).check()
    page.get_by_label("In your own word").fill("hollow")
    take_picture(page, "telling-feeling")
    carry_on(page)
    page.get_by_label("I was sent back", exact=True).check()
    take_picture(page, "telling-kind")
    carry_on(page)
    expect(page.get_by_text("“I rang to change the day”")).to_be_visible()
    page.get_by_label("What was missing?").fill("Back of the queue, 17 weeks")
    take_picture(page, "telling-gap")
    carry_on(page)
    expect(page.get_by_role("heading", name="Who should have been there?")).to_be_visible()
    page.get_by_label("local services", exact=True).check()
    carry_on(page)
    page.get_by_label("How long was the gap?").fill("17 weeks")
    take_picture(page, "telling-lasted")
    carry_on(page)
    page.get_by_label("When was it?").fill("that winter")
    carry_on(page)
    page.get_by_label("a big moment").check()
    carry_on(page)
    page.get_by_label("What helped?").fill("The postman")
    carry_on(page)
    page.get_by_role("link", name="That is all that happened").click()
    page.get_by_label("In your words").fill("Somebody to walk the dog")
    take_picture(page, "telling-wish")
    carry_on(page)
    page.get_by_role("link", name="Read it back").click()
    expect(page.get_by_text("And then <b>all</b> at once & twice 🐕.")).to_be_visible()
    expect(page.get_by_text("hollow")).to_be_visible()
    page.get_by_label("somebody read it to me", exact=True).check()
    take_picture(page, f"read-back-{'js' if javascript else 'plain'}")
    if javascript:
        assert find_faults(page) == []
    page.get_by_role("button", name="Yes, so it is").click()
    expect(page.get_by_role("heading", name="My story")).to_be_visible()
    expect(page.get_by_text("One practical thing")).to_be_visible()
    take_picture(page, "telling-mine")

    story = Story.objects.get()
    assert story.newest().agreed_at is not None
    assert (Step.objects.count(), Gap.objects.count()) == (2, 1)
    page.get_by_role("link", name="Print it", exact=True).click()
    expect(page.get_by_text("It is its teller’s own")).to_be_visible()
    expect(page.get_by_role("img").first).to_be_visible()
    if javascript:
        assert find_faults(page) == []
        sheet = page.pdf(path=tmp_path / "journey.pdf", format="A4")
        assert sheet.startswith(b"%PDF")


def a_recording(seconds: int = 2) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(range(256)) * (seconds * 8000 * 2 // 256))
    return out.getvalue()


def a_page() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((300, 400), 80).save(out, "PNG")
    return out.getvalue()


def test_sam_says_it_aloud_hears_it_and_changes_his_mind(
    open_browser: Callable[..., Page],
    sign_in: Callable[[Page, Person], None],
    teller: Person,
    neighbourhood: Neighbourhood,
    live_server: Any,
) -> None:
    page = open_browser(live_server.url, width=360, height=740)
    sign_in(page, teller)
    begin(page)
    page.get_by_role("link", name="Say it out loud").click()
    page.get_by_label("Record, or choose").set_input_files(
        {"name": "a.m4a", "mimeType": "audio/mp4", "buffer": b"<html>no sound at all</html>" * 400}
    )
    page.get_by_role("button", name="Send my voice").click()
    expect(page.get_by_role("alert")).to_contain_text("We do not know this as sound")
    assert not Told.objects.exists()
    page.get_by_label("Record, or choose").set_input_files(
        {"name": "Recording 7.wav", "mimeType": "audio/wav", "buffer": a_recording()}
    )
    page.get_by_role("button", name="Send my voice").click()
    expect(page.get_by_text("Recording 1")).to_be_visible()
    take_picture(page, "telling-aloud")
    assert find_faults(page) == []
    heard = page.evaluate(
        """async () => {
          const player = document.querySelector("audio");
          player.preload = "auto";
          player.load();
          await new Promise((done, wrong) => {
            player.oncanplaythrough = done;
            player.onerror = () => wrong(new Error("it does not play"));
          });
          player.currentTime = 1.5;
          await new Promise((done) => { player.onseeked = done; });
          return [Math.round(player.duration), player.currentTime];
        }"""
    )
    assert heard == [2, 1.5]

    page.goto(page.url.replace("/aloud/", "/pages/"))
    page.get_by_label("Take a photograph").set_input_files(
        {"name": "page.png", "mimeType": "image/png", "buffer": a_page()}
    )
    page.get_by_role("button", name="Send this page").click()
    expect(page.get_by_role("img", name="Your photographed page, number 1")).to_be_visible()
    seen = page.evaluate(
        """() => Promise.all([...document.querySelectorAll(".told-page")].map(async (each) => {
          await each.decode();  // it may still be on its way
          return each.naturalWidth;
        }))"""
    )
    assert seen == [300]
    take_picture(page, "telling-pages")
    page.goto(page.url.replace("/pages/", "/aloud/"))

    # He hears himself, and would rather not leave it here.
    page.get_by_role("button", name="Take out").click()
    expect(page.get_by_text("Recording 1")).to_have_count(0)
    assert not Told.objects.filter(kind="sound").exists()
    page.get_by_role("link", name="That is all I want to say").click()
    page.get_by_label("What happened").fill("The postman kept knocking")
    carry_on(page)
    page.get_by_role("link", name="Enough about this").click()
    page.get_by_role("link", name="That is all that happened").click()
    page.get_by_role("link", name="Read it back").click()
    page.get_by_role("button", name="Yes, so it is").click()
    page.get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back for good, now").click()
    expect(page.get_by_role("heading", name="This story is gone")).to_be_visible()


def test_a_dropped_line_loses_nothing_and_leaving_fast_forgets_it(
    open_browser: Callable[..., Page],
    sign_in: Callable[[Page, Person], None],
    teller: Person,
    story: Story,
    live_server: Any,
) -> None:
    from betterstory.stories import verbs  # noqa: PLC0415 - Django is ready only now
    from conftest import AT  # noqa: PLC0415 - likewise

    verbs.begin_version(story, by=teller, at=AT)
    page = open_browser(live_server.url, width=360, height=740)
    sign_in(page, teller)
    page.goto(f"/stories/{story.uuid}/moments/")
    expect(page.get_by_text("This browser keeps what you type")).to_be_visible()
    page.get_by_label("What happened").fill("Half a sentence about the")
    page.context.set_offline(True)
    page.get_by_role("button", name="Carry on", exact=True).click(no_wait_after=True)
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    page.goto(f"/stories/{story.uuid}/moments/")
    expect(page.get_by_label("What happened")).to_have_value("Half a sentence about the")
    carry_on(page)
    page.get_by_role("link", name="Enough about this").click()
    expect(page.get_by_label("What happened")).to_have_value("")

    page.get_by_label("What happened").fill("Somebody is coming")
    page.context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="Rain later"))
    page.get_by_role("link", name="Leave this page fast").click()
    expect(page.get_by_text("Rain later")).to_be_visible()
    page.goto(f"/stories/{story.uuid}/moments/")
    expect(page.get_by_role("heading", name="Come in", exact=True)).to_be_visible()
    assert page.evaluate("Object.keys(sessionStorage).length") == 0
