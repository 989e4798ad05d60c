"""Residents say how a promise turned out: by phone, by card, at the door; never whoever promised it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import Voice
from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises import tally, verbs
from betterstory.promises.models import Ask, Judging, Opinion, OwnView, Promise, State, Turned, Verdict, Way
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS, days
from conftest import AT, TODAY

UNTIL = SEPTEMBER + timedelta(days=14)
AFTER = UNTIL + timedelta(days=1)
Cards = list[tuple[Voice, str]]


def afresh(promise: Promise) -> Promise:
    return Promise.objects.get(pk=promise.pk)


@pytest.fixture
def cards(round_: Round, organiser: Person) -> Cards:
    return conversations.make_voices(round_, residents=12, services=1, by=organiser, at=AT)


@pytest.fixture
def judging(promise: Promise, organiser: Person) -> Judging:
    return verbs.ask_residents(promise, by=organiser, on=SEPTEMBER, until=UNTIL)


def say(judging: Judging, cards: Cards, words: str) -> None:
    """One card a letter: k kept, h half, n no, d don't know."""
    letters = {"k": Turned.KEPT, "h": Turned.HALF, "n": Turned.NO, "d": Turned.DONT_KNOW}
    for letter, (voice, _code) in zip(words, cards, strict=False):
        verbs.give_opinion(judging, voice=voice, said=letters[letter], at=AT, on=SEPTEMBER)


DECIDES = """
said          becomes
kkkkk         kept
kkkkhhn       kept
hhhnn         partly
nnnnk         not_kept
kkknnn        partly       # as many kept as no
kkkhhh        partly       # as many kept as half
hhhnnn        partly
kkhhnn        partly
nnnn          -            # four decide nothing
nnnnd         -            # who doesn't know decides nothing
kkkkddddddd   -
nnnnndddddd   not_kept
-             -
"""


@pytest.mark.parametrize("row", [line.split("#")[0].split() for line in DECIDES.strip().splitlines()[1:]])
def test_what_most_said_becomes_the_word_once_it_is_closed(
    row: list[str], judging: Judging, promise: Promise, cards: Cards, organiser: Person
) -> None:
    said, becomes = row
    say(judging, cards, said.strip("-"))
    assert afresh(promise).state == State.MADE, "nothing before it is closed"
    verbs.close(judging, by=organiser, on=AFTER)
    assert afresh(promise).state == (State.MADE if becomes == "-" else becomes)
    assert promise.judgements.count() == (becomes != "-")


def test_the_word_of_the_room_stands_and_the_count_beside_it(
    judging: Judging, promise: Promise, cards: Cards, organiser: Person, lynda: Person
) -> None:
    say(judging, cards, "nnnnnn")
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.KEPT)
    closed = verbs.close(judging, by=organiser, on=AFTER)
    assert afresh(promise).state == State.KEPT
    assert (closed.judgement, tally.count(closed).said[Turned.NO]) == (None, 6)


def test_a_card_changes_its_mind_until_the_last_day_is_over(judging: Judging, cards: Cards) -> None:
    voice = cards[0][0]
    for said, on in ((Turned.KEPT, SEPTEMBER), (Turned.NO, UNTIL)):
        verbs.give_opinion(judging, voice=voice, said=said, at=AT, on=on)
    assert [each.said for each in Opinion.objects.all()] == ["no"]
    with pytest.raises(verbs.NotAskedAnyMore):
        verbs.give_opinion(judging, voice=voice, said=Turned.KEPT, at=AT, on=AFTER)
    assert Opinion.objects.get().said == "no"


def test_a_services_card_does_not_judge(judging: Judging, cards: Cards) -> None:
    with pytest.raises(verbs.ServicesDoNotJudge):
        verbs.give_opinion(judging, voice=cards[-1][0], said=Turned.KEPT, at=AT, on=SEPTEMBER)
    assert not Opinion.objects.exists()


def test_a_card_of_another_round_was_promised_nothing(
    judging: Judging, neighbourhood: Neighbourhood, organiser: Person
) -> None:
    second = places.begin_round(neighbourhood=neighbourhood, by=organiser, on=TODAY)
    voice, code = conversations.make_voices(second, residents=1, services=0, by=organiser, at=AT)[0]
    with pytest.raises(verbs.CardPromisedNothing):
        verbs.give_opinion(judging, voice=voice, said=Turned.KEPT, at=AT, on=SEPTEMBER)
    with pytest.raises(conversations.WrongRows):
        verbs.type_opinions(judging, codes=[code], said=Turned.KEPT, by=organiser, at=AT, on=SEPTEMBER)
    assert not Opinion.objects.exists()


def test_a_lost_card_speaks_no_more_and_its_new_one_says_it_again(
    judging: Judging, cards: Cards, organiser: Person
) -> None:
    say(judging, cards, "k")
    new, _code = conversations.replace_voice(cards[0][1], by=organiser, at=AT)
    with pytest.raises(conversations.CardUnknown):
        verbs.give_opinion(
            judging, voice=Voice.objects.get(pk=cards[0][0].pk), said=Turned.NO, at=AT, on=SEPTEMBER
        )
    verbs.give_opinion(judging, voice=new, said=Turned.NO, at=AT, on=SEPTEMBER)
    assert (tally.count(judging).answered, tally.count(judging).said[Turned.NO]) == (1, 1)


def test_cards_are_typed_in_all_or_none(judging: Judging, cards: Cards, organiser: Person) -> None:
    codes = [code for _voice, code in cards]
    with pytest.raises(conversations.WrongRows) as wrong:
        verbs.type_opinions(judging, codes=codes, said=Turned.HALF, by=organiser, at=AT, on=SEPTEMBER)
    assert list(wrong.value.rows) == [12], "the service's card"
    assert not Opinion.objects.exists()
    typed = verbs.type_opinions(
        judging, codes=[*codes[:3], codes[0]], said=Turned.HALF, by=organiser, at=AT, on=SEPTEMBER
    )
    assert (typed, tally.count(judging).by[Way.CARD]) == (3, 3)


def test_a_door_counts_once_however_it_is_written(judging: Judging, organiser: Person) -> None:
    said = {Turned.KEPT: 2, Turned.NO: 1}
    verbs.type_door(judging, door="12 Lime Walk", said=said, by=organiser, on=SEPTEMBER)
    for again in ("12, lime  walk", "12 LIME WALK."):
        with pytest.raises(verbs.DoorTypedAlready):
            verbs.type_door(judging, door=again, said={Turned.NO: 1}, by=organiser, on=SEPTEMBER)
    verbs.type_door(judging, door="1 2 Lime Walk", said={Turned.NO: 1}, by=organiser, on=SEPTEMBER)
    counted = tally.count(judging)
    assert (counted.said[Turned.KEPT], counted.said[Turned.NO], counted.by[Way.DOOR]) == (2, 2, 4)
    assert "Lime" not in "".join(judging.doors.values_list("door_hash", flat=True))


@pytest.mark.parametrize("said", [{}, {Turned.NO: 0}, {Turned.NO: 13}, {Turned.NO: -1, Turned.KEPT: 3}])
def test_a_door_says_between_one_and_twelve_things(
    said: dict[Turned, int], judging: Judging, organiser: Person
) -> None:
    with pytest.raises(verbs.TooManyAtADoor):
        verbs.type_door(judging, door="12 Lime Walk", said=said, by=organiser, on=SEPTEMBER)
    assert not judging.doors.exists()


def test_which_door_said_what_is_gone_once_it_is_counted(judging: Judging, organiser: Person) -> None:
    for number in range(6):
        verbs.type_door(judging, door=f"{number} Row", said={Turned.NO: 1}, by=organiser, on=SEPTEMBER)
    closed = verbs.close(judging, by=organiser, on=AFTER)
    assert not closed.doors.exists()
    assert tally.count(closed).said[Turned.NO] == 6


def test_nobody_closes_it_before_its_last_day_is_over_nor_twice(judging: Judging, organiser: Person) -> None:
    with pytest.raises(verbs.StillAsking):
        verbs.close(judging, by=organiser, on=UNTIL)
    verbs.close(judging, by=organiser, on=AFTER)
    with pytest.raises(verbs.NotAskedAnyMore):
        verbs.close(judging, by=organiser, on=AFTER)


@pytest.fixture
def own_organiser(service: Body, head: Post, organiser: Person, welcome: Callable[..., Person]) -> Person:
    """An organiser who works for the service that promised."""
    bo = welcome("Bo", "organiser")
    people.name_post(body=service, title="Practice lead", by=organiser, holder=bo)
    return bo


def test_whoever_promised_opens_types_and_closes_nothing(
    promise: Promise, judging: Judging, cards: Cards, own_organiser: Person, helen: Person
) -> None:
    say(judging, cards, "kkkkkk")
    for person in (own_organiser, helen):
        person = Person.objects.get(pk=person.pk)
        with pytest.raises(verbs.NotYoursToOpen):
            verbs.ask_residents(promise, by=person, on=SEPTEMBER, until=UNTIL)
        with pytest.raises(verbs.NotYoursToCount):
            verbs.type_door(judging, door="1", said={Turned.KEPT: 3}, by=person, on=SEPTEMBER)
        with pytest.raises(verbs.NotYoursToCount):
            verbs.type_opinions(
                judging, codes=[cards[7][1]], said=Turned.KEPT, by=person, at=AT, on=SEPTEMBER
            )
        with pytest.raises(verbs.NotYoursToCount):
            verbs.close(judging, by=person, on=AFTER)
    assert afresh(promise).state == State.MADE
    assert tally.count(judging).answered == 6


def test_somebody_it_was_promised_to_opens_it_and_nobody_else(
    promise: Promise, lynda: Person, femi: Person
) -> None:
    with pytest.raises(verbs.NotYoursToOpen):
        verbs.ask_residents(promise, by=femi, on=SEPTEMBER, until=UNTIL)
    assert verbs.ask_residents(promise, by=lynda, on=SEPTEMBER, until=UNTIL).opened_by == lynda
    with pytest.raises(verbs.AskedAlready):
        verbs.ask_residents(promise, by=lynda, on=SEPTEMBER, until=UNTIL)


def test_what_was_promised_to_one_is_not_judged_by_all(
    lyndas_ask: Ask, head: Post, helen: Person, organiser: Person
) -> None:
    promise = verbs.answer_yes(lyndas_ask, by=helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
    with pytest.raises(verbs.NotToMany):
        verbs.ask_residents(promise, by=organiser, on=SEPTEMBER, until=UNTIL)


def test_a_poolside_circles_promise_is_not_judged_by_all(
    promise: Promise, room: Circle, organiser: Person
) -> None:
    Circle.objects.filter(pk=room.pk).update(kind=Circle.Kind.POOLSIDE)
    with pytest.raises(verbs.NotToMany):
        verbs.ask_residents(promise, by=organiser, on=SEPTEMBER, until=UNTIL)


@pytest.mark.parametrize(
    ("until", "refusal"),
    [(SEPTEMBER - timedelta(days=1), verbs.DayIsPast), (SEPTEMBER + timedelta(days=93), verbs.TooFarOff)],
)
def test_it_is_asked_until_a_day_within_three_months(
    until: date, refusal: type[Exception], promise: Promise, organiser: Person
) -> None:
    with pytest.raises(refusal):
        verbs.ask_residents(promise, by=organiser, on=SEPTEMBER, until=until)
    assert not Judging.objects.exists()


def test_what_was_let_go_is_asked_no_more(promise: Promise, lynda: Person) -> None:
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.RELEASED)
    with pytest.raises(verbs.LetGo):
        verbs.ask_residents(promise, by=lynda, on=days(70), until=days(80))


def test_four_weeks_after_it_was_said_done_residents_say_if_it_is_put_right(
    promise: Promise, cards: Cards, lynda: Person, organiser: Person
) -> None:
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.KEPT)
    early, then = SEPTEMBER + timedelta(days=27), SEPTEMBER + timedelta(days=28)
    with pytest.raises(verbs.FourWeeksFirst):
        verbs.ask_residents(promise, by=organiser, on=early, until=then, four_weeks=True)
    check = verbs.ask_residents(promise, by=organiser, on=then, until=then, four_weeks=True)
    for voice, _code in cards[:6]:
        verbs.give_opinion(check, voice=voice, said=Turned.NO, at=AT, on=then)
    verbs.close(check, by=organiser, on=then + timedelta(days=1))
    assert afresh(promise).state == State.KEPT, "closed but not fixed: it is not opened again in silence"
    assert promise.judgements.count() == 1


def test_the_promisers_own_view_starts_the_four_weeks_and_moves_nothing(
    promise: Promise, helen: Person, organiser: Person
) -> None:
    verbs.say_own_view(promise, by=helen, on=SEPTEMBER, view=OwnView.View.KEPT, words="Since Monday.")
    assert afresh(promise).state == State.MADE
    then = SEPTEMBER + timedelta(days=28)
    assert verbs.ask_residents(promise, by=organiser, on=then, until=then, four_weeks=True).is_four_weeks


def test_what_was_counted_has_its_entry_in_the_ledger(
    judging: Judging, promise: Promise, cards: Cards, organiser: Person
) -> None:
    from betterstory.promises.models import Entry  # noqa: PLC0415 - this test alone reads the ledger

    say(judging, cards, "nnnnnn")
    verbs.close(judging, by=organiser, on=AFTER)
    kinds = list(Entry.objects.about(promise).order_by("seq").values_list("kind", "who"))
    assert kinds[-3:] == [
        ("asked_all", "an organiser"),
        ("counted", "residents"),
        ("not_kept", "residents"),
    ]
