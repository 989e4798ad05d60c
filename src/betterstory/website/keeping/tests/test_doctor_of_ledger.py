"""A ledger that somebody changed in the database: the start puts its guard up again, the doctor says it."""

import argparse
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from betterstory.people.models import Body, Person, Ring
from betterstory.people.verbs import name_body
from betterstory.places.models import Round
from betterstory.promises import guard, verbs
from betterstory.promises.models import Entry, Kind, Promise
from betterstory.website import first_day, ledger_commands
from betterstory.website.keeping import doctor, doctor_of_ledger
from betterstory.website.keeping.finding import Level
from conftest import AT, TODAY


@pytest.fixture
def service(organiser: Person) -> Body:
    return name_body(name="The Talking Service", ring=Ring.LOCAL_SERVICES, by=organiser)


@pytest.fixture
def promises(round_: Round, service: Body, resident: Person, organiser: Person) -> list[Promise]:
    """Five, and an ask before them: six entries."""
    verbs.ask(
        round=round_, words="Ring us.", of=service, by=resident, on=TODAY, asked_by_words="Lyn", own_yes=True
    )
    return [
        verbs.make(
            round=round_,
            words=f"I will knock at {number}.",
            by=resident,
            to=organiser,
            on=TODAY,
            due_on=TODAY,
            by_words="Lyn",
            own_yes=True,
        )
        for number in range(5)
    ]


def told(level: Level) -> str:
    return " ".join(each.words for each in doctor_of_ledger.look(AT) if each.level == level)


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_all_is_well(promises: list[Promise]) -> None:
    assert told(Level.FAULT) == ""
    assert f"The ledger of promises is whole: {Entry.objects.head()}." in told(Level.FINE)


def test_a_guard_that_was_taken_down_is_a_fault(promises: list[Promise]) -> None:
    raw(f"drop trigger {guard.CHANGE}" + (f" on {guard.TABLE}" if connection.vendor == "postgresql" else ""))
    assert "does not guard the ledger" in told(Level.FAULT)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("update promises_entry set who = 'post 9 of body 9' where seq = 3", "Line 4: Entry 3 was changed"),
        ("delete from promises_said where entry_id = 4; delete from promises_entry where seq = 4", "Line 5"),
        ("update promises_said set text = replace(text, 'knock', 'wave') where entry_id = 3", "The words of"),
    ],
)
def test_an_edited_row_is_found_and_said(sql: str, words: str, promises: list[Promise]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        raw("update promises_entry set who = 'x' where seq = 3")
    guard.take_down()
    for each in sql.split("; "):
        raw(each)
    guard.put_up()
    assert "The ledger of promises was changed." in told(Level.FAULT)
    assert words in told(Level.FAULT)
    assert not doctor.is_well(list(doctor_of_ledger.look(AT)))


def test_a_tail_cut_off_after_a_head_was_sent_is_found(
    promises: list[Promise], service: Body, steward: Person
) -> None:
    verbs.name_keeper(body=service, email="head@example.org", by=steward, on=TODAY)
    verbs.send_heads(at=AT)
    guard.take_down()
    raw("delete from promises_said where entry_id = 6")
    raw("delete from promises_entry where seq = 6")
    guard.put_up()
    assert "The list ends at entry 5, but there were 6" in told(Level.FAULT)


def test_a_promise_changed_on_the_wall_alone_is_found(promises: list[Promise]) -> None:
    Promise.objects.filter(pk=promises[2].pk).update(words="I may knock.")
    Promise.objects.filter(pk=promises[3].pk).update(due_on=TODAY + timedelta(days=900))
    assert f"2 are not as the ledger says they were made: {promises[2].pk}, {promises[3].pk}." in told(
        Level.FAULT
    )


def test_words_taken_out_are_no_fault(promises: list[Promise], organiser: Person) -> None:
    verbs.erase_words(promises[0], by=organiser, on=TODAY, because="They named somebody.")
    assert told(Level.FAULT) == ""


def test_a_clock_ahead_is_a_note(promises: list[Promise]) -> None:
    assert "to come" not in told(Level.NOTE)
    verbs.enter(kind=Kind.CHANGED, about=promises[0], who="a person", on=TODAY + timedelta(days=400))
    assert "10 August 2027, which is to come" in told(Level.NOTE)


def test_fewer_than_two_keepers_is_a_note(promises: list[Promise], service: Body, steward: Person) -> None:
    assert "is sent to 0 bodies each month" in told(Level.NOTE)
    other = name_body(name="The council", ring=Ring.LOCAL_SERVICES, by=steward)
    for body in (service, other):
        verbs.name_keeper(body=body, email=f"{body.pk}@example.org", by=steward, on=TODAY)
    assert "each month" not in told(Level.NOTE)


def test_the_start_puts_the_guard_up_again_and_says_so(
    promises: list[Promise], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_day, "_mine", lambda _at: iter(()))
    monkeypatch.setattr("betterstory.website.keeping.first_look.look", lambda: iter(()))
    called: list[str] = []

    def call(name: str, **_more: Any) -> None:
        called.append(name)
        if name == "migrate":
            guard.put_up()

    monkeypatch.setattr(first_day, "call_command", call)
    assert list(first_day.prepare(tmp_path, demo=False)) == []
    guard.take_down()
    [said] = first_day.prepare(tmp_path, demo=False)
    assert "did not guard the ledger of promises; the guard is up again" in said
    assert guard.missing() == []
    assert called[0] == "migrate"


def test_the_command_line_writes_it_down_and_checks_it(
    promises: list[Promise], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, head = tmp_path / "ledger.jsonl", str(Entry.objects.head())
    assert ledger_commands.write_down(argparse.Namespace(file=file)) == 0
    capsys.readouterr()
    assert ledger_commands.write_down(argparse.Namespace(file=None)) == 0
    assert capsys.readouterr().out == file.read_text()
    assert [json.loads(line).get("seq") for line in file.read_text().splitlines()] == [None, 1, 2, 3, 4, 5, 6]
    assert ledger_commands.look(argparse.Namespace(head=[head])) == 0
    assert "Up to entry 6 it is as it was" in capsys.readouterr().out
    assert ledger_commands.look(argparse.Namespace(head=["#6 2222 2222 2222 2222"])) == 1
    assert ledger_commands.look(argparse.Namespace(head=["hello"])) == 2
    assert ledger_commands.write_down(argparse.Namespace(file=tmp_path / "no" / "file")) == 1


def test_the_doctor_looks_at_it(promises: list[Promise]) -> None:
    assert any(each.about == doctor_of_ledger.LEDGER for each in doctor.look_at_everything(at=AT))


def test_where_there_is_no_ledger_yet_the_doctor_says_nothing_of_it(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "TABLE", "a_table_to_come")
    assert list(doctor_of_ledger.look(AT)) == []
