"""The timeline of a round: what happened, by day, in words that can leave the house."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from betterstory.learning.models import Sector
from betterstory.learning.reporting import happenings as told
from betterstory.learning.reporting.amounts import said_amount, said_hours
from betterstory.learning.reporting.happenings import Happening, Reading
from betterstory.learning.reporting.quotes import Quotes, quotes_of
from betterstory.learning.reporting.standing import AskThen, PromiseThen, asks_then, promises_then
from betterstory.people.models import Person, Role
from betterstory.places.models import Round
from betterstory.promises.models import LATE, NO_ANSWER_YET, Answer, State
from betterstory.stories.rules import Viewer

# the lanes of the picture, from the sky down; `OUTSIDE` is the sea
MET, ASKED, PROMISED, ROUND_US, WENT, SPENT = "met", "asked", "promised", "outside", "went", "spent"


TYPED_BY = {
    Role.ORGANISER.value: gettext_lazy("an organiser"),
    Role.STEWARD.value: gettext_lazy("a steward"),
    Role.PARTNER.value: gettext_lazy("a partner"),
}


@dataclass(frozen=True)
class Moment:
    """One thing on the timeline. `quotes` are lines of stories, each with its name or none."""

    on: date
    lane: str
    what: str
    said: str = ""
    who: str = ""
    link: str = ""
    is_month: bool = False
    hours: Decimal = Decimal(0)
    pounds: Decimal = Decimal(0)
    note: str = ""
    quotes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Timeline:
    """The moments, oldest first, and the quotes in them."""

    moments: list[Moment]
    quotes: Quotes


def timeline_of(
    round_: Round, *, viewer: Viewer, looks: Person | None, on: date, at: datetime, is_partner: bool
) -> Timeline:
    """Everything up to this day. Who was absent or left is told to the partnership alone. Six queries."""
    asks, promises = asks_then(round_, on=on), promises_then(round_, on=on)
    kinds = [told.ANSWERED, told.AGAIN, told.JUDGED, told.TAKEN_BACK]
    kinds += [told.GATHERED, told.SPENT, told.OUTSIDE]
    if is_partner:
        kinds += [told.ABSENT, told.LEFT_CIRCLE, told.LEFT]
    happened = told.read(Reading(round_, on, looks), kinds)
    quotes = quotes_of(asks, viewer=viewer, at=at)
    moments = [
        *(_asked(each, quotes) for each in asks),
        *(_promised(each) for each in promises),
        *_late(promises),
        *_happened(happened, {each.ask.pk: each for each in asks}, {p.promise.pk: p for p in promises}),
    ]
    moments.sort(key=lambda each: (each.on, not each.is_month))
    return Timeline(moments, quotes)


def by_month(moments: Iterable[Moment]) -> list[tuple[date, list[Moment]]]:
    """Each month that holds something."""
    months: dict[date, list[Moment]] = {}
    for moment in moments:
        months.setdefault(moment.on.replace(day=1), []).append(moment)
    return list(months.items())


def _asked(then: AskThen, quotes: Quotes) -> Moment:
    lines = tuple((each.words or "", each.name or "") for each in quotes.by_ask.get(then.ask.pk, []))
    note = ""
    if then.state == NO_ANSWER_YET:
        note = _("No answer yet, %(days)s days on.") % {"days": then.days}
    elif then.state == Answer.Kind.NOT_OURS:
        note = _("Passed on to %(body)s, and no answer yet, %(days)s days on.") % {
            "body": then.body,
            "days": then.days,
        }
    return Moment(
        on=then.ask.asked_on,
        lane=ASKED,
        what=_("%(who)s asked:") % {"who": _capital(then.who)},
        said=then.ask.words,
        who=then.who,
        link=reverse("promises:ask", args=[then.ask.pk]),
        note=note,
        quotes=lines,
    )


def _promised(then: PromiseThen) -> Moment:
    promise = then.promise
    return Moment(
        on=promise.made_on,
        lane=PROMISED,
        what=_("%(who)s promised %(whom)s:") % {"who": _capital(then.who), "whom": then.whom},
        said=then.words,
        who=then.who,
        link=reverse("promises:promise", args=[promise.pk]),
        note=_("By %(day)s.") % {"day": day(then.due_on)},
    )


def _late(promises: Iterable[PromiseThen]) -> Iterable[Moment]:
    """Its day went by, and nobody has said how it turned out: silence is shown as silence."""
    for then in promises:
        if then.mark == LATE:
            yield Moment(
                on=then.due_on,
                lane=PROMISED,
                what=_("The day of this promise went by, and nobody has said how it turned out:"),
                said=then.words,
                who=then.who,
                link=reverse("promises:promise", args=[then.promise.pk]),
            )


def _happened(
    rows: Iterable[Happening], asks: dict[int, AskThen], promises: dict[int, PromiseThen]
) -> Iterable[Moment]:
    events: dict[int, list[Happening]] = {}
    for row in rows:
        if row.kind == told.OUTSIDE:
            events.setdefault(row.pk, []).append(row)
        elif row.kind == told.ANSWERED:
            yield _answered(row, asks.get(row.pk))
        elif row.kind in (told.AGAIN, told.JUDGED, told.TAKEN_BACK):
            yield _became(row, promises.get(row.pk))
        elif row.kind == told.GATHERED:
            link = reverse("conversations:gathering", args=[row.pk])
            note = f"{row.name}. {people_there(int(row.more))}" if row.more else row.name
            yield Moment(row.on, MET, _("We met:"), row.words, link=link, note=note)
        elif row.kind == told.SPENT:
            yield _spent(row)
        else:
            yield _went(row)
    yield from (outside(several) for several in events.values())


def _answered(row: Happening, ask: AskThen | None) -> Moment:
    what = {
        Answer.Kind.YES: _("%(body)s said yes."),
        Answer.Kind.NO_BECAUSE: _("%(body)s said no, because:"),
        Answer.Kind.NOT_OURS: _("%(body)s said it is not theirs, and passed it on to %(other)s."),
    }[Answer.Kind(row.mark)] % {"body": row.name or (ask.body if ask else ""), "other": row.more}
    asked = _("The ask was: %(words)s") % {"words": ask.ask.words} if ask else ""
    link = reverse("promises:ask", args=[row.pk])
    return Moment(row.on, ASKED, what, row.words, row.name, link, note=asked)


def _became(row: Happening, promise: PromiseThen | None) -> Moment:
    if row.kind == told.AGAIN:
        what = _("A promise was made again, by %(day)s:") % {"day": day(date.fromisoformat(row.more[:10]))}
    elif row.kind == told.TAKEN_BACK:
        what = _("A promise was taken back in the days to confirm, because:")
    else:
        whom = promise.whom if promise else ""
        what = _("Said for %(whom)s: %(verdict)s.") % {"whom": whom, "verdict": State(row.mark).label}
    words = _("The promise was: %(words)s") % {"words": promise.words} if promise else ""
    who = promise.who if promise else ""
    link = reverse("promises:promise", args=[row.pk])
    return Moment(row.on, PROMISED, what, row.words, who, link, note=words)


def _went(row: Happening) -> Moment:
    """A post and its body, or "a partner"."""
    who = f"{row.words}, {row.name}" if row.name else _("a partner")
    what = {
        told.ABSENT: _("%(who)s did not come to “%(title)s”."),
        told.LEFT_CIRCLE: _("%(who)s left the poolside circle."),
        told.LEFT: _("%(who)s left the partnership."),
    }[row.kind] % {"who": _capital(who), "title": row.more}
    return Moment(row.on, WENT, what, who=who)


def _spent(row: Happening) -> Moment:
    return Moment(
        on=row.on,
        lane=SPENT,
        what=_("%(amount)s, %(sector)s:") % {"amount": amounts(row), "sector": Sector(row.name).label},
        said="",
        who=str(Sector(row.name).label),
        link="",
        is_month=is_month(row),
        hours=row.hours,
        pounds=row.pounds,
        note=f"{row.words}. {as_typed(row)}",
    )


def outside(several: list[Happening]) -> Moment:
    """An outside event, with the bodies that it touched; said to be announced where it was typed before its
    day and nobody has said since that it came.
    """
    first = several[0]
    bodies = ", ".join(each.name for each in several if each.name)
    announced = first.written_on is not None and first.on > first.written_on
    touched = _("It touches %(bodies)s.") if announced else _("It touched %(bodies)s.")
    who = touched % {"bodies": bodies} if bodies else ""
    what = _("Announced: %(words)s") % {"words": first.words} if announced else first.words
    return Moment(first.on, ROUND_US, what, who=bodies, note=f"{who} {as_typed(first)}".strip())


def amounts(row: Happening) -> str:
    """ "12 hours and £300"."""
    said = []
    if row.hours:
        said.append(_("%(hours)s hours") % {"hours": said_hours(row.hours)})
    if row.pounds:
        said.append(f"£{said_amount(row.pounds)}")
    return _(" and ").join(said)


def is_month(row: Happening) -> bool:
    """A truth value as a database says it in letters."""
    return row.mark in ("1", "true", "True")


def as_typed(row: Happening) -> str:
    """Who wrote it, by their part and never by name; and that nobody checked it."""
    when = day(row.written_on) if row.written_on else ""
    return _("As typed in by %(part)s on %(day)s, not checked.") % {"part": TYPED_BY[row.more], "day": when}


def people_there(people: int) -> str:
    """All together, as one whole."""
    said = ngettext("One person was there.", "%(people)s people were there.", people)
    return said % {"people": people}


def day(value: date) -> str:
    return date_format(value, "j F Y")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
