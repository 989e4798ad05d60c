"""The worker: queued tasks as they come, and the daily round, which may run any number of times."""

import logging
import os
import signal
import sys
import time
from types import FrameType

log = logging.getLogger(__name__)
BETWEEN_LOOKS = 5.0
BETWEEN_ROUNDS = 3600.0


def main() -> int:
    """Work until asked to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "betterstory.website.settings")
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from betterstory.website.daily import make_round  # noqa: PLC0415 - needs Django set up

    def stop(signum: int, frame: FrameType | None) -> None:
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    last_round = float("-inf")
    while True:
        work_off_tasks()
        if time.monotonic() - last_round >= BETWEEN_ROUNDS:
            try:
                make_round()
            except Exception:  # the round comes again in an hour; the place stays up
                log.exception("daily round failed")
            last_round = time.monotonic()
        time.sleep(BETWEEN_LOOKS)


def work_off_tasks() -> None:
    """Run every task that waits, then come back."""
    from django_tasks_db.management.commands.db_worker import Worker  # noqa: PLC0415 - needs Django set up

    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="worker",
        excluded_queue_names=[],
    ).run()


if __name__ == "__main__":
    sys.exit(main())
