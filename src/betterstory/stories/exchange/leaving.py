"""What leaves is numbered, and what it held is written down."""

import logging
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localtime

from betterstory.people.models import Person
from betterstory.stories.models import Piece, Version
from betterstory.stories.rules import Viewer

log = logging.getLogger(__name__)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def note_leaving(
    *,
    versions: Iterable[Version],
    pieces: Iterable[Piece],
    kind: str,
    audience: Viewer,
    by: Person,
    at: datetime,
) -> str:
    """Write down that a copy leaves: who takes it, for whom, the ids of what it holds. Gives its number."""
    number = _new_number(at)
    held = [*(version.uuid for version in versions), *(piece.uuid for piece in pieces)]
    ids = " ".join(map(str, held))
    whom = f"{type(audience).__name__.lower()}:{getattr(audience, 'pk', '')}"
    log.info("copy left number=%s kind=%s for=%s by=%s holds=%s", number, kind, whom, by.pk, ids)
    return number


def _new_number(at: datetime) -> str:
    """Its day and four letters, short enough to say on the telephone."""
    return f"{localtime(at):%Y-%m-%d}-{''.join(secrets.choice(LETTERS) for _ in range(4))}"
