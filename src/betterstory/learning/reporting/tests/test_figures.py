"""Every figure is the length of its list, as of its day, and agrees with the open wall."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from betterstory.learning.reporting.figures import ANSWERED, NOT_DONE, PROMISED, Counted
from betterstory.learning.reporting.tests.conftest import LATER
from betterstory.learning.reporting.timeline import timeline_of
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs as promises
from betterstory.promises.models import Ask, Promise, State, Verdict
from betterstory.promises.tests.conftest import days
from betterstory.promises.verbs import confirming
from betterstory.stories.rules import PARTNERS
from conftest import AT

Count = Callable[..., Counted]
Full = dict[str, Any]

# as of which day: how many of each there were; a day's grace is five working days
STOOD = """
    day  asked  yes  refused  passed-on  no-answer  promised  kept  late  not-kept  made-again  to-come
      0      4    0        0          0          4         0     0     0         0           0        0
      1      4    0        0          0          4         6     0     0         0           0        6
      2      4    1        0          0          3         7     0     0         0           0        7
      3      4    1        1          0          2         7     0     0         0           0        7
      4      4    1        1          1          1         7     0     0         0           0        7
     25      4    1        1          1          1         7     0     0         0           0        7
     26      4    1        1          1          1         7     0     4         0           0        3
     30      4    1        1          1          1         7     1     0         1           0        3
     36      4    1        1          1          1         7     1     0         1           1        2
    100      4    1        1          1          1         7     1     1         1           1        1
    208      4    1        1          1          1         7     1     2         1           0        1
"""
LINES = STOOD.strip().splitlines()


@pytest.mark.parametrize("line", LINES[1:], ids=lambda line: f"day {line.split()[0]}")
def test_a_report_counts_as_things_stood_that_day(line: str, full: Full, counted: Count) -> None:
    wanted = dict(zip(LINES[0].split()[1:], map(int, line.split()[1:]), strict=True))
    figures = counted(on=days(int(line.split()[0]))).figures
    assert {slug: len(figures[slug].rows) for slug in wanted} == wanted


def test_every_number_is_how_long_its_list_is(full: Full, counted: Count) -> None:
    for figure in counted().figures.values():
        if not figure.slug.startswith(("hours", "pounds")):
            assert figure.number == str(len(figure.rows))


def test_the_parts_of_a_whole_are_the_whole(full: Full, counted: Count) -> None:
    figures = counted().figures
    assert sum(len(figures[slug].rows) for slug in ANSWERED.values()) == len(figures["asked"].rows)
    assert sum(len(figures[slug].rows) for slug in PROMISED.values()) == len(figures["promised"].rows)


@pytest.mark.parametrize(("state", "slug"), [*ANSWERED.items(), *PROMISED.items()])
def test_the_wall_of_today_says_the_same(state: str, slug: str, full: Full, counted: Count) -> None:
    """A report as of today and the open wall count alike, state by state."""
    wall = Client().get("/promises/", {"state": state}).content.decode()
    entries = [part for part in re.findall(r"<li>(.*?)</li>", wall, re.DOTALL) if "ruled-words" in part]
    assert len(entries) == len(counted().figures[slug].rows)
    assert entries or slug == "taken-back"


def test_words_and_days_are_those_of_that_day(full: Full, counted: Count) -> None:
    """Made again on day 36: the day before, it was due on day 40."""
    before = next(each for each in counted(on=days(35)).promises if each.words == "Word again.")
    after = next(each for each in counted(on=days(36)).promises if each.words == "Word again.")
    assert (before.due_on, before.mark) == (days(40), "to_come")
    assert (after.due_on, after.mark) == (days(200), "made_again")


def test_taken_back_in_the_days_to_confirm(
    round_: Round, room: Circle, organiser: Person, helen: Person, head: Post, counted: Count
) -> None:
    made = promises.make(
        round=round_,
        words="We will ring.",
        by=organiser,
        on=days(1),
        due_on=days(60),
        to=room,
        to_words="the room",
        post=head,
    )
    confirming.take_back(made, by=helen, on=days(3), because="It was not mine to say.")
    assert [each.mark for each in counted(on=days(2)).promises] == ["to_come"]
    assert [row.words for row in counted().rows(*NOT_DONE)] == ["We will ring."]
    assert len(counted().figures["taken-back"].rows) == 1
    moments = timeline_of(round_, viewer=PARTNERS, looks=None, on=LATER, at=AT, is_partner=True).moments
    assert "It was not mine to say." in [each.said for each in moments]


def test_what_waits_until_after_an_election_is_not_in_it(
    give_word: Callable[..., Promise], counted: Count
) -> None:
    give_word("We will build it.")
    Promise.objects.update(state=State.WAITS)
    assert counted().promises == []


def test_what_was_said_later_is_not_in_it(full: Full, counted: Count) -> None:
    then, now = counted(on=days(29)), counted()
    assert not [each.note for each in then.promises if each.note]
    assert "Seen kept." in [each.note for each in now.promises]
    assert full["promises"]["kept"].state == "made", "reading changes nothing that was read before"
    full["promises"]["kept"].refresh_from_db()
    assert full["promises"]["kept"].state == "kept", "nor what is stored"


def test_what_was_not_done_holds_each_of_them(full: Full, counted: Count) -> None:
    words = [row.words for row in counted().rows(*NOT_DONE)]
    assert sorted(words) == [
        "Ask no-answer.",
        "Ask passed-on.",
        "Ask refused.",
        "Word late.",
        "Word not_kept.",
        "Word partly.",
        "Word released.",
    ]


def test_a_body_that_was_asked_first_stands_there_until_it_passed_it_on(full: Full, counted: Count) -> None:
    def of(on: date) -> str:
        return next(each.body for each in counted(on=on).asks if each.ask.words == "Ask passed-on.")

    assert of(days(3)) == "The Talking Service"
    assert of(days(4)) == "Aldermouth Council"


def test_sums_are_added_up_from_the_rows(full: Full, counted: Count) -> None:
    figures = counted().figures
    assert figures["hours-public"].number == "15.5"
    assert figures["pounds-voluntary"].number == "1,200.50"
    assert figures["pounds-all"].number == "1,220.50"
    assert [row.amount for row in figures["hours-public"].rows] == ["12.5", "3"]


def test_people_who_asked_or_promised_for_themselves_are_not_named(
    counted: Count, round_: Any, service: Body, head: Post, lynda: Person, teller: Person
) -> None:
    promises.ask(
        round=round_,
        words="Ring me back.",
        of=service,
        by=lynda,
        on=days(1),
        asked_by_words="Lyn from the lock",
        own_yes=True,
    )
    promises.make(
        round=round_,
        words="I will bring a kettle.",
        by=lynda,
        on=days(1),
        due_on=days(9),
        to=teller,
        by_words="Lyn",
        own_yes=True,
    )
    rows = counted().rows("asked", "promised")
    assert [row.words for row in rows] == ["Ring me back.", "I will bring a kettle."]
    assert "Lyn" not in str(rows)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "promise", "no", "yes", "pass", "kept", "partly", "not_kept"]),
        st.integers(0, 3),
    ),
    max_size=8,
)


@pytest.mark.django_db
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_whatever_happened_the_figures_are_their_lists_and_the_wall(
    steps: list[tuple[str, int]], request: pytest.FixtureRequest
) -> None:
    """Small worlds: any order of asks, answers, promises and verdicts."""
    live = _World(request)
    for day, (what, which) in enumerate(steps, start=2):
        live.do(what, which, days(day))
    figures = live.count(on=LATER).figures
    for slug in (*ANSWERED.values(), *PROMISED.values()):
        assert figures[slug].number == str(len(figures[slug].rows))
    assert sum(int(figures[slug].number) for slug in ANSWERED.values()) == Ask.objects.count()
    assert sum(int(figures[slug].number) for slug in PROMISED.values()) == Promise.objects.count()
    for state, slug in PROMISED.items():
        assert len(figures[slug].rows) == Promise.objects.in_state(state, LATER).count()
    for state, slug in ANSWERED.items():
        assert len(figures[slug].rows) == Ask.objects.in_state(state).count()


class _World:
    """What a round can do, begun afresh for each example."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        Promise.objects.all().delete()
        Ask.objects.all().delete()
        get = request.getfixturevalue
        self.say, self.give_word, self.count = get("say"), get("give_word"), get("counted")
        self.helen, self.lynda, self.head, self.council = (
            get("helen"),
            get("lynda"),
            get("head"),
            get("council"),
        )

    def do(self, what: str, which: int, on: date) -> None:
        if what == "ask":
            self.say("Ask.", on=on)
        elif what == "promise":
            self.give_word("Word.", due=60, on=1)
        elif what in ("no", "yes", "pass"):
            waiting = list(Ask.objects.waiting())
            if which < len(waiting):
                self.answer(what, waiting[which], on)
        else:
            made = list(Promise.objects.still_open())
            if which < len(made):
                promises.judge(made[which], by=self.lynda, on=on, verdict=Verdict(what))

    def answer(self, what: str, ask: Ask, on: date) -> None:
        if what == "no":
            promises.answer_no(ask, by=self.organiser(ask), on=on, reason="No.")
        elif what == "yes" and ask.of_id == self.head.body_id:
            promises.answer_yes(ask, by=self.helen, on=on, post=self.head, words="Yes.", due_on=days(70))
        elif what == "pass" and ask.of_id != self.council.pk:
            promises.answer_not_ours(ask, by=self.helen, on=on, whose=self.council)

    def organiser(self, ask: Ask) -> Person:
        person = ask.written_by
        assert person is not None
        return person
