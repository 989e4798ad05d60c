"""What arrives as a sound: known by how it begins, refused in a sentence, and nothing of it left behind."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from django.http import HttpRequest
from django.test import Client

from betterstory.people.models import Person
from betterstory.stories import arriving, recordings, sealed_files
from betterstory.stories.models import Story, Told
from betterstory.stories.tests._told import WAV, SignIn, on_disk, open_story, recording, send, text

__all__ = ["open_story", "recording"]


def mp3(frames: int) -> bytes:
    return (b"\xff\xfb\x90\x00" + bytes(413)) * frames


SOUNDS = {
    "audio/wav": b"RIFF\x00\x00\x00\x00WAVEfmt ",
    "audio/mp4": b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00",
    "audio/3gpp": b"\x00\x00\x00\x18ftyp3gp4",
    "audio/ogg": b"OggS\x00\x02" + bytes(22) + b"OpusHead",
    "audio/webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
    "audio/amr": b"#!AMR\n" + bytes(20),
    "audio/mpeg": mp3(4),
    "audio/aac": b"\xff\xf1\x50\x80\x02\x1f\xfc\x00",
}


@pytest.mark.parametrize("media", SOUNDS)
def test_sound_is_known_by_how_it_begins(media: str, sam: Client, open_story: Story) -> None:
    answer = send(sam, f"/stories/{open_story.uuid}/aloud/", SOUNDS[media], "holiday.txt")
    assert answer.status_code == 302
    assert Told.objects.get().media == media


NO_SOUNDS = {
    "a page": b"<!doctype html><script>alert(1)</script>" * 200,
    "a picture": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(5000),
    "a text of another width": "\ufeffhello".encode("utf-16"),
    "a program": b"\x7fELF" + bytes(5000),
    "one frame and then none": mp3(1) + b"<html>" * 900,
    "a film of a phone": b"\x00\x00\x00\x20ftypmp42" + bytes(90_000) + b"hdlr" + bytes(8) + b"vide",
    "a film of a browser": SOUNDS["audio/webm"] + bytes(100) + b"V_VP9",
    "a picture called ogg": b"OggS\x00\x02" + bytes(22) + b"\x80theora" + bytes(400),
    "nothing": b"",
}


@pytest.mark.parametrize("what", NO_SOUNDS)
def test_what_is_no_sound_gets_a_sentence_and_nothing_is_kept(
    what: str, sam: Client, open_story: Story
) -> None:
    answer = send(sam, f"/stories/{open_story.uuid}/aloud/", NO_SOUNDS[what], "voice.m4a")
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert not Told.objects.exists()
    assert on_disk() == []


@pytest.mark.parametrize("before", range(1, 16))
def test_a_film_is_told_apart_wherever_what_arrives_is_cut(before: int, story: Story) -> None:
    """Each place within the sixteen bytes that say so, far from the beginning."""
    begins, says = SOUNDS["audio/mp4"] + bytes(70_000), b"hdlr" + bytes(8) + b"vide"
    coming = arriving.ComingSound(HttpRequest(), story)
    coming.receive_data_chunk(begins + says[:before], 0)
    with pytest.raises(SkipFile):
        coming.receive_data_chunk(says[before:] + bytes(9000), 0)
    assert (coming.refused, on_disk()) == (arriving.A_FILM, [])


def test_a_film_is_told_apart_over_the_edge_of_a_chunk(sam: Client, open_story: Story) -> None:
    for shift in (65_530, 65_536 - 20):
        film = b"\x00\x00\x00\x20ftypmp42" + bytes(shift - 12) + b"hdlr" + bytes(8) + b"vide" + bytes(9000)
        assert "This is a film" in text(send(sam, f"/stories/{open_story.uuid}/aloud/", film))
    assert on_disk() == []


def test_too_large_is_said_before_a_part_of_it_is_written(
    sam: Client, open_story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving.ComingSound, "most", 1_000_000)
    monkeypatch.setattr(arriving, "ROOM_FOR_THE_FORM", 0)
    written: list[int] = []
    monkeypatch.setattr(sealed_files.Writing, "write", lambda self, plain: written.append(len(plain)))
    answer = send(sam, f"/stories/{open_story.uuid}/aloud/", WAV + bytes(1_000_000))
    assert answer.status_code == 422
    assert "larger than 1 megabytes" in text(answer)
    assert (written, on_disk(), Told.objects.count()) == ([], [], 0)


def test_a_length_that_lies_is_found_out_on_the_way(
    sam: Client, open_story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving.ComingSound, "most", 300_000)
    monkeypatch.setattr(arriving.ComingSound, "handle_raw_input", lambda *args: None)
    answer = send(sam, f"/stories/{open_story.uuid}/aloud/", WAV)
    assert answer.status_code == 422
    assert (on_disk(), Told.objects.count()) == ([], 0)


def test_a_full_disk_is_said_so(sam: Client, open_story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: object, plain: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealed_files.Writing, "write", full)
    answer = send(sam, f"/stories/{open_story.uuid}/aloud/", WAV)
    assert "no room left" in text(answer)
    assert (on_disk(), Told.objects.count()) == ([], 0)


def test_no_file_chosen_is_said_so(sam: Client, open_story: Story) -> None:
    answer = sam.post(f"/stories/{open_story.uuid}/aloud/", {"once": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert "Choose a file first" in text(answer)


def test_a_second_press_keeps_one_recording(
    sam: Client, open_story: Story, django_capture_on_commit_callbacks: Any
) -> None:
    key = str(uuid.uuid4())
    for _press in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            file = SimpleUploadedFile("a.wav", WAV)
            sam.post(f"/stories/{open_story.uuid}/aloud/", {"once": key, "file": file})
    assert (Told.objects.count(), len(on_disk())) == (1, 1)


def test_a_forged_form_is_refused_and_leaves_nothing(
    teller: Person, open_story: Story, signed_in_client: SignIn
) -> None:
    browser = signed_in_client(teller)
    browser.handler.enforce_csrf_checks = True
    assert send(browser, f"/stories/{open_story.uuid}/aloud/", WAV).status_code == 403
    assert on_disk() == []


def test_nobody_else_can_send_to_it(open_story: Story, partner: Person, signed_in_client: SignIn) -> None:
    for page in ("aloud", "pages"):
        assert send(signed_in_client(partner), f"/stories/{open_story.uuid}/{page}/", WAV).status_code == 404
    assert (on_disk(), Told.objects.count()) == ([], 0)


def test_an_agreed_version_takes_no_more(sam: Client, story: Story) -> None:
    answer = send(sam, f"/stories/{story.uuid}/aloud/", WAV)
    assert answer.status_code == 409
    assert (on_disk(), Told.objects.count()) == ([], 0)


def test_twenty_and_no_more(sam: Client, open_story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "MOST", 1)
    url = f"/stories/{open_story.uuid}/aloud/"
    assert send(sam, url, SOUNDS["audio/amr"]).status_code == 302
    assert send(sam, url, SOUNDS["audio/amr"]).status_code == 422
    assert Told.objects.count() == 1
