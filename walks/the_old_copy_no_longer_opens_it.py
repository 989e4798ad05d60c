"""Sam gives it all back, for good; the copy made before no longer opens it, and opens all the others."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import look_as
from walks.town import Running, environment, running

pytestmark = pytest.mark.browser
WORDS = ("took me off the list", "Back of the queue, 17 weeks", "The long way round")
PRIVATE = re.compile(r"AGE-SECRET-KEY-1\w+")


def better_story(home: Path, *arguments: str) -> str:
    """What somebody types at the laptop, and what it says."""
    command = [sys.executable, "-m", "betterstory.website.command", *arguments, "--data", str(home)]
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def numbers(said: str) -> dict[str, int]:
    """How many stories a copy holds, how many of them are destroyed, and how many of the others open."""
    told = re.search(
        r"Stories in it: (\d+), and (\d+) destroyed.*Tried: (\d+)\. Open: (\d+)\.", said, re.DOTALL
    )
    assert told is not None, said
    return dict(zip(("stories", "destroyed", "tried", "open"), map(int, told.groups()), strict=True))


def test_the_old_copy_no_longer_opens_it(
    open_browser: Callable[..., Page], town: Running, tmp_path: Path
) -> None:
    private = PRIVATE.search(better_story(town.home, "backup", "--make-identity"))
    assert private is not None
    paper = tmp_path / "paper"
    paper.write_text(f"{private[0]}\n")
    made = re.search(r"The database: (\S+)", better_story(town.home, "backup"))
    assert made is not None
    old, with_it = made[1], ["--identity", str(paper)]
    before = numbers(better_story(town.home, "restore", old, "--drill", *with_it))
    assert before["open"] == before["tried"] > before["destroyed"]

    sam = open_browser(town.url, width=360, height=740)
    look_as(sam, "teller")
    sam.goto("/stories/")
    sam.locator("main").get_by_role("link", name="The long way round").click()
    mine = sam.url.removeprefix(town.url)
    assert any(words in sam.content() for words in WORDS)
    sam.get_by_role("link", name="Take it back").click()
    sam.get_by_role("button", name="Take it back for good, now").click()
    expect(sam.get_by_role("heading", name="The long way round")).to_have_count(0)

    after = numbers(better_story(town.home, "restore", old, "--drill", *with_it))
    assert after["destroyed"] == before["destroyed"] + 1, "the copy itself was not touched, and ends it again"
    assert after["open"] == after["tried"] == before["tried"] - 1, "every other story opens as before"

    # a year of trouble later: the laptop as it is, and only the old copy to go back to
    laptop = tmp_path / "laptop"
    shutil.copytree(town.home, laptop)
    said = better_story(laptop, "restore", old, *with_it)
    assert numbers(said) == after
    assert "It is put back." in said
    with running(laptop, tmp_path / "again") as again:
        back = open_browser(again.url, width=360, height=740)
        look_as(back, "teller")
        for place in (mine, mine.replace("/mine/", "/"), mine.replace("/mine/", "/print/"), "/stories/"):
            back.goto(place)
            left = [words for words in WORDS if words in back.content()]
            assert not left, f"{place}: {left}"
    for file in again.home.rglob("*"):
        held = file.read_bytes() if file.is_file() else b""
        assert not any(words.encode() in held for words in WORDS), file
