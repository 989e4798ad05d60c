"""A recording lies sealed, comes back to its teller as it was said, and goes when it is taken out."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from betterstory.people import keys
from betterstory.people.models import Circle, Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import consenting, recordings, sealed_files, verbs
from betterstory.stories.models import Story, Told, Use
from betterstory.stories.tests._told import (
    MARK,
    WAV,
    SignIn,
    heard,
    on_disk,
    open_story,
    recording,
    send,
)
from conftest import AT

__all__ = ["open_story", "recording"]


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
