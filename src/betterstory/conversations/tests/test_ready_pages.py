"""Pages that lie ready say what the whole way says, and stand for nobody but the card that asked."""

from typing import Any

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client

from betterstory.conversations import asked, verbs
from betterstory.conversations.models import Gathering, Statement, Voice, Vote
from betterstory.conversations.pages.slips import SALT, Slip
from betterstory.conversations.tests._ready import (
    SLIP,
    MakeVoice,
    agree,
    begin,
    form,
    phone,
    said,
    send,
    told,
    two_walked_before,
    whole,
    whole_way,
)
from betterstory.people.models import Person
from betterstory.places.models import Place, Round
from conftest import AT

__all__ = ["phone", "two_walked_before", "whole", "whole_way"]  # fixtures that tests ask for by name


def says(page: HttpResponse) -> dict[str, Any]:
    slip = SLIP.search(page.content.decode())
    assert slip
    found: dict[str, Any] = signing.loads(slip[1], salt=SALT)
    return found


CASES: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "an answer": ({}, {}),
    "the other one": ({"said": "disagree"}, {}),
    "leave it out": ({"said": "skip"}, {}),
    "some are left out": ({"left": "2"}, {}),
    "no numbers are left out": ({"left": "x"}, {}),
    "back to another": ({"show": "1"}, {}),
    "at the end": ({"end": "1"}, {}),
    "no such word": ({"said": "maybe"}, {}),
    "no such sentence": ({"statement": "999"}, {}),
    "no number": ({"statement": "one"}, {}),
    "no sentence": ({"statement": ""}, {}),
    "words too": ({"words": "Ring within a week."}, {}),
    "a slip that was changed": ({"slip": "nonsense"}, {}),
    "a code beside it": ({"code": "K7TP 4M2X"}, {}),
    "many fields": ({f"a{number}": "" for number in range(1001)}, {}),
    "sealed": ({}, {"secure": True}),
    "dark, by a cookie": ({}, {"headers": {"cookie": "theme=dark"}}),
    "another language": ({}, {"headers": {"accept-language": "ar"}}),
    "a name that is not ours": ({}, {"headers": {"host": "elsewhere.example"}}),
    "a port that is none": ({}, {"headers": {"host": "localhost:x"}}),
}


@pytest.mark.parametrize("case", CASES)
def test_a_phone_is_told_the_same_as_on_the_whole_way(
    case: str,
    phone: Client,
    whole: Client,
    whole_way: list[str],
    two_walked_before: None,
    statements: list[Statement],
    voice: MakeVoice,
) -> None:
    page = begin(phone, voice()[1])
    change, more = CASES[case]
    fields, path = form(page) | change, f"/v/{statements[0].gathering_id}/"
    was, at_once = said(), send(phone, path, fields, **more)
    made, now = len(whole_way), said()
    on_the_whole_way = send(whole, path, fields, **more)
    assert now == said(), "the whole way takes what was taken, and nothing more"
    if case == "words too":  # a sentence sent again is a second one
        assert now == was
    else:
        assert told(at_once) == told(on_the_whole_way)
    if case in ("an answer", "the other one"):
        assert len(now) == len(was) + 1
        assert made < len(whole_way), "so this one lay ready"


def test_most_pages_of_a_room_lie_ready(
    phone: Client,
    two_walked_before: None,
    whole_way: list[str],
    statements: list[Statement],
    voice: MakeVoice,
    django_assert_max_num_queries: Any,
) -> None:
    somebody, code = voice()
    with django_assert_max_num_queries(8):
        page = begin(phone, code)
    for _each in statements[:-1]:
        with django_assert_max_num_queries(6):  # its transaction is two of them
            page = agree(phone, page)
    assert whole_way == []
    assert Vote.objects.filter(voice=somebody).count() == len(statements) - 1
    agree(phone, page)
    assert whole_way == ["voice_thanks"]


def test_each_card_gets_its_own_slip_and_speaks_for_itself_alone(
    phone: Client,
    two_walked_before: None,
    statements: list[Statement],
    voice: MakeVoice,
    whole_way: list[str],
) -> None:
    cards = [voice() for _n in range(3)]
    pages = [begin(phone, code) for _voice, code in cards]
    pages = [agree(phone, page) for page in pages]
    assert whole_way == []
    assert [says(page)["v"] for page in pages] == [str(each.uuid) for each, _code in cards]
    for page, (somebody, _code) in zip(pages, cards, strict=True):
        others = [str(says(other)["p"]) for other in pages if other is not page]
        assert says(page)["p"] == Voice.objects.get(pk=somebody.pk).begun_as
        assert says(page)["p"] not in others
        assert len(set(SLIP.findall(page.content.decode()))) == 1
        assert Vote.objects.filter(voice=somebody).count() == 1


def test_whoever_is_asked_about_a_gap_gets_another_page(
    phone: Client, two_walked_before: None, statements: list[Statement], voice: MakeVoice, whole: Client
) -> None:
    resident, service = voice(), voice("service")
    for _somebody, code in (resident, service):
        assert told(begin(phone, code)) == told(begin(whole, code))


@pytest.mark.parametrize("answers", [1, 2])
def test_a_sentence_that_changed_is_never_shown_as_it_lay_ready(
    answers: int, phone: Client, two_walked_before: None, statements: list[Statement], voice: MakeVoice
) -> None:
    page = begin(phone, voice()[1])
    Statement.objects.filter(pk=statements[1].pk).update(words="Somebody should ring within a day.")
    Place.objects.update(name="Elsewhere")
    asked.forget()
    for _n in range(answers):
        page = send(phone, f"/v/{statements[0].gathering_id}/", form(page, statement=str(statements[0].pk)))
    shown = page.content.decode()
    assert "Somebody should ring within a day." in shown
    assert "within a week" not in shown


@pytest.mark.parametrize("typed", ["", "K7TP", "<script>", "K7TP 4M2X", "{code}", "{code} and more", "{far}"])
def test_a_code_is_told_the_same_as_on_the_whole_way(
    typed: str, phone: Client, whole: Client, two_walked_before: None, voice: MakeVoice
) -> None:
    code = voice()[1]
    typed = typed.format(code=code, far=" ".join([*code[:-1], " " * 40, code[-1]]))
    assert told(begin(phone, typed)) == told(begin(whole, typed))


def test_a_slip_beside_a_code_counts_for_more(
    phone: Client, whole: Client, two_walked_before: None, voice: MakeVoice
) -> None:
    fields = {"code": voice()[1], "slip": "nonsense"}
    assert send(phone, "/v/", fields).status_code == 422
    assert told(send(phone, "/v/", fields)) == told(send(whole, "/v/", fields))


def test_with_two_gatherings_open_the_card_chooses(
    phone: Client,
    whole: Client,
    two_walked_before: None,
    voice: MakeVoice,
    round_: Round,
    organiser: Person,
) -> None:
    verbs.call_gathering(
        round=round_, kind=Gathering.Kind.PLANNING, title="Plan", when=AT, where="hall", by=organiser, at=AT
    )
    asked.forget()
    code = voice()[1]
    page = begin(phone, code)
    assert "Which gathering?" in page.content.decode()
    assert told(page) == told(begin(whole, code))


def test_back_to_one_before_is_shown_and_then_the_next_again(
    phone: Client, whole: Client, two_walked_before: None, statements: list[Statement], voice: MakeVoice
) -> None:
    for _n in range(2):  # the second finds all of it ready
        page = agree(phone, begin(phone, voice()[1]))
        back = form(page) | {"show": "1"}
        del back["said"]
        shown = send(phone, f"/v/{statements[0].gathering_id}/", back)
        assert "you said this" in shown.content.decode()
        fields = form(shown, "agree", show="1")
        after = [send(each, f"/v/{statements[0].gathering_id}/", fields) for each in (phone, whole)]
        assert told(after[0]) == told(after[1])
        assert f"<h1>{statements[1].words}</h1>" in after[0].content.decode()


def test_from_elsewhere_sentences_are_drawn_as_they_are(
    phone: Client, whole: Client, statements: list[Statement], voice: MakeVoice
) -> None:
    for _n in range(6):
        somebody, _code = voice()
        slip = Slip(somebody, statements[0].gathering).signed
        for statement in statements:
            fields = {"slip": slip, "statement": str(statement.pk), "said": "agree"}
            pages = [send(each, f"/v/{statement.gathering_id}/", fields) for each in (phone, whole, phone)]
            assert told(pages[0]) == told(pages[1]) == told(pages[2])
