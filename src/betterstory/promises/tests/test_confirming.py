"""A post says whether what was written down for it in the room stands; and both agree to other words."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from betterstory.people import verbs as people
from betterstory.people.models import Person, Post
from betterstory.people.tests.conftest import AtOnce, at_once
from betterstory.promises import clocks, verbs
from betterstory.promises.models import Again, Answer, Ask, Confirmation, Entry, Promise, State, Verdict
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS
from conftest import AT, TODAY

__all__ = ["at_once"]  # a fixture
BY = date(2026, 7, 13)  # five working days after Monday 6 July
SignIn = Callable[[Person], Client]


def afresh(promise: Promise) -> Promise:
    return Promise.objects.get(pk=promise.pk)


@pytest.fixture
def said(ask: Ask, head: Post, organiser: Person) -> Promise:
    """Said in the room by the head of the service; the organiser wrote it down."""
    return verbs.answer_yes(ask, by=organiser, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)


def test_what_was_said_in_the_room_waits_to_be_confirmed_and_counts_as_made(
    said: Promise, helen: Person
) -> None:
    assert (said.waits_to_be_confirmed, said.state) == (True, State.MADE)
    verbs.confirm(said, by=helen, on=BY)
    assert not afresh(said).waits_to_be_confirmed
    assert Entry.objects.about(said).last().kind == "confirmed"  # type: ignore[union-attr]  # there is one


def test_what_the_post_itself_wrote_needs_no_confirming(promise: Promise, helen: Person) -> None:
    assert not promise.waits_to_be_confirmed
    with pytest.raises(verbs.NothingToConfirm):
        verbs.confirm(promise, by=helen, on=TODAY)


@pytest.mark.parametrize("who", ["organiser", "lynda", "femi", "colleague"])
def test_only_whoever_holds_the_post_confirms_or_takes_back(
    who: str,
    said: Promise,
    welcome: Callable[..., Person],
    organiser: Person,
    request: pytest.FixtureRequest,
) -> None:
    if who == "colleague":
        by = welcome("Ola", "partner")
        people.name_post(body=said.post.body, title="Reception", by=organiser, holder=by)  # type: ignore[union-attr]  # a post promised
    else:
        by = request.getfixturevalue(who)
    with pytest.raises(verbs.NotYoursToPromise):
        verbs.confirm(said, by=by, on=TODAY)
    with pytest.raises(verbs.NotYoursToPromise):
        verbs.take_back(said, by=by, on=TODAY, because="We cannot.")
    assert not Confirmation.objects.exists()


def test_while_nobody_holds_the_post_a_colleague_may(
    said: Promise, head: Post, welcome: Callable[..., Person], organiser: Person
) -> None:
    colleague = welcome("Ola", "partner")
    people.name_post(body=head.body, title="Reception", by=organiser, holder=colleague)
    people.hand_over(head, to=None, by=organiser, on=TODAY)
    verbs.confirm(said, by=colleague, on=TODAY)
    assert Confirmation.objects.get().by == colleague


def test_it_can_be_taken_back_within_five_working_days_with_the_reason(said: Promise, helen: Person) -> None:
    with pytest.raises(verbs.TooLateToTakeBack):
        verbs.take_back(said, by=helen, on=BY + timedelta(days=1), because="The budget is read in May.")
    with pytest.raises(verbs.NothingSaid):
        verbs.take_back(said, by=helen, on=BY, because=" ")
    assert afresh(said).state == State.MADE
    verbs.take_back(said, by=helen, on=BY, because="The budget is read in May.")
    assert afresh(said).state == State.TAKEN_BACK
    answers = list(Answer.objects.values_list("kind", "words"))
    assert answers == [("yes", ""), ("no_because", "The budget is read in May.")]
    assert Ask.objects.get().mark == "no_because", "refusing stands where the yes stood"


def test_a_yes_taken_back_is_not_said_a_second_time(
    said: Promise, ask: Ask, head: Post, helen: Person
) -> None:
    verbs.take_back(said, by=helen, on=TODAY, because="We cannot.")
    with pytest.raises(verbs.AlreadyAnswered):
        verbs.answer_yes(ask, by=helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
    assert Promise.objects.count() == 1


def test_no_name_in_the_reason(said: Promise, helen: Person) -> None:
    with pytest.raises(verbs.LeaveNamesOut):
        verbs.take_back(said, by=helen, on=TODAY, because="Helen was wrong.")
    assert not Confirmation.objects.exists()


def test_after_five_working_days_it_says_so_and_stands(said: Promise, helen: Person) -> None:
    assert clocks.confirm_by(said.made_on) == BY
    page = Client().get(f"/promises/{said.pk}/").text  # today, long after those days
    assert "Not confirmed yet." in page
    assert "Still to come" in page or "Late" in page
    verbs.confirm(said, by=helen, on=BY + timedelta(days=30))
    assert "Not confirmed yet." not in Client().get(f"/promises/{said.pk}/").text


def test_other_words_hold_once_both_agreed_and_all_of_them_stay(
    said: Promise, helen: Person, lynda: Person
) -> None:
    again = verbs.word_otherwise(said, by=helen, on=TODAY, words="You keep your place.", because="Clearer.")
    assert afresh(said).words == WORDS
    with pytest.raises(verbs.NotPromisedToYou):
        verbs.make_again(again, by=helen, on=TODAY)
    verbs.make_again(again, by=lynda, on=TODAY)
    now = afresh(said)
    assert (now.words, now.due_on, now.state) == ("You keep your place.", SEPTEMBER, State.MADE)
    assert now.confirmation.kind == Confirmation.Kind.OTHER_WORDS
    kinds = [entry.kind for entry in Entry.objects.about(said)]
    assert kinds[-2:] == ["words_asked", "changed"]
    page = Client().get(f"/promises/{said.pk}/").text
    assert all(words in page for words in (WORDS, "You keep your place.", "Clearer."))


def test_other_words_by_an_organiser_confirm_nothing(said: Promise, organiser: Person, lynda: Person) -> None:
    again = verbs.word_otherwise(said, by=organiser, on=TODAY, words="Other.", because="So said.")
    verbs.make_again(again, by=lynda, on=TODAY)
    assert afresh(said).waits_to_be_confirmed


def test_the_same_words_are_no_other_words(said: Promise, helen: Person) -> None:
    with pytest.raises(verbs.SameWords):
        verbs.word_otherwise(said, by=helen, on=TODAY, words=f" {WORDS} ", because="Clearer.")
    with pytest.raises(verbs.TooLong):
        verbs.word_otherwise(said, by=helen, on=TODAY, words="word " * 20_000, because="Clearer.")
    assert not Again.objects.exists()


def test_whether_the_reason_was_told_face_to_face_stands_on_the_page(
    promise: Promise, helen: Person, lynda: Person
) -> None:
    asked = {"due_on": SEPTEMBER + timedelta(days=30), "because": "The list is long."}
    again = verbs.ask_for_time(promise, by=helen, on=TODAY, face_to_face=True, **asked)  # type: ignore[arg-type]  # a day and words
    page = Client().get(f"/promises/{promise.pk}/").text
    assert "Told face to face." in page
    verbs.make_again(again, by=lynda, on=TODAY)
    verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.NOT_KEPT, face_to_face=False)
    assert "Not told face to face yet." in Client().get(f"/promises/{promise.pk}/").text


# -- two at once


@pytest.mark.django_db(transaction=True)
def test_two_confirm_at_once_and_one_stands(said: Promise, helen: Person, at_once: AtOnce) -> None:
    said_so = [lambda: verbs.confirm(said, by=helen, on=TODAY)] * 5
    back = [lambda: verbs.take_back(said, by=helen, on=TODAY, because="We cannot.")] * 5
    answers = at_once(*said_so, *back)
    [stands] = [each for each in answers if isinstance(each, Confirmation)]
    assert sum(isinstance(each, verbs.NothingToConfirm) for each in answers) == 9
    [state] = at_once(lambda: Promise.objects.get().state)
    assert state == (State.TAKEN_BACK if stands.kind == "taken_back" else State.MADE)


@pytest.mark.django_db(transaction=True)
def test_judged_and_made_again_at_once_is_one_of_them(
    promise: Promise, helen: Person, lynda: Person, at_once: AtOnce
) -> None:
    later = SEPTEMBER + timedelta(days=30)
    again = verbs.ask_for_time(promise, by=helen, on=TODAY, due_on=later, because="Late.")
    answers = at_once(
        *[lambda: verbs.make_again(again, by=lynda, on=SEPTEMBER)] * 3,
        *[lambda: verbs.judge(promise, by=lynda, on=SEPTEMBER, verdict=Verdict.KEPT)] * 3,
    )
    [state, due_on] = at_once(lambda: Promise.objects.get().state, lambda: Promise.objects.get().due_on)
    assert state == State.KEPT, "what the promised side says of it stands, whichever came first"
    assert due_on == (later if any(isinstance(each, Promise) for each in answers) else SEPTEMBER)
    assert all(isinstance(each, verbs.NotOpen) or not isinstance(each, Exception) for each in answers)


# -- its pages


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def send(browser: Client, path: str, **told: object) -> object:
    return browser.post(path, {"once": str(uuid.uuid4()), **told})


def test_the_page_asks_the_holder_alone_whether_it_stands(
    now: None, said: Promise, helen: Person, lynda: Person, signed_in_client: SignIn, place: object
) -> None:
    page = f"/promises/{said.pk}/"
    assert "Does it stand as it was written down?" not in signed_in_client(lynda).get(page).text
    her = signed_in_client(helen)
    assert "Does it stand as it was written down?" in her.get(page).text
    assert "To be confirmed by Monday 13 July." in Client().get("/promises/").text
    send(her, f"{page}confirm/")
    text = her.get(page).text
    assert "Does it stand" not in text
    assert "Confirmed by the post, as it was written down." in text


def test_it_is_taken_back_on_its_page(
    now: None, said: Promise, helen: Person, signed_in_client: SignIn, place: object
) -> None:
    her = signed_in_client(helen)
    assert "until Monday 13 July" in her.get(f"/promises/{said.pk}/take-back/").text
    answer = her.post(f"/promises/{said.pk}/take-back/", {"once": str(uuid.uuid4()), "because": ""})
    assert answer.status_code == 422
    send(her, f"/promises/{said.pk}/take-back/", because="The budget is read in May.")
    wall = Client().get("/promises/").text
    assert "<span>Taken back</span>" in wall
    assert "Taken back by the post: “The budget is read in May.”" in wall
    assert her.get(f"/promises/{said.pk}/take-back/").status_code == 409


def test_other_words_on_their_page(
    now: None, said: Promise, helen: Person, lynda: Person, signed_in_client: SignIn, place: object
) -> None:
    her, other = signed_in_client(helen), signed_in_client(lynda)
    page = f"/promises/{said.pk}/other-words/"
    assert other.get(page).status_code == 403
    same = her.post(page, {"once": str(uuid.uuid4()), "words": WORDS, "because": "Clearer."})
    assert same.status_code == 422
    assert "These are the words it has already." in same.text
    send(her, page, words="You keep your place.", because="Clearer.")
    assert "Yes, these words" in other.get(f"/promises/{said.pk}/").text
    send(other, f"/promises/again/{Again.objects.get().pk}/")
    assert "You keep your place." in Client().get("/promises/").text


def test_the_table_of_who_may_stands_on_its_page(now: None, place: object) -> None:
    page = Client().get("/promises/who-may/").text
    for words in ("The side it was promised to", "says that it is not kept", "Nobody: by itself"):
        assert words in page
    assert "five working days" in page
