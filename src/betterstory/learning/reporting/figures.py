"""The figures of a report, each with the list that it counts: one reading makes both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from betterstory.behind.models import Release
from betterstory.learning.models import Sector
from betterstory.learning.reporting import happenings as told
from betterstory.learning.reporting.amounts import said_amount, said_hours
from betterstory.learning.reporting.happenings import Happening, Reading
from betterstory.learning.reporting.releases import releases_of
from betterstory.learning.reporting.standing import AskThen, PromiseThen, asks_then, promises_then
from betterstory.learning.reporting.timeline import amounts, as_typed, day, is_month, outside
from betterstory.promises.models import LATE, NO_ANSWER_YET, TO_COME, Answer, State
from betterstory.ui.saying import ended

KINDS = (told.GATHERED, told.SPENT, told.OUTSIDE, told.WORSE)


@dataclass(frozen=True)
class Row:
    """One line of a list: the words, what stands beside them, where they lead; perhaps an amount."""

    words: str
    about: str
    link: str = ""
    is_said: bool = False
    amount: str = ""
    note: str = ""
    who: str = ""
    when: str = ""
    state: str = ""

    @property
    def stood(self) -> str:
        """How it stood, as a sentence."""
        return ended(_("How it stood: %(state)s") % {"state": self.state}) if self.state else ""


@dataclass(frozen=True)
class Figure:
    """A number, the words after it, and what it counts."""

    slug: str
    number: str
    words: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Counted:
    """Everything that was read for a report, and its figures by name."""

    asks: list[AskThen]
    promises: list[PromiseThen]
    happened: list[Happening]
    figures: dict[str, Figure]

    def some(self, *slugs: str) -> list[Figure]:
        """Those of these that count something."""
        return [self.figures[slug] for slug in slugs if self.figures[slug].rows]

    def rows(self, *slugs: str) -> list[Row]:
        return [row for slug in slugs for row in self.figures[slug].rows]


PROMISED = {
    State.KEPT.value: "kept",
    State.PARTLY.value: "partly",
    State.NOT_KEPT.value: "not-kept",
    LATE: "late",
    State.RELEASED.value: "let-go",
    State.TAKEN_BACK.value: "taken-back",
    State.MADE_AGAIN.value: "made-again",
    TO_COME: "to-come",
}
ANSWERED = {
    Answer.Kind.YES.value: "yes",
    Answer.Kind.NO_BECAUSE.value: "refused",
    Answer.Kind.NOT_OURS.value: "passed-on",
    NO_ANSWER_YET: "no-answer",
}
NOT_DONE = ("not-kept", "partly", "late", "let-go", "taken-back", "refused", "passed-on", "no-answer")


def count(reading: Reading, *, at: datetime) -> Counted:
    """Read a round as of a day, and count. `at` is now: then tellers are asked. Nine queries at most."""
    asks = asks_then(reading.round, on=reading.on)
    promises = promises_then(reading.round, on=reading.on)
    happened = told.read(reading, KINDS)
    found = [
        *_of_asks(asks),
        *_of_promises(promises),
        *_of_releases(releases_of(asks, at=at)),
        *_of_happenings(happened),
    ]
    return Counted(asks, promises, happened, {each.slug: each for each in found})


def _figure(slug: str, words: str, rows: Iterable[Row]) -> Figure:
    rows = tuple(rows)
    return Figure(slug, str(len(rows)), words, rows)


def _of_asks(asks: list[AskThen]) -> Iterable[Figure]:
    words = {
        "yes": _("answered yes, with a promise"),
        "refused": _("answered no, with the reason"),
        "passed-on": _("passed on, and still waiting"),
        "no-answer": _("not answered yet"),
    }
    said = ngettext("thing was asked", "things were asked", len(asks))
    yield _figure("asked", said, map(ask_row, asks))
    for state, slug in ANSWERED.items():
        yield _figure(slug, words[slug], (ask_row(each) for each in asks if each.state == state))


def _of_promises(promises: list[PromiseThen]) -> Iterable[Figure]:
    words = {
        "kept": _("kept"),
        "partly": _("kept in part"),
        "not-kept": _("not kept"),
        "late": _("late, and nobody has said how it turned out"),
        "let-go": _("let go by whoever it was made to"),
        "taken-back": _("taken back in the days to confirm"),
        "made-again": _("made again, with a new day"),
        "to-come": _("still to come"),
    }
    said = ngettext("promise was made", "promises were made", len(promises))
    yield _figure("promised", said, map(promise_row, promises))
    for mark, slug in PROMISED.items():
        yield _figure(slug, words[slug], (promise_row(each) for each in promises if each.mark == mark))


def _of_releases(found: Iterable[Release]) -> Iterable[Figure]:
    """Figures from records, as they were released and never counted again."""
    rows = [
        Row(
            words=str(release.figures.get("headline", "")) or _("Figures were released."),
            about=_("Release %(number)s. Source: %(source)s It cannot see: %(cannot)s")
            % {
                "number": release.number,
                "source": ended(release.source),
                "cannot": ended(release.cannot_see),
            },
            link=reverse("behind:release", args=[release.pk]),
        )
        for release in found
    ]
    said = ngettext("release of figures from records", "releases of figures from records", len(rows))
    yield _figure("releases", said, rows)


def _of_happenings(happened: list[Happening]) -> Iterable[Figure]:
    met = [each for each in happened if each.kind == told.GATHERED]
    yield _figure("met", ngettext("gathering", "gatherings", len(met)), map(_gathering_row, met))
    events: dict[int, list[Happening]] = {}
    for each in happened:
        if each.kind == told.OUTSIDE:
            events.setdefault(each.pk, []).append(each)
    said = ngettext("change around us", "changes around us", len(events))
    yield _figure("outside", said, map(_event_row, events.values()))
    worse = [each for each in happened if each.kind == told.WORSE]
    said = ngettext("lesson says so", "lessons say so", len(worse))
    yield _figure("worse", said, map(_lesson_row, worse))
    spent = [each for each in happened if each.kind == told.SPENT]
    for sector in [*Sector, None]:
        yield _sum(spent, sector, "hours")
        yield _sum(spent, sector, "pounds")


def _sum(spent: list[Happening], sector: Sector | None, what: str) -> Figure:
    """Of one sector or of all; added up here, and never typed."""
    rows = [each for each in spent if getattr(each, what) and (sector is None or each.name == sector.value)]
    total = sum((getattr(each, what) for each in rows), Decimal(0))
    whose = sector.label if sector else _("everybody together")
    say = said_hours if what == "hours" else said_amount
    words = _("hours, %(whose)s") if what == "hours" else _("pounds, %(whose)s")
    slug = f"{what}-{sector.value if sector else 'all'}"
    return Figure(slug, say(total), words % {"whose": whose}, tuple(_spent_row(each, what) for each in rows))


def ask_row(then: AskThen) -> Row:
    """The words, of whom, when, and how it stood."""
    ask = then.ask
    about = _("%(who)s asked %(body)s on %(day)s.") % {
        "who": then.who[:1].upper() + then.who[1:],
        "body": then.body,
        "day": day(ask.asked_on),
    }
    state = {
        Answer.Kind.YES.value: _("yes"),
        Answer.Kind.NO_BECAUSE.value: _("no, because: %(why)s") % {"why": then.words},
        Answer.Kind.NOT_OURS.value: _("passed on; %(waits)s") % {"waits": _waits(then.days)},
        NO_ANSWER_YET: _waits(then.days),
    }[then.state]
    link = reverse("promises:ask", args=[ask.pk])
    return Row(ask.words, about, link, True, who=then.body, when=day(ask.asked_on), state=state)


def _waits(days: int) -> str:
    return ngettext("no answer for one day", "no answer for %(days)s days", days) % {"days": days}


def promise_row(then: PromiseThen) -> Row:
    """The words, who to whom, by when, how it stood, and what was said of it."""
    about = _("%(who)s, to %(whom)s; by %(day)s.") % {
        "who": then.who,
        "whom": then.whom,
        "day": day(then.due_on),
    }
    state = str(State(then.promise.state).label)
    if then.mark == LATE:
        state = ngettext("one working day late", "%(days)s working days late", then.days_late) % {
            "days": then.days_late
        }
    link = reverse("promises:promise", args=[then.promise.pk])
    return Row(
        then.words, about, link, True, note=then.note, who=then.who, when=day(then.due_on), state=state
    )


def _gathering_row(row: Happening) -> Row:
    link = reverse("conversations:gathering", args=[row.pk])
    return Row(row.words, f"{day(row.on)}, {row.name}", link, when=day(row.on))


def _event_row(several: list[Happening]) -> Row:
    moment = outside(several)
    return Row(moment.what, f"{day(moment.on)}. {moment.note}", when=day(moment.on))


def _lesson_row(row: Happening) -> Row:
    return Row(row.words, _("We tried: %(tried)s") % {"tried": row.name}, f"/learning/lessons/{row.pk}/")


def _spent_row(row: Happening, what: str) -> Row:
    say = said_hours if what == "hours" else said_amount
    return Row(
        words=row.words,
        about=as_typed(row),
        amount=say(getattr(row, what)),
        who=str(Sector(row.name).label),
        when=when(row),
        state=amounts(row),
    )


def when(row: Happening) -> str:
    """The day, or the month."""
    return date_format(row.on, "F Y") if is_month(row) else day(row.on)
