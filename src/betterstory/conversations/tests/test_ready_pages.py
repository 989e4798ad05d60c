"""Pages that lie ready say what the whole way says, and stand for nobody but the card that asked."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from betterstory.conversations import asked, taking, verbs
from betterstory.conversations.models import Gathering, Statement, Voice, Vote
from betterstory.conversations.pages import ready, voting
from betterstory.conversations.pages.slips import SALT, Slip
from betterstory.people.models import Person, Tries
from betterstory.places.models import Place, Round
from conftest import AT

MakeVoice = Callable[..., tuple[Voice, str]]
READY = "betterstory.conversations.pages.ready.ReadyPages"
SLIP = re.compile(r'name="slip" value="([^"]+)"')


@pytest.fixture
def whole(db: None, settings: Any) -> Client:
    """A phone in a hall where nothing lies ready."""
    settings.HALL = True
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.LANGUAGES = [("en-gb", "English"), ("ar", "Arabic")]
    settings.SECURE_HSTS_SECONDS = 60
    settings.ROOT_URLCONF = "betterstory.website.hall_urls"
    settings.MIDDLEWARE = [
        name
        for name in settings.MIDDLEWARE
        if not any(word in name for word in ("session", "csrf", "contrib.auth", "messages"))
    ]
    phone = Client(headers={"host": "localhost"})
    phone.get("/v/")  # it keeps the chain it was begun with
    return phone


@pytest.fixture
def phone(whole: Client, settings: Any) -> Client:
    """A phone in a hall, as it is."""
    ready.forget()
    settings.MIDDLEWARE = [READY, *settings.MIDDLEWARE]
    phone = Client(headers={"host": "localhost"})
    phone.get("/v/")
    return phone


@pytest.fixture
def whole_way(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were made, rather than found ready."""
    made: list[str] = []
    make = voting.page

    def noted(request: Any, name: str, *told: Any) -> HttpResponse:
        made.append(name)
        return make(request, name, *told)

    monkeypatch.setattr(voting, "page", noted)
    return made


@pytest.fixture
def two_walked_before(phone: Client, statements: list[Statement], voice: MakeVoice) -> None:
    """So every page of somebody who agrees with each sentence lies ready."""
    for _n in range(2):
        page = begin(phone, voice()[1])
        for _each in statements:
            page = agree(phone, page)


def form(page: HttpResponse, said: str = "agree", **more: str) -> dict[str, str]:
    fields = dict(
        re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode().split("</form>")[0])
    )
    return {**fields, "said": said, **more}


def send(phone: Client, path: str, fields: dict[str, str], **more: Any) -> HttpResponse:
    answer: HttpResponse = phone.post(  # type: ignore[assignment]  # as the test client gives it
        path,
        "&".join(f"{name}={value.replace(' ', '+')}" for name, value in fields.items()),
        content_type="application/x-www-form-urlencoded",
        **more,
    )
    return answer


def begin(phone: Client, code: str) -> HttpResponse:
    return send(phone, "/v/", {"code": code})


def agree(phone: Client, page: HttpResponse) -> HttpResponse:
    return send(phone, f"/v/{Gathering.objects.get().pk}/", form(page))


def said() -> list[tuple[int, int, int]]:
    return list(Vote.objects.order_by("pk").values_list("voice", "statement", "choice"))


def told(page: HttpResponse) -> tuple[int, dict[str, str], str]:
    """All that a phone is told, apart from the signature: it says when it was made."""
    body = SLIP.sub("a slip", page.content.decode())
    headers = {name: value for name, value in page.headers.items() if name != "Content-Length"}
    if page.status_code != 400:
        assert int(page.headers["Content-Length"]) == len(page.content)
    return page.status_code, headers, body


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


def lose(card: Voice, _statement: Statement) -> None:
    Voice.objects.filter(pk=card.pk).update(lost_at=AT)


def close(_card: Voice, statement: Statement) -> None:
    Gathering.objects.filter(pk=statement.gathering_id).update(voting_open=False)


def put_aside(_card: Voice, statement: Statement) -> None:
    Statement.objects.filter(pk=statement.pk).update(put_aside="said twice")


def begin_elsewhere(card: Voice, _statement: Statement) -> None:
    Voice.objects.filter(pk=card.pk).update(begun_as="another")


@pytest.mark.parametrize(
    ("change", "sentence", "taken"),
    [
        (lose, "Type your code again", 0),
        (close, "Answers are no longer taken here", 0),
        (put_aside, "not asked any more", 0),
        (begin_elsewhere, "begun on another phone", 1),
    ],
)
def test_what_changed_a_moment_ago_is_said(
    change: Callable[[Voice, Statement], None],
    sentence: str,
    taken: int,
    phone: Client,
    two_walked_before: None,
    statements: list[Statement],
    voice: MakeVoice,
) -> None:
    """Though the room that is held, and the page that lies ready, know nothing of it."""
    card, code = voice()
    page = begin(phone, code)
    change(card, statements[0])
    assert sentence in agree(phone, page).content.decode()
    assert Vote.objects.filter(voice=card).count() == taken


def test_a_wrong_code_is_counted_once_and_too_many_are_refused(
    phone: Client, two_walked_before: None, voice: MakeVoice
) -> None:
    for many in range(1, 31):
        assert begin(phone, "K7TP4M2X").status_code == 422
        assert set(Tries.objects.values_list("count", flat=True)) == {many}
    code = voice()[1]
    assert begin(phone, code).status_code == 429, "nor is a card that is known let in then"
    assert set(Tries.objects.values_list("count", flat=True)) == {30}


def test_a_slip_of_last_night_is_not_taken(
    phone: Client,
    two_walked_before: None,
    statements: list[Statement],
    voice: MakeVoice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    somebody, code = voice()
    page = begin(phone, code)
    later = time.time() + timedelta(hours=12, minutes=1).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    assert agree(phone, page).status_code == 422
    assert not Vote.objects.filter(voice=somebody).exists()


def test_nothing_is_told_as_taken_that_the_database_threw_out(
    phone: Client,
    two_walked_before: None,
    statements: list[Statement],
    voice: MakeVoice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = begin(phone, voice()[1])

    def thrown_out(_said: Vote) -> bool:
        raise OperationalError

    monkeypatch.setattr(taking, "_write", thrown_out)
    phone.raise_request_exception = False
    failed = agree(phone, page)
    assert failed.status_code == 500
    assert failed.headers["Cache-Control"] == "no-store", "and it comes by the whole way"


def test_answers_written_for_good_are_one_for_each_card_however_often_pressed(
    phone: Client, two_walked_before: None, statements: list[Statement], voice: MakeVoice
) -> None:
    card, code = voice()
    page = begin(phone, code)
    for said in ("agree", "agree", "disagree", "not_sure", "disagree"):
        send(phone, f"/v/{statements[0].gathering_id}/", form(page, said))
    assert [vote.choice for vote in Vote.objects.filter(voice=card)] == [-1]


@pytest.mark.usefixtures("two_walked_before")
def test_words_do_not_stay_in_memory(
    phone: Client, voice: MakeVoice, whole_way: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was put aside or taken back meanwhile goes with all the rest, at whatever is asked next."""
    whole_way.clear()
    assert begin(phone, voice()[1]).status_code == 200
    assert ready._kept
    assert not whole_way, "it lay ready"
    monkeypatch.setattr(ready, "LONGEST_KEPT", -1.0)
    phone.get("/v/")
    assert not ready._kept
