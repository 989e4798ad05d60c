"""A long journey is printed on A4 and on A3: every step on paper, nothing cut at its edge."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from betterstory.people.models import Ring
from betterstory.stories import verbs
from betterstory.stories.how_long import HowLong
from betterstory.stories.models import Gap

if TYPE_CHECKING:
    from pathlib import Path

    from betterstory.people.models import Person
    from betterstory.stories.models import Story

STEPS = 60
MM = 96 / 25.4
RINGS = [str(ring) for ring in Ring]
SHEETS = {"a4": (210.0, 297.0, 16.0), "a3": (420.0, 297.0, 16.0)}
CUT = """() => [...document.querySelectorAll('.journey-band > svg, .journey-list > li, .journey-legend')]
  .filter(each => getComputedStyle(each).display !== 'none')
  .map(each => each.getBoundingClientRect())
  .filter(box => box.right > document.documentElement.clientWidth + 1 || box.left < -1).length"""


@pytest.fixture
def long_story(story: Story, teller: Person) -> Story:
    verbs.begin_version(story, by=teller, at=timezone.now() - timedelta(days=1))
    for number in range(STEPS - 3):
        step = verbs.add_step(
            story,
            by=teller,
            words=f"And then, number {number}, it went on.",
            rings=[RINGS[number % len(RINGS)]],
            feeling=number % 5 - 2,
            told_again=number % 3,
            after=HowLong(number % 7 + 1, "weeks"),
        )
        if number % 9 == 1:
            verbs.name_gap(story, by=teller, after=step, words="No one, 19 weeks", kind=Gap.GapKind.WAIT)
    verbs.agree(story, by=teller, at=timezone.now())
    return story


@pytest.mark.parametrize("lengths", ["no", "true"])
@pytest.mark.parametrize("size", ["a4", "a3"])
def test_a_long_journey_is_whole_on_paper(
    size: str,
    lengths: str,
    long_story: Story,
    teller: Person,
    open_browser: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    tmp_path: Path,
) -> None:
    wide, high, margin = SHEETS[size]
    page = open_browser(width=round((wide - 2 * margin) * MM))
    sign_in(page, teller)
    assert len(page.request.get(f"/stories/{long_story.uuid}/?lengths={lengths}").body()) < 60_000
    page.goto(f"/stories/{long_story.uuid}/print/?size={size}&lengths={lengths}", timeout=60_000)
    page.emulate_media(media="print")
    assert page.locator(".journey-band").count() >= 2
    assert page.evaluate(CUT) == 0, "nothing is wider than the sheet"
    bands = page.locator(".journey-band").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().height)"
    )
    assert max(bands) < (high - 2 * margin) * MM, "a band fits on one sheet, so it is never split"
    first = page.locator(".journey-band").first.evaluate("band => band.getBoundingClientRect().bottom")
    if size == "a3":
        assert first < (high - 2 * margin) * MM, "no sheet hangs on the wall with a title alone"
    drawn = page.locator(".journey-marks g[transform] text").evaluate_all(
        "all => all.map(each => each.textContent)"
    )
    assert sorted(map(int, drawn)) == list(range(1, STEPS + 1))
    pdf = page.pdf(path=tmp_path / "journey.pdf", prefer_css_page_size=True)
    sheets = re.findall(rb"/MediaBox \[\d+ \d+ ([\d.]+) ([\d.]+)\]", pdf)
    assert 2 <= len(sheets) <= 14
    for sheet in sheets:
        across, down = (float(length) / 72 * 25.4 for length in sheet)
        assert (across, down) == pytest.approx((wide, high), abs=1)
