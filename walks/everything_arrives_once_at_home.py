"""A hall with no internet and a second laptop: what was said there comes home in a file, once."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from walks.a_hall_without_internet import two_free_ports
from walks.conftest import find_faults, look_as, take_picture
from walks.the_room_votes_by_card import make_cards
from walks.town import Running

pytestmark = pytest.mark.browser
PLANNING = "/conversations/3/"
SENTENCES = ("We should meet on a Thursday.", "Tea should be paid for.")


@contextmanager
def second_laptop(pack: Path, data: Path) -> Iterator[str]:
    """./start --inbox on another machine: a folder of its own, and nothing of the place in it."""
    port = two_free_ports()
    command = [sys.executable, "-m", "betterstory.website.command", "start", "--inbox", str(pack)]
    command += [
        "--no-browser",
        "--port",
        str(port),
        "--data",
        str(data),
        "--url",
        f"http://hall.example:{port}",
    ]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("BETTER_STORY")}
    running = subprocess.Popen(command, env=plain, cwd=data.parent, start_new_session=True)
    try:
        wait_until_open(port)
        yield f"http://localhost:{port}"
    finally:
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 0, "Ctrl-C ends it in good order"


def wait_until_open(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
            return
        time.sleep(0.2)
    pytest.fail("The second laptop did not start within a minute.")


def hold_tonight(home: Path) -> None:
    """The town's last gathering is this evening. Its answers were never closed."""
    with closing(sqlite3.connect(home / "story.sqlite3")) as book:
        at = (datetime.now(tz=UTC) + timedelta(hours=2)).strftime("%Y-%m-%d %H:%M:%S")
        book.execute("update conversations_gathering set at = ? where id = 3", (at,))
        book.commit()


def answer(phone: Page, code: str, *buttons: str) -> None:
    phone.goto("/v/")
    phone.get_by_role("textbox").fill(code)
    phone.get_by_role("button", name="Go on").click()
    for button in buttons:
        phone.get_by_role("button", name=button).click()


def take_in(desk: Page, inbox: Path) -> None:
    desk.goto(f"{PLANNING}inbox/")
    desk.get_by_label("The inbox file").set_input_files(inbox)
    desk.get_by_role("button", name="Look into it first").click()


def test_everything_arrives_once_at_home(
    open_browser: Callable[..., Page], town: Running, tmp_path: Path
) -> None:
    hold_tonight(town.home)
    asked: list[str] = []
    watch = lambda request: asked.append(request.url)  # noqa: E731 - the one thing to do with a request
    desk = open_browser(town.url)
    desk.on("request", watch)
    look_as(desk, "organiser")
    for words in SENTENCES:
        desk.goto(f"{PLANNING}statements/")
        desk.get_by_label("The sentence", exact=True).fill(words)
        desk.get_by_role("button", name="Add it").click()
    by_phone, on_paper = make_cards(desk, 2)
    desk.goto(f"{PLANNING}inbox/")
    assert find_faults(desk) == []
    take_picture(desk, "second-laptop-at-home")
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Make the file").click()
    carried = tmp_path / "carried"
    carried.mkdir()
    pack = carried / "evening.pack"
    shutil.move(download.value.path(), pack)
    assert SENTENCES[0] not in pack.read_text()

    with second_laptop(pack, carried / "data") as laptop:
        phone = open_browser(laptop, javascript=False, width=360, height=740)
        phone.on("request", watch)
        answer(phone, by_phone, "I agree")
        take_picture(phone, "second-laptop-phone")
        phone.get_by_role("button", name="I do not agree").click()
        phone.get_by_role("textbox").fill("Ask about the bus.")
        phone.get_by_role("button", name="Send it").click()
        expect(phone.get_by_role("status")).to_contain_text("We have your sentence.")
        assert phone.context.cookies() == []
        helper = open_browser(laptop)
        helper.on("request", watch)
        helper.goto("/paper/")
        helper.get_by_role("textbox", name="The code on your card").fill(on_paper)
        helper.get_by_role("textbox", name=SENTENCES[0]).fill("d")
        assert find_faults(helper) == []
        helper.get_by_role("button", name="Keep this sheet").click()
        expect(helper.locator("main")).to_contain_text("3 answers of 2 cards.")
        take_picture(helper, "second-laptop-desk")
    inbox = carried / "evening.inbox"
    for secret in (by_phone.replace(" ", ""), "bus", "agree"):
        assert secret not in inbox.read_text()

    take_in(desk, inbox)
    expect(desk.locator("main")).to_contain_text("3 answers of 2 cards.")
    expect(desk.locator("main")).to_contain_text("One sentence that somebody wrote.")
    assert find_faults(desk) == []
    take_picture(desk, "second-laptop-look-into")
    desk.get_by_role("button", name="Take it in").click()
    expect(desk.get_by_role("status")).to_contain_text("Taken in: 3 answers of 2 cards.")
    take_in(desk, inbox)
    expect(desk.locator("main")).to_contain_text("4 came in before.")
    expect(desk.get_by_role("button", name="Take it in")).to_have_count(0)

    desk.goto(f"{PLANNING}statements/")
    expect(desk.get_by_text("Ask about the bus.")).to_have_count(1)
    desk.goto(PLANNING)
    desk.get_by_role("button", name="Close them, and look").click()
    expect(desk.locator("main")).to_contain_text("1 of 2 agree")
    outside = [url for url in asked if not re.match(r"http://(localhost|127\.0\.0\.1):\d+/", url)]
    assert asked
    assert outside == [], "nothing needs the internet"
