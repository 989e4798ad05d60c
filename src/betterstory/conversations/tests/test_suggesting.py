"""Suggestions: from a voice card or somebody of the room, kept by another, or not and why."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from betterstory.conversations import verbs
from betterstory.conversations.iceberg import look_beneath
from betterstory.conversations.models import Change, Gathering, Insight, Level, Side
from betterstory.conversations.pages.voting import Slip
from betterstory.conversations.verbs import (
    CardUnknown,
    EnoughCards,
    LetOthersKeepIt,
    NameTheRule,
    SayItAsYourOwn,
    SayWhyNot,
    VotingIsClosed,
)
from betterstory.people import verbs as people
from betterstory.people.models import Person, Ring
from betterstory.people.verbs import NotYours
from betterstory.places import verbs as places
from betterstory.places.models import Round
from betterstory.stories.models import Version
from conftest import AT, TODAY

AddCard = Callable[..., Insight]
Send = Callable[..., Any]
MakeVoice = Callable[..., Any]
WORDS = "The bus stops at ten to six."


@pytest.fixture
def lynda(resident: Person, gathering: Gathering) -> Person:
    """Lynda, who is of the room."""
    people.join(circle=gathering.circle, person=resident, at=AT)
    resident.read_again()
    return resident


@pytest.fixture
def suggested(gathering: Gathering, voice: MakeVoice) -> Insight:
    speaker, _code = voice()
    return verbs.suggest_card(gathering, level=Level.STRUCTURE, words=WORDS, voice=speaker, at=AT)


def on_the_berg(round_: Round, person: Person) -> list[str | None]:
    return [card.words for card in look_beneath(round_, viewer=person, at=AT).cards]


def test_a_voice_suggests_and_the_room_keeps(suggested: Insight, round_: Round, lynda: Person) -> None:
    assert on_the_berg(round_, lynda) == []
    verbs.keep_card(suggested, by=lynda, at=AT)
    assert on_the_berg(round_, lynda) == [WORDS]
    assert list(suggested.changes.values_list("what", "by")) == [("suggested", None), ("kept", lynda.pk)]


def test_somebody_of_the_room_suggests_and_another_keeps(
    add_card: AddCard, round_: Round, lynda: Person, organiser: Person
) -> None:
    card = add_card("event", "Nobody rang.", by=lynda)
    assert card.standing == Insight.Standing.SUGGESTED
    with pytest.raises(LetOthersKeepIt):
        verbs.keep_card(card, by=lynda, at=AT)
    assert on_the_berg(round_, lynda) == []
    verbs.keep_card(card, by=organiser, at=AT)
    assert on_the_berg(round_, lynda) == ["Nobody rang."]
    assert add_card("event", "Mine stands.", by=organiser).standing == Insight.Standing.KEPT


def test_who_was_in_no_room_keeps_nothing(suggested: Insight, partner: Person) -> None:
    for do in (verbs.keep_card, verbs.do_not_keep):
        with pytest.raises(NotYours):
            do(suggested, by=partner, at=AT, **({"because": "no"} if do is verbs.do_not_keep else {}))
    suggested.refresh_from_db()
    assert suggested.standing == Insight.Standing.SUGGESTED


def test_what_is_not_kept_has_a_reason_and_can_be_kept_after_all(suggested: Insight, lynda: Person) -> None:
    with pytest.raises(SayWhyNot):
        verbs.do_not_keep(suggested, because="  ", by=lynda, at=AT)
    verbs.do_not_keep(suggested, because="It is on card 3 already.", by=lynda, at=AT)
    suggested.refresh_from_db()
    assert (suggested.standing, suggested.because) == ("not_kept", "It is on card 3 already.")
    verbs.keep_card(suggested, by=lynda, at=AT)
    suggested.refresh_from_db()
    assert (suggested.standing, suggested.because) == ("kept", "")
    assert [each.what for each in suggested.changes.all()] == ["suggested", "not_kept", "kept"]


def test_sent_twice_is_one_card_and_seven_are_too_many(gathering: Gathering, voice: MakeVoice) -> None:
    speaker, _code = voice()
    for _again in range(2):
        verbs.suggest_card(gathering, level=Level.EVENT, words=WORDS, voice=speaker, at=AT)
    assert Insight.objects.count() == 1
    for n in range(5):
        verbs.suggest_card(gathering, level=Level.EVENT, words=f"{n}", voice=speaker, at=AT)
    with pytest.raises(EnoughCards):
        verbs.suggest_card(gathering, level=Level.EVENT, words="One more", voice=speaker, at=AT)
    assert Insight.objects.count() == 6


def test_a_card_of_another_round_or_a_closed_evening_suggests_nothing(
    gathering: Gathering, voice: MakeVoice, organiser: Person, round_: Round
) -> None:
    other = places.begin_round(neighbourhood=round_.neighbourhood, by=organiser, on=TODAY)
    [(stranger, _code)] = verbs.make_voices(other, residents=1, services=0, by=organiser, at=AT)
    with pytest.raises(CardUnknown):
        verbs.suggest_card(gathering, level=Level.EVENT, words=WORDS, voice=stranger, at=AT)
    speaker, _code = voice()
    verbs.close_voting(gathering, by=organiser)
    with pytest.raises(VotingIsClosed):
        verbs.suggest_card(gathering, level=Level.EVENT, words=WORDS, voice=speaker, at=AT)
    assert not Insight.objects.exists()


def test_a_voice_says_its_own_and_learns_no_names(
    gathering: Gathering, voice: MakeVoice, organiser: Person
) -> None:
    """A name is looked at when the room keeps the card: a code without a name is told of nobody."""
    verbs.ask_guest(gathering, first_name="Mark", side=Side.SERVICE, ring=Ring.COMMUNITY, by=organiser)
    speaker, _code = voice()
    with pytest.raises(SayItAsYourOwn):
        verbs.suggest_card(
            gathering, level=Level.MENTAL_MODEL, words="They do not care.", voice=speaker, at=AT
        )
    card = verbs.suggest_card(
        gathering, level=Level.STRUCTURE, words="Mark keeps the list.", voice=speaker, at=AT
    )
    with pytest.raises(NameTheRule):
        verbs.keep_card(card, by=organiser, at=AT)
    verbs.reword_card(card, words="One person keeps the list.", by=organiser, at=AT, seen=1)
    assert verbs.keep_card(card, by=organiser, at=AT).standing == Insight.Standing.KEPT


def test_suggestions_are_seen_by_the_room_alone(
    suggested: Insight,
    round_: Round,
    lynda: Person,
    partner: Person,
    signed_in_client: Callable[[Person], Client],
) -> None:
    pages = [
        reverse("conversations:iceberg", args=[round_.pk]),
        reverse("conversations:since", args=[round_.pk]),
    ]
    said = {
        who.pk: [WORDS in signed_in_client(who).get(page).content.decode() for page in pages]
        for who in (lynda, partner)
    }
    assert said == {lynda.pk: [True, True], partner.pk: [False, False]}
    card = reverse("conversations:card", args=[suggested.pk])
    codes = [signed_in_client(who).get(card).status_code for who in (lynda, partner)]
    assert codes == [200, 404]
    printed = reverse("conversations:iceberg_print", args=[round_.pk])
    assert WORDS not in signed_in_client(lynda).get(printed).content.decode()


def test_a_phone_without_script_or_cookie_suggests_and_reads_what_became_of_it(
    client: Client, gathering: Gathering, voice: MakeVoice, lynda: Person
) -> None:
    speaker, _code = voice()
    slip = Slip(speaker, gathering).signed
    page = f"/v/{gathering.pk}/beneath/"
    assert "Type the code" in client.get(page).content.decode()
    assert (
        WORDS not in client.post(page, {"slip": "forged", "level": "event", "words": WORDS}).content.decode()
    )
    assert not Insight.objects.exists()
    sent = client.post(page, {"slip": slip, "level": "structure", "words": WORDS})
    assert "Waiting to be read" in sent.content.decode()
    assert not client.cookies
    card = Insight.objects.get()
    verbs.do_not_keep(card, because="We have it.", by=lynda, at=AT)
    assert "Not kept: We have it." in client.post(page, {"slip": slip}).content.decode()
    assert client.post(page, {"slip": slip, "level": "cloud", "words": "x"}).status_code == 422


def test_a_voice_that_wrote_a_tellers_words_is_compared_when_it_is_kept(
    gathering: Gathering, voice: MakeVoice, send: Send, organiser: Person, version_for_room: Version
) -> None:
    speaker, _code = voice()
    echo = "I rang to change the time and they took me off the list"
    card = verbs.suggest_card(gathering, level=Level.EVENT, words=echo, voice=speaker, at=AT)
    answer = send(organiser, "keep_card", card.pk)
    assert (answer.status_code, "Is this theirs?" in answer.content.decode()) == (422, True)
    card.refresh_from_db()
    assert card.standing == Insight.Standing.SUGGESTED
    assert send(organiser, "keep_card", card.pk, whose="not-theirs").status_code == 302
    card.refresh_from_db()
    assert card.standing == Insight.Standing.KEPT


def test_keeping_at_once_is_kept_once(
    at_once: Callable[..., list[object]], suggested: Insight, organiser: Person
) -> None:
    calls = [lambda: verbs.keep_card(suggested, by=organiser, at=AT).standing] * 5
    assert at_once(*calls) == ["kept"] * 5
    assert at_once(Change.objects.filter(what="kept").count) == [1]
