"""Answering with a voice card: without signing in, without cookies, over a connection that breaks."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Statement, Voice
from betterstory.conversations.pages import ready
from betterstory.conversations.tests._phone import (
    MakeVoice,
    _in_printed_order,
    begin,
    hidden,
    phone,
    press,
    said,
    slip,
    title,
)
from betterstory.people.models import Person, Tries
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from conftest import AT, TODAY

__all__ = ["_in_printed_order", "phone", "slip"]  # fixtures that tests ask for by name


@pytest.fixture(params=["whole site", "hall"])
def site(request: pytest.FixtureRequest, settings: Any) -> str:
    """Both places where a card is answered: the site itself, and the small one of a hall network."""
    if request.param == "hall":
        ready.forget()
        settings.HALL = True
        settings.ROOT_URLCONF = "betterstory.website.hall_urls"
        settings.MIDDLEWARE = [
            "betterstory.conversations.pages.ready.ReadyPages",
            *[
                name
                for name in settings.MIDDLEWARE
                if not any(word in name for word in ("session", "csrf", "contrib.auth", "messages"))
            ],
        ]
    return str(request.param)


def test_from_a_code_to_thank_you(
    site: str, phone: Client, statements: list[Statement], voice: MakeVoice
) -> None:
    _somebody, code = voice()
    page = begin(phone, code)
    assert title(page) == statements[0].words
    assert "Sentence 1 of 3." in page
    page = press(phone, page, "agree")
    assert title(page) == statements[1].words
    assert "You have answered one." in page
    page = press(phone, page, "skip")
    page = press(phone, page, "disagree")
    assert title(page) == "Thank you"
    assert "You answered 2 of 3." in page
    assert said() == [(1, 1, "phone"), (3, -1, "phone")]
    assert not phone.cookies, "nothing is kept in the browser"


def test_no_answer_sets_a_cookie(
    site: str, phone: Client, statements: list[Statement], voice: MakeVoice
) -> None:
    page = begin(phone, voice()[1])
    press(phone, page, "agree")
    phone.get("/v/")
    phone.post("/v/", {"code": "nonsense"})
    assert not phone.cookies


def test_sending_the_same_answer_again_changes_nothing(
    phone: Client, statements: list[Statement], voice: MakeVoice
) -> None:
    page = begin(phone, voice()[1])
    after = [title(press(phone, page, "agree")) for _n in range(3)]
    assert after == [statements[1].words] * 3
    assert said() == [(1, 1, "phone")]


def test_going_back_and_saying_something_else(
    phone: Client, statements: list[Statement], voice: MakeVoice
) -> None:
    page = press(phone, begin(phone, voice()[1]), "agree")
    page = press(phone, page, "", form=1)  # back to the one before
    assert title(page) == statements[0].words
    assert page.count("you said this") == 1
    press(phone, page, "not_sure")
    assert said() == [(1, 0, "phone")]


def test_what_was_left_out_can_be_seen_again(
    phone: Client, statements: list[Statement], voice: MakeVoice
) -> None:
    page = begin(phone, voice()[1])
    for button in ("skip", "agree", "agree"):
        page = press(phone, page, button)
    assert "See the one you left out" in page
    assert title(press(phone, page, "", form=0)) == statements[0].words


def test_a_lost_connection_begins_again_where_it_was(
    phone: Client, statements: list[Statement], voice: MakeVoice
) -> None:
    _somebody, code = voice()
    press(phone, begin(phone, code), "agree")
    assert title(begin(Client(), code)) == statements[1].words


def test_an_unknown_code_is_said_beside_the_field_and_kept(site: str, phone: Client, round_: Round) -> None:
    answer = phone.post("/v/", {"code": "K7TP 4M2X"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "We do not know this code. Look at the card again, or ask for a new card." in page
    assert 'value="K7TP 4M2X"' in page


@pytest.mark.parametrize("typed", ["", "<script>", "🐕🐕🐕🐕🐕🐕🐕🐕", "شششششششش", "A" * 5000])
def test_anything_may_be_typed(typed: str, phone: Client, db: None) -> None:
    answer = phone.post("/v/", {"code": typed})
    assert answer.status_code == 422
    assert b"<script>" not in answer.content


def test_guessing_is_slowed_down_and_a_full_hall_is_not(
    phone: Client, statements: list[Statement], voice: MakeVoice
) -> None:
    _somebody, code = voice()
    for _n in range(60):  # everybody in the hall shares one address
        assert title(begin(phone, code)) == statements[0].words
    assert not Tries.objects.exists(), "a code that is known writes nothing: a whole room types at once"
    answers = [phone.post("/v/", {"code": "K7TP 4M2X"}).status_code for _n in range(31)]
    assert answers == [422] * 30 + [429]
    assert phone.post("/v/", {"code": code}).status_code == 429, "the right code is not told apart"
    assert "K7TP" not in str(list(Tries.objects.values()))


def test_after_closing_the_page_says_so(
    site: str,
    phone: Client,
    gathering: Gathering,
    organiser: Person,
    statements: list[Statement],
    voice: MakeVoice,
) -> None:
    page = begin(phone, voice()[1])
    verbs.close_voting(gathering, by=organiser)
    answer = phone.post(f"/v/{gathering.pk}/", {**hidden(page), "said": "agree"})
    assert answer.status_code == 409
    assert "Answers are no longer taken here." in answer.content.decode()
    assert said() == []
    assert title(begin(phone, voice()[1])) == "Nothing to answer just now"


def test_a_card_of_another_round_is_unknown_here(
    phone: Client, neighbourhood: Neighbourhood, organiser: Person, gathering: Gathering
) -> None:
    other = places.begin_round(neighbourhood=neighbourhood, by=organiser, on=TODAY)
    _stranger, code = verbs.make_voices(other, residents=1, services=0, by=organiser, at=AT)[0]
    answer = phone.post(f"/v/{gathering.pk}/", {"code": code})
    assert (answer.status_code, "We do not know this code" in answer.content.decode()) == (422, True)


def test_with_two_gatherings_open_the_card_chooses(
    site: str, phone: Client, round_: Round, organiser: Person, statements: list[Statement], voice: MakeVoice
) -> None:
    assert title(begin(Client(), voice()[1])) == statements[0].words  # what is open is held for a moment
    then = AT + timedelta(days=30)
    later = verbs.call_gathering(
        round=round_, kind=Gathering.Kind.PLANNING, title="Plan", when=then, where="hall", by=organiser, at=AT
    )
    verbs.add_statement(later, words="We start in May.", by=organiser, at=AT)
    page = begin(phone, voice()[1])
    assert title(page) == "Which gathering?"
    assert [title(press(phone, page, "", form=n)) for n in range(2)] == [
        "We start in May.",
        statements[0].words,
    ]


def test_a_sentence_of_ones_own(
    site: str, phone: Client, gathering: Gathering, slip: tuple[str, Voice], statements: list[Statement]
) -> None:
    address, fields = f"/v/{gathering.pk}/", {"slip": slip[0], "end": "1"}
    empty = phone.post(address, {**fields, "words": ""})
    assert empty.status_code == 422
    words = ["Open on Sundays & <b>late</b> 🐕", "And on Mondays.", "And at night."]
    for each in (words[0], *words):  # the first is sent twice
        page = phone.post(address, {**fields, "words": each}).content.decode()
        assert "We have your sentence." in page
    other = phone.post(address, {**fields, "words": "And in the rain."})
    said_so = "This card has already written 3 sentences." in other.content.decode()
    assert (other.status_code, said_so) == (422, True)
    written = Statement.objects.exclude(written_by=None)
    assert [(each.words, each.is_read) for each in written] == [(each, False) for each in words]


def test_the_address_never_holds_the_code(
    site: str, phone: Client, statements: list[Statement], voice: MakeVoice
) -> None:
    _somebody, code = voice()
    page = begin(phone, code)
    assert [word for word in (code, code[:4], code[4:]) if word in page] == []


def test_the_hall_has_nothing_but_cards(settings: Any, gathering: Gathering, phone: Client) -> None:
    settings.ROOT_URLCONF = "betterstory.website.hall_urls"
    assert [phone.get(page).status_code for page in ("/", "/v/", f"/v/{gathering.pk}/")] == [302, 200, 200]
    closed = [
        "/conversations/",
        f"/conversations/{gathering.pk}/",
        "/stories/",
        "/people/come-in/",
        "/promises/",
    ]
    assert [phone.get(page).status_code for page in closed] == [404] * 5


def test_the_hall_really_starts(tmp_path: Path) -> None:
    """Its settings leave out what sets cookies, and nothing that the rest cannot do without."""
    environment = {**os.environ, "BETTER_STORY_HALL": "1", "BETTER_STORY_HOME": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "betterstory.website.settings"
    done = subprocess.run(
        [sys.executable, "-m", "django", "check"], env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_a_page_of_answering_asks_little_of_the_database(
    phone: Client,
    gathering: Gathering,
    statements: list[Statement],
    slip: tuple[str, Voice],
    django_assert_max_num_queries: Any,
) -> None:
    fields = {"slip": slip[0], "statement": statements[0].pk, "said": "agree"}
    with django_assert_max_num_queries(8):  # an answer is written in a transaction of its own
        phone.post(f"/v/{gathering.pk}/", fields)
    with django_assert_max_num_queries(4):
        phone.post(f"/v/{gathering.pk}/", {"slip": slip[0], "show": "2"})
