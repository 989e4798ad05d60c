"""Only the promised side says how a promise turned out."""

from datetime import timedelta

import pytest

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Ask, Promise, State, Verdict
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS, days
from conftest import AT, TODAY


def afresh(promise: Promise) -> Promise:
    return Promise.objects.get(pk=promise.pk)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_somebody_of_the_room_says_how_it_turned_out(
    verdict: Verdict, promise: Promise, lynda: Person
) -> None:
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=verdict, note="Went twice to be sure.")
    assert afresh(promise).state == verdict.state
    assert [each.note for each in promise.judgements.all()] == ["Went twice to be sure."]


def test_the_promiser_cannot_call_it_kept_though_she_sat_in_the_room(promise: Promise, helen: Person) -> None:
    with pytest.raises(verbs.NotPromisedToYou):
        verbs.judge(promise, by=helen, on=SEPTEMBER, verdict=Verdict.KEPT)
    assert afresh(promise).state == State.MADE
    assert not promise.judgements.exists()


def test_nor_can_anybody_else_of_her_service(
    promise: Promise, service: Body, room: Circle, analyst: Person, organiser: Person
) -> None:
    people.join(circle=room, person=analyst, at=AT)
    people.name_post(body=service, title="Practice lead", by=organiser, holder=analyst)
    with pytest.raises(verbs.NotPromisedToYou):
        verbs.judge(promise, by=analyst, on=SEPTEMBER, verdict=Verdict.KEPT)
    assert afresh(promise).state == State.MADE


def test_nor_can_she_once_she_has_left_the_post(
    promise: Promise, head: Post, helen: Person, organiser: Person
) -> None:
    people.hand_over(head, to=None, by=organiser)
    with pytest.raises(verbs.NotPromisedToYou):
        verbs.judge(promise, by=helen, on=SEPTEMBER, verdict=Verdict.KEPT)


def test_nor_can_she_once_she_has_left_where_an_organiser_wrote_it_down(
    ask: Ask, head: Post, helen: Person, organiser: Person
) -> None:
    promise = verbs.answer_yes(ask, by=organiser, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
    people.hand_over(head, to=None, by=organiser)
    with pytest.raises(verbs.NotPromisedToYou):
        verbs.judge(promise, by=helen, on=SEPTEMBER, verdict=Verdict.KEPT)


@pytest.mark.parametrize("who", ["steward", "teller", "analyst", "femi"])
def test_nobody_outside_the_room_can(who: str, request: pytest.FixtureRequest, promise: Promise) -> None:
    with pytest.raises(verbs.NotPromisedToYou):
        verbs.judge(promise, by=request.getfixturevalue(who), on=SEPTEMBER, verdict=Verdict.NOT_KEPT)
    assert afresh(promise).state == State.MADE


def test_nor_somebody_who_left_the_room(promise: Promise, room: Circle, lynda: Person) -> None:
    assert room.pk in lynda.circle_ids, "she came in while she was still in it"
    people.leave(circle=room, person=Person.objects.get(pk=lynda.pk), at=AT + timedelta(days=1))
    with pytest.raises(verbs.NotPromisedToYou):
        verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.KEPT)


def test_what_was_promised_to_lynda_lynda_judges_alone(
    lyndas_ask: Ask, head: Post, helen: Person, lynda: Person, organiser: Person
) -> None:
    promise = verbs.answer_yes(lyndas_ask, by=helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
    with pytest.raises(verbs.NotPromisedToYou):
        verbs.judge(promise, by=organiser, on=SEPTEMBER, verdict=Verdict.KEPT)
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.PARTLY)
    assert afresh(promise).state == State.PARTLY


def test_late_shows_by_itself_and_is_never_not_kept_by_itself(promise: Promise) -> None:
    """Due on a Tuesday: five working days of grace end the Tuesday after."""
    grace, after = SEPTEMBER + timedelta(days=7), SEPTEMBER + timedelta(days=8)
    assert not promise.is_late(on=grace)
    assert (promise.days_late(on=grace), promise.mark(grace)) == (0, "to_come")
    assert (promise.is_late(on=after), promise.days_late(on=after), promise.mark(after)) == (True, 6, "late")
    assert afresh(promise).state == State.MADE
    assert list(Promise.objects.late(after)) == [promise]
    assert not Promise.objects.late(grace).exists()


def test_what_was_judged_is_late_no_more(promise: Promise, lynda: Person) -> None:
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.NOT_KEPT)
    after = SEPTEMBER + timedelta(days=400)
    assert (afresh(promise).mark(after), afresh(promise).days_late(on=after)) == ("not_kept", 0)


def test_the_newest_word_stands_and_the_older_stay(
    promise: Promise, lynda: Person, organiser: Person
) -> None:
    verbs.judge(promise, by=lynda, on=days(60), verdict=Verdict.NOT_KEPT)
    verbs.judge(promise, by=organiser, on=days(70), verdict=Verdict.KEPT, note="They came after all.")
    assert afresh(promise).state == State.KEPT
    assert [each.verdict for each in promise.judgements.all()] == ["not_kept", "kept"]


def test_two_in_one_day_the_first_stands(promise: Promise, lynda: Person, organiser: Person) -> None:
    stale = afresh(promise)
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.NOT_KEPT)
    with pytest.raises(verbs.NotOpen):
        verbs.judge(stale, by=organiser, on=SEPTEMBER, verdict=Verdict.KEPT)
    assert afresh(promise).state == State.NOT_KEPT


def test_let_go_is_the_end(promise: Promise, lynda: Person) -> None:
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.RELEASED)
    with pytest.raises(verbs.NotOpen):
        verbs.judge(promise, by=lynda, on=SEPTEMBER + timedelta(days=1), verdict=Verdict.NOT_KEPT)
    assert afresh(promise).state == State.RELEASED


@pytest.mark.parametrize("note", ["Helen forgot.", "It was HELEN’s word: Helen.", "Ask Helen"])
def test_no_workers_name_stands_beside_not_kept(note: str, promise: Promise, lynda: Person) -> None:
    with pytest.raises(verbs.LeaveNamesOut):
        verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.NOT_KEPT, note=note)
    assert afresh(promise).state == State.MADE


def test_a_name_inside_another_word_is_no_name(promise: Promise, lynda: Person) -> None:
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.NOT_KEPT, note="Nobody in St Helens rang.")
    assert promise.judgements.count() == 1


def test_a_promise_for_oneself_is_judged_by_the_others(
    round_: Round, room: Circle, lynda: Person, organiser: Person
) -> None:
    promise = verbs.make(
        round=round_,
        words="I will save a chair.",
        by=lynda,
        on=TODAY,
        due_on=SEPTEMBER,
        to=room,
        to_words="everybody who comes",
        by_words="Lyn",
        own_yes=True,
    )
    with pytest.raises(verbs.NotPromisedToYou):
        verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.KEPT)
    verbs.judge(promise, by=organiser, on=SEPTEMBER, verdict=Verdict.KEPT)
    assert afresh(promise).state == State.KEPT
