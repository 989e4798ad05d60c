"""Lists, feeds and letters that leave the place: no word of a story, though it stands open on a page."""

from datetime import datetime, time
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import make_aware

from betterstory.people import verbs as people
from betterstory.people.models import Body, Person
from betterstory.promises import verbs
from betterstory.promises.models import Promise
from betterstory.promises.tests._entry import SignIn, spoken
from betterstory.promises.tests.conftest import NOW, say_yes
from betterstory.stories import reminding
from betterstory.stories.models import Audience, Gap, Version

WORDS = ("Back of the queue", "17 weeks", "took me off the list", "Robin", "The long way round")
CARD = "Miss one visit, begin again."  # in the room's words, as quiet as the moment it rests on
LEAVE = (
    "/promises/",
    "/promises/print/",
    "/promises/due/",
    "/promises/due/print/",
    "/promises/late/",
    "/promises/ledger/",
    "/promises/ledger.jsonl",
    "/promises/plan/{round}/",
    "/promises/plan/{round}/print/",
    "/promises/calendar/body/{body}.ics",
)


def all_of(answer: Any) -> str:
    """What an answer says, streamed or not."""
    return bytes(answer.getvalue()).decode()


@pytest.fixture
def open_to_anyone(tied: Promise, version: Version, gap: Gap, organiser: Person) -> Promise:
    """Its gap and its step are open to anyone, and stand on its page; a line is pointed to as well."""
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    verbs.point_to_teller(
        tied, piece=gap, by=organiser, at=make_aware(datetime.combine(NOW, time(9))), on=NOW
    )
    return tied


def test_no_list_no_feed_and_no_file_holds_a_word_of_it(
    open_to_anyone: Promise, service: Body, signed_in_client: SignIn, organiser: Person
) -> None:
    page = spoken(Client().get(f"/promises/{open_to_anyone.pk}/"))
    assert "Back of the queue, 17 weeks" in page
    assert CARD in page
    addresses = {"round": open_to_anyone.round_id, "body": service.pk}
    theirs = signed_in_client(organiser)
    for each in LEAVE:
        answers = [client.get(each.format(**addresses)) for client in (theirs, Client())]
        assert answers[0].status_code == 200, each
        for told in map(all_of, answers):
            for words in (*WORDS, CARD):
                assert words not in told, (each, words)
    assert "You keep your place." in all_of(Client().get("/promises/ledger.jsonl"))


def test_no_letter_holds_a_word_of_it(
    open_to_anyone: Promise,
    version: Version,
    helen: Person,
    steward: Person,
    council: Body,
    teller: Person,
) -> None:
    people.keep_address(helen, email="helen@service.example")
    people.keep_address(teller, email="sam@home.example")
    verbs.name_keeper(body=council, email="head@council.example", by=steward, on=NOW)
    due = make_aware(datetime.combine(open_to_anyone.due_on, time(9)))
    for send in (verbs.remind, verbs.send_heads, lambda *, at: reminding.ask_before_they_end(at=at)):
        before = len(mail.outbox)
        send(at=due)
        assert len(mail.outbox) > before
    assert {letter.to[0] for letter in mail.outbox} == {
        "helen@service.example",
        "head@council.example",
        "sam@home.example",
    }
    for letter in mail.outbox:
        for words in (*WORDS, CARD, "keep their place", "You keep your place."):
            assert words not in f"{letter.subject} {letter.body}", words


def test_whoever_asks_the_ledger_again_is_not_left_with_words_that_were_taken_out(
    open_to_anyone: Promise, organiser: Person
) -> None:
    first = Client().get("/promises/ledger.jsonl")
    assert "You keep your place." in all_of(first)
    same = {"If-None-Match": first["ETag"]}
    assert Client().get("/promises/ledger.jsonl", headers=same).status_code == 304
    verbs.erase_words(open_to_anyone, by=organiser, on=NOW, because="It named somebody.")
    again = Client().get("/promises/ledger.jsonl", headers=same)
    assert again.status_code == 200
    assert "You keep your place." not in all_of(again)
