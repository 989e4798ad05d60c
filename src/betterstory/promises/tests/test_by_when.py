"""By when: a day, or when we next meet; what is due, late or silent, in words."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import make_aware

from betterstory.conversations.models import Gathering
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places import verbs as places
from betterstory.places.models import Round
from betterstory.promises import clocks, verbs
from betterstory.promises.models import Ask, Entry, Promise, Verdict
from betterstory.promises.pages.coming_due import LATE_PAGE
from betterstory.promises.tests._meeting import meet
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS
from conftest import TODAY

MEET = date(2026, 7, 21)
Make = Callable[..., Promise]


@pytest.fixture
def make(round_: Round, room: Circle, head: Post, helen: Person) -> Make:
    def make(**more: Any) -> Promise:
        told = {"words": WORDS, "on": TODAY, "to": room, "to_words": "the room", "post": head, **more}
        return verbs.make(round=round_, **{"by": helen, **told})

    return make


def see(
    on: date, monkeypatch: pytest.MonkeyPatch, path: str = "/promises/", client: Client | None = None
) -> str:
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: make_aware(datetime(on.year, on.month, on.day, 9))
    )
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return answer.text


def test_when_we_next_meet_is_the_day_of_the_next_gathering(
    make: Make, round_: Round, organiser: Person
) -> None:
    meet(round_, organiser, MEET + timedelta(days=30))
    meet(round_, organiser, MEET)
    promise = make(when_we_meet=True)
    assert (promise.due_on, promise.overdue_on) == (MEET, clocks.overdue_from(MEET))


def test_without_a_gathering_it_says_so_and_gets_its_day_once_one_is_set(
    make: Make, round_: Round, organiser: Person, place: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise = make(when_we_meet=True)
    assert promise.due_on == TODAY + clocks.NEXT_MEETING_WITHIN
    assert "No day is set yet; without one, Monday 28 September counts." in see(TODAY, monkeypatch)
    gathering = meet(round_, organiser, MEET)
    assert verbs.move_with_gatherings(on=TODAY) == 1
    assert verbs.move_with_gatherings(on=TODAY) == 0, "once"
    assert Promise.objects.get().due_on == MEET
    moved = gathering.at + timedelta(days=7)
    Gathering.objects.filter(pk=gathering.pk).update(at=moved)
    verbs.move_with_gatherings(on=TODAY)
    assert Promise.objects.get().due_on == MEET + timedelta(days=7)
    assert "It is due when we next meet." in see(TODAY, monkeypatch)
    assert [each.kind for each in Entry.objects.about(promise)] == ["made", "changed", "changed"]


def test_a_day_or_when_we_meet_has_to_be_said(make: Make) -> None:
    with pytest.raises(verbs.SayWhen):
        make()
    assert not Promise.objects.exists()


def test_i_will_find_out_is_a_promise_and_says_so(
    make: Make, place: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert make(words="I will find out who mends it.", due_on=SEPTEMBER).finds_out
    assert not make(words="We mend it. Find out more at the hall.", due_on=SEPTEMBER).finds_out
    assert see(TODAY, monkeypatch).count("A promise to find out") == 1


def test_a_clock_set_back_writes_nothing_before_what_stands(
    promise: Promise, ask: Ask, helen: Person, lynda: Person
) -> None:
    back, before = SEPTEMBER - timedelta(days=1), TODAY - timedelta(days=1)
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.KEPT)
    for on in (back, before):
        with pytest.raises(verbs.ClockSetBack):
            verbs.judge(promise, by=lynda, on=on, verdict=Verdict.NOT_KEPT)
    assert Promise.objects.get().state == "kept"
    assert promise.judgements.count() == 1


def test_nor_is_a_promise_changed_before_it_was_made(promise: Promise, helen: Person, lynda: Person) -> None:
    before = TODAY - timedelta(days=1)
    with pytest.raises(verbs.ClockSetBack):
        verbs.ask_for_time(promise, by=helen, on=before, due_on=SEPTEMBER, because="Late.")
    again = verbs.ask_for_time(promise, by=helen, on=SEPTEMBER, due_on=SEPTEMBER, because="Late.")
    with pytest.raises(verbs.ClockSetBack):
        verbs.make_again(again, by=lynda, on=TODAY)
    assert Promise.objects.get().state == "made"


CLOCK = """
day         says
2026-09-01  -
2026-09-02  Its day is past. It counts as late from Wednesday 9 September.
2026-09-08  Its day is past. It counts as late from Wednesday 9 September.
2026-09-09  Late: 6 working days.
2026-10-06  Long overdue: 25 working days late.
"""


def test_the_wall_says_how_late_in_working_days(
    promise: Promise, place: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = {line.split(maxsplit=1)[1] for line in CLOCK.strip().splitlines()[1:]} - {"-"}
    for line in CLOCK.strip().splitlines()[1:]:
        day, says = line.split(maxsplit=1)
        page = see(date.fromisoformat(day), monkeypatch)
        assert {words for words in every if words in page} == ({says} - {"-"}), day
        assert "<span>Not kept</span>" not in page, "never by itself"


def test_months_of_silence_are_said(
    promise: Promise, helen: Person, place: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Nothing was said" not in see(date(2026, 10, 5), monkeypatch)
    assert "Nothing was said for 3 months." in see(date(2026, 10, 6), monkeypatch)
    verbs.ask_for_time(promise, by=helen, on=date(2026, 10, 6), due_on=date(2027, 1, 1), because="x")
    assert "Nothing was said" not in see(date(2026, 10, 7), monkeypatch)
    assert "Nothing was said for 5 months." in see(date(2027, 3, 20), monkeypatch)


def test_an_answer_has_its_day_too(lyndas_ask: Ask, place: object, monkeypatch: pytest.MonkeyPatch) -> None:
    by = date(2026, 8, 3)
    assert lyndas_ask.answer_by == by
    assert "An answer is due by Monday 3 August." in see(by, monkeypatch)
    assert "The answer is late: it was due by Monday 3 August, one working day ago." in see(
        by + timedelta(days=1), monkeypatch
    )
    assert "long overdue" in see(date(2026, 9, 1), monkeypatch), (
        "twenty working days later, a bank holiday out"
    )
    assert "long overdue" not in see(date(2026, 8, 31), monkeypatch)


def test_passing_it_on_leaves_the_clock_and_saying_later_moves_it(
    lyndas_ask: Ask, council: Body, helen: Person
) -> None:
    verbs.answer_later(lyndas_ask, by=helen, on=TODAY, due_on=date(2026, 8, 20))
    assert Ask.objects.get().answer_by == date(2026, 8, 20)
    verbs.answer_not_ours(lyndas_ask, by=helen, on=TODAY, whose=council)
    assert Ask.objects.get().answer_by == date(2026, 8, 20)


def test_what_became_late_of_late_and_nothing_older(
    promise: Promise, lyndas_ask: Ask, place: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, words in ((date(2026, 9, 8), ()), (date(2026, 9, 9), (WORDS,)), (date(2026, 9, 24), ())):
        page = see(day, monkeypatch, "/promises/late/")
        assert (WORDS in page) == bool(words), day
    for day, there in ((date(2026, 8, 3), False), (date(2026, 8, 4), True), (date(2026, 8, 19), False)):
        assert (lyndas_ask.words in see(day, monkeypatch, "/promises/late/")) == there, day


def test_all_that_became_late_stands_on_one_of_its_pages(
    make: Make, place: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = [f"We mend lamp number {number}." for number in range(LATE_PAGE + 3)]
    for words in every:
        make(words=words, due_on=SEPTEMBER)
    day = date(2026, 9, 9)
    first = see(day, monkeypatch, "/promises/late/")
    second = see(day, monkeypatch, "/promises/late/?page=2")
    assert ["?page=2" in first, "?page=3" in second, "?page=1" in second] == [True, False, True]
    assert [words for words in every if (words in first) == (words in second)] == []
    assert "More that became late: 3" in first
    assert "More that became late" not in second


def test_what_is_due_before_we_meet(
    make: Make,
    lyndas_ask: Ask,
    round_: Round,
    organiser: Person,
    place: object,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:
    meet(round_, organiser, MEET)
    make(words="Before it.", due_on=MEET)
    make(words="After it.", due_on=MEET + timedelta(days=1))
    for path in ("/promises/due/", "/promises/due/print/"):
        with django_assert_max_num_queries(12):
            page = see(TODAY, monkeypatch, path)
        assert "Before it." in page
        assert "After it." not in page
        assert lyndas_ask.words in page
    assert "We next meet on Tuesday 21 July, at the hall." in page


def test_many_neighbourhoods_take_turns_and_one_alone_shows_more(
    make: Make,
    round_: Round,
    organiser: Person,
    place: object,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(7):
        other = places.name_neighbourhood(name=f"Zest {number}", by=organiser)
        places.begin_round(neighbourhood=other, by=organiser, on=TODAY)
    for number in range(8):
        make(words=f"Owed thing {number}.", due_on=MEET)
    with django_assert_max_num_queries(12):
        page = see(TODAY, monkeypatch, "/promises/due/")
    assert page.count("“Owed thing") == 5
    assert "3 more in Tanners Row" in page
    assert "Zest 5" in page
    assert "Zest 6" not in page, "the eighth stands on the next page"
    assert "Zest 6" in see(TODAY, monkeypatch, "/promises/due/?page=2")
    for path in ("/promises/due/", "/promises/due/print/"):
        alone = see(TODAY, monkeypatch, f"{path}?neighbourhood=tanners-row")
        assert alone.count("“Owed thing") == 8
        assert "Zest" not in alone
