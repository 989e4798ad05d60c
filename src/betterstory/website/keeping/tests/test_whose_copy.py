"""Which copy is tried, and what beside the stories comes back with it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from betterstory.people.models import Person
from betterstory.stories import consenting, ended
from betterstory.stories.models import Story
from betterstory.website.keeping import copying, recipients, record, restoring
from betterstory.website.start import PLACE_FILE
from conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)
Tell = Callable[[str], Story]
LATER = AT + timedelta(hours=1)


def test_that_it_is_no_demo_comes_back_with_the_copy_and_replaces_nothing(
    home: Path, identity: Any, tell: Tell
) -> None:
    """On a new machine a place of one's own is not taken for the invented town, which lets everybody in."""
    place = home / PLACE_FILE
    place.write_text('{"format": 1, "demo": false}')
    tell("first")
    made = copying.make_copies(at=AT)
    place.unlink()
    restoring.restore(made.story, at=AT, identity=identity, keys=made.keys)
    assert place.read_text() == '{"format": 1, "demo": false}'
    place.write_text('{"format": 1, "demo": true}')
    restoring.restore(made.story, at=LATER, identity=identity, keys=made.keys)
    assert place.read_text() == '{"format": 1, "demo": true}', "what is here stays"


def test_a_drill_tries_the_copy_that_is_named_and_else_the_newest(
    home: Path, identity: Any, tell: Tell
) -> None:
    tell("first")
    older = copying.make_copies(at=AT)
    tell("second")
    newer = copying.make_copies(at=LATER)
    last = record.last(record.COPIED)
    assert last is not None
    assert (last.at, last.about["story"], last.about["keys"]) == (LATER, str(newer.story), str(newer.keys))
    newest = restoring.drill(at=LATER, identity=identity)
    newer.keys.write_bytes(b"spoilt on the disk")
    named = restoring.drill(at=LATER, identity=identity, story=older.story, keys=older.keys)
    assert (named.told["stories"], newest.told["stories"]) == (1, 2)
    tried = [entry.about["copied_at"] for entry in record.read() if entry.kind == record.DRILLED]
    assert tried == [LATER.isoformat(), AT.isoformat()]


def test_while_nobody_is_named_what_was_ended_is_copied_nowhere(
    home: Path, tell: Tell, teller: Person
) -> None:
    """There is nobody to encrypt it for: it waits, and the hour's round goes on."""
    consenting.take_back(tell("first"), by=teller, at=AT)
    assert ended.file().exists()
    assert copying.copy_ended() is False
    assert not (home / "copies").exists()
    recipients.make_identity()
    assert copying.copy_ended() is True
