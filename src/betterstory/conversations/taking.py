"""Taking an answer in one statement: a whole room waits for the lock that is held from here to the end.

Whether it may be taken is asked of the rows as it is written, so that a card that was lost, a sentence put
aside or a room that has closed takes nothing, whatever a page still shows.
"""

from django.db import connection

from betterstory.conversations.models import Gathering, Statement, Voice, Vote

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


def take(said: Vote) -> bool:
    """Write it in place of what the same voice said before. False where it may not be taken."""
    lock = "FOR SHARE OF g" if connection.features.has_select_for_update_of else ""
    written = (said.choice, said.channel, said.in_room, said.entered_by_id)
    at = connection.ops.adapt_datetimefield_value(said.at)
    with connection.cursor() as cursor:
        cursor.execute(TAKE.format(lock=lock, **NAMES), [*written, at, said.statement_id, said.voice_id])
        return cursor.rowcount > 0
