"""How long what is written about safety is kept; and requests, due in one calendar month."""

from datetime import UTC, date, datetime, timedelta

import pytest

from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories import ended
from betterstory.stories.models import Asked, Concern, Entry, Hold, Worry
from betterstory.stories.safeguarding import access, concerns, door, holds, keeping
from betterstory.stories.safeguarding.tests.conftest import LATER, REASON
from conftest import AT, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def closed(kind: Worry, organiser: Person, grace: Person) -> Concern:
    raised = concerns.raise_concern(by=organiser, kind=kind, words="heard", at=AT)
    for each in (Entry.Kind.SEEN, Entry.Kind.PASSED_ON, Entry.Kind.CLOSED):
        concerns.write(raised, kind=each, words="a few words", by=grace, at=LATER)
    return raised


@pytest.mark.parametrize(
    ("kind", "years"), [(Worry.ADULT, 6), (Worry.CHILD, 25), (Worry.SELF_HARM, 6), (Worry.ALLEGATION, 10)]
)
def test_each_kind_is_kept_its_years_and_then_forgotten(
    kind: Worry, years: int, organiser: Person, grace: Person
) -> None:
    raised = closed(kind, organiser, grace)
    still_open = concerns.raise_concern(by=organiser, kind=kind, words="heard", at=AT)
    day = datetime(2026 + years, 7, 6, 12, tzinfo=UTC)
    assert keeping.forget_on(raised) == day.date()
    assert keeping.forget_on(still_open) is None
    assert keeping.forget_those_due(at=day - DAY) == 0
    assert keeping.forget_those_due(at=day) == 1
    assert keeping.forget_those_due(at=day) == 0
    again = Concern.objects.get(pk=raised.pk)
    assert not keyring().holds(again.key)
    assert (bytes(again.words_sealed), again.raised_by, again.kind) == (b"", None, kind)
    assert not again.entries.exclude(words_sealed=b"").exists()
    assert door.read(again, by=grace) is None
    assert keyring().holds(Concern.objects.get(pk=still_open.pk).key), "what is open is never forgotten"


def test_a_hold_in_force_keeps_the_concern_too(seen: Concern, grace: Person) -> None:
    for each in (Entry.Kind.PASSED_ON, Entry.Kind.TOLD, Entry.Kind.CLOSED):
        concerns.write(seen, kind=each, words="a few words", by=grace, at=LATER)
    day = datetime(2032, 7, 7, 12, tzinfo=UTC)
    named = holds.hold(seen, reason=REASON, until=day + 30 * DAY, by=grace, at=day)
    assert named.key
    assert keeping.forget_those_due(at=day) == 0
    assert keeping.forget_those_due(at=day + 31 * DAY) == 1
    assert bytes(Hold.objects.get().reason_sealed) == b""
    assert not keyring().holds(named.key)


def test_an_older_copy_forgets_again(organiser: Person, grace: Person) -> None:
    raised = closed(Worry.ADULT, organiser, grace)
    words, older = bytes(raised.words_sealed), keyring().file.read_bytes()
    keeping.forget_those_due(at=datetime(2032, 7, 7, tzinfo=UTC))
    keyring().file.write_bytes(older)
    Concern.objects.wipe(forgotten_at=None, words_sealed=words)
    assert ended.replay() == 1
    assert ended.replay() == 0
    assert not keyring().holds(raised.key)
    assert bytes(Concern.objects.get().words_sealed) == b""


@pytest.mark.parametrize(
    ("day", "later"),
    [("2026-07-06", "2032-07-06"), ("2028-02-29", "2034-02-28"), ("2028-02-28", "2034-02-28")],
)
def test_years_are_years(day: str, later: str) -> None:
    assert keeping.years_later(date.fromisoformat(day), 6) == date.fromisoformat(later)


MONTHS = """
2026-07-06  2026-08-06
2026-12-31  2027-01-31
2027-01-31  2027-02-28
2028-01-30  2028-02-29
2026-08-31  2026-09-30
2026-12-01  2027-01-01
"""


@pytest.mark.parametrize("row", MONTHS.strip().splitlines())
def test_a_request_is_due_in_one_calendar_month(row: str, steward: Person) -> None:
    asked_on, due_on = (date.fromisoformat(day) for day in row.split())
    asked = access.take_down(kind=Asked.Kind.COPY, who="Jo", asked_on=asked_on, by=steward, on=asked_on)
    assert asked.due_on == due_on


def test_a_request_is_answered_once_and_by_those_who_may(
    steward: Person, organiser: Person, teller: Person, grace: Person
) -> None:
    for nobody in (organiser, teller):
        with pytest.raises(NotYours):
            access.take_down(kind=Asked.Kind.COPY, who="Jo", asked_on=TODAY, by=nobody, on=TODAY)
    with pytest.raises(access.NotBeforeToday):
        access.take_down(kind=Asked.Kind.COPY, who="Jo", asked_on=TODAY + DAY, by=steward, on=TODAY)
    with pytest.raises(concerns.SayWhat):
        access.take_down(kind=Asked.Kind.COPY, who=" ", asked_on=TODAY, by=steward, on=TODAY)
    asked = access.take_down(
        kind=Asked.Kind.IN_A_STORY, who="Jo Marlow, 2 Row", asked_on=TODAY, by=steward, on=TODAY
    )
    assert b"Marlow" not in bytes(asked.who_sealed)
    assert door.read_asked(asked, by=organiser) is None
    told = door.read_asked(asked, by=grace)
    assert told is not None
    assert told[0] == "Jo Marlow, 2 Row"
    how = Asked.Answer.NEITHER
    with pytest.raises(NotYours):
        access.answer(asked, how=how, checked="x", by=organiser, on=TODAY)
    with pytest.raises(concerns.SayWhat):
        access.answer(asked, how=how, checked=" ", by=grace, on=TODAY)
    access.answer(asked, how=how, checked="every list", by=grace, on=TODAY)
    with pytest.raises(access.AnsweredBefore):
        access.answer(asked, how=Asked.Answer.GIVEN, checked="again", by=steward, on=TODAY)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == (how, grace)


def test_an_answered_request_is_kept_two_years(steward: Person) -> None:
    waiting = access.take_down(kind=Asked.Kind.COPY, who="Ann", asked_on=TODAY, by=steward, on=TODAY)
    asked = access.take_down(kind=Asked.Kind.COPY, who="Jo", asked_on=TODAY, by=steward, on=TODAY)
    access.answer(asked, how=Asked.Answer.GIVEN, checked="all", by=steward, on=TODAY)
    day = datetime(2028, 7, 6, 12, tzinfo=UTC)
    assert keeping.forget_those_due(at=day - DAY) == 0
    assert keeping.forget_those_due(at=day) == 1
    assert not keyring().holds(asked.key)
    assert list(Asked.objects.all()) == [waiting]
