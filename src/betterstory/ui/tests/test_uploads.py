"""Files of forms never lie on the disk in the clear, and one that is far too large fills nothing."""

import tempfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from betterstory.ui import uploads


def came(*files: bytes) -> list[Any]:
    sent = {f"file{number}": SimpleUploadedFile("a.qdc", data) for number, data in enumerate(files)}
    request: HttpRequest = RequestFactory().post("/", {"words": "and more", **sent})
    assert request.POST["words"] == "and more"
    return list(request.FILES.values())


@pytest.fixture(autouse=True)
def no_file_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def on_disk(*_args: object, **_kwargs: object) -> None:
        pytest.fail("it lay on the disk")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", on_disk)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", on_disk)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", on_disk)


@pytest.mark.parametrize("size", [0, 1, 64 * 2**10, 3_000_000])
def test_a_file_is_held_in_memory_as_it_was_sent(size: int) -> None:
    sent = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    [file] = came(sent)
    assert (file.size, file.name) == (size, "a.qdc")
    assert file.read() == sent


def test_what_is_far_too_large_is_let_go_and_says_how_large_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST", 100_000)
    held: list[int] = []

    class Watched(BytesIO):
        def write(self, data: Any) -> int:
            held.append(len(data))
            return super().write(data)

    monkeypatch.setattr(uploads, "BytesIO", Watched)
    [file] = came(bytes(900_000))
    assert (file.size, file.read()) == (900_000, b"")
    assert sum(held) <= 100_000


def test_many_files_of_one_form_share_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST", 100_000)
    assert [len(file.read()) for file in came(bytes(60_000), bytes(60_000), b"x")] == [60_000, 0, 0]
