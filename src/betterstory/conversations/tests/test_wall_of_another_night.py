"""What was typed and read back of one gathering says nothing of another; what a crash left is swept up."""

import os
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from betterstory.conversations import verbs, wall_photographs
from betterstory.conversations.models import Gathering, WallPhotograph, WritingUp
from betterstory.people.models import Person
from conftest import AT

HOUR = timedelta(hours=1)


def wall() -> bytes:
    out = BytesIO()
    Image.new("RGB", (80, 60), "gold").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def another(gathering: Gathering, organiser: Person) -> Gathering:
    """Two days before the other, typed in and read back."""
    made = verbs.call_gathering(
        round=gathering.round,
        kind=Gathering.Kind.HEARING,
        title="Hearing the story",
        when=AT + timedelta(days=6),
        where="The school",
        check_in="",
        by=organiser,
        at=AT,
    )
    after = made.at + HOUR
    verbs.say_typed(made, by=organiser, at=after)
    verbs.say_read_back(made, on=after.date(), by=organiser, at=after)
    return made


def test_reading_back_another_night_is_not_reading_back_this_one(
    gathering: Gathering, another: Gathering, organiser: Person
) -> None:
    after = gathering.at + HOUR
    with pytest.raises(verbs.TypeFirst):
        verbs.say_read_back(gathering, on=after.date(), by=organiser, at=after)
    verbs.say_typed(gathering, by=organiser, at=after)
    kept = verbs.keep_photograph(gathering, came=wall(), by=organiser, at=after)
    assert kept.kept_by == organiser
    with pytest.raises(verbs.WallIsReadBack):
        verbs.keep_photograph(another, came=wall(), by=organiser, at=after)
    verbs.say_read_back(gathering, on=after.date(), by=organiser, at=after)
    assert WritingUp.objects.exclude(read_back_on=None).count() == 2
    assert not WallPhotograph.objects.exists()


def test_it_begins_when_it_begins(gathering: Gathering, organiser: Person) -> None:
    for at in (gathering.at - timedelta(seconds=1), gathering.at):
        if at < gathering.at:
            with pytest.raises(verbs.NotYetMet):
                verbs.say_typed(gathering, by=organiser, at=at)
            with pytest.raises(verbs.NotYetMet):
                verbs.keep_photograph(gathering, came=wall(), by=organiser, at=at)
            assert not WritingUp.objects.exists()
        else:
            verbs.keep_photograph(gathering, came=wall(), by=organiser, at=at)
            verbs.say_typed(gathering, by=organiser, at=at)


def test_what_a_crash_left_is_swept_up_an_hour_later_by_the_daily_round(
    gathering: Gathering, organiser: Person
) -> None:
    kept = verbs.keep_photograph(gathering, came=wall(), by=organiser, at=gathering.at)
    at = gathering.at + timedelta(days=1)
    files = {name: wall_photographs.folder() / f"{name}.sealed" for name in ("old", "new")}
    for name, minutes in (("old", 61), ("new", 59)):
        files[name].write_bytes(b"left")
        then = (at - timedelta(minutes=minutes)).timestamp()
        os.utime(files[name], (then, then))
    own = wall_photographs.place_of(kept.uuid)
    os.utime(own, (0, 0))
    assert verbs.throw_away_photographs_due(at=at) == 0
    assert (files["old"].exists(), files["new"].exists(), own.exists()) == (False, True, True)
