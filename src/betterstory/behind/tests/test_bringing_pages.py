"""Bringing a log on the page: weighed on the way in, its columns named in a form, nothing half kept."""

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from betterstory.behind import arriving
from betterstory.behind.models import Arrival, ContactLog
from betterstory.people.models import Person
from betterstory.places.models import Place

type Browser = Callable[[Person], Client]
LOG = b"who,what,when\nP1,Letter,2026-02-01\nP2,Referral,2026-02-03\n"
BRING = "/behind/logs/bring/"


@pytest.fixture
def ade(analyst: Person, own_log: Place, signed_in_client: Browser) -> Client:
    return signed_in_client(analyst)


@pytest.fixture(autouse=True)
def _nothing_is_left_on_its_way(settings: Any) -> Iterator[None]:
    yield
    waiting = Path(settings.HOME) / "arriving"
    assert not waiting.exists() or not list(waiting.rglob("*"))


def sent(log: bytes | None = LOG, people: bytes | None = None, **more: str) -> dict[str, Any]:
    files = {"log": log, "people": people}
    given = {
        name: SimpleUploadedFile(f"{name}.csv", content)
        for name, content in files.items()
        if content is not None
    }
    return {"once": str(uuid.uuid4()), **more, **given}


def kept(settings: Any) -> list[Path]:
    return [path for path in (Path(settings.HOME) / "logs").rglob("*") if path.is_file()]


def named(**more: str) -> dict[str, str]:
    return {
        "name": "visits",
        "source": "the Talking Service",
        "cannot_see": "people who never asked",
        "person": "who",
        "activity": "what",
        "time": "when",
        "seq": "",
        "time_format": "",
        "until": "",
        **more,
    }


def test_a_log_is_brought_in_two_steps(ade: Client, settings: Any) -> None:
    answer = ade.post(BRING, sent(people=b"who,until\nP1,\nP2,2026-02-10\n"))
    arrival = Arrival.objects.get()
    there = reverse("behind:arrival", args=[arrival.uuid])
    assert answer.headers["Location"] == there
    page = ade.get(there).content.decode()
    assert '<option value="who"' in page
    assert '<option value="until" selected>' in page
    answer = ade.post(there, named(ends="until"))
    log = ContactLog.objects.get()
    assert answer.headers["Location"] == reverse("behind:log", args=[log.pk])
    assert (log.columns["person"], log.columns["ends"], log.activities) == (
        "who",
        "until",
        ["Letter", "Referral"],
    )
    assert len(kept(settings)) == 2
    shown = ade.get(answer.headers["Location"]).content.decode()
    assert "fewer than 8 people" in shown
    assert "February 2026" in shown


def test_pressing_twice_brings_one_log(ade: Client, settings: Any) -> None:
    form = sent()
    first = ade.post(BRING, form)
    form["log"].seek(0)
    assert ade.post(BRING, form).headers["Location"] == first.headers["Location"]
    there = first.headers["Location"]
    first = ade.post(there, named())
    assert ade.post(there, named()).headers["Location"] == first.headers["Location"]
    assert ContactLog.objects.count() == 1
    assert len(kept(settings)) == 1


def test_usual_names_are_chosen_already(ade: Client) -> None:
    ade.post(BRING, sent(b"case_id,activity,timestamp,seq\n1,a,2026-01-01,1\n"))
    page = ade.get(reverse("behind:arrival", args=[Arrival.objects.get().uuid])).content.decode()
    for column in ("case_id", "activity", "timestamp", "seq"):
        assert f'<option value="{column}" selected>' in page


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        (None, "Choose the file of the log"),
        (b"", "This file is empty"),
        (b" \n", "is empty"),
        (b"PAR1 no more", "damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x01", "not written in UTF-8"),
        (",".join(f"c{n}" for n in range(1_000_000)).encode(), "too long to be a list"),
    ],
)
def test_what_is_no_log_is_answered_beside_the_field_and_not_kept(
    ade: Client, settings: Any, log: bytes | None, sentence: str
) -> None:
    answer = ade.post(BRING, sent(log))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'id="id_log_error"' in page
    assert not Arrival.objects.exists()
    assert not kept(settings)


def test_a_bad_list_of_everybody_is_answered_beside_its_own_field(ade: Client, settings: Any) -> None:
    answer = ade.post(BRING, sent(people=b"PK\x03\x04 a spreadsheet"))
    assert answer.status_code == 422
    assert 'id="id_people_error"' in answer.content.decode()
    assert not kept(settings)


@pytest.mark.parametrize(
    ("log", "more", "field", "sentence"),
    [
        (b"who,what,when\nP1,a,yesterday\n", {}, "time", "Some dates in the log cannot be read"),
        (b"who,what,when\nP1,a,2026-01-01\n", {"time": "what"}, "time", "chosen above for something else"),
        (b"who,what,when\nP1,a,2026-01-01\n", {"time": "else"}, "time", ""),
        (b"who,what\nP1,2026-01-01\n", {"time": ""}, "time", "choose one"),
        (b"who,what,when,n\nP1,a,2026-01-01,x\n", {"seq": "n"}, "seq", "order"),
        (b"who,what,when\nP1,a,2026-01-01\n", {"until": "soon"}, "until", "no day we know"),
        (b"who,what,when\nP1,a,2026-01-01\n", {"cannot_see": ""}, "cannot_see", "fill this in"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field_and_what_was_typed_is_kept(
    ade: Client, log: bytes, more: dict[str, str], field: str, sentence: str
) -> None:
    there = ade.post(BRING, sent(log)).headers["Location"]
    answer = ade.post(there, named(**more))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert sentence in page
    assert 'value="the Talking Service"' in page
    assert "yesterday" not in page, "nothing of a row is ever repeated"
    assert not ContactLog.objects.exists()


def test_a_date_in_the_list_of_everybody_is_answered_beside_its_own_column(ade: Client) -> None:
    there = ade.post(BRING, sent(people=b"who,until\nP1,never\n")).headers["Location"]
    page = ade.post(there, named(ends="until")).content.decode()
    assert 'id="id_ends_error"' in page
    assert "never" not in page.replace("people who never asked", "").replace("never a name", "")


def test_times_written_another_way_can_be_read(ade: Client) -> None:
    there = ade.post(BRING, sent(b"who,what,when\nP1,a,31/01/2026\n")).headers["Location"]
    assert ade.post(there, named()).status_code == 422
    assert ade.post(there, named(time_format="%d/%m/%Y")).status_code == 302
    assert ContactLog.objects.get().period == "January 2026"


@pytest.mark.django_db(transaction=True)
def test_files_can_be_thrown_away_before_they_are_a_log(ade: Client, settings: Any) -> None:
    there = ade.post(BRING, sent()).headers["Location"]
    assert kept(settings)
    ade.post(there, {"throw_away": "1"})
    assert not kept(settings)
    assert ade.post(there, {"throw_away": "1"}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_log_is_thrown_away_on_its_page(ade: Client, settings: Any, log: ContactLog) -> None:
    there = reverse("behind:log", args=[log.pk])
    press = {"once": str(uuid.uuid4()), "throw_away": "1"}
    assert ade.post(there, press).headers["Location"] == reverse("behind:logs")
    assert ade.post(there, press).headers["Location"] == reverse("behind:logs")
    assert not kept(settings)


def test_a_file_past_the_limit_is_refused_in_a_sentence(ade: Client, settings: Any) -> None:
    settings.LOG_UPLOAD_LIMIT = 200_000
    answer = ade.post(BRING, sent(LOG + b"P1,Letter,2026-02-01\n" * 15_000))
    assert answer.status_code == 422
    assert "larger than 200 kB" in answer.content.decode()
    assert not Arrival.objects.exists()
    assert not kept(settings)


def test_two_files_are_weighed_together(ade: Client, settings: Any) -> None:
    settings.LOG_UPLOAD_LIMIT = 200_000
    rest = b"P1,Letter,2026-02-01\n" * 6_000
    answer = ade.post(BRING, sent(LOG + rest, people=b"who,x,y\n" + rest))
    assert answer.status_code == 422
    assert 'id="id_people_error"' in answer.content.decode()
    assert not kept(settings)


class Endless:
    """A request body of a certain size that nobody has to hold in memory."""

    def __init__(self, size: int) -> None:
        self.start = (
            b'--x\r\nContent-Disposition: form-data; name="once"\r\n\r\nk\r\n'
            b'--x\r\nContent-Disposition: form-data; name="log"; filename="a.csv"\r\n\r\n'
        )
        self.left = size
        self.taken = 0

    def read(self, most: int = 65_536) -> bytes:
        if self.start:
            start, self.start = self.start, b""
            return start
        self.taken += min(most, self.left)
        many, self.left = min(most, self.left), max(0, self.left - most)
        return b"a" * many

    def readline(self, *_most: int) -> bytes:
        return self.read()


def request_with(body: Endless, size: int) -> WSGIRequest:
    """A request as a server hands it over, whose body was not read yet."""
    request = RequestFactory().post(BRING, content_type="multipart/form-data; boundary=x")
    request.META["CONTENT_LENGTH"] = str(size)
    request.__dict__["_stream"] = body
    return request


@pytest.mark.parametrize("honest", [True, False], ids=["says its size", "says a smaller size"])
def test_past_the_limit_nothing_more_is_written_down(
    settings: Any, honest: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LOG_UPLOAD_LIMIT = 1_000_000
    body = Endless(1_500_000)
    request = request_with(body, 1_500_300 if honest else 500_000)
    with arriving.weighed(request) as coming:
        written: list[int] = []
        take = coming.receive_data_chunk

        def weigh(raw: bytes, start: int) -> None:
            take(raw, start)
            written.append(sum(path.stat().st_size for path in coming.folder.rglob("*") if path.is_file()))

        monkeypatch.setattr(coming, "receive_data_chunk", weigh)
        assert not request.FILES
        assert "larger than 1 MB" in coming.refused["log"]
        assert max(written) <= (0 if honest else 1_000_000)
        assert written[-1] == 0, "what was written down is gone before the rest has come"


def test_past_twice_the_limit_the_line_is_cut(settings: Any) -> None:
    settings.LOG_UPLOAD_LIMIT = 1_000_000
    body = Endless(50_000_000)
    request = request_with(body, 50_000_400)
    with arriving.weighed(request) as coming:
        assert not request.FILES
        assert "larger than 1 MB" in coming.refused["log"]
    assert body.taken < 3_000_000


def test_a_full_disk_is_said_in_a_sentence(
    ade: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        name = str(Path(settings.HOME) / "full")

        def write(self, _raw: bytes) -> None:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            pass

    def begin(self: arriving.Weighing, field_name: str, *args: Any, **kwargs: Any) -> None:
        self.field_name, self._file = field_name, Full()  # type: ignore[assignment]  # a disk with no room

    monkeypatch.setattr(arriving.Weighing, "new_file", begin)
    answer = ade.post(BRING, sent())
    assert answer.status_code == 422
    assert "no room left" in answer.content.decode()


def test_whoever_may_not_bring_a_log_sends_their_file_to_nowhere(
    own_log: Place, organiser: Person, signed_in_client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_request: object) -> None:
        raise AssertionError("the file was looked at")

    monkeypatch.setattr(arriving, "weighed", never)
    assert signed_in_client(organiser).post(BRING, sent()).status_code == 403
    assert Client().post(BRING, sent()).status_code == 302


def test_a_form_from_another_site_is_not_taken(
    analyst: Person, own_log: Place, signed_in_client: Browser
) -> None:
    browser = signed_in_client(analyst)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    assert strict.post(BRING, sent()).status_code == 403
    assert not Arrival.objects.exists()
    page = strict.get(BRING).content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[-1]
    assert strict.post(BRING, sent(csrfmiddlewaretoken=token)).status_code == 302
    assert Arrival.objects.exists()


def test_nothing_is_brought_while_it_is_switched_off(
    place: Place, analyst: Person, signed_in_client: Browser, settings: Any
) -> None:
    answer = signed_in_client(analyst).post(BRING, sent())
    assert answer.headers["Location"] == reverse("behind:logs")
    assert not kept(settings)


def test_a_steward_switches_it_on_with_a_name_and_off_again(
    place: Place, steward: Person, signed_in_client: Browser
) -> None:
    bea = signed_in_client(steward)
    there = reverse("behind:logs")
    assert bea.post(there, {"once": str(uuid.uuid4()), "controller": ""}).status_code == 422
    assert not Place.objects.get().keeps_a_log
    bea.post(there, {"once": str(uuid.uuid4()), "controller": "Aldermouth Council"})
    assert Place.objects.get().keeps_a_log
    assert "Aldermouth Council answers for it" in bea.get(there).content.decode()
    bea.post(there, {"once": str(uuid.uuid4()), "controller": "", "off": "1"})
    assert not Place.objects.get().keeps_a_log


def test_an_analyst_is_not_offered_to_switch_it(
    place: Place, analyst: Person, signed_in_client: Browser
) -> None:
    ade = signed_in_client(analyst)
    assert "Switch it on" not in ade.get(reverse("behind:logs")).content.decode()
    answer = ade.post(reverse("behind:logs"), {"once": str(uuid.uuid4()), "controller": "Ade and sons"})
    assert answer.status_code == 403
    assert not Place.objects.get().keeps_a_log


@pytest.mark.parametrize("name", ["logs", "bring", "arrival"])
def test_pages_of_logs_ask_few_questions_of_the_database(
    name: str,
    ade: Client,
    log: ContactLog,
    analyst: Person,
    tmp_path: Path,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    there = ade.post(BRING, sent()).headers["Location"] if name == "arrival" else reverse(f"behind:{name}")
    with django_assert_max_num_queries(12):
        assert ade.get(there).status_code == 200


@pytest.mark.parametrize(
    ("size", "words"), [(2_000_000_000, "2 GB"), (1_500_000, "1.5 MB"), (200_000, "200 kB"), (7, "7 bytes")]
)
def test_sizes_are_said_in_words(size: int, words: str) -> None:
    assert arriving.in_bytes(size) == words
