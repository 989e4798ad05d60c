"""Lost, spoilt, twice or in another order: an inbox is taken whole or not at all."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from betterstory.conversations import saying_inbox, verbs
from betterstory.conversations.inbox.evening import inbox_of
from betterstory.conversations.inbox.trouble import NotAnInbox
from betterstory.conversations.models import Arrived, Gathering, Pack, Statement, Vote
from betterstory.conversations.tests._second_laptop import (
    HOME_AGAIN,
    Laptop,
    MakeVoice,
    after,
    laptop,
    tonight,
    votes,
)
from betterstory.people.models import Person
from conftest import AT

__all__ = ["laptop", "tonight"]  # fixtures that tests ask for by name


def test_what_was_changed_is_named_and_the_rest_is_taken(
    laptop: Laptop, voice: MakeVoice, organiser: Person
) -> None:
    codes = [voice()[1] for _n in range(3)]
    for code in codes:
        laptop.says(code, 1, 1)
    lines = laptop.goodbye().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"sealed":"', b'"sealed":"A', 1)
    told = verbs.take_in(b"".join(lines), by=organiser, at=HOME_AGAIN)
    assert len(votes()) == 2
    assert saying_inbox.not_whole(told.contents) == ["Line 2 was changed or damaged. Nothing of it is taken."]
    verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert len(votes()) == 3, "the whole file puts it right"


def test_a_lost_laptop_brings_nothing_any_more(laptop: Laptop, voice: MakeVoice, organiser: Person) -> None:
    laptop.says(voice()[1], 1, 1)
    verbs.lose(Pack.objects.get(), by=organiser, at=HOME_AGAIN)
    with pytest.raises(verbs.PackWasLost):
        verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert votes() == []


def test_an_inbox_of_another_place_and_a_file_that_is_none(
    laptop: Laptop, voice: MakeVoice, organiser: Person
) -> None:
    laptop.says(voice()[1], 1, 1)
    Pack.objects.all().delete()
    with pytest.raises(verbs.NotOurPack):
        verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    with pytest.raises(NotAnInbox):
        verbs.take_in(b"hello", by=organiser, at=HOME_AGAIN)
    assert votes() == []


def test_nothing_is_half_taken(
    laptop: Laptop, voice: MakeVoice, organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _somebody, code = voice()
    laptop.says(code, 1, 1)
    laptop.writes(code, "Ask about the bus.")

    def breaks(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("betterstory.conversations.verbs.inbox.write_statement", breaks)
    with pytest.raises(RuntimeError):
        verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert (votes(), Arrived.objects.count()) == ([], 0)


def test_taken_in_twice_at_once_is_once(
    at_once: Callable[..., list[object]], laptop: Laptop, voice: MakeVoice, organiser: Person
) -> None:
    codes = [voice()[1] for _n in range(5)]
    for code in codes:
        laptop.says(code, 1, 1)
        laptop.writes(code, f"From {code}.")
    raw = laptop.inbox
    ended = at_once(*[lambda: verbs.take_in(raw, by=organiser, at=HOME_AGAIN)] * 4)
    assert not [each for each in ended if isinstance(each, Exception)]
    assert at_once(lambda: (Vote.objects.count(), Arrived.objects.count())) == [(5, 10)]
    assert at_once(lambda: Statement.objects.exclude(written_by=None).count()) == [5]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_in_whatever_order_files_and_answers_at_home_come_the_last_word_holds(
    data: st.DataObject,
    tonight: Gathering,
    statements: list[Statement],
    voice: MakeVoice,
    organiser: Person,
    tmp_path: Path,
) -> None:
    """Two laptops and the one at home, cards that speak at all three, files taken in at any moment."""
    Vote.objects.all().delete()
    Arrived.objects.all().delete()
    cards = [voice() for _n in range(2)]
    folder = tmp_path / str(uuid4())
    folder.mkdir()
    laptops = [
        Laptop(folder, verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)[1], name)
        for name in ("one", "two")
    ]
    last: dict[tuple[int, int], int] = {}
    for minute in range(1, data.draw(st.integers(1, 12)) + 1):
        (who, code), number = data.draw(st.sampled_from(cards)), data.draw(st.integers(1, 2))
        choice, where = data.draw(st.sampled_from([-1, 0, 1])), data.draw(st.sampled_from([0, 1, 2]))
        if where == 2:
            verbs.vote(statements[number - 1], voice=who, choice=Vote.Choice(choice), at=after(minute))
        else:
            laptops[where].says(code, number, choice, minutes=minute)
        last[who.pk, number] = choice
        if data.draw(st.booleans()):
            take(data.draw(st.sampled_from(laptops)), organiser)
    for each in data.draw(st.permutations(laptops * 2)):
        take(each, organiser)
    rows = Vote.objects.values_list("voice", "statement__number", "choice")
    assert {(voice_, number): choice for voice_, number, choice in rows} == last


def take(laptop: Laptop, organiser: Person) -> None:
    if inbox_of(laptop.file).exists():
        verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
