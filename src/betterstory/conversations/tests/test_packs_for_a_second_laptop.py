"""What goes out to a second laptop: the sentences that may be shown all night, and nothing of a card."""

from datetime import timedelta

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.inbox.pack import read_pack
from betterstory.conversations.models import Gathering, Pack, Statement, Vote
from betterstory.conversations.tests._second_laptop import (
    EVENING,
    HOME_AGAIN,
    Laptop,
    MakeVoice,
    laptop,
    tonight,
)
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories import consenting
from betterstory.stories.models import Use, Version
from conftest import AT

__all__ = ["laptop", "tonight"]  # fixtures that tests ask for by name


def test_a_pack_holds_the_sentences_that_are_asked_and_nothing_of_a_card(
    tonight: Gathering, statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    somebody, code = voice()
    verbs.put_aside(statements[1], because="twice", by=organiser)
    verbs.write_statement(tonight, words="Not read yet.", voice=somebody, at=AT)
    made, file, left = verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)
    pack = read_pack(file)
    assert [each.words for each in pack.sentences] == [statements[0].words, statements[2].words]
    assert (left, pack.place, pack.gathering) == (0, "Aldermouth", tonight.pk)
    assert made.ends_at == pack.ends_at == verbs.night_of(tonight)
    opened = f"{file}{pack.sentences}{pack.title}"
    for secret in (code, somebody.code_hash, str(somebody.uuid)):
        assert secret not in opened


@pytest.mark.parametrize(("days", "goes"), [(90, True), (0.4, False), (None, False)])
def test_a_sentence_of_a_story_goes_along_only_while_the_room_may_see_its_piece_all_night(
    days: float | None,
    goes: bool,
    tonight: Gathering,
    statements: list[Statement],
    version: Version,
    teller: Person,
    organiser: Person,
) -> None:
    consenting.say_yes(
        version, by=teller, use=Use.QUOTE, circle=tonight.circle, at=AT, until=AT + timedelta(days=days or 90)
    )
    piece = version.pieces.get(kind="step", position=2)
    verbs.add_statement(tonight, words="Nobody loses their place.", by=organiser, at=AT, from_piece=piece)
    if days is None:
        consenting.take_back(version.story, by=teller, at=AT)
    _made, file, left = verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)
    words = [each.words for each in read_pack(file).sentences]
    assert ("Nobody loses their place." in words) == goes
    assert left == (0 if goes else 1)
    assert "They took me off the list" not in str(words)


def test_when_a_pack_can_be_made(tonight: Gathering, statements: list[Statement], organiser: Person) -> None:
    night = verbs.night_of(tonight)
    for at, refusal in [
        (EVENING - timedelta(hours=37), verbs.TooEarly),
        (night, verbs.GatheringIsOver),
    ]:
        with pytest.raises(refusal):
            verbs.pack_for_second_laptop(tonight, by=organiser, at=at)
    for at in (EVENING - timedelta(hours=35), night - timedelta(seconds=1)):
        verbs.pack_for_second_laptop(tonight, by=organiser, at=at)
    verbs.close_voting(tonight, by=organiser, at=AT)
    with pytest.raises(verbs.VotingIsClosed):
        verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)


def test_a_pack_without_a_sentence_is_not_made(tonight: Gathering, organiser: Person) -> None:
    with pytest.raises(verbs.NothingToCarry):
        verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)
    assert not Pack.objects.exists()


def test_only_whoever_organises(
    laptop: Laptop, resident: Person, voice: MakeVoice, tonight: Gathering
) -> None:
    laptop.says(voice()[1], 1, 1)
    for does in (
        lambda: verbs.pack_for_second_laptop(tonight, by=resident, at=AT),
        lambda: verbs.look_into(laptop.inbox, by=resident, at=HOME_AGAIN),
        lambda: verbs.take_in(laptop.inbox, by=resident, at=HOME_AGAIN),
        lambda: verbs.lose(Pack.objects.get(), by=resident, at=HOME_AGAIN),
    ):
        with pytest.raises(NotYours):
            does()
    assert not Vote.objects.exists()
    assert Pack.objects.get().lost_at is None
