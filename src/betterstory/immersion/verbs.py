"""What can be done with the log of useful acts. Every change to it is one of these verbs."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.immersion import rules
from betterstory.immersion.models import Act, Became, Hours, Length, Notice, OwnName
from betterstory.people.models import Person, Ring
from betterstory.people.verbs import NotYours
from betterstory.places.models import Neighbourhood
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NotADayForActs(Refusal):
    """A day still to come, or one too long ago."""

    code, status = "not-a-day-for-acts", 422
    words = _("Write the day it was done: today or earlier, and not more than two years ago.")


class NameNotKept(Refusal):
    """A name that may not stand beside an act."""

    code, status = "name-not-kept", 403
    words = _("Only one of us can stand here by name. We keep no names of people who live here.")


@dataclass(frozen=True)
class Row:
    """One line of the paper sheet."""

    what: str
    where: str
    on: date
    groups: str = ""
    minutes: Length | None = None
    hours: Hours | None = None
    rings: Sequence[Ring] = ()


@transaction.atomic
def note_act(
    *,
    neighbourhood: Neighbourhood,
    what: str,
    where: str,
    on: date,
    by: Person,
    today: date,
    groups: str = "",
    minutes: Length | None = None,
    hours: Hours | None = None,
    rings: Sequence[Ring] = (),
    who: Person | None = None,
) -> Act:
    """Write down something useful that was done. Raises NotYours, NotADayForActs or NameNotKept."""
    row = Row(what=what, where=where, on=on, groups=groups, minutes=minutes, hours=hours, rings=rings)
    return note_sheet(neighbourhood=neighbourhood, rows=[row], by=by, today=today, who=who)[0]


@transaction.atomic
def note_sheet(
    *, neighbourhood: Neighbourhood, rows: Sequence[Row], by: Person, today: date, who: Person | None = None
) -> list[Act]:
    """Write down every line of a sheet, or none. Raises NotYours, NotADayForActs or NameNotKept."""
    if not rules.may_note(by):
        raise NotYours
    if who is not None and not rules.may_name(by, who):
        raise NameNotKept
    if not all(rules.is_a_day_for_acts(row.on, today) for row in rows):
        raise NotADayForActs
    acts = [
        Act.objects.create(
            neighbourhood=neighbourhood,
            on=row.on,
            what=row.what,
            where=row.where,
            groups=row.groups,
            minutes=row.minutes,
            hours=row.hours or "",
            rings=sorted({*row.rings}),
            who=who,
            noted_by=by,
        )
        for row in rows
    ]
    log.info("acts noted neighbourhood=%s first=%s", neighbourhood.pk, acts[0].pk if acts else None)
    return acts


@transaction.atomic
def again(act: Act, *, by: Person, today: date, hours: Hours | None = None) -> Act:
    """The same thing once more, today, at these hours; unnamed where its person is not one of us any more.

    Raises NotYours.
    """
    if not rules.may_do_again(by, act):
        raise NotYours
    who = act.who if act.who is not None and rules.may_name(by, act.who) else None
    return note_act(
        neighbourhood=act.neighbourhood,
        what=act.what,
        where=act.where,
        groups=act.groups,
        minutes=Length(act.minutes) if act.minutes else None,
        hours=hours,
        rings=[Ring(ring) for ring in act.rings],
        on=today,
        who=who,
        by=by,
        today=today,
    )


@transaction.atomic
def take_out(act: Act, *, by: Person) -> None:
    """It was written down by mistake, or says too much. Raises NotYours."""
    if not rules.may_take_out(by, act):
        raise NotYours
    log.info("act taken out act=%s", act.pk)
    act.delete()


@transaction.atomic
def put_my_name(act: Act, *, by: Person, on: date) -> OwnName:
    """I was part of it, and my name may stand there for anybody to read. Raises NotYours.

    Nobody can do this for another: whose name it is, is whoever does it.
    """
    if not rules.may_note(by):
        raise NotYours
    name, _made = OwnName.objects.get_or_create(act=act, person=by, defaults={"on": on})
    log.info("own name put act=%s", act.pk)
    return name


@transaction.atomic
def take_my_name_off(act: Act, *, by: Person) -> None:
    """One's own, at any time; there was none is no error."""
    OwnName.objects.filter(act=act, person=by).delete()
    log.info("own name taken off act=%s", act.pk)


@transaction.atomic
def notice(
    *, neighbourhood: Neighbourhood, words: str, where: str, on: date, by: Person, today: date
) -> Notice:
    """Keep something noticed on the way. Raises NotYours or NotADayForActs."""
    if not rules.may_note(by):
        raise NotYours
    if not rules.is_a_day_for_acts(on, today):
        raise NotADayForActs
    noticed = Notice.objects.create(neighbourhood=neighbourhood, on=on, where=where, words=words, noted_by=by)
    log.info("notice kept notice=%s", noticed.pk)
    return noticed


@transaction.atomic
def forget_notice(noticed: Notice, *, by: Person) -> None:
    """It was about a person after all, or is no longer so. Raises NotYours."""
    if not rules.may_take_out(by, noticed):
        raise NotYours
    log.info("notice forgotten notice=%s", noticed.pk)
    noticed.delete()


@transaction.atomic
def take_up(noticed: Notice, *, became: Became, by: Person, on: date) -> None:
    """Somebody made something of it: it says so from then on. Raises NotYours."""
    if not rules.may_note(by):
        raise NotYours
    noticed.became, noticed.became_on = became, on
    noticed.save(update_fields=["became", "became_on"])
    log.info("notice taken up notice=%s became=%s", noticed.pk, became)
