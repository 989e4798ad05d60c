"""Once a room has given its answers, no card says “me too”, and none takes it back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from betterstory.conversations import me_too, verbs
from betterstory.conversations.models import GapAsked, Gathering, MeToo, Voice
from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.places import verbs as places
from betterstory.stories.models import Version
from conftest import AT, TODAY

MakeVoice = Callable[..., tuple[Voice, str]]
SNOW = "It snowed on my mat for a year."


@pytest.fixture
def asked(gathering: Gathering, version_for_room: Version, organiser: Person) -> GapAsked:
    gap = version_for_room.pieces.select_related("version__story").get(kind="gap")
    return verbs.ask_about_gap(gathering, piece=gap, words="I had to start again.", by=organiser, at=AT)


@pytest.mark.django_db(transaction=True)
def test_after_the_answers_are_closed_nothing_is_taken_back_and_the_count_stands(
    asked: GapAsked, gathering: Gathering, voice: MakeVoice, organiser: Person
) -> None:
    somebody, code = voice()
    said = verbs.say_me_too(asked, voice=somebody, at=AT, words=SNOW)
    verbs.close_voting(gathering, by=organiser)
    with pytest.raises(verbs.VotingIsClosed):
        verbs.take_back_me_too(asked, voice=somebody)
    with pytest.raises(verbs.VotingIsClosed):
        verbs.type_me_toos(asked, codes=[code], by=organiser, at=AT)
    assert me_too.hear(me_too.of(gathering), viewer=gathering.circle, at=AT)[0].count == 1
    assert said.key is not None
    assert keyring().holds(said.key)
    assert [each.words for each in verbs.read_beside(gathering, by=organiser)] == [SNOW]


def test_one_card_takes_back_what_it_said_itself_and_no_other(
    asked: GapAsked, gathering: Gathering, voice: MakeVoice, organiser: Person, version_for_room: Version
) -> None:
    one, two = voice()[0], voice()[0]
    for somebody in (one, two):
        verbs.say_me_too(asked, voice=somebody, at=AT)
    verbs.take_back_me_too(asked, voice=one)
    assert list(MeToo.objects.values_list("voice", flat=True)) == [two.pk]


def test_a_card_of_another_round_is_told_so_where_it_was_typed_in(
    asked: GapAsked, gathering: Gathering, voice: MakeVoice, organiser: Person
) -> None:
    other = places.begin_round(neighbourhood=gathering.round.neighbourhood, by=organiser, on=TODAY)
    _stranger, code = verbs.make_voices(other, residents=1, services=0, by=organiser, at=AT)[0]
    with pytest.raises(verbs.WrongRows) as refused:
        verbs.type_me_toos(asked, codes=[voice()[1], code], by=organiser, at=AT)
    assert list(refused.value.rows) == [1]
    assert not MeToo.objects.exists()


def test_what_is_read_beside_is_of_one_gathering_and_new_words_take_the_place_of_old(
    asked: GapAsked, gathering: Gathering, voice: MakeVoice, organiser: Person
) -> None:
    somebody, other = voice()[0], voice()[0]
    verbs.say_me_too(asked, voice=other, at=AT)
    for words in ("First.", " ", SNOW):
        verbs.say_me_too(asked, voice=somebody, at=AT + timedelta(minutes=1), words=words)
    assert [each.words for each in verbs.read_beside(gathering, by=organiser)] == [SNOW]
    elsewhere = Gathering.objects.exclude(pk=gathering.pk).first() or verbs.call_gathering(
        round=gathering.round,
        kind=Gathering.Kind.PLANNING,
        title="Making the plan",
        when=AT + timedelta(days=30),
        where="The school",
        check_in="",
        by=organiser,
        at=AT,
    )
    assert verbs.read_beside(elsewhere, by=organiser) == []
