"""Who may move a promise: whatever anybody tries, in whatever state, stands in the table or is refused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from betterstory.conversations.verbs import make_voices
from betterstory.people.models import Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import NOT_TO_JUDGE, Promise, State, Turned, Verdict
from betterstory.promises.moves import Move, moves
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS, days
from betterstory.ui.refusal import Refusal
from conftest import AT, TODAY

ELECTION = (TODAY, TODAY + timedelta(days=20))
AFTER = ELECTION[1] + timedelta(days=1)
VERDICTS = {
    "says kept": Verdict.KEPT,
    "says partly": Verdict.PARTLY,
    "says not kept": Verdict.NOT_KEPT,
    "lets go": Verdict.RELEASED,
}
NEVER_TWICE = count()
COUNTED = {Turned.KEPT: "kept", Turned.HALF: "partly", Turned.NO: "not kept"}
DOES = ("confirms", "takes back", "agrees to words", "makes again", *VERDICTS)
WHO = ("promiser", "promised", "organiser", "stranger")


@dataclass
class Table:
    """People round one promise, written down in the room by an organiser."""

    round: Round
    room: Circle
    post: Post
    people: dict[str, Person]

    def make(self, on: date = TODAY) -> Promise:
        return verbs.make(
            round=self.round,
            words=WORDS,
            by=self.people["organiser"],
            on=on,
            due_on=SEPTEMBER,
            to=self.room,
            to_words="the room",
            post=self.post,
        )

    def someone(self, who: str) -> Person:
        return Person.objects.get(pk=self.people[who].pk)


@pytest.fixture
def table(
    round_: Round,
    room: Circle,
    head: Post,
    helen: Person,
    lynda: Person,
    organiser: Person,
    welcome: Callable[..., Person],
) -> Table:
    scribe, stranger = welcome("Ada", "organiser"), welcome("Pat", "resident")
    everybody = (helen, lynda, scribe, stranger)
    return Table(round_, room, head, dict(zip(WHO, everybody, strict=True)))


def bring_to(table: Table, state: State) -> Promise:
    """A promise in this state, by the ways of the table."""
    if state == State.WAITS:
        hold(table)
        return table.make()
    promise = table.make()
    if state == State.MADE_AGAIN:
        ask_again(promise, table)
        verbs.make_again(promise.agains.get(), by=table.someone("promised"), on=TODAY)
    elif state == State.TAKEN_BACK:
        verbs.take_back(promise, by=table.someone("promiser"), on=TODAY, because="We cannot.")
    elif state != State.MADE:
        verbs.judge(promise, by=table.someone("promised"), on=TODAY, verdict=Verdict(state.value))
    return Promise.objects.get(pk=promise.pk)


def hold(table: Table) -> None:
    first, last = ELECTION
    by = table.someone("organiser")
    verbs.hold(table.post.body, posts=[table.post], from_on=first, until_on=last, by=by, on=TODAY)


def ask_again(promise: Promise, table: Table, *, words: bool = False) -> None:
    """What is to be agreed to, written down by the organiser, so that it confirms nothing."""
    by = table.someone("organiser")
    if words:
        other = f"In other words, {next(NEVER_TWICE)}."
        verbs.word_otherwise(promise, by=by, on=TODAY, words=other, because="Clearer.")
    else:
        verbs.ask_for_time(promise, by=by, on=TODAY, due_on=SEPTEMBER + timedelta(9), because="Later.")


def press(table: Table, promise: Promise, who: str, does: str, on: date) -> None:
    """Somebody tries something. Raises Refusal."""
    by = table.someone(who)
    if does == "confirms":
        verbs.confirm(promise, by=by, on=on)
    elif does == "takes back":
        verbs.take_back(promise, by=by, on=on, because="We cannot.")
    elif does in VERDICTS:
        verbs.judge(promise, by=by, on=on, verdict=VERDICTS[does])
    else:
        if promise.is_open:
            ask_again(promise, table, words=does == "agrees to words")
        again = promise.agains.last()
        if again is None:
            raise verbs.NotOpen
        verbs.make_again(again, by=by, on=on)


def allowed(who: str, does: str, before: str) -> Move | None:
    return next((each for each in moves() if (each.who, each.does, each.before) == (who, does, before)), None)


TRIES = [(who, does, state) for who in WHO for does in DOES for state in State]


@pytest.mark.parametrize("does", DOES)
def test_whatever_is_tried_stands_in_the_table_or_is_refused(does: str, table: Table) -> None:
    """Everybody tries it in every state: the verbs and the table say the same."""
    for who, _does, state in [each for each in TRIES if each[1] == does]:
        with transaction.atomic():
            promise = bring_to(table, state)
            row = allowed(who, does, state)
            try:
                press(table, promise, who, does, TODAY + timedelta(days=1))
            except Refusal:
                assert row is None, f"{who} {does} from {state}: the table says yes, the verb no"
                assert Promise.objects.get(pk=promise.pk).state == state
            else:
                assert row is not None, f"{who} {does} from {state}: the verb says yes, the table no"
                assert Promise.objects.get(pk=promise.pk).state == row.to
            transaction.set_rollback(True)


def test_making_and_letting_in_are_the_rows_without_a_verdict(table: Table) -> None:
    assert table.make().state == allowed("promiser", "makes", "-").to  # type: ignore[union-attr]  # a row there is
    waits = bring_to(table, State.WAITS)
    assert waits.state == allowed("promiser", "makes, in a hold", "-").to  # type: ignore[union-attr]  # likewise
    assert verbs.let_in(on=ELECTION[1]) == 0, "its last day is still before the election"
    assert verbs.let_in(on=AFTER) == 1
    assert Promise.objects.get(pk=waits.pk).state == allowed("clock", "lets in", "waits").to  # type: ignore[union-attr]  # likewise
    assert verbs.let_in(on=AFTER) == 0, "once"


@pytest.mark.parametrize("said", COUNTED)
def test_what_the_cards_count_stands_in_the_table_or_moves_nothing(said: Turned, table: Table) -> None:
    """In every state: residents are asked, five say the same, and it is counted."""
    organiser, until, cards = table.someone("organiser"), days(7), 0
    for state in State:
        with transaction.atomic():
            promise = bring_to(table, state)
            row = allowed("cards", f"count as {COUNTED[said]}", state)
            if state in NOT_TO_JUDGE:
                with pytest.raises(Refusal):
                    verbs.ask_residents(promise, by=organiser, on=TODAY, until=until)
            else:
                asked = verbs.ask_residents(promise, by=organiser, on=TODAY, until=until)
                five = make_voices(table.round, residents=5, services=0, by=organiser, at=AT)
                cards += len(five)
                for voice, _code in five:
                    verbs.give_opinion(asked, voice=voice, said=said, at=AT, on=TODAY)
                verbs.close(asked, by=organiser, on=until + timedelta(days=1))
            assert Promise.objects.get(pk=promise.pk).state == (row.to if row else state)
            transaction.set_rollback(True)
    assert cards == 5 * (len(State) - len(NOT_TO_JUDGE))


def test_every_row_is_one_that_these_tests_try() -> None:
    """A row that nobody tries would prove nothing."""
    others = {("promiser", "makes"), ("promiser", "makes, in a hold"), ("clock", "lets in")}
    others |= {("cards", f"count as {each}") for each in COUNTED.values()}
    assert {(each.who, each.does) for each in moves()} <= {
        (who, does) for who in WHO for does in DOES
    } | others
    assert {each.before for each in moves()} <= {*State.values, "-"}


def walk_of(presses: list[tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    return ((number, *each) for number, each in enumerate(presses, 1))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=st.lists(st.tuples(st.sampled_from(WHO), st.sampled_from(DOES)), max_size=10))
def test_no_order_of_presses_leaves_the_table(table: Table, presses: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        promise, confirmed = table.make(), False
        for number, who, does in walk_of(presses):
            before = Promise.objects.get(pk=promise.pk).state
            row = allowed(who, does, before)
            try:
                press(table, Promise.objects.get(pk=promise.pk), who, does, TODAY + timedelta(days=number))
            except Refusal:
                once_only = does in ("confirms", "takes back") and (confirmed or number > 7)
                assert row is None or once_only, (who, does, before)
                continue
            now = Promise.objects.get(pk=promise.pk).state
            assert row is not None, (who, does, before, now)
            assert now == row.to, (who, does, before, now)
            confirmed = confirmed or does in ("confirms", "takes back")
        assert (Promise.objects.get(pk=promise.pk).state in NOT_TO_JUDGE) <= bool(presses)
        transaction.set_rollback(True)


def test_late_is_by_itself_and_moves_nothing(table: Table) -> None:
    promise = table.make()
    assert promise.is_late(on=days(400))
    assert verbs.let_in(on=days(400)) == 0
    assert verbs.move_with_gatherings(on=days(400)) == 0
    assert Promise.objects.get().state == State.MADE
