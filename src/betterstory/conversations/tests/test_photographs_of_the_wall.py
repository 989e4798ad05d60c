"""The photograph of the wall: sealed, without where it was taken, and gone once its cards are read back."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from betterstory.conversations import verbs, wall_photographs
from betterstory.conversations.models import Gathering, WallPhotograph
from betterstory.conversations.tests._after import NIGHT, Browser, Send, night, picture
from betterstory.conversations.verbs import (
    TooLateToKeep,
    TooManyPhotographs,
    WallIsReadBack,
)
from betterstory.people import verbs as people
from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from conftest import AT

__all__ = ["night"]  # fixtures that tests ask for by name


def send_wall(browser: Client, gathering: Gathering, came: bytes, name: str = "wall.jpg") -> Any:
    file = SimpleUploadedFile(name, came, content_type="image/jpeg")
    return browser.post(
        f"/conversations/{gathering.pk}/afterwards/wall/", {"once": str(uuid4()), "file": file}
    )


def test_the_wall_is_kept_sealed_and_without_where_it_was_taken(
    night: Gathering, organiser: Person, signed_in_client: Browser
) -> None:
    browser = signed_in_client(organiser)
    assert b"Exif" in picture()
    assert send_wall(browser, night, picture()).status_code == 302
    kept = WallPhotograph.objects.get()
    on_disk = wall_photographs.place_of(kept.uuid).read_bytes()
    assert b"JFIF" not in on_disk
    assert wall_photographs.place_of(kept.uuid).stat().st_mode & 0o777 == 0o600
    answer = browser.get(f"/conversations/photographs/{kept.pk}/")
    assert answer["Content-Type"] == "image/jpeg"
    with Image.open(BytesIO(answer.content)) as seen:
        assert (seen.size, dict(seen.getexif())) == ((80, 60), {})


def test_only_organisers_who_were_there_see_the_wall(
    night: Gathering, organiser: Person, steward: Person, resident: Person, signed_in_client: Browser
) -> None:
    people.join(circle=night.circle, person=resident, at=AT)
    kept = verbs.keep_photograph(night, came=picture(), by=organiser, at=AT + NIGHT)
    address = f"/conversations/photographs/{kept.pk}/"
    assert signed_in_client(organiser).get(address).status_code == 200
    for somebody in (steward, resident):
        browser = signed_in_client(somebody)
        assert browser.get(address).status_code == 404
        assert send_wall(browser, night, picture()).status_code == 403
        with pytest.raises(NotYours):
            verbs.throw_away_photograph(kept, by=somebody)
    page = signed_in_client(steward).get(f"/conversations/{night.pk}/afterwards/").content.decode()
    assert address not in page
    assert WallPhotograph.objects.count() == 1


BOMB = picture("PNG", size=(6000, 4000))


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (b"", "There is nothing in this file."),
        (b"%PDF-1.7 not a photograph", "We cannot open this as a photograph."),
        (picture()[:300], "We cannot open this as a photograph."),
        (picture("GIF"), "We cannot open this as a photograph."),
        (BOMB, "This picture is too large to open here."),
        (b"x" * 15_000_001, "This is larger than 15 megabytes"),
    ],
    ids=["empty", "a letter", "cut short", "another kind", "a bomb", "too heavy"],
)
def test_a_photograph_that_is_none_is_said_and_leaves_nothing(
    came: bytes, said: str, night: Gathering, organiser: Person, signed_in_client: Browser
) -> None:
    answer = send_wall(signed_in_client(organiser), night, came)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not WallPhotograph.objects.exists()
    assert list(wall_photographs.folder().glob("*")) == []


def test_no_file_at_all_is_said(night: Gathering, organiser: Person, send: Send) -> None:
    answer = send(organiser, "wall", night.pk)
    assert (answer.status_code, "Choose a photograph first." in answer.content.decode()) == (422, True)


@pytest.mark.django_db(transaction=True)
def test_read_back_the_photographs_are_gone_key_and_file(gathering: Gathering, organiser: Person) -> None:
    kept = [verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT) for _n in range(2)]
    assert all(keyring().holds(each.key) and wall_photographs.place_of(each.uuid).exists() for each in kept)
    verbs.say_typed(gathering, by=organiser, at=AT + NIGHT)
    verbs.say_read_back(gathering, on=gathering.at.date(), by=organiser, at=AT + NIGHT)
    assert not WallPhotograph.objects.exists()
    assert not [each for each in kept if keyring().holds(each.key)]
    assert not [each for each in kept if wall_photographs.place_of(each.uuid).exists()]
    with pytest.raises(WallIsReadBack):
        verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT)
    assert list(wall_photographs.folder().glob("*")) == []


@pytest.mark.django_db(transaction=True)
def test_read_back_or_not_they_go_after_two_weeks(gathering: Gathering, organiser: Person) -> None:
    kept = verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT)
    last = gathering.at + timedelta(days=14)
    assert verbs.throw_away_photographs_due(at=last - timedelta(minutes=1)) == 0
    assert wall_photographs.place_of(kept.uuid).exists()
    assert verbs.throw_away_photographs_due(at=last) == 1
    assert not wall_photographs.place_of(kept.uuid).exists()
    assert not keyring().holds(kept.key)
    assert verbs.throw_away_photographs_due(at=last) == 0, "safe to run again"
    with pytest.raises(TooLateToKeep):
        verbs.keep_photograph(gathering, came=picture(), by=organiser, at=last)


def test_what_a_crash_left_is_swept(gathering: Gathering, organiser: Person) -> None:
    kept = verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT)
    wall_photographs.seal(b"left", row=(row := uuid4()), key=kept.key)
    assert wall_photographs.sweep(older_than=0) == 0
    assert wall_photographs.sweep(older_than=4_000_000_000) == 1
    assert not wall_photographs.place_of(row).exists()
    assert wall_photographs.place_of(kept.uuid).exists()


def test_a_photograph_that_could_not_be_written_down_leaves_no_file(
    gathering: Gathering, organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_told: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(WallPhotograph.objects, "create", fail)
    with pytest.raises(RuntimeError):
        verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT)
    assert list(wall_photographs.folder().glob("*")) == []


def test_six_photographs_are_a_wall(gathering: Gathering, organiser: Person) -> None:
    kept = [verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT) for _n in range(6)]
    with pytest.raises(TooManyPhotographs):
        verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT)
    verbs.throw_away_photograph(kept[0], by=organiser)
    assert gathering.photographs.count() == 5
