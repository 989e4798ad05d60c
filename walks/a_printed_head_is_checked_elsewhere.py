"""The wall is printed, the head read off the paper, and the list checked where nothing else is known."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser


def check(folder: Path, head: str) -> subprocess.CompletedProcess[str]:
    """As the page says: nothing but Python, in a folder that holds the two files."""
    command = [sys.executable, "-I", "verify_ledger.py", "ledger.jsonl", "--head", head]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, check=False)


def test_a_printed_head_is_checked_elsewhere(
    open_browser: Callable[..., Page], town: Running, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    page = open_browser(town.url, accept_downloads=True)
    page.goto("/promises/")
    page.get_by_role("link", name="Print it for the wall").click()
    page.emulate_media(media="print")
    head = page.locator(".printed-head strong").inner_text()
    take_picture(page, "printed-head")
    page.emulate_media(media="screen")

    # somebody goes on promising: a head on paper stays right
    look_as(page, "neighbour")
    page.goto("/promises/ask/1/")
    page.get_by_label("What do you ask?").fill("Ring us the day before a visit.")
    page.get_by_label("Whom do you ask?").select_option(index=1)
    page.get_by_label("How shall we say who asks?").fill("Lynda, for Lime Walk")
    page.get_by_label("Yes: anyone may read this on the wall, under these words").check()
    page.locator("main form button").last.click()
    expect(page.get_by_text("Ring us the day before a visit.").first).to_be_visible()

    page.goto("/promises/")
    page.get_by_role("link", name="How to check this list").click()
    expect(page.locator(".ledger-head")).not_to_have_text(head)
    assert find_faults(page) == []
    take_picture(page, "how-to-check")
    for link, name in (
        ("Download the list", "ledger.jsonl"),
        ("the script that checks it", "verify_ledger.py"),
    ):
        with page.expect_download() as arriving:
            page.get_by_role("link", name=link).click()
        arriving.value.save_as(elsewhere / name)

    right = check(elsewhere, head)
    assert (right.returncode, right.stderr) == (0, ""), right.stdout
    entries = head[1:].split(" ")[0]
    assert f"Up to entry {entries} it is as it was when the head was printed." in right.stdout

    file = elsewhere / "ledger.jsonl"
    lines = file.read_text(encoding="utf-8").split("\n")
    row = next(number for number, line in enumerate(lines) if '"kind":"made"' in line)
    lines[row] = lines[row].replace('"due":"2', '"due":"3', 1)
    file.write_text("\n".join(lines), encoding="utf-8")
    wrong = check(elsewhere, head)
    assert wrong.returncode == 1
    assert f"Line {row + 1}: The words of entry {row} are not the words that were said then." in wrong.stdout

    page.get_by_label("Or ask this place: what stands on your sheet?").fill(head)
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_text("that is what this list says of that entry, too")).to_be_visible()


def test_the_page_on_a_small_and_a_dark_screen(
    open_browser: Callable[..., Page], town_to_look_at: Running
) -> None:
    for width, looks in ((360, "light"), (1100, "dark")):
        page = open_browser(town_to_look_at.url, width=width, color_scheme=looks)
        page.goto("/promises/ledger/")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        take_picture(page, f"how-to-check-{looks}-{width}")
