"""A real browser for the walks: Chromium from Debian's packages, driven by Playwright.

Every walk fails on a console error, a page error or a broken policy, and each can be asked for axe's opinion.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from walks.town import made_town, town, town_to_look_at, warm

__all__ = ["made_town", "town", "town_to_look_at", "warm"]  # fixtures that walks ask for by name

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PATIENCE = 20_000  # milliseconds: the machine may be busy. A walk that is about time says its own
PICTURES = Path(__file__).parent / "pictures"
LEAD_ON = ("click", "press")  # what may bring the next page
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started, pytest.MonkeyPatch.context() as changed:
        for verb in LEAD_ON:
            changed.setattr(Locator, verb, wait_for_the_page(getattr(Locator, verb)))
        yield started


def wait_for_the_page(press: Callable[..., None]) -> Callable[..., None]:
    """The same press, done when the page it led to is there.

    Playwright's own is done at that page's first byte: content() or count() then read half a page.
    tap() is done before even that, so a walk that taps says itself what it waits for.
    """

    def press_and_wait(self: Locator, *words: Any, **more: Any) -> None:
        press(self, *words, **more)
        self.page.wait_for_load_state("domcontentloaded")

    return press_and_wait


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("The walks need Chromium: apt-get install chromium")
    started = playwright.chromium.launch(executable_path=found, args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def open_browser(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own for one person: open_browser(url, javascript=False, width=360).

    Without an address it goes to the tests' own server.
    """
    if "town" in request.fixturenames:
        request.getfixturevalue("town")  # begun first, so that no page that still asks outlives it
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def make(
        url: str = "", *, javascript: bool = True, width: int = 1100, height: int = 900, **more: Any
    ) -> Page:
        context = browser.new_context(
            base_url=url or request.getfixturevalue("live_server").url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            locale="en-GB",
            timezone_id="Europe/London",
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: note(said, troubles))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.set_default_timeout(PATIENCE)
        return page

    yield make
    for context in contexts:
        context.close()
    assert troubles == [], "the browser's console stays quiet"


def note(said: ConsoleMessage, troubles: list[str]) -> None:
    """Write down an error. Chromium has one for each answer of 4xx; walks ask for some of them on purpose."""
    if said.type == "error" and "the server responded with a status of 4" not in said.text:
        troubles.append(f"{said.text} ({said.location.get('url')}, line {said.location.get('lineNumber')})")


def find_faults(page: Page) -> list[str]:
    """What axe has against this page, one line a fault. Needs JavaScript."""
    # preload would copy our stylesheets into an inline style, which the page's own policy refuses
    options = {"runOnly": {"type": "tag", "values": AXE}, "preload": False}
    found = Axe().run(page, options=options)
    return [
        f"{fault['id']}: {fault['help']}: {[node['target'] for node in fault['nodes']][:3]}"
        for fault in found.response["violations"]
    ]


def take_picture(page: Page, name: str) -> None:
    """A picture for somebody to look at, in walks/pictures (not kept in the repository).

    Taken where BETTER_STORY_PICTURES is set: a long page takes a second.
    """
    if "BETTER_STORY_PICTURES" not in os.environ:
        return
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True, caret="initial")


@pytest.fixture
def sign_in(signed_in_client: Callable[..., Any], live_server: LiveServer) -> Callable[[Page, Any], None]:
    """Let a browser in as somebody, as if they had used their card: sign_in(page, teller)."""

    def let_in(page: Page, person: Any) -> None:
        cookie = signed_in_client(person).cookies["story"]
        page.context.add_cookies([{"name": "story", "value": cookie.value, "url": live_server.url}])

    return let_in


def look_as(page: Page, who: str) -> None:
    """In the demo: look as one of its cast."""
    page.goto("/")
    page.locator(f"button[formaction*='/{who}/']").click()
