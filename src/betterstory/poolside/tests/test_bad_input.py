"""Whatever anybody types or sends by hand: a sentence beside the field, or nothing; never half of it kept."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Person
from betterstory.poolside import showing, verbs
from betterstory.poolside.models import Agreement, Answer, Poolside, Question, Return, Sharing, Signature
from conftest import TODAY

SignIn = Callable[[Person], Client]
SOON = timezone.localdate() + timedelta(days=28)
NOW = timezone.localdate()
ODD = [
    "<script>alert(1)</script> & 'quotes' \"too\"",
    "🙂👩‍👩‍👧 e\u0301",
    "שלום עולם، مرحبا",
    "{{ person }} {% now %}",
    "%(name)s %s",
    "one\r\ntwo\n\n\nthree",
]


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


@pytest.fixture
def here(poolside: Poolside) -> str:
    return f"/poolside/{poolside.pk}/"


@pytest.fixture
def sam(teller: Person, poolside: Poolside, signed_in_client: SignIn) -> Client:
    return signed_in_client(teller)


@pytest.mark.parametrize("words", ODD)
def test_odd_words_come_back_as_they_were_typed(
    sam: Client, here: str, question: Question, teller: Person, words: str
) -> None:
    post(sam, f"{here}questions/{question.pk}/", words=words, sharing="shared")
    said = showing.my_answer(question, teller)
    assert said is not None
    assert said.words == words.strip()
    page = sam.get(here).content.decode()
    assert "<script>alert" not in page
    assert words.splitlines()[0].split("<")[0].split("&")[0].strip() in page


def test_a_very_long_answer_is_refused_with_a_sentence(sam: Client, here: str, question: Question) -> None:
    answer = post(sam, f"{here}questions/{question.pk}/", words="ü" * 200_000, sharing="shared")
    assert answer.status_code == 422
    assert "too long" in answer.content.decode()
    assert not Answer.objects.exists()


def test_a_letter_no_database_keeps_is_refused(sam: Client, here: str, question: Question) -> None:
    answer = post(sam, f"{here}questions/{question.pk}/", words="a\x00b", sharing="shared")
    assert answer.status_code == 422
    assert not Answer.objects.exists()


@pytest.mark.parametrize("sharing", ["", "everybody", "SHARED"])
def test_an_answer_for_nobody_we_know_is_not_kept(
    sam: Client, here: str, question: Question, sharing: str
) -> None:
    answer = post(sam, f"{here}questions/{question.pk}/", words="Mine.", sharing=sharing)
    assert answer.status_code == 422
    assert "Mine." in answer.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("after", ["", "-1", "one", "99999"])
def test_a_form_with_a_made_up_number_writes_nothing(
    sam: Client, here: str, agreement: Agreement, after: str
) -> None:
    answer = post(sam, f"{here}agreement/", words="We try.", come_back_on=SOON, after=after)
    assert answer.status_code == 422
    assert "We try." in answer.content.decode()
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("missing", ["held", "not_held", "next_on"])
def test_coming_back_says_what_is_missing_and_keeps_the_rest(
    sam: Client, here: str, agreement: Agreement, missing: str
) -> None:
    told = {"held": "The tea", "not_held": "The notes", "changes": "", "next_on": SOON, missing: ""}
    answer = post(sam, f"{here}agreement/come-back/", **told)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Please fill this in." in page
    assert ("The tea" in page) is (missing != "held")
    assert not Return.objects.exists()


def test_a_form_sent_without_its_key_is_not_taken(sam: Client, here: str, question: Question) -> None:
    answer = sam.post(f"{here}questions/{question.pk}/", {"words": "Mine.", "sharing": "shared"})
    assert answer.status_code == 400
    assert not Answer.objects.exists()


def test_whoever_is_not_in_the_circle_changes_nothing_by_hand(
    poolside: Poolside,
    here: str,
    question: Question,
    agreement: Agreement,
    steward: Person,
    signed_in_client: SignIn,
) -> None:
    bea = signed_in_client(steward)
    sent: dict[str, dict[str, Any]] = {
        "round/": {"round_": ""},
        "questions/": {"words": "Mine?"},
        f"questions/{question.pk}/": {"words": "Mine.", "sharing": "shared"},
        "agreement/": {"words": "Mine.", "come_back_on": SOON, "after": 1},
        f"agreement/sign/{agreement.pk}/": {},
        "agreement/come-back/": {"held": "All", "not_held": "None", "next_on": SOON},
        "agreement/skip/": {"why": "Because", "next_on": SOON},
    }
    for way, data in sent.items():
        assert post(bea, f"{here}{way}", **data).status_code == 404, way
    assert Question.objects.filter(poolside=poolside).count() == 6
    assert Agreement.objects.count() == 1
    for kind in (Answer, Signature, Return):
        assert not kind.objects.exists()


def test_no_log_line_says_who_or_what(
    poolside: Poolside,
    question: Question,
    teller: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    caplog.clear()
    verbs.answer(question, words="Secretly tired.", sharing=Sharing.PRIVATE, by=teller, on=TODAY)
    words = verbs.agree(poolside, words="We rest more.", come_back_on=SOON, by=teller, on=NOW)
    verbs.sign(words, by=teller, on=TODAY)
    verbs.skip(words, why="Half are ill.", next_on=SOON, by=teller, on=NOW)
    verbs.take_back_answer(question, by=teller)
    assert len(caplog.messages) == 5
    for said in ("tired", "rest", "ill.", "Sam", "partners"):
        assert said not in caplog.text
    assert f"by={teller.pk}" not in caplog.messages[0], "some answers nobody may know of"
