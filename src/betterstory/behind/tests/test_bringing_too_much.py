"""A log is weighed on its way in; whoever may not bring one sends it to nowhere."""

import re
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from betterstory.behind import arriving
from betterstory.behind.models import Arrival, ContactLog
from betterstory.behind.tests._bringing import (
    BRING,
    LOG,
    Browser,
    _nothing_is_left_on_its_way,
    ade,
    kept,
    sent,
)
from betterstory.people.models import Person
from betterstory.places.models import Place

__all__ = ["_nothing_is_left_on_its_way", "ade"]  # fixtures that tests ask for by name


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
