"""What happened in a round beside asks and promises themselves, read in one query and told apart by kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    DecimalField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, TruncDate

from betterstory.conversations.models import Gathering, Guest, Side
from betterstory.learning.models import Lesson, OutsideEvent, Spent, WasThere, Wording
from betterstory.people.models import Membership, Part, Person, Role
from betterstory.places.models import Round
from betterstory.poolside.models import Poolside
from betterstory.promises.models import Again, Answer, Confirmation, Judgement

ANSWERED, AGAIN, JUDGED, TAKEN_BACK = "answered", "again", "judged", "taken_back"
GATHERED, ABSENT, LEFT_CIRCLE, LEFT = "gathered", "absent", "left_circle", "left"
SPENT, OUTSIDE, WORSE = "spent", "outside", "worse"


@dataclass(frozen=True)
class Happening:
    """One thing that happened. What `words`, `name`, `more` and `mark` hold depends on its kind."""

    kind: str
    pk: int
    on: date
    words: str
    name: str
    more: str
    mark: str
    hours: Decimal
    pounds: Decimal
    written_on: date | None


@dataclass(frozen=True)
class Reading:
    """Which round, as of which day, and for whom: what poolside circles and lessons are theirs to see."""

    round: Round
    on: date
    viewer: Person | None = None
    for_anyone: bool = False


def read(reading: Reading, kinds: Iterable[str]) -> list[Happening]:
    """What happened of these kinds up to the day, oldest first. One query."""
    asked = [query for kind in kinds for query in ASKED[kind](reading)]
    if not asked:
        return []
    rows = asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0]
    found = [_happening(row) for row in rows.order_by()]
    return sorted(set(found), key=lambda each: (each.on, each.kind, each.pk, each.name))


def _happening(row: Sequence[Any]) -> Happening:
    kind, pk, on, words, name, more, mark, hours, pounds, written_on = row
    return Happening(
        kind,
        pk,
        on,
        words or "",
        name or "",
        more or "",
        mark or "",
        Decimal(hours or 0),
        Decimal(pounds or 0),
        written_on,
    )


def _rows(
    rows: QuerySet[Any],
    kind: str,
    *,
    pk: str,
    on: Any,
    words: Any = "",
    name: Any = "",
    more: Any = "",
    mark: Any = "",
    amounts: bool = False,
    typed: bool = False,
) -> QuerySet[Any]:
    """The same ten columns of every kind, so that they can be read as one."""
    money = DecimalField(max_digits=12, decimal_places=2)
    return rows.order_by().values_list(
        Value(kind, output_field=CharField()),
        Cast(pk, IntegerField()),
        Cast(on, DateField()),
        *(Cast(_expression(each), CharField()) for each in (words, name, more, mark)),
        Cast("hours" if amounts else Value(0), money),
        Cast("pounds" if amounts else Value(0), money),
        Cast("written_on" if typed else Value(None), DateField()),
    )


def _expression(word: Any) -> Any:
    """A column by its name; "" for nothing."""
    return (F(word) if word else Value("")) if isinstance(word, str) else word


def _answered(reading: Reading) -> list[QuerySet[Any]]:
    rows = Answer.objects.filter(ask__round=reading.round, on__lte=reading.on)
    return [
        _rows(
            rows,
            ANSWERED,
            pk="ask_id",
            on="on",
            words="words",
            name="body__name",
            more="passed_to__name",
            mark="kind",
        )
    ]


def _again(reading: Reading) -> list[QuerySet[Any]]:
    rows = Again.objects.filter(promise__round=reading.round, agreed_on__lte=reading.on)
    return [_rows(rows, AGAIN, pk="promise_id", on="agreed_on", words="because", more="due_on")]


def _judged(reading: Reading) -> list[QuerySet[Any]]:
    rows = Judgement.objects.filter(promise__round=reading.round, on__lte=reading.on)
    return [_rows(rows, JUDGED, pk="promise_id", on="on", words="note", mark="verdict")]


def _taken_back(reading: Reading) -> list[QuerySet[Any]]:
    rows = Confirmation.objects.filter(
        promise__round=reading.round, on__lte=reading.on, kind=Confirmation.Kind.TAKEN_BACK
    )
    return [_rows(rows, TAKEN_BACK, pk="promise_id", on="on", words="because")]


def _gathered(reading: Reading) -> list[QuerySet[Any]]:
    rows = Gathering.objects.filter(round=reading.round, at__date__lte=reading.on)
    said = _who_was_there(reading).filter(gathering=OuterRef("pk")).order_by("-number")
    people = Subquery(said.values("people")[:1])
    return [_rows(rows, GATHERED, pk="pk", on=TruncDate("at"), words="title", name="where", more=people)]


def _who_was_there(reading: Reading) -> QuerySet[WasThere]:
    """What was said by that day of who was there."""
    return WasThere.objects.filter(gathering__round=reading.round, written_on__lte=reading.on)


def _absent(reading: Reading) -> list[QuerySet[Any]]:
    """From services, as a post of a body, never by name: whoever was not there, where that was said; else
    whoever had said that they would not come.
    """
    said = _who_was_there(reading)
    last = said.filter(gathering=OuterRef("gathering")).order_by("-number")
    missed = said.filter(pk=Subquery(last.values("pk")[:1]), absent__isnull=False)
    rows = Guest.objects.filter(
        ~Exists(said.filter(gathering=OuterRef("gathering"))),
        gathering__round=reading.round,
        gathering__at__date__lte=reading.on,
        side=Side.SERVICE,
        reply=Guest.Reply.NOT_COMING,
    )
    return [
        _rows(
            rows,
            ABSENT,
            pk="gathering_id",
            on=TruncDate("gathering__at"),
            words=Coalesce("person__posts__title", "invitation__person__posts__title", Value("")),
            name=Coalesce("person__posts__body__name", "invitation__person__posts__body__name", Value("")),
            more="gathering__title",
        ),
        _rows(
            missed,
            ABSENT,
            pk="gathering_id",
            on=TruncDate("gathering__at"),
            words="absent__title",
            name="absent__body__name",
            more="gathering__title",
        ),
    ]


def _left_circle(reading: Reading) -> list[QuerySet[Any]]:
    """Who got up from a poolside circle: told to those who sit round it, of partners alone."""
    if reading.viewer is None:
        return []
    circles = Poolside.objects.filter(round=reading.round, circle__in=reading.viewer.circle_ids)
    still = Membership.objects.filter(circle=OuterRef("circle"), person=OuterRef("person"), left_at=None)
    rows = Membership.objects.filter(
        ~Exists(still), _is_partner("person"), circle__in=circles.values("circle")
    ).filter(left_at__date__lte=reading.on)
    return [
        _rows(
            rows,
            LEFT_CIRCLE,
            pk="pk",
            on=TruncDate("left_at"),
            words="person__posts__title",
            name="person__posts__body__name",
        )
    ]


def _left(reading: Reading) -> list[QuerySet[Any]]:
    """Partners who left the partnership while the round ran."""
    until = min(reading.on, reading.round.ended_on or reading.on)
    rows = Part.objects.filter(role=Role.PARTNER, left_on__range=(reading.round.began_on, until))
    return [
        _rows(
            rows, LEFT, pk="pk", on="left_on", words="person__posts__title", name="person__posts__body__name"
        )
    ]


def _is_partner(person: str) -> Exists:
    """They play, or played, a partner's part: of residents nothing is said."""
    return Exists(Part.objects.filter(person=OuterRef(person), role=Role.PARTNER))


def _spent(reading: Reading) -> list[QuerySet[Any]]:
    rows = Spent.objects.filter(round=reading.round).as_of(reading.on)
    return [
        _rows(
            rows,
            SPENT,
            pk="pk",
            on="on",
            words="what_for",
            name="sector",
            more="written_as",
            mark="is_month",
            amounts=True,
            typed=True,
        )
    ]


def _outside(reading: Reading) -> list[QuerySet[Any]]:
    rows = OutsideEvent.objects.filter(round=reading.round).as_of(reading.on)
    return [
        _rows(
            rows,
            OUTSIDE,
            pk="pk",
            on="on",
            words="words",
            name="bodies__name",
            more="written_as",
            typed=True,
        )
    ]


def _worse(reading: Reading) -> list[QuerySet[Any]]:
    """What got worse, or who was left out, in the words of lessons as they stood."""
    later = Wording.objects.filter(
        lesson=OuterRef("lesson"), number__gt=OuterRef("number"), on__lte=reading.on
    )
    rows = Wording.objects.filter(
        ~Exists(later), lesson__round=reading.round, on__lte=reading.on, taken_out_on=None
    )
    if reading.for_anyone:
        rows = rows.filter(lesson__in=Lesson.objects.for_anyone())
    return [_rows(rows, WORSE, pk="lesson_id", on="on", words="worse", name="tried")]


ASKED = {
    ANSWERED: _answered,
    AGAIN: _again,
    JUDGED: _judged,
    TAKEN_BACK: _taken_back,
    GATHERED: _gathered,
    ABSENT: _absent,
    LEFT_CIRCLE: _left_circle,
    LEFT: _left,
    SPENT: _spent,
    OUTSIDE: _outside,
    WORSE: _worse,
}
