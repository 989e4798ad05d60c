"""The web of a second laptop: no database, no cookies, phones reach the card alone, each answer is kept."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations.inbox import evening as evenings
from betterstory.conversations.inbox.evening import inbox_of
from betterstory.conversations.inbox.pack import Sentence, read_pack, write_pack
from betterstory.conversations.inbox.trouble import EveningIsOver
from betterstory.conversations.tests._evening import NOW, ONE, TWO, a_pack, again, at_home, said
from betterstory.conversations.voice_codes import looks_right

GOOD = "K7TP4M2M"
WRONG = GOOD[:-1] + "A"
PHONE = "192.168.8.23"


@pytest.fixture
def file(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of a second laptop. No test here asks for a database, so any question to one fails."""
    from betterstory.website import inbox_settings  # noqa: PLC0415 - it reads the settings of the tests

    written = tmp_path / "evening.pack"
    written.write_text(write_pack(a_pack()))
    for name in ("ROOT_URLCONF", "TEMPLATES", "CACHES", "HALL", "DEMO"):
        setattr(settings, name, getattr(inbox_settings, name))
    settings.MIDDLEWARE = [name for name in inbox_settings.MIDDLEWARE if "whitenoise" not in name]
    settings.INBOX = str(written)
    settings.URL = "http://192.168.8.10:8000"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    evening = evenings.Evening(written, at=NOW)
    monkeypatch.setattr(evenings, "the_evening", lambda _file: evening)
    monkeypatch.setattr("betterstory.conversations.pages.second_laptop.the_evening", lambda _file: evening)
    return written


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=PHONE)


@pytest.fixture
def at_the_desk() -> Client:
    return Client(enforce_csrf_checks=True)


def title(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    return found[1].strip() if found else ""


def hidden(page: str, form: int = 0) -> dict[str, str]:
    forms = re.findall(r"<form\b.*?</form>", page, re.DOTALL)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', forms[form]))


def send(client: Client, page: str, form: int = 0, **more: str) -> str:
    return str(client.post("/v/", {**hidden(page, form), **more}).content.decode())


def begin(client: Client, code: str = GOOD) -> str:
    return str(client.post("/v/", {"code": code}).content.decode())


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


def test_phones_find_the_card_and_nothing_else(file: Path, phone: Client, at_the_desk: Client) -> None:
    assert phone.get("/")["Location"] == "/v/"
    assert phone.post("/", {"stop": "1"})["Location"] == "/v/"
    assert phone.get("/paper/").status_code == 404
    assert phone.post("/paper/", {"code": GOOD, "s11": "a"}).status_code == 404
    for address in (
        "/stories/",
        "/conversations/",
        "/people/come-in/",
        "/promises/",
        "/static/../secret.key",
    ):
        assert phone.get(address).status_code == 404
        assert at_the_desk.get(address).status_code == 404
    assert read_pack(file.read_text()).sentences == (ONE, TWO)
    assert not inbox_of(file).exists()


def test_the_desk_counts_and_can_stop_a_sentence(file: Path, phone: Client, at_the_desk: Client) -> None:
    page = begin(phone)
    send(phone, page, said="agree")
    told = at_the_desk.get("/").content.decode()
    assert "1 answers of one card." in told or "One answer of one card." in told
    assert "192.168.8.10:8000/v/" in told
    at_the_desk.post("/", {"stop": "1"})
    answer = send(phone, page, said="disagree")
    assert "This sentence is not asked any more." in answer
    assert ONE.words not in answer
    assert title(begin(Client(REMOTE_ADDR=PHONE), "KQ7TP4M2"[:8])) != ONE.words
    assert [each[2] for each in said(at_home(inbox_of(file).read_bytes()))] == [1]
    assert not at_the_desk.cookies


@pytest.mark.parametrize("where", ["cross-site", "same-site"])
def test_another_site_open_on_the_laptop_writes_nothing(where: str, file: Path, at_the_desk: Client) -> None:
    told = {"Sec-Fetch-Site": where}
    assert at_the_desk.post("/", {"stop": "1"}, headers=told)["Location"] == "/v/"
    assert at_the_desk.post("/paper/", {"code": GOOD, "s11": "A"}, headers=told).status_code == 404
    assert ONE.words in at_the_desk.get("/paper/").content.decode()
    assert not inbox_of(file).exists()
    told = {"Sec-Fetch-Site": "same-origin"}
    assert at_the_desk.post("/paper/", {"code": GOOD, "s11": "A"}, headers=told)["Location"] == "/"


def test_a_helper_types_in_a_sheet(file: Path, at_the_desk: Client) -> None:
    assert ONE.words in at_the_desk.get("/paper/").content.decode()
    answer = at_the_desk.post("/paper/", {"code": GOOD, "s11": "A", "s12": ""})
    assert answer["Location"] == "/"
    [line] = at_home(inbox_of(file).read_bytes()).said
    assert (line.code, line.statement, line.choice, line.channel) == (GOOD, 11, 1, "paper")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": GOOD, "s11": "x"}, "Type a, p or d, or leave it empty."),
        ({"code": WRONG, "s11": "a"}, "There may be a slip in this code."),
        ({"code": "K7TP", "s11": "a"}, "You typed 4."),
        ({"code": "", "s11": "a"}, "Please fill this in."),
    ],
)
def test_a_sheet_with_something_wrong_is_kept_on_the_page(
    fields: dict[str, str], sentence: str, file: Path, at_the_desk: Client
) -> None:
    answer = at_the_desk.post("/paper/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{fields["s11"]}"' in page, "what was typed is still there"
    assert not inbox_of(file).exists()


def test_a_card_whose_last_letter_is_odd_is_typed_in_at_the_second_try(
    file: Path, at_the_desk: Client
) -> None:
    page = at_the_desk.post("/paper/", {"code": WRONG, "s11": "a"}).content.decode()
    answer = at_the_desk.post("/paper/", {**hidden(page), "code": WRONG, "s11": "a"})
    assert answer.status_code == 302


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
