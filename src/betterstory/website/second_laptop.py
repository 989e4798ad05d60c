"""./start --inbox PACK: run a second laptop, and say goodbye in its inbox when it is stopped."""

import argparse
import os
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from betterstory.ui.refusal import Refusal
from betterstory.website import alone
from betterstory.website.supervisor import Child, keep_running

BETWEEN_LOOKS = 20.0
SETTINGS = "betterstory.website.inbox_settings"


def run(options: argparse.Namespace, *, url: str, web: list[str]) -> int:
    """Run until Ctrl-C; 1 with a sentence where the pack cannot be used."""
    file: Path = options.inbox.resolve()
    os.environ.update(
        BETTER_STORY_INBOX=str(file),
        BETTER_STORY_URL=url,
        BETTER_STORY_HALL="1",
        DJANGO_SETTINGS_MODULE=SETTINGS,
    )
    import django  # noqa: PLC0415 - settings are read after the environment is set
    from django.core.management import call_command  # noqa: PLC0415 - likewise

    django.setup()
    from betterstory.conversations.inbox.evening import inbox_of, open_pack  # noqa: PLC0415 - likewise
    from betterstory.conversations.inbox.writing import say_goodbye  # noqa: PLC0415 - likewise

    try:
        pack = open_pack(file, at=datetime.now(tz=UTC))
        alone.hold(file.parent, f".{file.stem}.running")
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    except alone.Taken:
        print("This file is in use already. Stop the other one first.", file=sys.stderr)
        return 1
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    print(f"\n    http://localhost:{options.port}\n\nPhones go to {url}/v/ on the hall's own network.")
    print(f"What is said goes into {inbox_of(file)}. Bring it home.")
    print(f"Until {pack.ends_at:%d %B, %H:%M} UTC. Press Ctrl-C to stop.", flush=True)
    ended = keep_running([Child("web", web)])
    with suppress(Refusal):  # over by now: the goodbye was said when its key was destroyed
        say_goodbye(inbox_of(file), open_pack(file, at=datetime.now(tz=UTC)))
    return ended


def watch_the_time() -> None:
    """In the web's own process: see the end of the night even if nobody asks for a page."""
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    from betterstory.conversations.inbox.evening import the_evening  # noqa: PLC0415 - after Django is set up

    while True:
        try:
            the_evening(os.environ["BETTER_STORY_INBOX"]).look(datetime.now(tz=UTC))
        except Refusal:
            return
        time.sleep(BETWEEN_LOOKS)
