"""The desk of a second laptop: no phone reaches it; it counts, stops a sentence, types in sheets."""

from pathlib import Path

import pytest
from django.test import Client

from betterstory.conversations.inbox.evening import inbox_of
from betterstory.conversations.inbox.pack import read_pack
from betterstory.conversations.tests._evening import ONE, TWO, at_home, said
from betterstory.conversations.tests._phone import hidden, title
from betterstory.website.tests._second_web import GOOD, PHONE, WRONG, at_the_desk, begin, file, phone, send

__all__ = ["at_the_desk", "file", "phone"]  # fixtures that tests ask for by name


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
