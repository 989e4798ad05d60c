"""Taking an answer in one statement, and together with others that come at the same moment.

Whether it may be taken is asked of the rows as it is written, so that a card that was lost, a sentence put
aside or a room that has closed takes nothing, whatever a page still shows.

A whole room waits for the disk to say that it has an answer, so whoever's turn it is writes what all that
wait have brought, in one go. Each is told that it was taken only once it lies on the disk. What
is asked for each answer is written out in SQL: putting it together took longer than asking it.
"""

from collections import deque
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from django.db import Error, connection

from betterstory.conversations.models import Gathering, Statement, Voice, Vote
from betterstory.people.turns import one_writer

NAMES = {
    "vote": Vote._meta.db_table,
    "statement": Statement._meta.db_table,
    "gathering": Gathering._meta.db_table,
    "voice": Voice._meta.db_table,
}
TAKE = """
INSERT INTO {vote} (statement_id, voice_id, choice, channel, in_room, entered_by_id, at)
SELECT s.id, v.id, %s, %s, %s, %s, %s
FROM {statement} s JOIN {gathering} g ON g.id = s.gathering_id JOIN {voice} v ON v.round_id = g.round_id
WHERE s.id = %s AND v.id = %s AND v.lost_at IS NULL AND g.voting_open AND s.is_read AND s.put_aside = ''
{lock}
ON CONFLICT (statement_id, voice_id) DO UPDATE SET choice = excluded.choice, channel = excluded.channel,
in_room = excluded.in_room, entered_by_id = excluded.entered_by_id, typed_id = NULL, at = excluded.at
"""


FIND = "SELECT * FROM {voice} WHERE uuid = %s AND lost_at IS NULL"
SAID = "SELECT statement_id, choice FROM {vote} WHERE voice_id = %s"


def find_by(uuid: UUID) -> Voice | None:
    """The voice of a slip; None where its card was lost."""
    key = uuid if connection.features.has_native_uuid_field else uuid.hex
    return next(iter(Voice.objects.raw(FIND.format(**NAMES), [key])), None)


def said_by(voice: Voice) -> dict[int, int]:
    """What it has said so far, by statement, in all its gatherings."""
    with connection.cursor() as cursor:
        cursor.execute(SAID.format(**NAMES), [voice.pk])
        return dict(cursor.fetchall())


@dataclass(eq=False)
class _Brought:
    """An answer that waits to be written. `taken` is None while nobody has written it."""

    said: Vote
    taken: bool | None = None


_waiting: deque[_Brought] = deque()
_turn = Lock()


def take(said: Vote) -> bool:
    """Write it in place of what the same voice said before. False where it may not be taken."""
    if connection.in_atomic_block:  # part of something larger, which holds the database already
        return _write(said)
    mine = _Brought(said)
    _waiting.append(mine)
    with _turn:
        if mine.taken is None:
            _write_together([_waiting.popleft() for _each in range(len(_waiting))])
    return mine.taken if mine.taken is not None else _write(said)


def _write_together(brought: list[_Brought]) -> None:
    """All of them, or none, and then each is left to write its own: one that fails spoils no other."""
    brought.sort(key=lambda each: (each.said.statement_id, each.said.voice_id))  # no two ever wait crosswise
    try:
        with one_writer():
            taken = [_write(each.said) for each in brought]
    except Error:
        return
    for each, was in zip(brought, taken, strict=True):
        each.taken = was


def _write(said: Vote) -> bool:
    lock = "FOR SHARE OF g" if connection.features.has_select_for_update_of else ""
    written = (said.choice, said.channel, said.in_room, said.entered_by_id)
    at = connection.ops.adapt_datetimefield_value(said.at)
    with connection.cursor() as cursor:
        cursor.execute(TAKE.format(lock=lock, **NAMES), [*written, at, said.statement_id, said.voice_id])
        return cursor.rowcount > 0
