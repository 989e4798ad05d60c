"""A steward reads how copies stand, and a teller takes a page home after a story was destroyed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from betterstory.people.keys import copied
from betterstory.people.models import Person
from betterstory.places.models import Place
from betterstory.stories import consenting
from betterstory.stories.models import Story
from betterstory.website.keeping import recipients, record
from walks.conftest import find_faults, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FULL = "No copy was made: No space left on device. What was there before is untouched."


@pytest.mark.parametrize(("looks", "width"), [("light", 1100), ("light", 360), ("dark", 1100)])
def test_a_steward_and_a_teller_each_read_their_page(
    looks: Any,
    width: int,
    open_browser: Callable[..., Page],
    sign_in: Callable[[Page, Person], None],
    steward: Person,
    teller: Person,
    story: Story,
    place: Place,
) -> None:
    now = timezone.now()
    recipients.make_identity()
    record.write(record.COPIED, at=now - timedelta(hours=5))
    record.write(record.DRILLED, at=now - timedelta(days=12), open=49, tried=49)
    record.write(record.FAILED, at=now, why=FULL)
    copied.note(copied.KeyCopy(now - timedelta(days=3), now + timedelta(days=27)))
    consenting.take_back(story, by=teller, at=now, for_good_now=True)

    page = open_browser(width=width, color_scheme=looks)
    sign_in(page, steward)
    page.goto("/people/me/")
    page.get_by_role("link", name="Copies, and whether they would work").click()
    assert page.get_by_text("No space left on device").is_visible()
    assert find_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    take_picture(page, f"copies-{looks}-{width}")

    page = open_browser(width=width, color_scheme=looks)
    sign_in(page, teller)
    page.goto(f"/stories/{story.uuid}/mine/")
    page.get_by_role("link", name="A page about it, for paper").click()
    assert page.get_by_role("heading", name="A story that was destroyed").is_visible()
    assert find_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    take_picture(page, f"destroyed-{looks}-{width}")
    page.emulate_media(media="print")
    take_picture(page, f"destroyed-{looks}-{width}-paper")
