"""Words that name somebody are taken out, openly; the ledger holds, and nothing of them is left."""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from betterstory.people.models import Person, Post
from betterstory.promises import verbs, written
from betterstory.promises.models import Ask, Entry, Promise, Said, Verdict
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS, days
from betterstory.stories import consenting
from betterstory.stories.models import Version
from conftest import AT, TODAY

NAMES = "We will ring Doreen Pickles at number nine."
BECAUSE = "They named a neighbour."


@pytest.fixture
def naming(ask: Ask, head: Post, helen: Person) -> Promise:
    """A promise that names a neighbour, made again with her name in it once more."""
    made = verbs.answer_yes(ask, by=helen, on=TODAY, post=head, words=NAMES, due_on=SEPTEMBER)
    verbs.ask_for_time(
        made, by=helen, on=days(1), due_on=SEPTEMBER + timedelta(days=9), because="Doreen Pickles is away."
    )
    return made


def sent(because: str) -> dict[str, str]:
    return {"once": str(uuid.uuid4()), "because": because}


def everything_kept() -> Iterator[str]:
    """Every row of promises, and what is exported."""
    for model in apps.get_app_config("promises").get_models():
        yield from (str(row) for row in model._default_manager.values())
    yield from (line.decode() for line in written.lines())


def test_nothing_of_the_words_is_left_and_the_ledger_holds(naming: Promise, organiser: Person) -> None:
    assert any("Pickles" in kept for kept in everything_kept()), "here it could leak"
    before = Entry.objects.head()
    assert before is not None
    verbs.erase_words(naming, by=organiser, on=days(2), because=BECAUSE)
    assert not any("Pickles" in kept for kept in everything_kept())
    checked = written.verify([before])
    assert (checked.held, checked.entries, checked.without_words) == (before.seq, before.seq + 1, 2)


def test_why_stands_on_the_wall_and_in_the_ledger(naming: Promise, organiser: Person, client: Client) -> None:
    verbs.erase_words(naming, by=organiser, on=days(2), because=BECAUSE)
    for page in ("/promises/", f"/promises/{naming.pk}/", "/promises/print/", "/promises/ledger/"):
        told = client.get(page).content.decode()
        assert "Pickles" not in told
        assert BECAUSE in told, page
    erased = Entry.objects.order_by("-seq")[0]
    assert (erased.kind, erased.about, erased.who) == ("erased", str(naming), "an organiser")
    assert Said.objects.get(entry=erased).words == {"words": BECAUSE}


def test_how_it_stands_and_what_others_said_stays(promise: Promise, organiser: Person, lynda: Person) -> None:
    verbs.judge(promise, by=lynda, on=days(1), verdict=Verdict.PARTLY, note="They rang Doreen Pickles once.")
    verbs.erase_words(promise, by=organiser, on=days(2), because=BECAUSE)
    promise.refresh_from_db()
    assert (promise.state, promise.due_on) == ("partly", SEPTEMBER)
    assert promise.words == f"The words were taken out: {BECAUSE}"
    assert promise.judgements.get().note == "They rang Doreen Pickles once."
    verbs.erase_words(promise, by=organiser, on=days(3), because=BECAUSE, answers_too=True)
    assert promise.judgements.get().note == promise.words
    assert promise.judgements.get().verdict == "partly"
    assert not any("Pickles" in kept for kept in everything_kept())


def test_an_ask_and_the_answers_to_it(ask: Ask, helen: Person, steward: Person) -> None:
    verbs.answer_no(ask, by=helen, on=TODAY, reason="Doreen Pickles says no.")
    verbs.erase_words(ask, by=steward, on=days(1), because=BECAUSE, answers_too=True)
    ask.refresh_from_db()
    assert BECAUSE in ask.words
    assert not any("Pickles" in kept for kept in everything_kept())
    assert Entry.objects.order_by("-seq")[0].who == "a steward"


def test_neither_side_rubs_out_its_own_words(promise: Promise, helen: Person, lynda: Person) -> None:
    for who in (helen, lynda):
        with pytest.raises(verbs.NotYoursToTakeOut):
            verbs.erase_words(promise, by=who, on=TODAY, because=BECAUSE)
    promise.refresh_from_db()
    assert promise.words == WORDS


def test_it_takes_a_reason_and_is_done_once(promise: Promise, organiser: Person) -> None:
    with pytest.raises(verbs.NothingSaid):
        verbs.erase_words(promise, by=organiser, on=TODAY, because=" ")
    verbs.erase_words(promise, by=organiser, on=TODAY, because=BECAUSE)
    many = Entry.objects.count()
    with pytest.raises(verbs.TakenOutAlready):
        verbs.erase_words(promise, by=organiser, on=TODAY, because=BECAUSE)
    assert Entry.objects.count() == many


def test_an_organiser_does_it_on_a_page(
    naming: Promise, organiser: Person, lynda: Person, signed_in_client: Callable[[Person], Client]
) -> None:
    page = f"/promises/{naming.pk}/take-out/"
    assert page not in signed_in_client(lynda).get(f"/promises/{naming.pk}/").content.decode()
    assert signed_in_client(lynda).post(page, sent(BECAUSE)).status_code == 403
    browser = signed_in_client(organiser)
    assert page in browser.get(f"/promises/{naming.pk}/").content.decode()
    assert browser.post(page, sent("")).status_code == 422
    assert NAMES in browser.get(page).content.decode()
    assert browser.post(page, sent(BECAUSE)).status_code == 302
    naming.refresh_from_db()
    assert BECAUSE in naming.words


def test_a_story_taken_back_leaves_nothing_in_the_ledger_and_the_promise_stands(
    tied: Promise, version: Version
) -> None:
    """The ask and the promise rest on a moment of it, and their words hold none of its words."""
    steps = ["They took me off the list", "It sat on the mat like snow"]
    consenting.take_back(version.story, by=version.story.teller, at=AT)
    consenting.destroy_those_due(at=AT + timedelta(days=8))
    version.story.refresh_from_db()
    assert version.story.destroyed_at is not None
    told = b"".join(written.lines()).decode()
    assert not any(words in told for words in (*steps, "The long way round", "Robin"))
    assert tied.words in told
    assert written.verify().entries == Entry.objects.count()
