"""What a start does for the keys, before the first page is served."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from betterstory.people.keys import Locked, keyring
from betterstory.people.keys.rotating import finish


def look() -> Iterator[str]:
    """Finish changing the site key, where that was cut short; say so where everything is locked."""
    ring = keyring()
    try:
        if finish(ring, at=timezone.now(), retire_for=timedelta(days=settings.KEY_COPY_DAYS + 1)):
            yield "The site key was being changed; that is finished now."
        if ring.file.exists() or ring.begun.exists():
            with ring.opened() as book:
                ring.site_key(book)
    except Locked:
        yield "The stories are LOCKED: the site key or the keys are missing or wrong. Everything else works."
        yield "“better-story doctor” says what to do."
