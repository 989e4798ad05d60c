"""The web of a second laptop: no database, no cookies, each answer is kept."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from betterstory.conversations.inbox import evening as evenings
from betterstory.conversations.inbox.evening import inbox_of
from betterstory.conversations.inbox.pack import Sentence, write_pack
from betterstory.conversations.inbox.trouble import EveningIsOver
from betterstory.conversations.tests._evening import NOW, ONE, TWO, a_pack, again, at_home, said
from betterstory.conversations.tests._phone import hidden, title
from betterstory.conversations.voice_codes import looks_right
from betterstory.website.tests._second_web import GOOD, PHONE, WRONG, at_the_desk, begin, file, phone, send

__all__ = ["at_the_desk", "file", "phone"]  # fixtures that tests ask for by name


def test_the_code_of_these_tests_looks_right() -> None:
    assert looks_right(GOOD)
    assert not looks_right(WRONG)


def test_from_a_code_to_thank_you(file: Path, phone: Client) -> None:
    page = begin(phone)
    assert title(page) == ONE.words
    page = send(phone, page, said="agree")
    assert title(page) == TWO.words
    page = send(phone, page, said="disagree")
    assert title(page) == "Thank you"
    page = send(phone, page, words="Ask about the bus.")
    assert "We have your sentence." in page
    assert said(at_home(inbox_of(file).read_bytes())) == [
        (GOOD, 11, 1, ""),
        (GOOD, 12, -1, ""),
        (GOOD, None, 0, "Ask about the bus."),
    ]
    assert not phone.cookies


def test_sent_again_over_a_connection_that_broke(file: Path, phone: Client) -> None:
    page = begin(phone)
    for _thrice in range(3):
        after = send(phone, page, said="agree")
    assert title(after) == TWO.words
    page = send(phone, after, said="skip")
    for _twice in range(2):
        send(phone, page, form=1, words="Ask about the bus.")
    found = said(at_home(inbox_of(file).read_bytes()))
    assert found == [(GOOD, 11, 1, "")] * 3 + [(GOOD, None, 0, "Ask about the bus.")], (
        "home makes one of three"
    )


def test_going_back_and_saying_something_else(file: Path, phone: Client) -> None:
    page = send(phone, begin(phone), said="agree")
    page = send(phone, page, form=1)
    assert title(page) == ONE.words
    assert page.count("you said this") == 1
    send(phone, page, said="not_sure")
    assert [choice for _code, _pk, choice, _words in said(at_home(inbox_of(file).read_bytes()))] == [1, 0]


def test_two_phones_with_one_card_see_the_same(file: Path) -> None:
    one, other = Client(REMOTE_ADDR=PHONE), Client(REMOTE_ADDR="192.168.8.24")
    page = begin(one)
    send(one, page, said="agree")
    assert title(begin(other)) == TWO.words


def test_a_slip_of_the_finger_is_asked_about_once_and_then_believed(file: Path, phone: Client) -> None:
    answer = phone.post("/v/", {"code": WRONG})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There may be a slip in this code." in page
    assert title(send(phone, page, code=GOOD)) == ONE.words, "put right"
    assert title(send(phone, page, code=WRONG.lower())) == ONE.words, "typed the same twice"
    other = GOOD[:-1] + "B"
    assert "There may be a slip in this code." in send(phone, page, code=other)


@pytest.mark.parametrize("typed", ["", "<script>", "🐕🐕🐕🐕🐕🐕🐕🐕", "A" * 5000])
def test_anything_may_be_typed(typed: str, file: Path, phone: Client) -> None:
    answer = phone.post("/v/", {"code": typed})
    assert answer.status_code == 422
    assert b"<script>" not in answer.content
    assert not inbox_of(file).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"slip": "x"},
        {"slip": ""},
        {"slip": "x", "said": "agree", "statement": "11"},
        {"slip": "x", "words": "Who am I?"},
    ],
)
def test_without_a_good_slip_nothing_is_taken(fields: dict[str, str], file: Path, phone: Client) -> None:
    assert phone.post("/v/", fields).status_code == 422
    assert not inbox_of(file).exists()


@pytest.mark.parametrize("pk", ["99", "x", "-1", "9" * 30, "１１"])
def test_a_sentence_that_is_not_asked_is_not_answered(pk: str, file: Path, phone: Client) -> None:
    answer = phone.post("/v/", {**hidden(begin(phone)), "statement": pk, "said": "agree"})
    assert answer.status_code in (200, 404)
    assert not inbox_of(file).exists()


def test_when_the_night_has_come_every_page_says_so(
    file: Path, phone: Client, at_the_desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin(phone)
    monkeypatch.setattr("django.utils.timezone.now", lambda: a_pack().ends_at + timedelta(seconds=1))
    for client, address in ((phone, "/v/"), (at_the_desk, "/"), (at_the_desk, "/paper/")):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "This evening is over" in answer.content.decode()
        assert ONE.words not in answer.content.decode()
    answer = phone.post("/v/", {**hidden(page), "statement": "11", "said": "agree"})
    assert answer.status_code == 410
    assert not inbox_of(file).exists()
    assert json.loads(file.read_text())["over"] is True
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    assert phone.get("/v/").status_code == 410, "set back, the clock opens nothing"


def test_where_the_disk_is_full_nobody_is_thanked(
    file: Path, phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin(phone)
    monkeypatch.setattr("os.write", lambda handle, line: 0)
    answer = phone.post("/v/", {**hidden(page), "said": "agree"})
    assert answer.status_code == 507
    assert "could not be kept" in answer.content.decode()


def test_started_again_it_asks_from_the_beginning_and_loses_nothing(
    file: Path, phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = send(phone, begin(phone), said="agree")
    evening = again(file)
    monkeypatch.setattr("betterstory.conversations.pages.second_laptop.the_evening", lambda _file: evening)
    assert title(begin(phone)) == ONE.words
    send(phone, page, said="disagree")  # a page from before is still good
    assert said(at_home(inbox_of(file).read_bytes())) == [(GOOD, 11, 1, ""), (GOOD, 12, -1, "")]


def test_words_of_a_sentence_are_shown_as_words(
    file: Path, phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked = a_pack(sentences=(Sentence(1, 1, "<b>Tea</b> & <script>x</script>"),))
    file.write_text(write_pack(marked))
    evening = evenings.Evening(file, at=NOW)
    monkeypatch.setattr("betterstory.conversations.pages.second_laptop.the_evening", lambda _file: evening)
    assert "&lt;script&gt;" in begin(phone)
    assert "<script>x" not in begin(phone)


def test_the_watcher_sees_the_night_though_nobody_asks(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from betterstory.website import second_laptop  # noqa: PLC0415 - after the settings of this test

    class Over:
        def look(self, _at: object) -> None:
            raise EveningIsOver

    asked: list[str] = []

    def find(name: str) -> Over:
        asked.append(name)
        return Over()

    monkeypatch.setattr(evenings, "the_evening", find)
    monkeypatch.setenv("BETTER_STORY_INBOX", str(file))
    second_laptop._watch()  # ends by itself once it is over
    assert asked == [str(file)]
