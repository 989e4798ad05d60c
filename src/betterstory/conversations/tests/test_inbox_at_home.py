"""What was said on a second laptop comes home: once, and the later answer holds."""

from datetime import timedelta

import pytest

from betterstory.conversations import saying_inbox, verbs
from betterstory.conversations.inbox.pack import Sentence
from betterstory.conversations.models import Arrived, Gathering, Pack, Statement, Voice, Vote
from betterstory.conversations.tests._second_laptop import (
    EVENING,
    HOME_AGAIN,
    Laptop,
    MakeVoice,
    after,
    laptop,
    tonight,
    votes,
)
from betterstory.people.models import Person
from betterstory.places import verbs as places
from conftest import AT, TODAY

__all__ = ["laptop", "tonight"]  # fixtures that tests ask for by name


def test_everything_is_there_once_however_often_it_is_taken_in(
    laptop: Laptop, voice: MakeVoice, organiser: Person
) -> None:
    (one, first), (_two, second) = voice(), voice("service")
    laptop.says(first, 1, 1)
    laptop.says(first, 2, -1)
    half = laptop.inbox
    laptop.says(second, 1, 0, channel="paper")
    laptop.writes(first, "Ask about the bus.")
    looked = verbs.look_into(laptop.goodbye(), by=organiser, at=HOME_AGAIN)
    assert saying_inbox.would(looked) == [
        "3 answers of 2 cards.",
        "One sentence that somebody wrote. It waits to be read.",
    ]
    assert not Vote.objects.exists(), "looking writes nothing"
    for raw in (half, laptop.inbox, half, laptop.inbox):
        verbs.take_in(raw, by=organiser, at=HOME_AGAIN)
        assert Vote.objects.count() == (2 if Arrived.objects.count() == 2 else 3)
    assert votes() == [(1, 1, "phone"), (1, 0, "paper"), (2, -1, "phone")]
    [wrote] = Statement.objects.filter(written_by=one)
    assert (wrote.words, wrote.is_read, wrote.added_at) == (
        "Ask about the bus.",
        False,
        after(0).replace(microsecond=4),
    )
    assert Vote.objects.get(channel="paper").entered_by == organiser
    assert not Vote.objects.filter(channel="phone").exclude(entered_by=None).exists()
    again = verbs.look_into(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert not again.brings_something
    assert saying_inbox.would(again) == ["Nothing new."]
    assert saying_inbox.not_taken(again) == ["4 came in before."]


@pytest.mark.parametrize(
    ("at_home", "on_laptop", "holds"), [(5, 10, -1), (10, 5, 1), (7, 7, 1), (None, 5, -1), (5, None, 1)]
)
def test_the_later_answer_of_a_card_holds_wherever_it_was_given(
    at_home: float | None,
    on_laptop: float | None,
    holds: int,
    laptop: Laptop,
    statements: list[Statement],
    voice: MakeVoice,
    organiser: Person,
) -> None:
    somebody, code = voice()
    laptop.says(voice()[1], 2, 0)  # so that there is a file
    if on_laptop is not None:
        laptop.says(code, 1, -1, minutes=on_laptop)
    if at_home is not None:
        moment = after(at_home) + timedelta(microseconds=5)
        verbs.vote(statements[0], voice=somebody, choice=Vote.Choice.AGREE, at=moment)
    for _twice in range(2):
        verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
        assert Vote.objects.get(voice=somebody).choice == holds


def test_who_changed_their_mind_is_taken_at_their_last_word(
    laptop: Laptop, voice: MakeVoice, organiser: Person
) -> None:
    _somebody, code = voice()
    for choice in (1, 0, -1):
        laptop.says(code, 1, choice)
    told = verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert votes() == [(1, -1, "phone")]
    assert saying_inbox.not_taken(told) == ["2 were changed by the same card later, and only the last holds."]


def test_a_clock_that_was_ahead_does_not_win_over_what_is_said_at_home_afterwards(
    laptop: Laptop, statements: list[Statement], voice: MakeVoice, organiser: Person
) -> None:
    somebody, code = voice()
    laptop.says(code, 1, -1, minutes=5 * 60)
    verbs.take_in(laptop.inbox, by=organiser, at=after(10))
    assert Vote.objects.get().at == after(10), "it cannot have been later than now"
    verbs.vote(statements[0], voice=somebody, choice=Vote.Choice.AGREE, at=after(20))
    verbs.take_in(laptop.inbox, by=organiser, at=after(30))
    assert Vote.objects.get().choice == 1


@pytest.mark.parametrize(("closed", "comes"), [(30, True), (10, False), (None, False)])
def test_what_was_said_before_the_answers_were_closed_counts(
    closed: float | None,
    comes: bool,
    laptop: Laptop,
    tonight: Gathering,
    voice: MakeVoice,
    organiser: Person,
) -> None:
    _somebody, code = voice()
    laptop.says(code, 1, 1, minutes=20)
    laptop.writes(code, "Ask about the bus.", minutes=20)
    verbs.close_voting(tonight, by=organiser, at=None if closed is None else after(closed))
    told = verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert (len(votes()), Statement.objects.exclude(written_by=None).count()) == ((1, 1) if comes else (0, 0))
    assert not Gathering.objects.get().voting_open
    if not comes:
        assert saying_inbox.not_taken(told) == [
            "2 were given after the answers were closed. Open them again to take them in."
        ]
        verbs.open_voting(tonight, by=organiser)
        verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
        assert len(votes()) == 1, "what was not taken can be, later"


def test_cards_that_are_not_of_this_round_are_counted_and_said(
    laptop: Laptop, voice: MakeVoice, organiser: Person, tonight: Gathering
) -> None:
    lost, lost_code = voice()
    Voice.objects.filter(pk=lost.pk).update(lost_at=AT)
    elsewhere = places.begin_round(
        neighbourhood=places.name_neighbourhood(name="The Quay", by=organiser), by=organiser, on=TODAY
    )
    [(_other, other_code)] = verbs.make_voices(elsewhere, residents=1, services=0, by=organiser, at=AT)
    for code in (lost_code, other_code, "K7TP4M2X", "nonsense"):
        laptop.says(code, 1, 1)
    laptop.says(voice()[1], 1, -1)
    told = verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert votes() == [(1, -1, "phone")]
    assert saying_inbox.not_taken(told) == [
        "4 are from cards we do not know: mistyped, lost, or of another round."
    ]


def test_an_answer_to_other_words_is_no_answer_to_these(
    laptop: Laptop, statements: list[Statement], voice: MakeVoice, organiser: Person
) -> None:
    _somebody, code = voice()
    laptop.says(code, 1, 1)
    laptop.says(code, 2, 1)
    verbs.reword(statements[0], words="If I miss a visit, I should lose my place.", by=organiser)
    verbs.put_aside(statements[1], because="heard enough", by=organiser)
    told = verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert votes() == [(2, 1, "phone")], "what was put aside was asked then, and its answer stays"
    assert saying_inbox.not_taken(told) == ["One is about a sentence that has other words now."]


def test_a_sentence_of_another_gathering_cannot_be_answered(
    laptop: Laptop, voice: MakeVoice, organiser: Person, tonight: Gathering
) -> None:
    other = verbs.call_gathering(
        round=tonight.round,
        kind=Gathering.Kind.PLANNING,
        title="Plan",
        when=AT,
        where="hall",
        by=organiser,
        at=AT,
    )
    asked = verbs.add_statement(other, words="We start in May.", by=organiser, at=AT)
    forged = Sentence(asked.pk, asked.number, asked.words)
    laptop.evening.answer(voice()[1], forged, 1, at=EVENING, channel="phone")
    verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert votes() == []


def test_a_card_writes_no_more_than_it_may(laptop: Laptop, voice: MakeVoice, organiser: Person) -> None:
    somebody, code = voice()
    for number in range(9):
        laptop.writes(code, f"Sentence {number}.")
    laptop.says(code, 1, 1)
    told = verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    kept = Statement.objects.filter(written_by=somebody).count()
    assert 0 < kept < 9
    assert told.counts["wrote_already"] == 9 - kept
    assert len(votes()) == 1
    verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert Statement.objects.filter(written_by=somebody).count() == kept


def test_a_time_that_cannot_be_is_not_taken(laptop: Laptop, voice: MakeVoice, organiser: Person) -> None:
    """Only somebody who writes lines by hand could have these."""
    _somebody, code = voice()
    pack = Pack.objects.get()
    laptop.says(code, 1, 1)
    for made_at, ends_at in [(after(120), pack.ends_at), (pack.made_at, after(0))]:
        Pack.objects.update(made_at=made_at, ends_at=ends_at)
        told = verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
        assert saying_inbox.not_taken(told) == ["One has a time that cannot be."]
    assert votes() == []
