"""Residents are asked by themselves when the day has come, and counted when nobody closes it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import Voice
from betterstory.people.models import Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Entry, Judging, OwnView, Promise, State, Turned, Verdict
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS
from betterstory.promises.verbs.time_to_ask import ITS_DAY
from conftest import AT, TODAY

LATE = date(2026, 9, 9)  # the first of September, five working days of grace, and the day after
ONE_DAY, FOUR_WEEKS = timedelta(days=1), timedelta(days=28)


@pytest.fixture
def cards(round_: Round, organiser: Person) -> list[tuple[Voice, str]]:
    return conversations.make_voices(round_, residents=6, services=1, by=organiser, at=AT)


def state_of(promise: Promise) -> str:
    return Promise.objects.get(pk=promise.pk).state


def test_a_promise_to_many_is_asked_about_once_its_day_and_its_grace_are_past(
    promise: Promise, cards: object
) -> None:
    assert Promise.objects.get(pk=promise.pk).counts_late_from == LATE
    assert verbs.ask_those_due(on=LATE - ONE_DAY) == 0, "its grace is not over"
    assert verbs.ask_those_due(on=LATE) == 1
    asked = Judging.objects.get()
    assert (asked.opened_by, asked.closes_on, asked.kind) == (None, LATE + FOUR_WEEKS, "turned_out")
    assert Entry.objects.about(promise).order_by("seq").values_list("kind", "who").last() == (
        "asked_all",
        ITS_DAY,
    )
    assert state_of(promise) == State.MADE, "late is not the same as not kept"
    assert verbs.ask_those_due(on=LATE) == 0, "once"


def test_it_comes_with_the_daily_round(promise: Promise, cards: object) -> None:
    verbs.pass_days(at=AT.replace(year=2026, month=9, day=9))
    assert Judging.objects.count() == 1
    verbs.pass_days(at=AT.replace(year=2026, month=10, day=14))
    assert Judging.objects.get().closed_on is not None


def test_nobody_is_asked_where_residents_have_no_cards(
    promise: Promise, round_: Round, organiser: Person
) -> None:
    assert verbs.ask_those_due(on=LATE) == 0
    _lost, code = conversations.make_voices(round_, residents=1, services=0, by=organiser, at=AT)[0]
    voice = conversations.find_voice(code)
    Voice.objects.filter(pk=voice.pk).update(lost_at=AT)
    conversations.make_voices(round_, residents=0, services=2, by=organiser, at=AT)
    assert verbs.ask_those_due(on=LATE) == 0, (
        "a lost card and those of services speak for nobody who lives here"
    )


@pytest.mark.parametrize("kind", [Circle.Kind.HELPERS, Circle.Kind.POOLSIDE])
def test_what_was_promised_in_private_is_asked_of_nobody_else(
    kind: str, promise: Promise, room: Circle, cards: object
) -> None:
    Circle.objects.filter(pk=room.pk).update(kind=kind)
    assert verbs.ask_those_due(on=LATE) == 0


def test_what_was_promised_to_one_is_asked_of_nobody_else(
    round_: Round, head: Post, helen: Person, lynda: Person, cards: object
) -> None:
    verbs.make(round=round_, by=helen, to=lynda, words=WORDS, on=TODAY, due_on=SEPTEMBER, post=head)
    assert verbs.ask_those_due(on=LATE) == 0


def test_what_somebody_said_of_it_is_word_enough(promise: Promise, lynda: Person, cards: object) -> None:
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.NOT_KEPT)
    assert verbs.ask_those_due(on=LATE) == 0
    assert verbs.ask_those_due(on=LATE + FOUR_WEEKS) == 0, "nobody said that it is done"


ASKED_BEFORE = """
opened       until        asked by itself
2026-07-20   2026-08-20   yes      # before its day: nobody could tell yet
2026-08-20   2026-09-01   no       # its day included
2026-09-02   2026-09-05   no
"""


@pytest.mark.parametrize(
    "row", [line.split("#")[0].split() for line in ASKED_BEFORE.strip().splitlines()[1:]]
)
def test_what_an_organiser_asked_about_its_day_is_not_asked_again(
    row: list[str], promise: Promise, organiser: Person, cards: object
) -> None:
    opened, until = (date.fromisoformat(day) for day in row[:2])
    judging = verbs.ask_residents(promise, by=organiser, on=opened, until=until)
    assert verbs.ask_those_due(on=LATE) == 0, "it is not closed yet"
    verbs.close(judging, by=organiser, on=until + ONE_DAY)
    assert verbs.ask_those_due(on=LATE) == (row[2] == "yes")


def test_a_new_day_is_asked_about_anew(
    promise: Promise, helen: Person, lynda: Person, organiser: Person, cards: object
) -> None:
    verbs.count_those_over(on=LATE)
    verbs.ask_those_due(on=LATE)
    verbs.close(Judging.objects.get(), by=organiser, on=LATE + FOUR_WEEKS + ONE_DAY)
    later = LATE + timedelta(days=60)
    again = verbs.ask_for_time(promise, by=helen, on=later, due_on=later + FOUR_WEEKS, because="One left.")
    verbs.make_again(again, by=lynda, on=later)
    assert verbs.ask_those_due(on=later + FOUR_WEEKS) == 0
    assert verbs.ask_those_due(on=later + FOUR_WEEKS + timedelta(days=9)) == 1


def test_what_came_due_long_ago_is_not_asked_all_at_once(promise: Promise, cards: object) -> None:
    assert verbs.ask_those_due(on=LATE + timedelta(days=92)) == 0
    assert verbs.ask_those_due(on=LATE + timedelta(days=91)) == 1


def test_four_weeks_after_it_was_said_done_it_is_asked_again(
    promise: Promise, lynda: Person, cards: object
) -> None:
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.PARTLY)
    assert verbs.ask_those_due(on=SEPTEMBER + FOUR_WEEKS - ONE_DAY) == 0
    assert verbs.ask_those_due(on=SEPTEMBER + FOUR_WEEKS) == 1
    asked = Judging.objects.get()
    assert asked.is_four_weeks
    verbs.count_those_over(on=asked.closes_on + timedelta(days=7))
    assert verbs.ask_those_due(on=asked.closes_on + timedelta(days=8)) == 0, "once for each time it is said"
    assert state_of(promise) == State.PARTLY


def test_what_was_said_done_long_ago_is_left_alone(promise: Promise, lynda: Person, cards: object) -> None:
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.KEPT)
    end = SEPTEMBER + FOUR_WEEKS + timedelta(days=92)
    assert (verbs.ask_those_due(on=end), verbs.ask_those_due(on=end - ONE_DAY)) == (0, 1)


def test_the_promisers_own_word_that_it_is_done_begins_the_four_weeks(
    promise: Promise, helen: Person, cards: object
) -> None:
    early = date(2026, 7, 20)
    verbs.say_own_view(promise, by=helen, on=early, view=OwnView.View.KEPT, words="It is done.")
    assert verbs.ask_those_due(on=early + FOUR_WEEKS) == 1
    assert Judging.objects.get().is_four_weeks


def test_before_an_election_nobody_is_asked(
    promise: Promise, head: Post, lynda: Person, organiser: Person, cards: object
) -> None:
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.KEPT)
    then = SEPTEMBER + FOUR_WEEKS
    verbs.hold(head.body, posts=[head], from_on=then, until_on=then + ONE_DAY, by=organiser, on=SEPTEMBER)
    assert verbs.ask_those_due(on=then + ONE_DAY) == 0
    assert verbs.ask_those_due(on=then + 2 * ONE_DAY) == 1


def test_what_nobody_closes_is_counted_a_week_after_its_last_day(
    promise: Promise, cards: list[tuple[Voice, str]]
) -> None:
    verbs.ask_those_due(on=LATE)
    asked = Judging.objects.get()
    for voice, _code in cards[:6]:
        verbs.give_opinion(asked, voice=voice, said=Turned.NO, at=AT, on=LATE)
    assert verbs.count_those_over(on=asked.closes_on + timedelta(days=6)) == 0
    assert verbs.count_those_over(on=asked.closes_on + timedelta(days=7)) == 1
    assert state_of(promise) == State.NOT_KEPT
    judgement = promise.judgements.get()
    assert (judgement.by, judgement.note) == (None, "")
    assert verbs.count_those_over(on=asked.closes_on + timedelta(days=8)) == 0


def test_silence_counted_by_itself_moves_nothing(promise: Promise, cards: object) -> None:
    verbs.ask_those_due(on=LATE)
    verbs.count_those_over(on=LATE + FOUR_WEEKS + timedelta(days=7))
    assert state_of(promise) == State.MADE
    assert not promise.judgements.exists()


def test_an_organiser_sees_what_is_asked_and_what_is_to_be_closed(
    promise: Promise,
    cards: object,
    organiser: Person,
    lynda: Person,
    signed_in_client: Callable[[Person], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    verbs.ask_those_due(on=LATE)
    asked = Judging.objects.get()

    def seen(person: Person, on: date) -> str:
        moment = AT.replace(year=on.year, month=on.month, day=on.day)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return signed_in_client(person).get("/promises/due/").content.decode()

    assert f'href="/promises/residents/{asked.pk}/"' in seen(organiser, LATE)
    over = asked.closes_on + ONE_DAY
    assert "Its last day is over: close it" in seen(organiser, over)
    assert "Its last day is over: close it" not in seen(lynda, over)
