"""An organiser chooses parts, writes a few words, prints; every figure leads to the lines it counts."""

import re
import zlib
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser

REFUSED = "What we promised and did not do, and what we asked and was refused"
OWN = "We met three times, and the ramp was mended for the third."


def make(page: Page, title: str) -> None:
    """From the neighbourhood to a report of three parts, with words of one's own."""
    look_as(page, "organiser")
    page.goto("/neighbourhoods/tanners-row/")
    page.get_by_role("link", name="and reports of it").click()
    page.get_by_role("link", name="Make a report").click()
    page.get_by_label("What is it called?").fill(title)
    page.wait_for_load_state()  # all of them, not those that have come so far
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    for part in ("When we met", "What we promised, and how it stands", "Hours and money"):
        page.get_by_role("checkbox", name=part).check()
    page.get_by_label("Own words before “When we met”").fill(OWN)
    expect(page.get_by_role("checkbox", name=REFUSED)).to_have_count(0)
    page.get_by_role("button", name="Make this version").click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_report_is_made_and_every_figure_leads_to_what_it_counts(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    page = open_browser(town.url, javascript=javascript)
    make(page, "For the people who pay for the hall")
    expect(page.get_by_text(OWN)).to_be_visible()
    expect(page.get_by_role("heading", name="In people’s own words")).to_have_count(0)
    page.wait_for_load_state()
    figures = page.locator(".report-part:not(.notes) a.figure[data-figure]").all()
    counted = {
        str(each.get_attribute("href")): (
            str(each.get_attribute("data-figure")),
            each.locator("strong").inner_text(),
        )
        for each in figures
    }
    assert len(counted) > 8
    report = page.url
    for link, (name, number) in counted.items():
        page.goto(urlsplit(link).path)
        lines = page.locator("ol.counted > li")
        if name.startswith(("hours", "pounds")):
            amounts = lines.locator("strong.amount").all_inner_texts()
            assert sum(float(each.replace(",", "")) for each in amounts) == float(number.replace(",", ""))
        else:
            assert lines.count() == int(number), name
    page.goto(report)
    if javascript:
        assert find_faults(page) == []
        take_picture(page, "report")


def test_what_was_not_done_is_on_the_paper_and_no_page_is_empty(
    open_browser: Callable[..., Page], town: Running
) -> None:
    page = open_browser(town.url)
    make(page, "Only the good news")
    page.emulate_media(media="print")
    undone = page.locator("#part-not_done")
    expect(undone.get_by_role("heading", name=REFUSED)).to_be_visible()
    for words in (
        "Somebody from the crisis team will ring within seven days of a night here.",
        "Run one bus after six o’clock.",
    ):
        line = undone.get_by_text(words)
        expect(line).to_be_visible()
        box = line.bounding_box()
        assert box is not None
        assert box["width"] > 50
        assert box["height"] > 8
        seen = "e => [getComputedStyle(e).opacity, getComputedStyle(e).color]"
        assert line.evaluate(seen) == ["1", "rgb(0, 0, 0)"]
    expect(page.get_by_role("button")).to_have_count(0)
    shown = pages_of(page.pdf(prefer_css_page_size=True))
    assert len(shown) > 1
    assert all(words > 20 for words in shown), "no page is empty"


def test_the_timeline_is_read_and_taken_out(
    open_browser: Callable[..., Page], town_to_look_at: Running
) -> None:
    page = open_browser(town_to_look_at.url)
    look_as(page, "service")
    page.goto("/learning/rounds/1/timeline/")
    expect(page.locator(".river .mark").first).to_be_visible()
    expect(page.get_by_text("The library on Weir Road closed on Saturdays.")).to_be_visible()
    assert find_faults(page) == []
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take it out as a table").click()
    assert taken.value.suggested_filename == "timeline-tanners-row-1.csv"
    assert "£1,200.50" in taken.value.path().read_text(encoding="utf-8-sig")


def pages_of(pdf: bytes) -> list[int]:
    """How many pieces of text each page of a PDF shows, as far as Chromium writes the format."""
    things = dict(re.findall(rb"(?s)\n(\d+) 0 obj\n(.*?)\nendobj", pdf))
    pages = [thing for thing in things.values() if re.search(rb"/Type /Page\b", thing)]
    shown = []
    for page in pages:
        drawn = re.search(rb"/Contents (\d+) 0 R", page)
        assert drawn is not None
        packed = re.search(rb"(?s)stream\r?\n(.*?)\r?\nendstream", things[drawn[1]])
        assert packed is not None
        shown.append(len(re.findall(rb"T[jJ]\b", zlib.decompress(packed[1]))))
    return shown
