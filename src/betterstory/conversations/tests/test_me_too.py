"""“This happened to me too”: counted once a card, residents only, quiet with its teller, wiped on its day."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from betterstory.conversations import me_too, verbs
from betterstory.conversations.models import GapAsked, Gathering, MeToo, Statement, Vote
from betterstory.conversations.tests._me_too import BELL, SNOW, WORDS, MakeVoice, asked, gap
from betterstory.conversations.verbs import (
    AskedAlready,
    CardUnknown,
    GapIsQuiet,
    NotAGap,
    ResidentsOnly,
    SomebodySaidSo,
    VotingIsClosed,
    WrongRows,
)
from betterstory.conversations.verbs.me_too import KEPT
from betterstory.conversations.verbs.statements import NotForThisRoom
from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places import verbs as places
from betterstory.stories import consenting
from betterstory.stories.models import Piece, Version
from conftest import AT, TODAY

__all__ = ["asked", "gap"]  # fixtures that tests ask for by name


def fresh(asked: GapAsked) -> GapAsked:
    return me_too.gaps_asked().get(pk=asked.pk)


def kept_bytes() -> bytes:
    with connection.cursor() as rows:
        rows.execute("select * from conversations_metoo")
        return repr(rows.fetchall()).encode()


def test_a_card_says_it_once_however_often(asked: GapAsked, voice: MakeVoice) -> None:
    somebody, _code = voice()
    for _n in range(3):
        verbs.say_me_too(asked, voice=somebody, at=AT)
    assert MeToo.objects.count() == 1


def test_a_card_from_a_service_cannot_say_it(asked: GapAsked, voice: MakeVoice, organiser: Person) -> None:
    service, code = voice("service")
    with pytest.raises(ResidentsOnly):
        verbs.say_me_too(asked, voice=service, at=AT)
    with pytest.raises(WrongRows) as refused:
        verbs.type_me_toos(asked, codes=[voice()[1], code], by=organiser, at=AT)
    assert refused.value.rows == {1: "This card is from a service."}
    assert not MeToo.objects.exists()


def test_only_a_gap_the_room_may_see_is_asked_about(
    gathering: Gathering, version: Version, gap: Piece, piece: Piece, organiser: Person, resident: Person
) -> None:
    with pytest.raises(NotYours):
        verbs.ask_about_gap(gathering, piece=gap, words=WORDS, by=resident, at=AT)
    with pytest.raises(NotAGap):
        verbs.ask_about_gap(gathering, piece=piece, words=WORDS, by=organiser, at=AT)
    late = AT + timedelta(days=91)  # the yes has ended
    with pytest.raises(NotForThisRoom):
        verbs.ask_about_gap(gathering, piece=gap, words=WORDS, by=organiser, at=late)
    assert not GapAsked.objects.exists()
    verbs.ask_about_gap(gathering, piece=gap, words=WORDS, by=organiser, at=AT)
    with pytest.raises(AskedAlready):
        verbs.ask_about_gap(gathering, piece=gap, words=WORDS, by=organiser, at=AT)


def test_a_gap_goes_quiet_with_its_teller_and_the_count_stays(
    asked: GapAsked, gathering: Gathering, voice: MakeVoice, teller: Person, organiser: Person
) -> None:
    for _n in range(3):
        verbs.say_me_too(asked, voice=voice()[0], at=AT)
    assert asked.piece is not None
    consenting.take_back(asked.piece.version.story, by=teller, at=AT)
    with pytest.raises(GapIsQuiet):
        verbs.say_me_too(fresh(asked), voice=voice()[0], at=AT)
    verbs.close_voting(gathering, by=organiser)
    heard = me_too.hear(me_too.of(gathering), viewer=gathering.circle, at=AT)[0]
    assert (heard.words, heard.count) == (None, 3)


def test_no_count_is_shown_while_answers_come_in(
    asked: GapAsked, gathering: Gathering, voice: MakeVoice, organiser: Person
) -> None:
    verbs.say_me_too(asked, voice=voice()[0], at=AT)
    assert me_too.hear(me_too.of(gathering), viewer=gathering.circle, at=AT)[0].count is None
    verbs.close_voting(gathering, by=organiser)
    assert me_too.hear(me_too.of(gathering), viewer=gathering.circle, at=AT)[0].count == 1
    with pytest.raises(VotingIsClosed):
        verbs.say_me_too(fresh(asked), voice=voice()[0], at=AT)


def test_how_many_answered_anything_is_said_once_no_more_come_in(
    asked: GapAsked,
    gathering: Gathering,
    statements: list[Statement],
    voice: MakeVoice,
    organiser: Person,
    django_assert_num_queries: Any,
) -> None:
    cards = [voice()[0] for _n in range(3)]
    for statement, voices in ((statements[0], cards), (statements[1], cards[:2])):
        for one in voices:
            verbs.vote(statement, voice=one, choice=Vote.Choice.AGREE, at=AT)
    verbs.say_me_too(asked, voice=voice()[0], at=AT)
    [still_open] = me_too.hear(me_too.of(gathering), viewer=gathering.circle, at=AT)
    assert (still_open.count, still_open.of) == (None, 0)
    verbs.close_voting(gathering, by=organiser)
    with django_assert_num_queries(2):  # the gaps with both numbers; the yeses
        [heard] = me_too.hear(me_too.of(gathering), viewer=gathering.circle, at=AT)
    assert (heard.count, heard.of) == (1, 3), "who answered two sentences is one person"


def test_a_card_of_another_round_is_not_counted(
    asked: GapAsked, gathering: Gathering, organiser: Person
) -> None:
    other = places.begin_round(neighbourhood=gathering.round.neighbourhood, by=organiser, on=TODAY)
    stranger, _code = verbs.make_voices(other, residents=1, services=0, by=organiser, at=AT)[0]
    with pytest.raises(CardUnknown):
        verbs.say_me_too(asked, voice=stranger, at=AT)
    assert not MeToo.objects.exists()


def test_what_is_written_is_sealed_and_read_by_who_organises_alone(
    asked: GapAsked,
    gathering: Gathering,
    voice: MakeVoice,
    organiser: Person,
    resident: Person,
    partner: Person,
) -> None:
    verbs.say_me_too(asked, voice=voice()[0], at=AT, words=SNOW, reach=BELL)
    assert [word for word in (b"snowed", b"blue bell") if word in kept_bytes()] == []
    beside = verbs.read_beside(gathering, by=organiser)
    assert [(each.words, each.reach) for each in beside] == [(SNOW, BELL)]
    for somebody in (resident, partner):
        with pytest.raises(NotYours):
            verbs.read_beside(gathering, by=somebody)


@pytest.mark.django_db(transaction=True)
def test_on_its_day_the_words_go_with_their_key_and_the_count_stays(
    asked: GapAsked, gathering: Gathering, voice: MakeVoice, organiser: Person
) -> None:
    said = verbs.say_me_too(asked, voice=voice()[0], at=AT, words=SNOW, reach=BELL)
    assert said.key is not None
    assert said.wipe_on == TODAY + KEPT
    assert verbs.wipe_those_due(on=said.wipe_on - timedelta(days=1)) == 0
    assert keyring().holds(said.key)
    assert verbs.wipe_those_due(on=said.wipe_on) == 1
    assert not keyring().holds(said.key), "also a copy made before cannot be read now"
    assert verbs.read_beside(gathering, by=organiser) == []
    assert MeToo.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_on_the_day_of_one_the_words_of_another_stay(
    asked: GapAsked, gathering: Gathering, voice: MakeVoice, organiser: Person
) -> None:
    first = verbs.say_me_too(asked, voice=voice()[0], at=AT, words="The first.")
    verbs.say_me_too(asked, voice=voice()[0], at=AT + timedelta(days=1), words=SNOW, reach=BELL)
    assert first.wipe_on is not None
    assert verbs.wipe_those_due(on=first.wipe_on) == 1
    [beside] = verbs.read_beside(gathering, by=organiser)
    assert (beside.words, beside.reach) == (SNOW, BELL)


@pytest.mark.django_db(transaction=True)
def test_once_asked_the_way_to_reach_them_goes_and_the_words_stay_their_time(
    asked: GapAsked, gathering: Gathering, voice: MakeVoice, organiser: Person, resident: Person
) -> None:
    said = verbs.say_me_too(asked, voice=voice()[0], at=AT, words=SNOW, reach=BELL)
    verbs.say_me_too(asked, voice=voice()[0], at=AT + timedelta(days=1), words="Another.", reach=BELL)
    with pytest.raises(NotYours):
        verbs.reached(said, by=resident, at=AT)
    later = AT + timedelta(days=10)
    verbs.reached(MeToo.objects.get(pk=said.pk), by=organiser, at=later)
    beside = verbs.read_beside(gathering, by=organiser)
    assert sorted((each.words, each.reach, each.me_too.wipe_on) for each in beside) == [
        ("Another.", BELL, TODAY + KEPT + timedelta(days=1)),
        (SNOW, "", TODAY + KEPT),
    ]
    assert said.key is not None
    assert not keyring().holds(said.key), "what was sealed before opens no more"


@pytest.mark.django_db(transaction=True)
def test_a_card_takes_it_back_and_nothing_is_left(asked: GapAsked, voice: MakeVoice) -> None:
    somebody, _code = voice()
    said = verbs.say_me_too(asked, voice=somebody, at=AT, words=SNOW)
    verbs.take_back_me_too(asked, voice=somebody)
    assert said.key is not None
    assert not keyring().holds(said.key)
    assert not MeToo.objects.exists()


def test_cards_that_were_handed_in_are_all_taken_or_none(
    asked: GapAsked, voice: MakeVoice, organiser: Person, resident: Person
) -> None:
    codes = [voice()[1] for _n in range(3)]
    with pytest.raises(NotYours):
        verbs.type_me_toos(asked, codes=codes, by=resident, at=AT)
    with pytest.raises(WrongRows) as refused:
        verbs.type_me_toos(asked, codes=[*codes, "K7TP 4M2X"], by=organiser, at=AT)
    assert list(refused.value.rows) == [3]
    assert not MeToo.objects.exists()
    assert verbs.type_me_toos(asked, codes=codes, by=organiser, at=AT) == (3, 0)
    assert verbs.type_me_toos(asked, codes=[*codes[:2], voice()[1]], by=organiser, at=AT) == (1, 2)
    assert MeToo.objects.count() == 4


def test_a_gap_somebody_said_so_to_stays(
    asked: GapAsked, voice: MakeVoice, organiser: Person, resident: Person
) -> None:
    with pytest.raises(NotYours):
        verbs.stop_asking(asked, by=resident)
    verbs.say_me_too(asked, voice=voice()[0], at=AT)
    with pytest.raises(SomebodySaidSo):
        verbs.stop_asking(asked, by=organiser)
    assert GapAsked.objects.exists()
    MeToo.objects.all().delete()
    verbs.stop_asking(asked, by=organiser)
    assert not GapAsked.objects.exists()


def test_log_lines_hold_no_words(
    caplog: pytest.LogCaptureFixture, asked: GapAsked, voice: MakeVoice, organiser: Person
) -> None:
    somebody, code = voice()
    with caplog.at_level("INFO"):
        said = verbs.say_me_too(asked, voice=somebody, at=AT, words=SNOW, reach=BELL)
        verbs.reached(said, by=organiser, at=AT)
        verbs.type_me_toos(asked, codes=[code], by=organiser, at=AT)
    assert "me too said" in caplog.text
    assert [word for word in ("snowed", "blue bell", code, WORDS) if word in caplog.text] == []
