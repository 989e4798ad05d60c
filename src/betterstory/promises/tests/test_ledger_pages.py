"""How to check this list, as anybody finds it: the page, the file, the script, and who holds a head."""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from betterstory.people.models import Body, Person
from betterstory.promises import verbs, verify_ledger, written
from betterstory.promises.models import Entry, HeadLetter, Keeper, Kind, Promise, Verdict
from betterstory.promises.tests.conftest import ASKED, WORDS
from betterstory.promises.verify_ledger import Head
from conftest import AT, TODAY

PAGE = "/promises/ledger/"
TO = "head@council.example.org"


def newest() -> Head:
    head = Entry.objects.head()
    assert head is not None
    return head


def text(client: Client, page: str = PAGE) -> str:
    answer = client.get(page)
    assert answer.status_code == 200, page
    return answer.content.decode()


@pytest.mark.parametrize("page", ["/promises/", "/promises/print/", PAGE])
def test_the_head_stands_on_the_wall_and_on_its_paper(page: str, promise: Promise, client: Client) -> None:
    assert str(newest()) in text(client, page)


def test_paper_carries_a_code_that_leads_to_the_check(promise: Promise, client: Client) -> None:
    paper = text(client, "/promises/print/")
    assert re.search(r'class="printed-head"><svg', paper)
    assert "story.example.org/promises/ledger/" in paper


def test_nothing_is_written_yet_and_the_page_says_so(db: None, client: Client) -> None:
    assert "Nothing is written in it yet" in text(client)
    assert "printed-head" not in text(client, "/promises/print/")


def test_the_page_stays_light(promise: Promise, client: Client) -> None:
    for number in range(60):
        verbs.enter(kind=Kind.CHANGED, about=promise, who="a person", words=f"Word {number}.", on=TODAY)
    with CaptureQueriesContext(connection) as asked:
        page = text(client)
    assert len(asked) <= 12
    assert len(page) < 60_000
    assert "Word 59." in page
    assert "Word 5." not in page
    older = re.search(r'href="(\?before=\d+)"', page)
    assert older is not None
    assert "Word 30." in text(client, PAGE + older[1])


def test_the_file_and_the_script_are_open_to_anybody_and_agree(
    promise: Promise, client: Client, tmp_path: Path
) -> None:
    answer = client.get("/promises/ledger.jsonl")
    file = answer.getvalue()
    assert answer["Content-Type"] == "application/jsonl; charset=utf-8"
    assert (ASKED.encode() in file, WORDS.encode() in file) == (True, True)
    checked = verify_ledger.check(file.splitlines(keepends=True), [newest()])
    assert (checked.entries, checked.newest) == (3, written.verify().newest)
    script = client.get("/promises/verify_ledger.py").getvalue()
    assert script == Path(verify_ledger.__file__).read_bytes()


def test_whoever_has_all_of_it_is_not_sent_it_again(promise: Promise, client: Client, lynda: Person) -> None:
    tag = client.get("/promises/ledger.jsonl")["ETag"]
    assert client.get("/promises/ledger.jsonl", headers={"If-None-Match": tag}).status_code == 304
    verbs.judge(promise, by=lynda, on=TODAY, verdict=Verdict.KEPT)
    assert client.get("/promises/ledger.jsonl", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("{right}", "that is what this list says"),
        ("#2 222222222222 2222", "the list says something else of entry 2"),
        ("#99 2222 2222 2222 2222", "this list has no entry 99"),
        ("<b>hello", "is no head"),
    ],
)
def test_the_place_itself_answers_what_it_says_of_a_head(
    typed: str, answer: str, promise: Promise, client: Client
) -> None:
    found = client.get(PAGE, {"head": typed.format(right=newest())}).content.decode()
    assert answer in found
    assert "<b>hello" not in found


def test_no_reading_writes_anything(promise: Promise, client: Client) -> None:
    before = newest()
    for page in (PAGE, PAGE + "?before=abc", PAGE + "?before=99999999999999999999", "/promises/ledger.jsonl"):
        assert client.get(page).status_code == 200
        assert client.post(page).status_code in (403, 405)
    assert newest() == before


@pytest.fixture
def keeper(council: Body, steward: Person) -> Keeper:
    return verbs.name_keeper(body=council, email=TO, by=steward, on=TODAY)


def test_it_says_when_fewer_than_two_hold_it(
    promise: Promise, keeper: Keeper, service: Body, steward: Person, client: Client
) -> None:
    assert "Fewer than 2 other bodies hold a head" in text(client)
    verbs.name_keeper(body=service, email="head@service.example.org", by=steward, on=TODAY)
    assert "Fewer than 2" in text(client), "named, and nothing sent yet"
    verbs.send_heads(at=AT)
    page = text(client)
    assert "Fewer than 2" not in page
    assert "Aldermouth Council" in page
    assert TO not in page


def test_one_letter_a_month_with_the_head_and_no_more(promise: Promise, keeper: Keeper) -> None:
    assert [verbs.send_heads(at=AT + timedelta(hours=hour)) for hour in range(5)] == [1, 0, 0, 0, 0]
    [letter] = mail.outbox
    assert letter.to == [TO]
    assert str(newest()) in letter.body
    assert "It does not show that a promise was fair or true." in letter.body
    assert WORDS not in letter.body
    assert HeadLetter.objects.get().sent_at == AT
    assert verbs.send_heads(at=AT + timedelta(days=31)) == 1
    assert len(mail.outbox) == 2


def test_a_month_is_the_month_of_the_place(promise: Promise, keeper: Keeper) -> None:
    """23:30 on 31 July in UTC is August in England."""
    verbs.send_heads(at=datetime(2026, 7, 31, 23, 30, tzinfo=UTC))
    assert HeadLetter.objects.get().month == "2026-08"


def test_a_letter_the_post_did_not_take_is_tried_again(
    promise: Promise, keeper: Keeper, monkeypatch: pytest.MonkeyPatch, lynda: Person
) -> None:
    def no_post(*_args: Any, **_more: Any) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as down:
        down.setattr("betterstory.promises.verbs.keepers.send_mail", no_post)
        assert verbs.send_heads(at=AT) == 0
    first = newest()
    verbs.judge(promise, by=lynda, on=TODAY, verdict=Verdict.KEPT)
    assert verbs.send_heads(at=AT + timedelta(minutes=5)) == 0, "another round may have it in hand"
    assert verbs.send_heads(at=AT + timedelta(hours=1)) == 1
    assert str(first) in mail.outbox[0].body, "the head that was written down"


def test_who_is_let_go_gets_no_more_and_their_address_goes(
    promise: Promise, keeper: Keeper, steward: Person
) -> None:
    verbs.let_keeper_go(keeper, by=steward, on=TODAY)
    assert verbs.send_heads(at=AT) == 0
    keeper.refresh_from_db()
    assert (keeper.email, keeper.left_on) == ("", TODAY)


def test_two_addresses_of_one_reader_are_one_holder(keeper: Keeper, service: Body, steward: Person) -> None:
    with pytest.raises(verbs.KeepsItAlready):
        verbs.name_keeper(body=keeper.body, email="other@council.example.org", by=steward, on=TODAY)
    with pytest.raises(verbs.SameAddress):
        verbs.name_keeper(body=service, email=TO.upper(), by=steward, on=TODAY)
    assert Keeper.objects.count() == 1


def test_only_a_steward_says_who_is_sent_it(
    council: Body, keeper: Keeper, organiser: Person, signed_in_client: Callable[[Person], Client]
) -> None:
    with pytest.raises(verbs.NotYoursToName):
        verbs.name_keeper(body=council, email=TO, by=organiser, on=TODAY)
    with pytest.raises(verbs.NotYoursToName):
        verbs.let_keeper_go(keeper, by=organiser, on=TODAY)
    assert signed_in_client(organiser).get("/promises/ledger/keepers/").status_code == 403
    assert "/promises/ledger/keepers/" not in text(signed_in_client(organiser))


def test_the_address_lies_sealed(keeper: Keeper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select email from promises_keeper")
        [row] = cursor.fetchall()
    assert "council" not in row[0]
    assert Keeper.objects.get().email == TO


def test_a_steward_names_one_and_lets_one_go_on_a_page(
    promise: Promise, council: Body, steward: Person, signed_in_client: Callable[[Person], Client]
) -> None:
    browser = signed_in_client(steward)
    page = "/promises/ledger/keepers/"
    assert page in text(browser)

    def send(email: str) -> Any:
        return browser.post(page, {"once": str(uuid.uuid4()), "body": council.pk, "email": email})

    assert send("not an address").status_code == 422
    assert send(TO).status_code == 302
    again = send(TO)
    assert (again.status_code, "sent to this body already" in again.content.decode()) == (422, True)
    verbs.send_heads(at=AT)
    told = text(browser, page)
    assert str(newest()) in told
    assert TO not in told
    browser.post(f"{page}{Keeper.objects.get().pk}/go/", {"once": str(uuid.uuid4())})
    assert not Keeper.objects.now().exists()
