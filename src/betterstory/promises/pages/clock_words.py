"""The clocks of asks and promises in words: what is due, what is late and since when, what is silent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from betterstory.promises import clocks, working_days
from betterstory.promises.models import Ask, Confirmation, Hold, Promise, State
from betterstory.promises.working_days import Spans
from betterstory.ui.templatetags.ui import day


@dataclass(frozen=True)
class Held:
    """Days before elections: the spans of each post, and the bodies that wait today with their last day."""

    spans: Mapping[int, Spans] = field(default_factory=dict)
    now: Mapping[str, date] = field(default_factory=dict)

    def of(self, promise: Promise) -> Spans:
        post = promise.post
        if post is None:
            return ()
        return [*self.spans.get(post.pk, ()), *self.spans.get(post.today_id or 0, ())]


def held(on: date) -> Held:
    """One query for a whole page."""
    spans: dict[int, list[tuple[date, date]]] = {}
    now: dict[str, date] = {}
    told = Hold.objects.exclude(posts=None).values_list("posts", "from_on", "until_on", "body__name")
    for post, first, last, body in told:
        spans.setdefault(post, []).append((first, last))
        if first <= on <= last:
            now[body] = max(last, now.get(body, last))
    return Held(spans, now)


def held_for(promises: Iterable[Promise], on: date) -> Held:
    """The same, and no query where no clock of these ever stood still. Fetch them `with_holds`."""
    return held(on) if any(getattr(each, "has_holds", True) for each in promises) else Held()


@dataclass(frozen=True)
class Told:
    """One sentence; `strong` where something is late."""

    words: str
    strong: bool = False


def of_promise(promise: Promise, on: date, still: Held) -> list[Told]:
    """What the clock says of a promise today."""
    lines = [*_of_its_word(promise, on, still)]
    if promise.is_open:
        lines += [*_of_its_day(promise, on, still), *_of_silence(promise, on)]
    return lines


def _of_its_word(promise: Promise, on: date, still: Held) -> Iterator[Told]:
    """Whether the post confirmed what was written down for it."""
    said: Confirmation | None = getattr(promise, "confirmation", None)
    if promise.state == State.WAITS:
        last = max((last for first, last in still.of(promise) if first <= on <= last), default=None)
        yield Told(
            _("It waits until after the election, %(day)s.") % {"day": day(last, on)}
            if last
            else _("It waits until after the election.")
        )
    elif said and said.kind == Confirmation.Kind.TAKEN_BACK:
        yield Told(_("Taken back by the post: “%(because)s”") % {"because": said.because})
    elif promise.waits_to_be_confirmed:
        by = clocks.confirm_by(promise.made_on, still.of(promise))
        words = (
            _("Not confirmed yet.") if on > by else _("Written down in the room. To be confirmed by %(day)s.")
        )
        yield Told(words % {"day": day(by, on)} if on <= by else words)


def _of_its_day(promise: Promise, on: date, still: Held) -> Iterator[Told]:
    if promise.when_we_meet:
        yield Told(
            _("It is due when we next meet.")
            if promise.meets_id
            else _("It is due when we next meet. No day is set yet; without one, %(day)s counts.")
            % {"day": day(promise.due_on, on)}
        )
    if promise.finds_out:
        yield Told(_("A promise to find out: what was found is told by that day."))
    spans = still.of(promise)
    ends = max((last for first, last in spans if first <= on <= last), default=None)
    if ends:
        yield Told(_("Its clock stands still before an election, until %(day)s.") % {"day": day(ends, on)})
    late = promise.days_late(on=on, without=spans)
    if late:
        words = ngettext("Late: one working day.", "Late: %(many)s working days.", late)
        if late >= clocks.GRACE + clocks.LONG_AFTER:
            words = _("Long overdue: %(many)s working days late.")
        yield Told(words % {"many": late}, strong=True)
    elif on > promise.due_on:
        yield Told(
            _("Its day is past. It counts as late from %(day)s.") % {"day": day(promise.counts_late_from, on)}
        )


def _of_silence(promise: Promise, on: date) -> Iterator[Told]:
    said: Confirmation | None = getattr(promise, "confirmation", None)
    spoken = [promise.made_on, getattr(promise, "asked_last", None), getattr(promise, "agreed_last", None)]
    spoken += [getattr(promise, "said_on", None), said.on if said else None]
    months = clocks.months_between(max(each for each in spoken if each), on)
    if months >= clocks.SILENT_MONTHS:
        yield Told(
            ngettext("Nothing was said for a month.", "Nothing was said for %(many)s months.", months)
            % {"many": months}
        )


def of_ask(ask: Ask, on: date) -> list[Told]:
    """When its answer is due, while there is none."""
    if not ask.is_waiting:
        return []
    by = ask.answer_due_on
    if on <= by:
        if by == ask.later_by:  # they named this day themselves: it stands beside it already
            return []
        return [Told(_("An answer is due by %(day)s.") % {"day": day(by, on)})]
    many = working_days.between(by, on)
    words = ngettext(
        "The answer is late: it was due by %(day)s, one working day ago.",
        "The answer is late: it was due by %(day)s, %(many)s working days ago.",
        many,
    )
    if many >= clocks.ANSWER_WITHIN:
        words = _("The answer is long overdue: it was due by %(day)s, %(many)s working days ago.")
    return [Told(words % {"day": day(by, on), "many": many}, strong=True)]
