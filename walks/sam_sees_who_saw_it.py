"""Sam sees who saw it and what left the building, stops one yes, and keeps a copy."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
def test_sam_sees_who_saw_it_and_asks_a_print_back(
    javascript: bool, open_browser: Callable[..., Page], town: Running, tmp_path: Path
) -> None:
    sam = open_browser(town.url, javascript=javascript, width=360, height=740)
    look_as(sam, "teller")
    sam.goto("/stories/")
    sam.locator("main").get_by_role("link", name="The long way round").click()
    mine = sam.url
    reader = open_browser(town.url, javascript=javascript)
    look_as(reader, "organiser")
    reader.goto(mine.replace("/mine/", "/"))
    reader.get_by_role("link", name="Print it", exact=True).click()
    expect(reader.get_by_text("Number 1.")).to_be_visible()

    sam.goto(mine)
    expect(sam.get_by_text("Nasreen read your story.").first).to_be_visible()
    expect(sam.get_by_text("Number 1: a print")).to_be_visible()
    if javascript:
        assert find_faults(sam) == []
    take_picture(sam, f"mine-{'js' if javascript else 'plain'}")
    with sam.expect_download() as kept:
        sam.get_by_role("link", name="Download my story").click()
    kept.value.save_as(tmp_path / "my-story.zip")
    page = zipfile.ZipFile(tmp_path / "my-story.zip").read("my-story.html").decode()
    assert "They took me off the list" in page or "took me off the list" in page

    sam.goto(mine.replace("/mine/", "/stop-everything/"))
    sam.get_by_role("button", name="Stop everything now").click()
    expect(sam.get_by_text("No answer yet.")).to_be_visible()
    reader.goto("/stories/standing-by/")
    assert "The long way round" not in reader.content()
    reader.get_by_role("button", name="I destroyed it").first.click()
    sam.goto(mine)
    expect(sam.get_by_text("“I destroyed it”")).to_be_visible()
