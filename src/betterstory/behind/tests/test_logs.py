"""A log of the place’s own: who may bring one, what is kept of it, and how it goes again."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from betterstory.behind import verbs
from betterstory.behind.counting import Columns
from betterstory.behind.models import Arrival, ContactLog, Pattern, Release
from betterstory.behind.tests.conftest import ELSEWHERE, TOWN, WHOLE, LetOut, write_log
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Place
from conftest import AT

WORDS: dict[str, Any] = {"name": "visits", "source": "the service", "cannot_see": "people who never asked"}


def kept(settings: Any) -> list[Path]:
    folder = Path(settings.HOME) / "logs"
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def test_a_place_keeps_no_log_until_its_steward_says_who_answers_for_it(
    place: Place, analyst: Person, steward: Person, tmp_path: Path, settings: Any
) -> None:
    log, _people = write_log(tmp_path / "there")
    with pytest.raises(verbs.NoLogHere):
        verbs.receive(log=log, by=analyst, at=AT)
    with pytest.raises(verbs.NobodyAnswersForIt):
        verbs.switch_on(place, by=steward, controller="  ")
    assert not Place.objects.get().keeps_a_log
    verbs.switch_on(place, by=steward, controller="Aldermouth Council")
    assert verbs.receive(log=log, by=analyst, at=AT).columns == ["person", "activity", "time"]
    assert len(kept(settings)) == 1


def test_a_log_without_anyone_who_answers_for_it_counts_as_switched_off(
    place: Place, analyst: Person, tmp_path: Path
) -> None:
    place.keeps_a_log = True
    place.save()
    with pytest.raises(verbs.NoLogHere):
        verbs.receive(log=write_log(tmp_path / "there")[0], by=analyst, at=AT)


@pytest.mark.parametrize("role", ["resident", "organiser", "partner"])
def test_nobody_but_an_analyst_or_a_steward_comes_near_a_log(
    own_log: Place, log: ContactLog, welcome: Callable[..., Person], role: str, tmp_path: Path, settings: Any
) -> None:
    somebody = welcome("Kit", role)
    before = kept(settings)
    files, _people = write_log(tmp_path / "there")
    with pytest.raises(NotYours):
        verbs.receive(log=files, by=somebody, at=AT)
    with pytest.raises(NotYours):
        verbs.bring_log(Arrival(), columns=Columns(), by=somebody, at=AT, **WORDS)
    with pytest.raises(NotYours):
        verbs.throw_away(log, by=somebody)
    assert kept(settings) == before


@pytest.mark.parametrize("role", ["resident", "organiser", "partner", "analyst"])
def test_only_a_steward_switches_it_on_or_off(
    own_log: Place, welcome: Callable[..., Person], role: str
) -> None:
    with pytest.raises(NotYours):
        verbs.switch_on(own_log, by=welcome("Kit", role), controller="Kit and sons")
    with pytest.raises(NotYours):
        verbs.switch_off(own_log, by=welcome("Kim", role))
    now = Place.objects.get()
    assert (now.keeps_a_log, now.log_controller) == (True, "Aldermouth Council")


def test_what_is_said_of_a_log_is_protected(bring: Callable[..., ContactLog]) -> None:
    log = bring(((13, WHOLE), (9_990, ELSEWHERE)))
    assert log.people_count == 10_005, "10,003 people, rounded"
    assert log.period == "January 2026"
    assert log.activities == ["First visit", "Letter", "Referral", "Second visit"]
    assert log.controller == "Aldermouth Council"
    assert bring(((3, WHOLE),), name="few").people_count is None


def test_files_are_kept_apart_under_a_name_that_says_nothing(log: ContactLog, settings: Any) -> None:
    assert [path.name for path in kept(settings)] == ["the list of everybody", "the log"]
    assert log.folder.stat().st_mode & 0o077 == 0
    assert str(log.uuid) == log.folder.name


def test_bringing_what_arrived_twice_gives_one_log(own_log: Place, analyst: Person, tmp_path: Path) -> None:
    files, people = write_log(tmp_path / "there")
    arrival = verbs.receive(log=files, people=people, by=analyst, at=AT)
    again = Arrival.objects.get()
    first = verbs.bring_log(arrival, columns=Columns(), by=analyst, at=AT, **WORDS)
    assert verbs.bring_log(again, columns=Columns(), by=analyst, at=AT, **WORDS) == first
    assert ContactLog.objects.count() == 1
    assert not Arrival.objects.exists()


def test_the_same_data_read_the_same_way_has_the_same_mark(bring: Callable[..., ContactLog]) -> None:
    first, same, other = bring(), bring(), bring(((41, WHOLE), *TOWN[1:]))
    assert first.data_mark == same.data_mark != other.data_mark
    assert bring(everybody=False).data_mark not in (first.data_mark, other.data_mark)


@pytest.mark.parametrize(
    ("rows", "columns", "sentence"),
    [
        ("person,activity,time\nzed,Letter,yesterday\n", Columns(), "dates"),
        ("person,activity,time\nzed,Letter,2026-02-31\n", Columns(), "dates"),
        ("person,activity,time\n", Columns(), "no contacts"),
        ("person,activity,time\nzed,Letter\n", Columns(), "as many columns"),
        ("who,activity,time\nzed,Letter,2026-02-01\n", Columns(), "no column called"),
        ("person,activity,time,n\nzed,Letter,2026-02-01,x\n", Columns(seq="n"), "order"),
    ],
)
def test_a_log_that_cannot_be_read_becomes_no_log(
    own_log: Place, analyst: Person, tmp_path: Path, rows: str, columns: Columns, sentence: str
) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(rows)
    arrival = verbs.receive(log=file, by=analyst, at=AT)
    with pytest.raises(verbs.LogNotRead) as told:
        verbs.bring_log(arrival, columns=columns, by=analyst, at=AT, **WORDS)
    assert sentence in told.value.sentence
    assert "zed" not in told.value.sentence
    assert "yesterday" not in told.value.sentence
    assert not ContactLog.objects.exists()
    assert Arrival.objects.exists(), "another column can still be chosen"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"PAR1 and then nothing", "damaged"),
        (b"PK\x03\x04 a spreadsheet", "packed file"),
        (b"\xff\xfe\x00\x01\x02", "UTF-8"),
        (b"a" * 2_000_000, "too long"),
        (",".join(f"c{n}" for n in range(5_000)).encode(), "more than 1,000 columns"),
        (",".join(f"c{n}" for n in range(1_000_000)).encode(), "too long to be a list"),
    ],
)
def test_a_file_that_is_no_log_is_not_taken_in(
    own_log: Place, analyst: Person, tmp_path: Path, settings: Any, content: bytes, sentence: str
) -> None:
    file = tmp_path / "contacts.csv"
    file.write_bytes(content)
    with pytest.raises(verbs.LogNotRead) as told:
        verbs.receive(log=file, by=analyst, at=AT)
    assert sentence in told.value.sentence
    good, _people = write_log(tmp_path / "there")
    with pytest.raises(verbs.PeopleNotRead):
        verbs.receive(log=good, people=file, by=analyst, at=AT)
    assert not Arrival.objects.exists()
    assert not kept(settings)


def test_nothing_is_left_where_it_cannot_be_written_down(
    own_log: Place, analyst: Person, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(Arrival, "save", full)
    log, people = write_log(tmp_path / "there")
    with pytest.raises(OSError, match="no room"):
        verbs.receive(log=log, people=people, by=analyst, at=AT)
    assert not kept(settings)


@pytest.mark.django_db(transaction=True)
def test_a_log_that_is_thrown_away_is_gone_and_its_numbers_stay(
    log: ContactLog, analyst: Person, plain_pattern: Pattern, settings: Any, let_out: LetOut
) -> None:
    release = let_out(plain_pattern, log=log, at=AT)
    verbs.throw_away(log, by=analyst)
    assert not kept(settings)
    assert not ContactLog.objects.exists()
    now = Release.objects.get()
    assert (now.pk, now.log, now.figures) == (release.pk, None, release.figures)


@pytest.mark.django_db(transaction=True)
def test_files_nobody_brought_go_after_a_day(
    own_log: Place, log: ContactLog, analyst: Person, tmp_path: Path, settings: Any
) -> None:
    before = kept(settings)
    verbs.receive(log=write_log(tmp_path / "there")[0], by=analyst, at=AT)
    assert verbs.throw_away_arrivals(at=AT + timedelta(hours=23)) == 0
    assert verbs.throw_away_arrivals(at=AT + timedelta(hours=24)) == 1
    assert verbs.throw_away_arrivals(at=AT + timedelta(hours=24)) == 0
    assert kept(settings) == before, "a log that was brought stays"
