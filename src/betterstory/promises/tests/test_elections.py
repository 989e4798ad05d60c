"""Before an election: what a councillor promises waits, its clock stands still, and the wall says so."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from betterstory.people.models import Body, Circle, Person, Post
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from betterstory.promises import clocks, verbs
from betterstory.promises.models import Ask, Entry, Hold, Promise, State
from betterstory.promises.models.ledger import Said
from conftest import AT, TODAY

SignIn = Callable[[Person], Client]
FIRST, LAST = TODAY, date(2026, 7, 24)
AFTER = LAST + timedelta(days=1)
MARKER = "A zebra crossing by Whitsun."
DUE = date(2026, 7, 10)


@pytest.fixture
def councillor(council: Body, femi: Person) -> Post:
    return council.posts.get()


@pytest.fixture
def hold(council: Body, councillor: Post, organiser: Person) -> Hold:
    return verbs.hold(council, posts=[councillor], from_on=FIRST, until_on=LAST, by=organiser, on=TODAY)


@pytest.fixture
def councils_ask(round_: Round, room: Circle, council: Body, organiser: Person) -> Ask:
    told = {"words": "Let us cross the road.", "asked_by": room, "asked_by_words": "the Row"}
    return verbs.ask(round=round_, of=council, by=organiser, on=TODAY, **told)  # type: ignore[arg-type]  # a circle and words


@pytest.fixture
def waits(hold: Hold, councils_ask: Ask, councillor: Post, organiser: Person) -> Promise:
    told = {"words": MARKER, "due_on": DUE, "note": "Gladly."}
    return verbs.answer_yes(councils_ask, by=organiser, on=TODAY, post=councillor, **told)  # type: ignore[arg-type]  # a day and words


def afresh(promise: Promise) -> Promise:
    return Promise.objects.get(pk=promise.pk)


def test_it_is_kept_aside_and_nobody_reads_it_on_the_wall(
    waits: Promise, councils_ask: Ask, signed_in_client: SignIn, lynda: Person, femi: Person, teller: Person
) -> None:
    assert waits.state == State.WAITS
    stranger = signed_in_client(teller)
    paths = ["/promises/", "/promises/print/", f"/promises/asks/{councils_ask.pk}/", "/promises/late/"]
    paths += ["/promises/due/", f"/promises/calendar/body/{councils_ask.of_id}.ics"]
    for browser in (Client(), stranger):
        for path in paths:
            answer = browser.get(path)
            assert answer.status_code == 200
            assert MARKER not in answer.text, path
        assert browser.get(f"/promises/{waits.pk}/").status_code == 404
    for person in (lynda, femi):
        assert MARKER in signed_in_client(person).get(f"/promises/{waits.pk}/").text
    assert not Ask.objects.get().answers.exists(), "the yes waits with it"
    assert [entry.kind for entry in Entry.objects.about(waits)] == ["held"]
    assert MARKER not in "".join(Said.objects.values_list("text", flat=True)), "the ledger waits too"


def test_the_wall_says_so_openly(hold: Hold, monkeypatch: pytest.MonkeyPatch, place: object) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    page = Client().get("/promises/").text
    assert "Aldermouth Council: an election is near. Until Friday 24 July" in page


def test_after_the_election_it_is_promised_and_its_ask_answered(waits: Promise, femi: Person) -> None:
    assert verbs.let_in(on=LAST) == 0
    assert verbs.let_in(on=AFTER) == 1
    promise = afresh(waits)
    [answer] = Ask.objects.get().answers.all()
    assert (promise.state, answer.kind, answer.words, answer.in_the_room) == ("made", "yes", "Gladly.", True)
    assert MARKER in Client().get("/promises/").text
    assert promise.waits_to_be_confirmed
    verbs.take_back(promise, by=femi, on=date(2026, 7, 31), because="We lost.")  # the fifth working day after


def test_two_yeses_do_not_wait_for_one_ask(
    waits: Promise, councils_ask: Ask, councillor: Post, femi: Person
) -> None:
    with pytest.raises(verbs.AlreadyAnswered):
        verbs.answer_yes(councils_ask, by=femi, on=TODAY, post=councillor, words="Twice.", due_on=DUE)
    assert Promise.objects.count() == 1


def test_clocks_of_what_they_owe_stand_still(
    round_: Round,
    room: Circle,
    council: Body,
    councillor: Post,
    councils_ask: Ask,
    femi: Person,
    organiser: Person,
    promise: Promise,
) -> None:
    before = TODAY - timedelta(days=9)
    told = {"words": "A crossing.", "due_on": TODAY, "to": room, "to_words": "the Row", "post": councillor}
    owed = verbs.make(round=round_, by=femi, on=before, **told)  # type: ignore[arg-type]  # a day, a room and words
    assert owed.overdue_on == date(2026, 7, 14)
    officers = promise.overdue_on
    verbs.hold(council, posts=[councillor], from_on=FIRST, until_on=LAST, by=organiser, on=TODAY)
    assert afresh(owed).overdue_on == date(2026, 8, 1)
    assert Ask.objects.get(pk=councils_ask.pk).answer_by == clocks.answer_by(TODAY, [(FIRST, LAST)])
    assert afresh(promise).overdue_on == officers, "another body's clocks go on"
    verbs.end_hold(Hold.objects.get(), by=organiser, on=TODAY)
    assert afresh(owed).overdue_on == date(2026, 7, 14)


def test_ending_it_lets_in_what_waited(waits: Promise, hold: Hold, organiser: Person) -> None:
    verbs.end_hold(hold, by=organiser, on=TODAY + timedelta(days=3))
    assert afresh(waits).state == State.MADE
    assert Hold.objects.get().until_on == TODAY + timedelta(days=2)


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (AFTER, LAST, verbs.WrongDays),
        (TODAY, TODAY + timedelta(days=61), verbs.WrongDays),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), verbs.DayIsPast),
    ],
)
def test_a_hold_has_an_end_and_is_no_way_to_owe_nothing(
    first: date, last: date, refused: type[Exception], council: Body, councillor: Post, organiser: Person
) -> None:
    with pytest.raises(refused):
        verbs.hold(council, posts=[councillor], from_on=first, until_on=last, by=organiser, on=TODAY)
    assert not Hold.objects.exists()


def test_only_an_organiser_holds_and_only_posts_of_that_body(
    council: Body, councillor: Post, head: Post, femi: Person, organiser: Person
) -> None:
    with pytest.raises(NotYours):
        verbs.hold(council, posts=[councillor], from_on=FIRST, until_on=LAST, by=femi, on=TODAY)
    for posts in ([], [head]):
        with pytest.raises(verbs.WhichPosts):
            verbs.hold(council, posts=posts, from_on=FIRST, until_on=LAST, by=organiser, on=TODAY)
    assert not Hold.objects.exists()


def test_an_organiser_writes_it_down_and_ends_it_on_its_page(
    council: Body,
    councillor: Post,
    organiser: Person,
    femi: Person,
    signed_in_client: SignIn,
    place: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    assert signed_in_client(femi).get("/promises/elections/").status_code == 403
    browser, page = signed_in_client(organiser), f"/promises/elections/{council.pk}/"
    told = {"posts": [councillor.pk], "from_on": FIRST, "until_on": TODAY + timedelta(days=90)}
    wrong = browser.post(page, {"once": str(uuid.uuid4()), **told})
    assert wrong.status_code == 422
    assert "60 days later at most" in wrong.text
    browser.post(page, {"once": str(uuid.uuid4()), **told, "until_on": LAST})
    assert "Councillor for the Row" in browser.get("/promises/elections/").text
    browser.post(f"/promises/elections/{Hold.objects.get().pk}/end/", {"once": str(uuid.uuid4())})
    assert "None are written down." in browser.get("/promises/elections/").text
