"""A room full of phones: each votes at its own pace over its own connection. Standard library only.

Started by `./bench room` in a process of its own: PLAN (a JSON file) in, one line of JSON out.
"""

import asyncio
import json
import random
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

SLIP = re.compile(rb'name="slip" value="([^"]+)"')
SAID = {"agree": 1, "not_sure": 0, "disagree": -1}
PRESSED_TWICE = 20  # one answer in so many is sent twice at once, as an impatient thumb does
CHANGES_MIND = 10  # one answer in so many is about a sentence answered before


@dataclass
class Phone:
    """A connection that is kept, as a browser keeps it; opened again where the server closed it."""

    port: int
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, path: str, fields: dict[str, str] | None = None, cookie: str = ""
    ) -> tuple[int, bytes]:
        for fresh in (False, True):
            try:
                return await self._ask(path, fields, cookie)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.streams = None
                if fresh:
                    raise
        raise ConnectionError

    async def _ask(self, path: str, fields: dict[str, str] | None, cookie: str) -> tuple[int, bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        reader, writer = self.streams
        body = urlencode(fields or {}).encode()
        head = f"{'GET' if fields is None else 'POST'} {path} HTTP/1.1\r\nHost: localhost\r\n"
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        writer.write(f"{head}{f'Cookie: {cookie}\r\n' if cookie else ''}\r\n".encode() + body)
        return await read_answer(reader)


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    length = re.search(rb"content-length: (\d+)", head)
    if length:
        return status, await reader.readexactly(int(length[1]))
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return status, body


@dataclass
class Kept:
    """What happened: how long each answer took, what went wrong, and what each card was told we have."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    said: dict[str, int] = field(default_factory=dict)  # "card statement": the last choice acknowledged
    unsure: list[str] = field(default_factory=list)  # sent, and no answer came
    spoke: dict[int, float] = field(default_factory=dict)  # when a card's first answer was acknowledged
    twice: int = 0


async def speak(card: int, code: str, plan: dict[str, Any], kept: Kept, until: float) -> None:
    """One person: types the code, then answers, and changes their mind, at one answer each pause."""
    chance, phone, pause = random.Random(card), Phone(plan["port"]), plan["pause"]
    await asyncio.sleep(chance.random() * pause)
    status, page = await phone.ask("/v/", {"code": code})
    slip = SLIP.search(page)
    if status != 200 or slip is None:
        kept.wrong.append(f"a code was answered with {status}")
        return
    turn, due = 0, time.monotonic()
    while time.monotonic() < until:
        back = turn > 0 and chance.randrange(CHANGES_MIND) == 0
        statement = plan["statements"][(chance.randrange(turn) if back else turn) % len(plan["statements"])]
        word = chance.choice(list(SAID))
        fields = {"slip": slip[1].decode(), "statement": str(statement), "after": "0", "said": word}
        answers = [vote(phone, plan, fields, kept)]
        if chance.randrange(PRESSED_TWICE) == 0:
            answers.append(vote(Phone(plan["port"]), plan, fields, kept))
            kept.twice += 1
        if any(await asyncio.gather(*answers)):
            kept.said[f"{card} {statement}"] = SAID[word]
            kept.spoke.setdefault(card, time.monotonic())
        else:
            kept.unsure.append(f"{card} {statement}")
        turn, due = turn + (not back), due + pause
        await asyncio.sleep(max(0.0, due - time.monotonic()))


async def vote(phone: Phone, plan: dict[str, Any], fields: dict[str, str], kept: Kept) -> bool:
    began = time.monotonic()
    try:
        status, _page = await phone.ask(f"/v/{plan['gathering']}/", fields)
    except (OSError, asyncio.IncompleteReadError) as problem:
        kept.wrong.append(type(problem).__name__)
        return False
    kept.seconds.append(time.monotonic() - began)
    if status != 200:
        kept.wrong.append(f"an answer was answered with {status}")
    return status == 200


async def look_on(plan: dict[str, Any], kept: Kept, until: float) -> list[float]:
    """The organiser looks how many have answered, again and again: by how much each look lagged."""
    phone, lags = Phone(plan["desk"]), []
    while time.monotonic() < until:
        began = time.monotonic()
        status, page = await phone.ask(plan["results"], cookie=plan["cookie"])
        shown = re.search(plan["shown"], page.decode())
        if status != 200 or shown is None:
            kept.wrong.append(f"the organiser's page was answered with {status}")
        else:
            seen = int(shown[1]) if shown[1].isdecimal() else 1
            missed = [at for at in sorted(kept.spoke.values())[seen:] if at < began]
            # what was acknowledged before we asked and is not shown yet has waited since then
            lags.append(max([time.monotonic() - at for at in missed], default=0.0))
        await asyncio.sleep(0.5)
    return lags


async def fill(plan: dict[str, Any]) -> dict[str, Any]:
    for _look in range(8):  # the first pages load what all others find loaded
        await Phone(plan["port"]).ask("/v/")
        await Phone(plan["desk"]).ask(plan["results"], cookie=plan["cookie"])
    kept, until = Kept(), time.monotonic() + plan["seconds"]
    looking = asyncio.create_task(look_on(plan, kept, until))
    people = [speak(card, code, plan, kept, until) for card, code in enumerate(plan["codes"])]
    for ended in await asyncio.gather(*people, return_exceptions=True):
        if isinstance(ended, BaseException):
            kept.wrong.append(type(ended).__name__)
    return {
        "seconds": kept.seconds,
        "wrong": kept.wrong,
        "said": kept.said,
        "unsure": kept.unsure,
        "pressed_twice": kept.twice,
        "lags": await looking,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(fill(json.loads(Path(sys.argv[1]).read_text())))))
