"""The ledger: every change of an ask or a promise is an entry, and no entry is ever changed."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from betterstory.people.models import Body, Circle, Person, Post
from betterstory.people.tests.conftest import AtOnce, at_once
from betterstory.places.models import Round
from betterstory.promises import guard, verbs, written
from betterstory.promises.models import Ask, Entry, Kind, Promise, Said, Verdict
from betterstory.promises.tests.conftest import ASKED, SEPTEMBER, WORDS, days
from betterstory.promises.verify_ledger import BEGINNING, DOMAIN, FORMAT, canonical, commit
from conftest import TODAY

__all__ = ["at_once"]  # a fixture


def chained() -> list[tuple[str, str, str]]:
    return list(Entry.objects.values_list("kind", "about", "who"))


def said(entry: Entry) -> dict[str, Any]:
    return Said.objects.get(entry=entry).words


def test_an_ask_and_its_yes_are_three_entries(promise: Promise, head: Post, room: Circle) -> None:
    ask = Ask.objects.get()
    assert chained() == [
        ("asked", f"ask {ask.pk}", f"circle {room.pk}"),
        ("answered_yes", f"ask {ask.pk}", f"body {head.body_id}"),
        ("made", f"promise {promise.pk}", f"post {head.pk} of body {head.body_id}"),
    ]
    asked, _yes, made = Entry.objects.all()
    assert said(asked) == {"words": ASKED, "asked_of": "The Talking Service"}
    assert said(made) == {
        "words": WORDS,
        "due": "2026-09-01",
        "by": "Head of the service, The Talking Service",
        "to": "the people of 14 July",
    }


def test_each_entry_follows_the_one_before(promise: Promise) -> None:
    entries = list(Entry.objects.all())
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.prev for entry in entries] == [BEGINNING, entries[0].hash, entries[1].hash]
    assert all(commit(each.said.text, bytes(each.said.salt)) == each.commitment for each in entries)
    assert len({bytes(each.said.salt) for each in entries}) == 3, "a salt of its own each"


def test_the_words_are_not_in_the_chain(promise: Promise, helen: Person) -> None:
    chain = json.dumps([entry.fields for entry in Entry.objects.all()])
    assert ASKED in str(Said.objects.values_list("text")), "here they could leak from"
    assert not any(each in chain for each in (ASKED, WORDS, helen.name, "Talking", "14 July"))


def test_refusing_passing_on_and_later(ask: Ask, council: Body, helen: Person, femi: Person) -> None:
    verbs.answer_later(ask, by=helen, on=TODAY, due_on=SEPTEMBER)
    verbs.answer_not_ours(ask, by=helen, on=TODAY, whose=council, note="They run it.")
    verbs.answer_no(ask, by=femi, on=days(1), reason="There is no money.")
    _asked, later, passed, no = Entry.objects.all()
    assert [later.kind, passed.kind, no.kind] == ["answered_later", "answered_not_ours", "answered_no"]
    assert said(later) == {"due": "2026-09-01", "by": "The Talking Service"}
    assert said(passed)["passed_to"] == "Aldermouth Council"
    assert (no.who, said(no)["words"]) == (f"body {council.pk}", "There is no money.")


def test_more_time_made_again_and_every_verdict(
    promise: Promise, helen: Person, lynda: Person, room: Circle
) -> None:
    october = SEPTEMBER + timedelta(days=40)
    again = verbs.ask_for_time(promise, by=helen, on=TODAY, due_on=october, because="We are short.")
    verbs.make_again(again, by=lynda, on=days(1))
    for day, verdict in enumerate(Verdict, start=2):
        verbs.judge(promise, by=lynda, on=days(day), verdict=verdict, note="So it is.")
    entries = list(Entry.objects.about(promise))[1:]
    assert [each.kind for each in entries] == ["time_asked", "made_again", *Verdict.values]
    assert said(entries[1]) == {"words": WORDS, "due": october.isoformat()}
    assert {each.who for each in entries[1:]} == {f"circle {room.pk}"}
    assert said(entries[-1]) == {"words": "So it is."}


def test_a_person_is_a_kind_and_not_a_name(
    round_: Round, lynda: Person, lyndas_ask: Ask, room: Circle
) -> None:
    verbs.make(
        round=round_, words="I will knock.", by=lynda, on=TODAY, due_on=SEPTEMBER,
        to=room, to_words="the Row", by_words="Lynda Okafor", own_yes=True,
    )  # fmt: skip
    assert {entry.who for entry in Entry.objects.all()} == {"a person"}
    everything = [entry.fields for entry in Entry.objects.all()] + [each.text for each in Said.objects.all()]
    assert not any(name in str(everything) for name in ("Lynda", "Lyn from", "Okafor"))


@pytest.mark.parametrize("who", ['a "person"', "a\nperson", "a \\ person", "Lynda Okafor"])
def test_who_it_was_is_a_plain_kind(who: str, ask: Ask) -> None:
    with pytest.raises(ValueError, match="changed"):
        verbs.enter(kind=Kind.CHANGED, about=ask, who=who, on=TODAY)


def test_what_is_exported_is_plain_json_with_its_keys_in_order(promise: Promise, organiser: Person) -> None:
    """The lines are put together by hand: held against the plain rule."""
    verbs.enter(kind=Kind.CHANGED, about=promise, who="a person", words='Café “x" \\ \u2028 \x00', on=TODAY)
    verbs.erase_words(promise, by=organiser, on=TODAY, because="They named somebody.")
    plain = [canonical({"format": FORMAT, "ledger": DOMAIN})]
    for entry in Entry.objects.all():
        told = Said.objects.filter(entry=entry).first()
        words = {"said": told.words, "salt": bytes(told.salt).hex()} if told else {}
        plain.append(canonical(entry.fields | words))
    assert b"".join(written.lines()).decode() == "".join(f"{line}\n" for line in plain)
    assert written.verify().entries == 5


def test_what_was_refused_leaves_no_entry(promise: Promise, helen: Person) -> None:
    before = Entry.objects.count()
    with pytest.raises(verbs.NotPromisedToYou):
        verbs.judge(promise, by=helen, on=TODAY, verdict=Verdict.KEPT)
    assert Entry.objects.count() == before


def test_an_entry_that_cannot_be_written_undoes_what_it_was_for(
    promise: Promise, lynda: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_salt(_many: int) -> bytes:
        raise OSError

    monkeypatch.setattr("secrets.token_bytes", no_salt)
    with pytest.raises(OSError):  # noqa: PT011 - any trouble of the machine
        verbs.judge(promise, by=lynda, on=TODAY, verdict=Verdict.KEPT)
    promise.refresh_from_db()
    assert promise.state == "made"
    assert not promise.judgements.exists()


def test_where_the_clock_was_set_back_the_days_go_on(promise: Promise, lynda: Person) -> None:
    verbs.judge(promise, by=lynda, on=days(9), verdict=Verdict.PARTLY)
    verbs.enter(kind=Kind.KEPT, about=promise, who="a person", on=days(-30))
    assert [entry.day for entry in Entry.objects.all()][-2:] == [days(9), days(9)]


CHANGES = [
    "update promises_entry set day = '2020-01-01' where seq = 2",
    "update promises_entry set hash = 'x' where seq = 3",
    "delete from promises_entry where seq = 3",
    "delete from promises_entry",
    "insert into promises_entry select seq + 9, kind, about, who, day, commitment, hash, 'x'"
    " from promises_entry where seq = 3",
    "insert into promises_entry select seq + 1, kind, about, who, day, commitment, 'y', 'x'"
    " from promises_entry where seq = 3",
]
REPLACE = (
    "insert or replace into promises_entry select seq, 'kept', about, who, day, commitment, prev, hash"
    " from promises_entry where seq = 3"
)


@pytest.mark.parametrize("sql", [*CHANGES, REPLACE])
def test_the_database_refuses(sql: str, promise: Promise) -> None:
    before = [entry.fields for entry in Entry.objects.all()]
    if sql == REPLACE and connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no “insert or replace”.")
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        raw(sql)
    assert [entry.fields for entry in Entry.objects.all()] == before


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("name", [guard.CHANGE, guard.DELETE, guard.OUT_OF_TURN])
def test_migrate_puts_the_guard_up_again(name: str, db: None) -> None:
    raw(guard._take_down(name))
    assert guard.missing() == [name]
    call_command("migrate", verbosity=0)
    assert guard.missing() == []


def test_a_trigger_that_does_nothing_is_none(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's functions are put up anew at each migrate.")
    raw(guard._take_down(guard.CHANGE))
    raw(f"create trigger {guard.CHANGE} before update on promises_entry when 0 begin select 1; end")
    assert guard.put_up() == [guard.CHANGE]
    assert guard.missing() == []


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_at_once_leave_no_gap(ask: Ask, at_once: AtOnce) -> None:
    def write(number: int) -> Entry:
        return verbs.enter(
            kind=Kind.CHANGED, about=ask, who="a person", words=f"Word {number}.", on=date(2026, 7, 6)
        )

    made = at_once(*[lambda number=number: write(number) for number in range(50)])
    assert sorted(each.seq for each in made if isinstance(each, Entry)) == list(range(2, 52))
    prevs, hashes = at_once(
        lambda: list(Entry.objects.values_list("prev", flat=True)),
        lambda: [BEGINNING, *Entry.objects.values_list("hash", flat=True)][:-1],
    )
    assert prevs == hashes
