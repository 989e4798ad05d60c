"""A pack goes out with a second laptop: sentences alone, and the key of one evening; and a laptop is lost."""

import logging
from datetime import datetime, time, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules
from betterstory.conversations.inbox.pack import Pack as Carried
from betterstory.conversations.inbox.pack import Sentence, write_pack
from betterstory.conversations.models import Gathering, Pack, Statement
from betterstory.conversations.verbs.voices import VotingIsClosed
from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Place
from betterstory.stories.models import Use
from betterstory.stories.rules import may_each
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
NIGHT = time(3)  # of the next day: then the key of a pack is gone
EARLIEST = timedelta(hours=36)  # before the gathering: what is taken back until then must not have left


class NothingToCarry(Refusal):
    """No sentence can go along."""

    code, status = "nothing-to-ask", 422
    words = _("There is no sentence yet that a second laptop could ask. Add some first.")


class TooEarly(Refusal):
    """A pack made now would be out of the house for days."""

    code, status = "too-early", 422
    words = _(
        "Make this file the day before the gathering, or on the day: a teller may take words back until then."
    )


class GatheringIsOver(Refusal):
    """Its night has passed."""

    code, status = "gathering-is-over", 422
    words = _("This gathering is over. A second laptop could not open the file any more.")


def night_of(gathering: Gathering) -> datetime:
    """When what was carried to a gathering can be opened no more: three in the night after it."""
    day = timezone.localtime(gathering.at).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, NIGHT))


@transaction.atomic
def pack_for_second_laptop(gathering: Gathering, *, by: Person, at: datetime) -> tuple[Pack, str, int]:
    """Make a file for a second laptop: (what is kept of it, the file, how many sentences stay here).

    A sentence that rests on a teller's piece goes along only where the room may see that piece now and until
    the night. Raises NotYours, VotingIsClosed, TooEarly, GatheringIsOver or NothingToCarry.
    """
    if not rules.may_call(by):
        raise NotYours
    if not gathering.voting_open:
        raise VotingIsClosed
    ends_at = night_of(gathering)
    if at >= ends_at:
        raise GatheringIsOver
    if at < gathering.at - EARLIEST:
        raise TooEarly
    asked = list(gathering.statements.asked().select_related("from_piece__version__story"))
    carried = _may_go_along(gathering, asked, at=at, until=ends_at)
    if not carried:
        raise NothingToCarry
    made = Pack.objects.create(gathering=gathering, made_by=by, made_at=at, ends_at=ends_at)
    private, evening = keys_of(made.uuid)
    place = Place.objects.first()
    file = write_pack(
        Carried(
            uuid=made.uuid,
            made_at=at,
            ends_at=ends_at,
            home=private.public_key().public_bytes_raw(),
            key=evening,
            place=place.name if place else "",
            gathering=gathering.pk,
            title=gathering.title,
            at=gathering.at,
            sentences=tuple(Sentence(each.pk, each.number, each.words) for each in carried),
        )
    )
    log.info("pack made pack=%s gathering=%s by=%s", made.pk, gathering.pk, by.pk)
    return made, file, len(asked) - len(carried)


def _may_go_along(
    gathering: Gathering, asked: list[Statement], *, at: datetime, until: datetime
) -> list[Statement]:
    pieces = [each.from_piece for each in asked if each.from_piece is not None]
    last = until - timedelta(seconds=1)
    now, then = (may_each(gathering.circle, Use.QUOTE, pieces, moment) for moment in (at, last))
    return [each for each in asked if each.from_piece_id is None or each.from_piece_id in now & then]


def keys_of(pack: UUID) -> tuple[X25519PrivateKey, bytes]:
    """Home's own key for a pack and the key of its evening, made from this place's keys. Raises Locked."""
    private = keyring().derive(b"betterstory inbox home " + pack.bytes)
    return X25519PrivateKey.from_private_bytes(private), keyring().derive(
        b"betterstory inbox evening " + pack.bytes
    )


@transaction.atomic
def lose(pack: Pack, *, by: Person, at: datetime) -> None:
    """The second laptop is in strange hands: nothing of it is taken in any more. Raises NotYours."""
    if not rules.may_call(by):
        raise NotYours
    Pack.objects.filter(pk=pack.pk, lost_at=None).update(lost_at=at)
    log.info("pack lost pack=%s by=%s", pack.pk, by.pk)
