"""Taking an answer in one statement, and together with others that come at the same moment.

Whether it may be taken is asked of the rows as it is written, so that a card that was lost, a sentence put
aside or a room that has closed takes nothing, whatever a page still shows.

A whole room waits for the disk to say that it has an answer, so whoever's turn it is writes what all that
wait have brought, in one go. Each is told that it was taken only once it lies on the disk. What
is asked for each answer is written out in SQL: putting it together took longer than asking it.
"""

from collections import deque
from collections.abc import Callable
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


KEPT = ("id", "uuid", "round_id", "side", "lost_at", "begun_as")  # what answering asks of a card
FIND = f"SELECT {', '.join(KEPT)} FROM {{voice}} WHERE {{by}} = %s AND lost_at IS NULL"  # noqa: S608 - our own names
SAID = "SELECT statement_id, choice FROM {vote} WHERE voice_id = %s"
BEGIN = "UPDATE {voice} SET begun_as = %s WHERE id = %s"


def find_by(uuid: UUID) -> Voice | None:
    """The voice of a slip; None where its card was lost."""
    return _find("uuid", uuid if connection.features.has_native_uuid_field else uuid.hex)


def find_by_hash(code_hash: str) -> Voice | None:
    """The voice of a code; None where there is none, or its card was lost."""
    return _find("code_hash", code_hash)


def _find(by: str, key: str | UUID) -> Voice | None:
    with connection.cursor() as cursor:
        cursor.execute(FIND.format(by=by, **NAMES), [key])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, uuid, *rest = row
    found: Voice = Voice.from_db(
        connection.alias, KEPT, (pk, uuid if isinstance(uuid, UUID) else UUID(uuid), *rest)
    )
    return found


def said_by(voice: Voice) -> dict[int, int]:
    """What it has said so far, by statement, in all its gatherings."""
    with connection.cursor() as cursor:
        cursor.execute(SAID.format(**NAMES), [voice.pk])
        return dict(cursor.fetchall())


@dataclass(eq=False)
class _Brought:
    """Something that waits to be written. `taken` is None while nobody has written it."""

    write: Callable[[], bool]
    order: tuple[int, int]  # of the rows it touches: where all keep to it, no two ever wait crosswise
    taken: bool | None = None


_waiting: deque[_Brought] = deque()
_turn = Lock()


def take(said: Vote) -> bool:
    """Write it in place of what the same voice said before. False where it may not be taken."""
    return _bring(_Brought(lambda: _write(said), (said.statement_id, said.voice_id)))


def begin(voice: Voice, *, page: str) -> None:
    """Note the page its code was typed on last: a whole room types its codes at once, too."""
    _bring(_Brought(lambda: _begin(voice.pk, page), (0, voice.pk)))
    voice.begun_as = page


def _bring(mine: _Brought) -> bool:
    """Written, and on the disk, when this returns."""
    if connection.in_atomic_block:  # part of something larger, which holds the database already
        return mine.write()
    _waiting.append(mine)
    with _turn:
        if mine.taken is None:
            _write_together([_waiting.popleft() for _each in range(len(_waiting))])
    return mine.taken if mine.taken is not None else mine.write()


def _write_together(brought: list[_Brought]) -> None:
    """All of them, or none, and then each is left to write its own: one that fails spoils no other."""
    brought.sort(key=lambda each: each.order)
    try:
        with one_writer():
            taken = [each.write() for each in brought]
    except Error:
        return
    for each, was in zip(brought, taken, strict=True):
        each.taken = was


def _begin(pk: int, page: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(BEGIN.format(**NAMES), [page, pk])
        return cursor.rowcount > 0


def _write(said: Vote) -> bool:
    lock = "FOR SHARE OF g" if connection.features.has_select_for_update_of else ""
    written = (said.choice, said.channel, said.in_room, said.entered_by_id)
    at = connection.ops.adapt_datetimefield_value(said.at)
    with connection.cursor() as cursor:
        cursor.execute(TAKE.format(lock=lock, **NAMES), [*written, at, said.statement_id, said.voice_id])
        return cursor.rowcount > 0
