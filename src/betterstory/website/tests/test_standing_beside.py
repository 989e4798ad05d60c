"""“Me too” beside the records a pattern was counted in: while its teller lets it be tied, and never added."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from betterstory.behind import rules
from betterstory.behind.models import Pattern
from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering
from betterstory.people.models import Person
from betterstory.people.visit import Visit
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Use, Version
from betterstory.website.standing_beside import what_rooms_said
from conftest import AT

WORDS = "I missed one visit, and had to start again."


@pytest.fixture
def counted(version: Version, round_: Round, teller: Person, organiser: Person, analyst: Person) -> Pattern:
    """A pattern made from a gap that a room has heard, and three cards that said “me too”."""
    room = verbs.call_gathering(
        round=round_,
        kind=Gathering.Kind.HEARING,
        title="Hearing",
        when=AT,
        where="hall",
        by=organiser,
        at=AT,
    )
    until = AT + timedelta(days=90)
    consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=room.circle, at=AT, until=until)
    consenting.say_yes(version, by=teller, use=Use.COUNT, audience=Audience.PARTNERSHIP, at=AT, until=until)
    gap = version.pieces.select_related("version__story").get(kind="gap")
    pattern = Pattern.objects.create(
        name="Back of the queue", toml="", from_a_story=True, made_from=version, made_by=analyst, made_at=AT
    )
    pattern.pieces.set([gap])
    asked = verbs.ask_about_gap(room, piece=gap, words=WORDS, by=organiser, at=AT)
    for voice, _code in verbs.make_voices(round_, residents=3, services=0, by=organiser, at=AT):
        verbs.say_me_too(asked, voice=voice, at=AT)
    verbs.close_voting(room, by=organiser)
    return pattern


def said(pattern: Pattern | None, person: Person | None) -> list[tuple[Any, Any]]:
    visit = cast(Visit, SimpleNamespace(person=person, at=AT))
    heard = cast(list[Any], what_rooms_said(visit, pattern)["me_toos"])
    return [(each.words, each.count) for each in heard]


def test_whoever_may_see_the_gap_reads_it_and_everybody_the_count(
    counted: Pattern, teller: Person, partner: Person
) -> None:
    assert said(counted, teller) == [(WORDS, 3)]
    assert said(counted, partner) == [(None, 3)]
    assert said(counted, None) == [(None, 3)]


def test_once_it_may_not_be_tied_to_its_story_nothing_stands_beside(
    counted: Pattern, version: Version, teller: Person
) -> None:
    consenting.take_back(version.story, by=teller, at=AT)
    tied = counted if rules.is_tied(counted, at=AT) else None
    assert said(tied, teller) == []
