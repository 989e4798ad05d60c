"""A file for a second laptop: what may go along now and all night, and a laptop that was lost."""

from datetime import timedelta

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.inbox.pack import read_pack
from betterstory.conversations.models import Gathering, Pack, Statement
from betterstory.people.models import Person
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Use, Version
from conftest import AT, read_every_line

RESTS_ON_IT = "Nobody loses their place."
UNTIL = AT + timedelta(days=90)


@pytest.fixture
def tonight(gathering: Gathering) -> Gathering:
    gathering.at = AT + timedelta(hours=30)
    gathering.save()
    return gathering


def test_a_yes_that_begins_only_in_the_evening_lets_nothing_leave_before(
    tonight: Gathering, statements: list[Statement], version: Version, teller: Person, organiser: Person
) -> None:
    """What is for anyone holds two days after the yes: not when it is packed, and by the evening."""
    piece = version.pieces.get(kind="step", position=2)
    read_every_line(version)
    said_on = AT - timedelta(hours=24)
    version.agreed_at = said_on - timedelta(hours=1)
    version.save(update_fields=["agreed_at"])
    consenting.say_yes(
        version, by=teller, use=Use.QUOTE, audience=Audience.PUBLIC, piece=piece, at=said_on, until=UNTIL
    )
    Statement.objects.create(gathering=tonight, number=9, words=RESTS_ON_IT, from_piece=piece, added_at=AT)
    for at, goes in ((AT, False), (AT + timedelta(hours=25), True)):
        _made, file, left = verbs.pack_for_second_laptop(tonight, by=organiser, at=at)
        assert (RESTS_ON_IT in [each.words for each in read_pack(file).sentences]) == goes
        assert left == (0 if goes else 1)


def test_a_laptop_said_to_be_lost_twice_was_lost_when_it_was_first_said(
    tonight: Gathering, statements: list[Statement], organiser: Person
) -> None:
    verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)
    verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)
    lost, other = Pack.objects.order_by("pk")
    for hours in (1, 5):
        verbs.lose(lost, by=organiser, at=AT + timedelta(hours=hours))
    lost.refresh_from_db()
    other.refresh_from_db()
    assert (lost.lost_at, other.lost_at) == (AT + timedelta(hours=1), None)
