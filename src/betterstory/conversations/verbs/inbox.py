"""The inbox of a second laptop comes home: answers and sentences alone, and once."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules
from betterstory.conversations.inbox.reading import read_inbox, which_pack
from betterstory.conversations.inbox.sealing import open_line
from betterstory.conversations.models import Arrived, Gathering, Pack, Vote
from betterstory.conversations.verbs.finding import work_out_later
from betterstory.conversations.verbs.packs import keys_of
from betterstory.conversations.verbs.sorting_inbox import (
    AT_ONCE,
    SETTLED,
    Fate,
    Sorted,
    no_later,
    sort,
)
from betterstory.conversations.verbs.statements import EnoughWritten, write_statement
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NotOurPack(Refusal):
    """The file was written with a pack that was not made here."""

    code, status = "not-our-pack", 422
    words = _("This inbox belongs to another place, or to a copy of this one that was put back since.")


class PackWasLost(Refusal):
    """The second laptop was said to be lost."""

    code = "pack-was-lost"
    words = _("This laptop was said to be lost, so nothing of it is taken in.")


def look_into(raw: bytes, *, by: Person, at: datetime) -> Sorted:
    """What taking this file in would do. Raises NotYours, NotAnInbox, NotOurPack or PackWasLost."""
    if not rules.may_call(by):
        raise NotYours
    pack = Pack.objects.select_related("gathering").filter(uuid=which_pack(raw)).first()
    if pack is None:
        raise NotOurPack
    if pack.lost_at is not None:
        raise PackWasLost
    private, evening = keys_of(pack.uuid)
    contents = read_inbox(
        raw,
        pack=pack.uuid,
        open_line=lambda frame, sealed: open_line(frame, sealed, private=private, evening=evening),
    )
    return sort(Sorted(pack, contents), by=by, at=at)


@transaction.atomic
def take_in(raw: bytes, *, by: Person, at: datetime) -> Sorted:
    """Take answers and sentences in, all that can be or, where anything breaks, none. Twice is once.

    Of two answers of one card to one sentence the later holds, wherever it was given. Raises as `look_into`.
    """
    pack = Pack.objects.filter(uuid=which_pack(raw)).first()
    if pack is not None:
        Gathering.objects.select_for_update().get(pk=pack.gathering_id)  # nothing comes in between
    told = look_into(raw, by=by, at=at)
    Vote.objects.bulk_create(
        told.answers,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["statement", "voice"],
        update_fields=["choice", "channel", "in_room", "typed", "entered_by", "at"],
    )
    for said, voice in told.sentences:
        try:
            write_statement(
                told.pack.gathering,
                words=said.words,
                voice=voice,
                at=no_later(said.at, told.pack, at),
                before_closing=True,
            )
        except EnoughWritten:
            told.fates[said.frame.uuid] = Fate.WROTE_ALREADY
    settled = [uuid for uuid, fate in told.fates.items() if fate in SETTLED]
    Arrived.objects.bulk_create(
        [Arrived(uuid=uuid, pack=told.pack, at=at) for uuid in settled], batch_size=AT_ONCE
    )
    if not told.pack.gathering.voting_open:
        work_out_later(told.pack.gathering)
    log.info("inbox taken in pack=%s answers=%s by=%s", told.pack.pk, len(told.answers), by.pk)
    return told
