"""What each change writes in the ledger: which kind, who, with which words, and by when."""

from datetime import timedelta

import pytest

from betterstory.people.models import Body, Person, Post
from betterstory.promises import verbs
from betterstory.promises.models import Answer, Ask, Confirmation, Entry, Promise, State, Verdict
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS, days
from conftest import TODAY

BECAUSE = "The budget is read in May."
OCTOBER = SEPTEMBER + timedelta(days=40)


def newest(about: Ask | Promise) -> tuple[str, str, str, str]:
    """The newest entry: its kind, who, what was said and by when."""
    entry = Entry.objects.about(about).select_related("said").order_by("-seq")[0]
    words = entry.said.words
    return entry.kind, entry.who, words.get("words", ""), words.get("due", "")


@pytest.fixture
def said(ask: Ask, head: Post, organiser: Person) -> Promise:
    """Said in the room; the organiser wrote it down."""
    return verbs.answer_yes(ask, by=organiser, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)


@pytest.fixture
def post(head: Post) -> str:
    return f"post {head.pk} of body {head.body_id}"


def test_a_yes_taken_back_is_two_entries_with_the_reason(
    said: Promise, ask: Ask, post: str, service: Body, helen: Person
) -> None:
    made = verbs.take_back(said, by=helen, on=days(1), because=BECAUSE)
    assert newest(said) == ("taken_back", post, BECAUSE, "")
    assert newest(ask) == ("answered_no", f"body {service.pk}", BECAUSE, "")
    no = Answer.objects.get(kind=Answer.Kind.NO_BECAUSE)
    assert (made.by, no.answered_by, no.on) == (helen, helen, days(1))


def test_confirming_is_an_entry_without_words(said: Promise, post: str, helen: Person) -> None:
    made = verbs.confirm(said, by=helen, on=days(1))
    assert newest(said) == ("confirmed", post, "", "")
    assert (made.by, made.on) == (helen, days(1))


def test_nothing_is_confirmed_or_taken_back_before_it_was_made(said: Promise, helen: Person) -> None:
    """A clock set back."""
    with pytest.raises(verbs.ClockSetBack):
        verbs.confirm(said, by=helen, on=days(-1))
    with pytest.raises(verbs.ClockSetBack):
        verbs.take_back(said, by=helen, on=days(-1), because=BECAUSE)
    assert not Confirmation.objects.exists()
    assert Promise.objects.get().state == State.MADE


def test_more_time_is_asked_with_the_reason_and_the_day(promise: Promise, post: str, helen: Person) -> None:
    verbs.ask_for_time(promise, by=helen, on=TODAY, due_on=OCTOBER, because=BECAUSE)
    assert newest(promise) == ("time_asked", post, BECAUSE, OCTOBER.isoformat())


def test_other_words_are_asked_and_then_stand(
    promise: Promise, post: str, helen: Person, lynda: Person
) -> None:
    again = verbs.word_otherwise(promise, by=helen, on=TODAY, words="You keep it.", because=BECAUSE)
    assert newest(promise) == ("words_asked", post, "You keep it.", "")
    assert (again.because, again.was_words, again.was_due_on) == (BECAUSE, WORDS, SEPTEMBER)
    verbs.make_again(again, by=lynda, on=days(1))
    kind, who, words, due = newest(promise)
    assert (kind, words, due) == ("changed", "You keep it.", SEPTEMBER.isoformat())
    assert who == f"circle {promise.to_circle_id}"


def test_an_answer_to_come_names_its_day(ask: Ask, service: Body, helen: Person) -> None:
    verbs.answer_later(ask, by=helen, on=TODAY, due_on=OCTOBER)
    assert newest(ask) == ("answered_later", f"body {service.pk}", "", OCTOBER.isoformat())


def test_how_it_turned_out_is_an_entry_with_the_note(promise: Promise, lynda: Person) -> None:
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.PARTLY, note="Two of three.")
    assert newest(promise) == ("partly", f"circle {promise.to_circle_id}", "Two of three.", "")


def test_a_promise_for_when_we_next_meet_can_ask_for_the_meeting_after(
    promise: Promise, helen: Person, lynda: Person
) -> None:
    """Another day, or “when we next meet”: one of the two has to be said."""
    with pytest.raises(verbs.SayWhen):
        verbs.ask_for_time(promise, by=helen, on=TODAY, because=BECAUSE)
    again = verbs.ask_for_time(promise, by=helen, on=TODAY, because=BECAUSE, when_we_meet=True)
    assert again.when_we_meet
    assert again.due_on > TODAY, "a gathering is to come within weeks, though none is set"
    verbs.make_again(again, by=lynda, on=days(1))
    now = Promise.objects.get()
    assert (now.when_we_meet, now.state) == (True, State.MADE_AGAIN)
    other = verbs.word_otherwise(now, by=helen, on=days(2), words="You keep it.", because=BECAUSE)
    assert other.when_we_meet, "other words leave the day as it is"
    verbs.make_again(other, by=lynda, on=days(2))
    assert Promise.objects.get().when_we_meet
