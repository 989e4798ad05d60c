"""A photographed page: made again without place or phone, and no bomb is opened."""

import io
import zlib
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from betterstory.stories import arriving, photographs
from betterstory.stories.models import Story, Told
from betterstory.stories.tests._told import WAV, heard, on_disk, open_story, send, text

__all__ = ["open_story"]


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


def test_the_teller_looks_at_the_page_again(sam: Client, open_story: Story) -> None:
    here = f"/stories/{open_story.uuid}"
    send(sam, f"{here}/pages/", picture())
    page = text(sam.get(f"{here}/pages/"))
    assert f'src="{here}/told/{Told.objects.get().pk}/"' in page
    assert "Page 1" in page


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
