"""Telling aloud and on paper: what is taken in lies sealed, what is refused leaves nothing behind."""

import io
import uuid
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as place_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from django.http import HttpRequest
from django.test import Client
from PIL import Image

from betterstory.people import keys
from betterstory.people.models import Circle, Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import arriving, consenting, photographs, recordings, sealed_files, verbs
from betterstory.stories.models import Story, Told, Use
from conftest import AT

SignIn = Callable[[Person], Client]
MARK = b"my own voice, saying so"
WAV = b"RIFF\x00\x00\x10\x00WAVEfmt " + MARK * 40_000  # over three parts


def send(client: Client, url: str, came: bytes, name: str = "sound.wav") -> Any:
    file = SimpleUploadedFile(name, came, content_type="application/octet-stream")
    return client.post(url, {"once": str(uuid.uuid4()), "file": file})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def heard(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def on_disk() -> list[Path]:
    return [path for path in (Path(place_settings.HOME) / "sealed").rglob("*") if path.is_file()]


@pytest.fixture
def open_story(story: Story, teller: Person) -> Story:
    verbs.begin_version(story, by=teller, at=AT)
    return story


@pytest.fixture
def sam(teller: Person, signed_in_client: SignIn) -> Client:
    return signed_in_client(teller)


@pytest.fixture
def recording(sam: Client, open_story: Story, django_capture_on_commit_callbacks: Any) -> Told:
    with django_capture_on_commit_callbacks(execute=True):
        assert send(sam, f"/stories/{open_story.uuid}/aloud/", WAV).status_code == 302
    return Told.objects.select_related("version__story").get()


def test_a_recording_comes_back_as_it_was_said(sam: Client, open_story: Story, recording: Told) -> None:
    assert (recording.kind, recording.media, recording.size) == ("sound", "audio/wav", len(WAV))
    answer = sam.get(f"/stories/{open_story.uuid}/told/{recording.pk}/")
    assert heard(answer) == WAV
    assert answer["Content-Type"] == "audio/wav"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_nothing_of_it_lies_in_the_clear_anywhere(recording: Told, tmp_path: Path) -> None:
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".sealed" for path in files)
    for path in files:
        assert MARK not in path.read_bytes(), path
    [sealed] = on_disk()
    assert sealed.stat().st_mode & 0o077 == 0, "for this account alone"


@pytest.mark.django_db(transaction=True)
def test_of_two_recordings_the_one_taken_out_is_gone_and_the_other_plays(
    sam: Client, open_story: Story, recording: Told, teller: Person
) -> None:
    send(sam, f"/stories/{open_story.uuid}/aloud/", WAV + b"again")
    other = Told.objects.exclude(pk=recording.pk).get()
    assert len(on_disk()) == 2
    recordings.take_out(recording, by=teller)
    assert [path.stem for path in on_disk()] == [str(other.file)]
    assert heard(sam.get(f"/stories/{open_story.uuid}/told/{other.pk}/")) == WAV + b"again"


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=262140-262150", 206, 262140, 262151),  # over the edge of a part
        ("bytes=700000-", 206, 700_000, len(WAV)),
        ("bytes=-5", 206, len(WAV) - 5, len(WAV)),
        ("bytes=0-99999999", 206, 0, len(WAV)),
        ("lines=1-2", 206, 0, len(WAV)),
        ("bytes=0-1,5-6", 206, 0, len(WAV)),
    ],
)
def test_a_player_may_ask_for_a_part(
    asked: str, status: int, start: int, end: int, sam: Client, open_story: Story, recording: Told
) -> None:
    answer = sam.get(f"/stories/{open_story.uuid}/told/{recording.pk}/", headers={"Range": asked})
    assert answer.status_code == status
    assert heard(answer) == WAV[start:end]
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/{len(WAV)}"
    assert answer["Content-Length"] == str(end - start)


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=9-3"])
def test_a_part_that_is_not_there(asked: str, sam: Client, open_story: Story, recording: Told) -> None:
    answer = sam.get(f"/stories/{open_story.uuid}/told/{recording.pk}/", headers={"Range": asked})
    assert answer.status_code == 416


def test_a_yes_to_the_words_is_no_yes_to_the_voice(
    story: Story,
    recording: Told,
    teller: Person,
    circle: Circle,
    organiser: Person,
    partner: Person,
    signed_in_client: SignIn,
    sam: Client,
) -> None:
    version = verbs.agree(story, by=teller, at=AT)
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=AT + timedelta(days=360))
    url = f"/stories/{story.uuid}/told/{recording.pk}/"
    reader = signed_in_client(organiser)
    assert reader.get(url).status_code == 404
    assert signed_in_client(partner).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert heard(sam.get(url)) == WAV


def test_whoever_writes_it_down_hears_it_until_it_is_agreed(
    teller: Person, organiser: Person, neighbourhood: Neighbourhood, signed_in_client: SignIn
) -> None:
    told = verbs.begin(by=organiser, teller=teller, neighbourhood=neighbourhood, limits_heard=True, at=AT)
    writer = signed_in_client(organiser)
    send(writer, f"/stories/{told.uuid}/aloud/", WAV)
    url = f"/stories/{told.uuid}/told/{Told.objects.get().pk}/"
    assert heard(writer.get(url)) == WAV
    verbs.agree(told, by=teller, at=AT)
    assert writer.get(url).status_code == 404
    assert heard(signed_in_client(teller).get(url)) == WAV


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


def test_taken_out_its_file_goes_unless_an_agreed_version_holds_it(
    sam: Client, story: Story, recording: Told, teller: Person, django_capture_on_commit_callbacks: Any
) -> None:
    verbs.agree(story, by=teller, at=AT)
    verbs.begin_version(story, by=teller, at=AT)
    again = Told.objects.exclude(pk=recording.pk).get()
    assert again.file == recording.file
    out = f"/stories/{story.uuid}/told/{{}}/out/"
    assert sam.post(out.format(recording.pk), {"once": str(uuid.uuid4())}).status_code == 409, "it is agreed"
    with django_capture_on_commit_callbacks(execute=True):
        assert sam.post(out.format(again.pk), {"once": str(uuid.uuid4())}).status_code == 302
    assert len(on_disk()) == 1
    assert heard(sam.get(f"/stories/{story.uuid}/told/{recording.pk}/")) == WAV


def test_the_teller_looks_at_the_page_again(sam: Client, open_story: Story) -> None:
    here = f"/stories/{open_story.uuid}"
    send(sam, f"{here}/pages/", picture())
    page = text(sam.get(f"{here}/pages/"))
    assert f'src="{here}/told/{Told.objects.get().pk}/"' in page
    assert "Page 1" in page


def test_taken_out_for_good_its_file_goes(
    sam: Client, open_story: Story, recording: Told, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sam.post(f"/stories/{open_story.uuid}/told/{recording.pk}/out/", {"once": str(uuid.uuid4())})
    assert (on_disk(), Told.objects.count()) == ([], 0)


def test_destroying_the_story_makes_it_unreadable_and_removes_the_file(
    story: Story, recording: Told, teller: Person, django_capture_on_commit_callbacks: Any
) -> None:
    [sealed] = on_disk()
    copy = sealed.read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    assert on_disk() == []
    sealed.parent.mkdir(parents=True)
    sealed.write_bytes(copy)  # an old copy of the folder comes back
    with pytest.raises(keys.KeyGone):
        list(sealed_files.read(recording, 0, 10))
    assert sealed_files.sweep(older_than=sealed.stat().st_mtime + 1) == 1
    assert on_disk() == []


def test_the_sweep_leaves_what_has_a_row_and_what_is_new(recording: Told) -> None:
    [sealed] = on_disk()
    stray = sealed.with_name("stray.sealed")
    stray.write_bytes(b"x")
    assert sealed_files.sweep(older_than=stray.stat().st_mtime - 5) == 0
    assert sealed_files.sweep(older_than=stray.stat().st_mtime + 5) == 1
    assert on_disk() == [sealed]


@pytest.mark.parametrize("harm", ["cut short", "swapped", "changed", "longer"])
def test_a_file_that_was_meddled_with_does_not_open(harm: str, recording: Told) -> None:
    [sealed] = on_disk()
    whole, part = sealed.read_bytes(), sealed_files.SEALED_PART
    first, second, rest = whole[:part], whole[part : 2 * part], whole[2 * part :]
    changed = {
        "cut short": first + second,
        "swapped": second + first + rest,
        "changed": whole[:-1] + bytes([whole[-1] ^ 1]),
        "longer": whole + b"x",
    }
    sealed.write_bytes(changed[harm])
    with pytest.raises(keys.Spoilt):
        list(sealed_files.read(recording, 0, recording.size))


def test_a_file_cut_where_its_row_says_it_ends_does_not_open(recording: Told) -> None:
    [sealed] = on_disk()
    sealed.write_bytes(sealed.read_bytes()[: 2 * sealed_files.SEALED_PART])
    recording.size = 2 * sealed_files.PART
    with pytest.raises(keys.Spoilt):
        list(sealed_files.read(recording, 0, recording.size))


def picture(size: tuple[int, int] = (60, 40), kind: str = "JPEG", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **more)
    return out.getvalue()


def with_place() -> bytes:
    """A photograph that knows where it was taken, turned on its side."""
    facts = Image.Exif()
    facts[0x0112] = 6
    facts[0x010F] = "Sam's own telephone"
    facts.get_ifd(0x8825)[2] = (52.0, 24.0, 30.0)
    return picture(exif=facts) + b"<script>after the end</script>"


def test_a_photographed_page_is_made_again_upright_without_place_or_phone(
    sam: Client, open_story: Story
) -> None:
    came = with_place()
    before = Image.open(io.BytesIO(came)).getexif()
    assert before.get_ifd(0x8825), "the place is in it to begin with"
    assert send(sam, f"/stories/{open_story.uuid}/pages/", came).status_code == 302
    told = Told.objects.get()
    answer = sam.get(f"/stories/{open_story.uuid}/told/{told.pk}/")
    kept = heard(answer)
    assert answer["Content-Type"] == "image/jpeg"
    again = Image.open(io.BytesIO(kept))
    assert again.size == (40, 60), "upright"
    assert not again.getexif()
    for hidden in (b"Exif", b"telephone", b"script"):
        assert hidden in came
        assert hidden not in kept
    [sealed] = on_disk()
    assert b"JFIF" not in sealed.read_bytes()


def bomb(side: int = 20_000) -> bytes:
    """A small PNG that says it is so many dots a side."""
    came = bytearray(picture((1, 1), "PNG"))
    came[16:24] = side.to_bytes(4) * 2
    came[29:33] = zlib.crc32(came[12:29]).to_bytes(4)
    return bytes(came)


NO_PICTURES = {
    "a drawing that can run": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a page": b"<html><script>alert(1)</script></html>",
    "another kind": picture(kind="GIF"),
    "another kind that is a script too": b"GIF89a/*" + bytes(40) + b"*/=alert(1)",
    "cut short": picture((400, 400), "PNG")[:-200],
    "only its head": picture()[:20],
    "a bomb": bomb(),
    "a sound": WAV,
    "nothing": b"",
}


@pytest.mark.parametrize("what", NO_PICTURES)
def test_what_is_no_picture_gets_a_sentence_and_nothing_is_kept(
    what: str, sam: Client, open_story: Story
) -> None:
    answer = send(sam, f"/stories/{open_story.uuid}/pages/", NO_PICTURES[what], "page.jpg")
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert (on_disk(), Told.objects.count()) == ([], 0)


def test_a_bomb_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    came = bomb(5_000)  # more than we open, and less than the library itself would refuse
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("it was opened"))
    with pytest.raises(photographs.TooManyDots):
        photographs.made_again(came)


def test_a_picture_too_large_to_send_is_held_nowhere(
    sam: Client, open_story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving.ComingPicture, "most", 1_000_000)
    answer = send(sam, f"/stories/{open_story.uuid}/pages/", bytes(2_000_000))
    assert "larger than 1 megabytes" in text(answer)
    assert (on_disk(), Told.objects.count()) == ([], 0)
