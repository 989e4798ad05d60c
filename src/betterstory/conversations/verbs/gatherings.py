"""Calling a gathering, asking people to it in balance, and opening and closing its voting."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import first_names, rules
from betterstory.conversations.asked import forget
from betterstory.conversations.models import Gathering, Guest, Side
from betterstory.conversations.verbs.finding import work_out_later
from betterstory.conversations.verbs.run_sheet import check_titles, lay_out
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Invitation, Person, Ring, Role
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
CIRCLE_LIFE = timedelta(days=365)  # as long as the longest yes
PARTS = {Side.RESIDENT: Role.RESIDENT, Side.SERVICE: Role.PARTNER}


class DayIsPast(Refusal):
    """People cannot meet on a day that is over."""

    code, status = "day-is-past", 422
    words = _("That day and time are past. Choose one that is still to come.")


class FirstNameOnly(Refusal):
    """A rank or a title was written where a first name belongs."""

    code, status = "first-name-only", 422
    words = _("Write the first name alone. In this room nobody has a title.")


@transaction.atomic
def call_gathering(
    *,
    round: Round,  # noqa: A002 - our word for one pass of the thread
    kind: Gathering.Kind,
    title: str,
    when: datetime,
    where: str,
    by: Person,
    at: datetime,
    check_in: str = "",
) -> Gathering:
    """Call people together. Its circle is made with it, and `by` is in it. Raises NotYours.

    `when` is when people meet; `at` is now. Its run sheet is laid out for its kind. Raises DayIsPast or
    NoTitles too.
    """
    if not rules.may_call(by):
        raise NotYours
    if when < at:
        raise DayIsPast
    check_titles(kind, title, check_in)
    day = localtime(when).date()
    circle = people.open_circle(
        name=circle_name(title, day),
        kind=Circle.Kind.GATHERING,
        ends_on=day + CIRCLE_LIFE,
        meets_on=day,
    )
    people.join(circle=circle, person=by, at=at)
    _read_circles_again(by)
    gathering = Gathering.objects.create(
        round=round,
        kind=kind,
        title=title,
        at=when,
        where=where,
        check_in=check_in,
        circle=circle,
        called_by=by,
    )
    lay_out(gathering, by=by, at=at)
    forget(gathering.pk)
    log.info("gathering called gathering=%s round=%s by=%s", gathering.pk, round.pk, by.pk)
    return gathering


def circle_name(title: str, day: date) -> str:
    """What tellers read when they say for whom."""
    return f"{title}, {day.day} {day:%B}"[:120]


@transaction.atomic
def ask_guest(
    gathering: Gathering, *, first_name: str, side: Side, ring: Ring, by: Person, person: Person | None = None
) -> Guest:
    """Ask somebody to come: a first name, a side, a ring. Raises NotYours or FirstNameOnly."""
    if not rules.may_call(by):
        raise NotYours
    name = " ".join(first_name.split())
    if not first_names.is_first_name(name):
        raise FirstNameOnly
    guest = Guest.objects.create(
        gathering=gathering, first_name=name, side=side, ring=ring, person=person, asked_by=by
    )
    log.info("guest asked gathering=%s guest=%s side=%s", gathering.pk, guest.pk, side)
    return guest


@transaction.atomic
def reply(guest: Guest, *, reply: Guest.Reply, by: Person, at: datetime) -> None:
    """Somebody says whether they come. Who comes is of the gathering's circle. Raises NotYours."""
    if not rules.may_answer_for(by, guest):
        raise NotYours
    guest.reply = reply
    guest.save(update_fields=["reply"])
    person = guest.person or (guest.invitation.person if guest.invitation else None)
    if person is not None:
        circle = guest.gathering.circle
        if reply == Guest.Reply.COMING:
            people.join(circle=circle, person=person, at=at)
        elif reply == Guest.Reply.NOT_COMING:
            people.leave(circle=circle, person=person, at=at)
        _read_circles_again(person)
    log.info("guest replied guest=%s reply=%s by=%s", guest.pk, reply, by.pk)


@transaction.atomic
def invite_guests(gathering: Gathering, *, by: Person, at: datetime) -> list[tuple[Invitation, str]]:
    """A card to come in with, for each guest who has not come in yet: (card, code), the code seen this once.

    A card made before and not used is no good any more. Raises NotYours.
    """
    if not rules.may_call(by):
        raise NotYours
    waiting = gathering.guests.filter(person=None, invitation__person=None).exclude(
        reply=Guest.Reply.NOT_COMING
    )
    made = []
    for guest in waiting.select_related("invitation"):
        if guest.invitation is not None:
            people.withdraw_card(guest.invitation, by=by, at=at)
        card, code = people.invite(
            greeting=guest.first_name, role=PARTS[Side(guest.side)], by=by, at=at, circle=gathering.circle
        )
        guest.invitation = card
        guest.save(update_fields=["invitation"])
        made.append((card, code))
    log.info("guests invited gathering=%s count=%s by=%s", gathering.pk, len(made), by.pk)
    return made


@transaction.atomic
def close_voting(gathering: Gathering, *, by: Person, at: datetime | None = None) -> None:
    """Answers are in; from now on everybody of the place can see them together. Raises NotYours.

    What was said on a second laptop before `at` still counts when it comes home.
    """
    _set_voting(gathering, by=by, is_open=False, at=at)


@transaction.atomic
def open_voting(gathering: Gathering, *, by: Person) -> None:
    """Answers may come in again; what was said so far is not shown meanwhile. Raises NotYours."""
    _set_voting(gathering, by=by, is_open=True)


def _set_voting(gathering: Gathering, *, by: Person, is_open: bool, at: datetime | None = None) -> None:
    if not rules.may_call(by):
        raise NotYours
    gathering.voting_open = is_open
    gathering.voting_closed_at = at
    gathering.save(update_fields=["voting_open", "voting_closed_at"])
    forget(gathering.pk)
    if not is_open:
        work_out_later(gathering)
    log.info("voting %s gathering=%s by=%s", "opened" if is_open else "closed", gathering.pk, by.pk)


def _read_circles_again(person: Person) -> None:
    person.read_again()
