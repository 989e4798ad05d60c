"""Getting a data folder ready: tables, static files, and on the first day a place and a way in."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import django
from django.core.management import call_command
from django.utils import timezone


def prepare(home: Path, *, demo: bool) -> Iterator[str]:
    """Bring tables and static files up to date; make the demo or the first steward. Yields what to print."""
    django.setup()
    from betterstory.promises import guard  # noqa: PLC0415 - after Django is set up

    was_taken_away = guard.missing()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if was_taken_away:
        yield (
            "The database did not guard the ledger of promises; the guard is up again. Somebody may have"
            " changed the ledger meanwhile: check it with “better-story ledger check --head HEAD”."
        )
    from betterstory.stories import ended  # noqa: PLC0415 - after Django is set up
    from betterstory.website.keeping.first_look import look  # noqa: PLC0415 - likewise

    ended.replay()
    yield from look()
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    at = timezone.now()
    yield from (_demo(at) if demo else _mine(at))


def _demo(at: datetime) -> Iterator[str]:
    from betterstory.places.models import Place  # noqa: PLC0415 - after Django is set up
    from betterstory.website import demo  # noqa: PLC0415 - after Django is set up
    from betterstory.website.demo.cast import CAST  # noqa: PLC0415 - after Django is set up

    if not Place.objects.exists():
        yield "Making an invented town, so that there is something to look at."
        demo.make(at=at)
    yield "Everyone and everything in it is made up. You can look around as:"
    yield from (f"  - {who.words}" for who in CAST)


def _mine(at: datetime) -> Iterator[str]:
    from betterstory.people import codes, verbs  # noqa: PLC0415 - after Django is set up
    from betterstory.people.models import Invitation, Part, Role  # noqa: PLC0415 - after Django is set up

    if not Part.objects.filter(role=Role.STEWARD).exists():
        # a code printed on an earlier start and never used is no longer good
        Invitation.objects.filter(role=Role.STEWARD, invited_by=None, used_at=None).update(withdrawn_at=at)
        _card, code = verbs.invite(greeting="Steward", role=Role.STEWARD, by=None, at=at)
        yield "This place is new and empty. Come in as its steward with this code; it works once:"
        yield f"\n    {codes.spaced(code)}\n"
