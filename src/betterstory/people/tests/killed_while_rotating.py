"""Run as a child: changes the site key of a folder and is really killed at a named step.

python -m betterstory.people.tests.killed_while_rotating FOLDER STEP
"""

import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from betterstory.people.keys import Keyring
from betterstory.people.keys.rotating import rotate


def die_at(chosen: str, here: str) -> None:
    if here == chosen:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    folder, chosen = sys.argv[1:]
    ring = Keyring(Path(folder))
    month = timedelta(days=30)
    rotate(ring, at=datetime.now(UTC), retire_for=month, step=lambda here: die_at(chosen, here))
    sys.exit("it was not killed")
