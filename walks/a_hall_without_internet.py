"""A hall's own network: phones reach cards and voting, and nothing else; no cookie leaves."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as
from walks.the_room_votes_by_card import make_cards
from walks.town import wait_for

pytestmark = pytest.mark.browser
SHUT = (
    "/stories/",
    "/promises/",
    "/people/come-in/",
    "/conversations/",
    "/behind/",
    "/demo/look-as/teller/",
)


def two_free_ports() -> int:
    """A port whose neighbour is free too."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                two.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


@pytest.fixture
def hall(made_town: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """./start --hall on a copy of the town: the laptop's own address, and the one phones use."""
    home = tmp_path / "home"
    subprocess.run(["cp", "-r", str(made_town), str(home)], check=True)
    port = two_free_ports()
    phones = f"http://127.0.0.1:{port + 1}"
    # phones reach it by a name that is not this machine's own, or no card would be printed
    command = [sys.executable, "-m", "betterstory.website.command", "start", "--hall", "--no-browser"]
    command += ["--port", str(port), "--data", str(home), "--url", f"http://hall.example:{port + 1}"]
    running = subprocess.Popen(command, env=os.environ, start_new_session=True)
    try:
        wait_for(f"http://localhost:{port}")
        yield f"http://localhost:{port}", phones
    finally:
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 0, "Ctrl-C ends it in good order"


def test_phones_in_a_hall_vote_and_reach_nothing_else(
    hall: tuple[str, str], open_browser: Callable[..., Page]
) -> None:
    laptop, phones = hall
    desk = open_browser(laptop)
    look_as(desk, "organiser")
    desk.goto("/conversations/3/statements/")
    desk.get_by_label("The sentence", exact=True).fill("We should meet on a Thursday.")
    desk.get_by_role("button", name="Add it").click()
    [code] = make_cards(desk, 1)
    phone = open_browser(phones, javascript=True, width=360, height=740)
    phone.goto("/v/3/")
    phone.get_by_role("textbox").fill(code)
    phone.get_by_role("button").first.click()
    expect(phone.get_by_text("We should meet on a Thursday.").first).to_be_visible()
    assert find_faults(phone) == []
    phone.get_by_role("button", name="I agree").click()
    assert phone.context.cookies() == []
    for place in SHUT:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{phones}{place}")  # noqa: S310 - our own address
        assert refused.value.code == 404, place
        assert "Set-Cookie" not in refused.value.headers
        assert b"long way round" not in refused.value.read()
