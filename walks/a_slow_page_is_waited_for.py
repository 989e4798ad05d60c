"""A page that comes in two halves: a walk that presses something and then reads, reads the whole of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
FIRST = '<!doctype html><a href="/slow">Go</a><form method="post"><button>Press</button></form>'
PAUSE = 0.3  # seconds between the halves


class Slow(BaseHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.path != "/slow":
            self.wfile.write(FIRST.encode())
            return
        self.wfile.write(b"<!doctype html><p>Half of it.</p>" + b" " * 4096)
        time.sleep(PAUSE)
        self.wfile.write(b"<p>All of it.</p>")

    def do_POST(self) -> None:
        self.send_response(303)
        self.send_header("Location", "/slow")
        self.end_headers()


@pytest.fixture(scope="module")
def slow() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("what", ["link", "button"])
@pytest.mark.parametrize("how", ["click", "press"])
def test_a_slow_page_is_waited_for(how: str, what: str, open_browser: Callable[..., Page], slow: str) -> None:
    page = open_browser(slow, javascript=what == "link")  # one of them without scripts
    page.goto("/")
    where = page.get_by_role("link" if what == "link" else "button")
    getattr(where, how)(*(["Enter"] if how == "press" else []))
    assert "All of it." in page.content()
