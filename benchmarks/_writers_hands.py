"""Many people who make promises at once, each with a browser of their own. Standard library only.

Started by `./bench writers` in a process of its own: PLAN (a JSON file) in, one line of JSON out. Where a
connection breaks the same form is sent again with the same key, as a person presses again who saw no answer.
"""

import http.client
import json
import random
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|once)" value="([^"]+)"')
MADE = re.compile(r"/promises/(\d+)/$")
PRESSED_TWICE = 10  # one form in so many is sent again after its answer came
BROKEN = (OSError, http.client.HTTPException)


@dataclass
class Kept:
    """What happened: how long each press took, what went wrong, and what was acknowledged."""

    seconds: list[float] = field(default_factory=list)  # of presses whose first try was answered
    pages: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    made: dict[str, int] = field(default_factory=dict)  # the words, and the promise the answer led to
    sent: list[str] = field(default_factory=list)  # the words of every form that was pressed
    broken: int = 0
    twice: int = 0


class Browser:
    """A connection that is kept, with the cookies of somebody who came in."""

    def __init__(self, port: int, session: str, until: float) -> None:
        self.port, self.cookies, self.until = port, {"story": session}, until
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """The status, where it leads, and the page. Raises one of BROKEN."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = {"Host": "localhost", "Cookie": cookie}
        if fields is None:
            self.line.request("GET", path, headers=told)
        else:
            told["Content-Type"] = "application/x-www-form-urlencoded"
            self.line.request("POST", path, urlencode(fields), told)
        answer = self.line.getresponse()
        for each in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()

    def ask_until_answered(
        self, path: str, fields: dict[str, str] | None, kept: Kept
    ) -> tuple[int, str, str, int]:
        """The same again while the connection breaks: also how often it broke. Raises TimeoutError."""
        broke = 0
        while True:
            try:
                return *self.ask(path, fields), broke
            except BROKEN:
                broke += 1
                kept.broken += 1
                self.line.close()
                if time.monotonic() > self.until:
                    raise TimeoutError from None
                time.sleep(0.2)


def write(number: int, plan: dict[str, Any], kept: Kept, until: float) -> None:
    """One person: opens the form, makes a promise, waits a moment, and again."""
    chance = random.Random(number)
    browser = Browser(plan["port"], plan["sessions"][number], until + plan["patience"])
    time.sleep(chance.random() * plan["pause"])
    turn = 0
    while time.monotonic() < until:
        words = f"Writer {number} rings back, time {turn}."
        turn += 1
        promise_one(browser, words, plan, kept, again=chance.randrange(PRESSED_TWICE) == 0)
        time.sleep(plan["pause"])


def promise_one(browser: Browser, words: str, plan: dict[str, Any], kept: Kept, *, again: bool) -> None:
    began = time.monotonic()
    status, _there, page, broke = browser.ask_until_answered(plan["form"], None, kept)
    if not broke:
        kept.pages.append(time.monotonic() - began)
    hidden = dict(HIDDEN.findall(page))
    if status != 200 or len(hidden) != 2:
        kept.wrong.append(f"the form was answered with {status}")
        return
    fields = plan["fields"] | hidden | {"words": words}
    kept.sent.append(words)
    led_to = press(browser, fields, plan, kept)
    if led_to is None:
        return
    kept.made[words] = led_to
    if again:
        kept.twice += 1
        if press(browser, fields, plan, kept) != led_to:
            kept.wrong.append("a second press led elsewhere")


def press(browser: Browser, fields: dict[str, str], plan: dict[str, Any], kept: Kept) -> int | None:
    began = time.monotonic()
    status, there, _page, broke = browser.ask_until_answered(plan["form"], fields, kept)
    if not broke:
        kept.seconds.append(time.monotonic() - began)
    made = MADE.search(there)
    if status != 302 or made is None:
        kept.wrong.append(f"a promise was answered with {status}")
        return None
    return int(made[1])


def write_all(plan: dict[str, Any]) -> Kept:
    first = Browser(plan["port"], plan["sessions"][0], time.monotonic() + plan["patience"])
    for _look in range(8):  # the first pages load what all others find loaded
        first.ask_until_answered(plan["form"], None, Kept())
    print("ready", flush=True)
    kept, until = Kept(), time.monotonic() + plan["seconds"]

    def one(number: int) -> None:
        try:
            write(number, plan, kept, until)
        except Exception as problem:  # whatever it is, it is counted
            kept.wrong.append(type(problem).__name__)

    hands = [threading.Thread(target=one, args=(number,)) for number in range(len(plan["sessions"]))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return kept


if __name__ == "__main__":
    print(json.dumps(vars(write_all(json.loads(Path(sys.argv[1]).read_text())))))
