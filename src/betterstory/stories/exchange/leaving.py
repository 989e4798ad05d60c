"""What leaves is numbered, and what it held is written down."""

import logging
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localtime

from betterstory.people.models import Person
from betterstory.stories.models import Piece
from betterstory.stories.rules import Viewer

log = logging.getLogger(__name__)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_number(at: datetime) -> str:
    """The number of one copy: its day and four letters, short enough to say on the telephone."""
    return f"{localtime(at):%Y-%m-%d}-{''.join(secrets.choice(LETTERS) for _ in range(4))}"


def note_leaving(
    number: str, *, pieces: Iterable[Piece], kind: str, audience: Viewer, by: Person, at: datetime
) -> None:
    """Write down that a copy left: its number, who took it, for whom, and the ids of what it holds."""
    ids = " ".join(str(piece.uuid) for piece in pieces)
    whom = f"{type(audience).__name__.lower()}:{getattr(audience, 'pk', '')}"
    log.info("copy left number=%s kind=%s for=%s by=%s pieces=%s", number, kind, whom, by.pk, ids)
