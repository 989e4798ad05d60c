"""A repair talk: asked for, answered, kept in mind or wiped. The two know of it, and nobody else."""

import json
import logging
import uuid
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people.keys import Locked
from betterstory.people.models import Membership, Person
from betterstory.poolside import rules
from betterstory.poolside.models import Poolside, Repair, TookPlace
from betterstory.poolside.refusals import NotRoundThisTable
from betterstory.poolside.sealing import TALK, open_all, seal
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class Reply(models.TextChoices):
    """What the one who is asked says."""

    YES = "yes", _("Yes, let us talk")
    LATER = "later", _("Later, not now")
    NO = "no", _("No")


class NotYourTalk(Refusal):
    """A talk of two others; or there is none, which is answered just so."""

    code, status = "not-your-talk", 404
    words = _("There is no such talk, or it was wiped.")


class NotWithYou(Refusal):
    """Somebody who is not round the table, or oneself."""

    code, status = "not-with-you", 422
    words = _("Choose somebody else who sits round this table.")


class AskedAlready(Refusal):
    """The two have one between them."""

    code = "asked-already"
    words = _("There is a talk between the two of you already. Look at it, or wipe it first.")


class NoTalkYet(Refusal):
    """To be remembered, a talk must have been said yes to."""

    code = "no-talk-yet"
    words = _("You can say so after the other has said yes.")


class NotADayWeTalked(Refusal):
    """A day to come, or before it was asked."""

    code, status = "not-a-day-we-talked", 422
    words = _("Choose the day you talked: not before it was asked, and not after today.")


@dataclass(frozen=True)
class Talk:
    """What the two know of it."""

    asked_by: int
    asked: int
    asked_on: str
    words: str = ""
    promise: int | None = None  # its number on the wall, which lies higher up: no key to it
    reply: str = ""
    talked_on: str = ""
    wishes: list[int] = field(default_factory=list)  # who wishes that the circle knows it took place
    record: str = ""

    @property
    def both(self) -> frozenset[int]:
        return frozenset((self.asked_by, self.asked))

    @property
    def day(self) -> date | None:
        """When the two talked, once one has said it."""
        return date.fromisoformat(self.talked_on) if self.talked_on else None

    @property
    def asked_day(self) -> date:
        return date.fromisoformat(self.asked_on)

    def other(self, person: Person) -> int:
        return self.asked if person.pk == self.asked_by else self.asked_by


@dataclass(frozen=True)
class Mine:
    """A talk of one's own, with its row."""

    row: Repair
    talk: Talk
    with_whom: Person
    here: bool
    i_asked: bool
    i_wish: bool


@transaction.atomic
def ask(
    poolside: Poolside, *, whom: Person, words: str, by: Person, on: date, promise: int | None = None
) -> Repair:
    """Ask another round the table for a talk. Raises NotRoundThisTable, NotWithYou or AskedAlready."""
    if not rules.is_round_the_table(by, poolside, on):
        raise NotRoundThisTable
    if whom.pk == by.pk or not rules.is_round_the_table(whom, poolside, on):
        raise NotWithYou
    Poolside.objects.select_for_update().get(pk=poolside.pk)
    talk = Talk(asked_by=by.pk, asked=whom.pk, asked_on=on.isoformat(), words=words, promise=promise)
    if any(each.both == talk.both for _row, each in _all(Repair.objects.filter(poolside=poolside))):
        raise AskedAlready
    row = Repair(uuid=uuid.uuid4(), poolside=poolside)
    _keep(row, talk)
    log.info("repair asked poolside=%s", poolside.pk)  # neither by whom nor of whom
    return row


@transaction.atomic
def reply(key: uuid.UUID, *, says: Reply, by: Person, on: date) -> None:
    """Yes, later or no; later may become another. Raises NotYourTalk."""
    row, talk = _held(key, by, on)
    if by.pk != talk.asked:
        raise NotYourTalk
    _keep(row, replace(talk, reply=says.value))
    log.info("repair answered poolside=%s", row.poolside_id)


@transaction.atomic
def wish_known(key: uuid.UUID, *, talked_on: date, by: Person, on: date) -> None:
    """I wish the circle to know that a talk took place. When both do, its month stands; nothing else.

    The day is the first one's to say. Raises NotYourTalk, NoTalkYet or NotADayWeTalked.
    """
    row, talk = _held(key, by, on)
    if talk.reply != Reply.YES:
        raise NoTalkYet
    if not talk.asked_day <= talked_on <= on:
        raise NotADayWeTalked
    day = talk.talked_on or talked_on.isoformat()
    talk = replace(talk, talked_on=day, wishes=sorted({*talk.wishes, by.pk}))
    if talk.both == set(talk.wishes) and not talk.record:
        month = date.fromisoformat(day).replace(day=1)
        talk = replace(talk, record=str(TookPlace.objects.create(poolside=row.poolside, month=month).uuid))
    _keep(row, talk)
    log.info("repair wished known poolside=%s", row.poolside_id)


@transaction.atomic
def wish_unknown(key: uuid.UUID, *, by: Person, on: date) -> None:
    """I do not wish it any more: the circle's line of it goes at once. Raises NotYourTalk."""
    row, talk = _held(key, by, on)
    if talk.record:
        TookPlace.objects.filter(uuid=talk.record).delete()
    wishes = [each for each in talk.wishes if each != by.pk]
    _keep(row, replace(talk, wishes=wishes, record="", talked_on=talk.talked_on if wishes else ""))
    log.info("repair wish taken back poolside=%s", row.poolside_id)


@transaction.atomic
def wipe(key: uuid.UUID, *, by: Person, on: date) -> None:
    """Wipe everything about it, as either may. That it took place stays, where both wished. NotYourTalk."""
    row, _talk = _held(key, by, on)
    log.info("repair wiped poolside=%s", row.poolside_id)
    row.delete()


def mine(person: Person, *, on: date) -> list[Mine]:
    """The talks this person asked for or is asked for, wherever they sit or sat. Three queries at most."""
    rows = Repair.objects.filter(poolside__in=_tables(person, on)).select_related("poolside__circle")
    found = [(row, talk) for row, talk in _all(rows) if person.pk in talk.both]
    people = Person.objects.in_bulk([talk.other(person) for _row, talk in found]) if found else {}
    seats = Membership.objects.filter(
        circle__in=[row.poolside.circle_id for row, _talk in found], left_at=None
    )
    seated = set(seats.values_list("circle_id", "person_id")) if found else set()
    return [
        Mine(
            row,
            talk,
            people[talk.other(person)],
            here=(row.poolside.circle_id, talk.other(person)) in seated,
            i_asked=talk.asked_by == person.pk,
            i_wish=person.pk in talk.wishes,
        )
        for row, talk in found
        if talk.other(person) in people
    ]


def is_asked(person: Person, *, on: date) -> bool:
    """Whether somebody waits for this person's answer; nobody knows while the site key is away. One query."""
    found = list(Repair.objects.filter(poolside__in=_tables(person, on)))
    try:
        return any(talk.asked == person.pk and not talk.reply for _row, talk in _all(found))
    except Locked:
        return False


def _tables(person: Person, on: date) -> models.QuerySet[Poolside]:
    """Those they sit or sat round, while the circle lasts: who leaves can still answer, and wipe."""
    seats = Membership.objects.filter(person=person)
    lasting = models.Q(circle__ends_on=None) | models.Q(circle__ends_on__gte=on)
    return Poolside.objects.filter(lasting, circle__in=seats.values("circle"))


def _held(key: uuid.UUID, by: Person, on: date) -> tuple[Repair, Talk]:
    rows = Repair.objects.select_for_update(of=("self",)).select_related("poolside")
    row = rows.filter(uuid=key, poolside__in=_tables(by, on)).first()
    if row is None:
        raise NotYourTalk
    talk = _all([row])[0][1]
    if by.pk not in talk.both:
        raise NotYourTalk
    return row, talk


def _all(rows: models.QuerySet[Repair] | list[Repair]) -> list[tuple[Repair, Talk]]:
    found = list(rows)
    opened = open_all([(row.talk_sealed, TALK, row.uuid) for row in found])
    return [(row, Talk(**json.loads(words))) for row, words in zip(found, opened, strict=True)]


def _keep(row: Repair, talk: Talk) -> None:
    row.talk_sealed = seal(json.dumps(asdict(talk)), key=row.poolside.key, name=TALK, row=row.uuid)
    row.save()
