"""Voice cards: who may make them, what is kept of a code, one vote a voice."""

from collections.abc import Callable

import pytest
from django.db import connection

from betterstory.conversations import verbs, voice_codes
from betterstory.conversations.models import Gathering, Side, Statement, Voice, Vote
from betterstory.conversations.verbs import (
    CardUnknown,
    EnoughWritten,
    NotAsked,
    TooManyCards,
    VotingIsClosed,
)
from betterstory.people.codes import LETTERS, NotACode
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from conftest import AT, TODAY

MakeVoice = Callable[..., tuple[Voice, str]]
AtOnce = Callable[..., list[object]]
AGREE, NOT_SURE, DISAGREE = Vote.Choice.AGREE, Vote.Choice.PASS, Vote.Choice.DISAGREE


def votes() -> list[tuple[int, int]]:
    return sorted(Vote.objects.values_list("statement__number", "choice"))


def test_cards_are_made_for_both_sides(round_: Round, organiser: Person) -> None:
    made = verbs.make_voices(round_, residents=3, services=2, by=organiser, at=AT)
    assert [voice.side for voice, _code in made] == [Side.RESIDENT] * 3 + [Side.SERVICE] * 2
    assert len({code for _voice, code in made}) == 5


def test_a_resident_makes_no_cards(round_: Round, resident: Person) -> None:
    with pytest.raises(NotYours):
        verbs.make_voices(round_, residents=1, services=0, by=resident, at=AT)
    assert not Voice.objects.exists()


@pytest.mark.parametrize(("residents", "services"), [(0, 0), (-1, 5), (200, 1), (10**9, 0)])
def test_a_number_of_cards_that_no_hall_holds(
    residents: int, services: int, round_: Round, organiser: Person
) -> None:
    with pytest.raises(TooManyCards):
        verbs.make_voices(round_, residents=residents, services=services, by=organiser, at=AT)
    assert not Voice.objects.exists()


def test_a_code_is_found_however_it_is_typed(voice: MakeVoice) -> None:
    made, code = voice()
    assert set(code) <= set(LETTERS)
    typed = [code, code.lower(), voice_codes.spaced(code), f" {code[:2]}-{code[2:]} "]
    assert [verbs.find_voice(each) for each in typed] == [made] * 4


def test_of_a_code_only_a_keyed_hash_is_kept(voice: MakeVoice, settings: object) -> None:
    made, code = voice()
    with connection.cursor() as rows:
        rows.execute("select * from conversations_voice")
        kept = " ".join(str(value) for row in rows.fetchall() for value in row)
    assert made.code_hash in kept
    assert code not in kept
    settings.SECRET_KEY = "another installation"  # type: ignore[attr-defined]  # pytest-django's settings
    with pytest.raises(CardUnknown):
        verbs.find_voice(code)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("K7TP 4M20", "Codes have no “0” in them. Look at the card again."),
        ("K7TP 4M2<", "Codes have no “<” in them. Look at the card again."),
        ("K7TP 4M2", "This code has 8 letters and numbers. You typed 7."),
        ("", "This code has 8 letters and numbers. You typed 0."),
    ],
)
def test_a_mistyped_code_gets_a_hint(typed: str, hint: str) -> None:
    with pytest.raises(NotACode) as problem:
        voice_codes.read_code(typed)
    assert problem.value.hint == hint


def test_the_last_answer_holds_and_there_is_one_a_voice(
    statements: list[Statement], voice: MakeVoice
) -> None:
    somebody, _code = voice()
    for choice in (AGREE, AGREE, NOT_SURE, DISAGREE):
        verbs.vote(statements[0], voice=somebody, choice=choice, at=AT)
    assert votes() == [(1, DISAGREE)]


def test_the_same_card_answering_at_the_same_moment_is_one_vote(
    at_once: AtOnce, statements: list[Statement], voice: MakeVoice
) -> None:
    somebody, _code = voice()
    statement = Statement.objects.get(pk=statements[0].pk)
    calls = [lambda: verbs.vote(statement, voice=somebody, choice=AGREE, at=AT)] * 12
    answers = at_once(*calls)
    assert {type(answer) for answer in answers} == {Vote}
    assert at_once(votes) == [[(1, AGREE)]]


def test_not_sure_is_an_answer_and_leaving_out_is_none(statements: list[Statement], voice: MakeVoice) -> None:
    somebody, _code = voice()
    verbs.vote(statements[1], voice=somebody, choice=NOT_SURE, at=AT)
    assert votes() == [(2, NOT_SURE)]


def test_nobody_answers_once_it_is_closed(
    gathering: Gathering, organiser: Person, statements: list[Statement], voice: MakeVoice
) -> None:
    somebody, _code = voice()
    verbs.vote(statements[0], voice=somebody, choice=AGREE, at=AT)
    verbs.close_voting(gathering, by=organiser)
    with pytest.raises(VotingIsClosed):
        verbs.vote(statements[0], voice=somebody, choice=DISAGREE, at=AT)
    assert votes() == [(1, AGREE)], "what was said before stays"
    verbs.open_voting(gathering, by=organiser)
    verbs.vote(statements[0], voice=somebody, choice=DISAGREE, at=AT)
    assert votes() == [(1, DISAGREE)]


def test_only_an_organiser_closes_the_voting(gathering: Gathering, resident: Person) -> None:
    with pytest.raises(NotYours):
        verbs.close_voting(gathering, by=resident)
    gathering.refresh_from_db()
    assert gathering.voting_open


def test_a_card_of_another_round_is_not_heard_here(
    neighbourhood: Neighbourhood, organiser: Person, statements: list[Statement]
) -> None:
    other = places.begin_round(neighbourhood=neighbourhood, by=organiser, on=TODAY)
    stranger, _code = verbs.make_voices(other, residents=1, services=0, by=organiser, at=AT)[0]
    with pytest.raises(CardUnknown):
        verbs.vote(statements[0], voice=stranger, choice=AGREE, at=AT)
    assert votes() == []


def test_a_card_speaks_at_the_next_gathering_of_its_round(
    round_: Round, organiser: Person, statements: list[Statement], voice: MakeVoice
) -> None:
    somebody, code = voice()
    verbs.vote(statements[0], voice=somebody, choice=AGREE, at=AT)
    later = verbs.call_gathering(
        round=round_,
        kind=Gathering.Kind.PLANNING,
        title="Planning",
        when=AT,
        where="hall",
        by=organiser,
        at=AT,
    )
    asked = verbs.add_statement(later, words="We start in May.", by=organiser, at=AT)
    verbs.vote(asked, voice=verbs.find_voice(code), choice=AGREE, at=AT)
    assert set(Vote.objects.values_list("voice", flat=True)) == {somebody.pk}
    assert Vote.objects.count() == 2


def test_a_lost_card_is_not_heard(statements: list[Statement], voice: MakeVoice) -> None:
    somebody, code = voice()
    Voice.objects.filter(pk=somebody.pk).update(lost_at=AT)
    with pytest.raises(CardUnknown):
        verbs.find_voice(code)


def test_what_is_put_aside_is_not_answered(
    organiser: Person, statements: list[Statement], voice: MakeVoice
) -> None:
    verbs.put_aside(statements[0], because="It asks two things at once.", by=organiser)
    with pytest.raises(NotAsked):
        verbs.vote(statements[0], voice=voice()[0], choice=AGREE, at=AT)
    assert votes() == []


def test_a_voice_writes_three_sentences_and_they_wait_to_be_read(
    gathering: Gathering, organiser: Person, statements: list[Statement], voice: MakeVoice
) -> None:
    somebody, _code = voice()
    written = verbs.write_statement(gathering, words="Open on Sundays. 🐕", voice=somebody, at=AT)
    again = verbs.write_statement(gathering, words="Open on Sundays. 🐕", voice=somebody, at=AT)
    assert (written.number, again.pk) == (4, written.pk), "sent twice it is the same sentence"
    for words in ("And on Mondays.", "And at night."):
        verbs.write_statement(gathering, words=words, voice=somebody, at=AT)
    with pytest.raises(EnoughWritten):
        verbs.write_statement(gathering, words="And in the rain.", voice=somebody, at=AT)
    assert Statement.objects.filter(written_by=somebody).count() == 3
    other, _code = voice("service")
    with pytest.raises(NotAsked):
        verbs.vote(written, voice=other, choice=AGREE, at=AT)
    verbs.take_up(written, by=organiser)
    verbs.vote(written, voice=other, choice=AGREE, at=AT)
    assert votes() == [(4, AGREE)]


def test_a_voice_writes_nothing_once_it_is_closed_nor_in_another_round(
    gathering: Gathering, neighbourhood: Neighbourhood, organiser: Person, voice: MakeVoice
) -> None:
    other = places.begin_round(neighbourhood=neighbourhood, by=organiser, on=TODAY)
    stranger, _code = verbs.make_voices(other, residents=1, services=0, by=organiser, at=AT)[0]
    with pytest.raises(CardUnknown):
        verbs.write_statement(gathering, words="Let me in", voice=stranger, at=AT)
    somebody, _code = voice()
    verbs.close_voting(gathering, by=organiser)
    with pytest.raises(VotingIsClosed):
        verbs.write_statement(gathering, words="Too late", voice=somebody, at=AT)
    assert not Statement.objects.exists()


def test_six_sentences_of_one_voice_at_the_same_moment(
    at_once: AtOnce, gathering: Gathering, voice: MakeVoice
) -> None:
    somebody, _code = voice()
    calls = [
        lambda n=n: verbs.write_statement(gathering, words=f"Sentence {n}", voice=somebody, at=AT)
        for n in range(6)
    ]
    answers = at_once(*calls)
    assert sorted(type(answer).__name__ for answer in answers) == ["EnoughWritten"] * 3 + ["Statement"] * 3


def test_log_lines_hold_no_code_and_no_words(
    caplog: pytest.LogCaptureFixture, gathering: Gathering, organiser: Person, round_: Round
) -> None:
    with caplog.at_level("INFO"):
        somebody, code = verbs.make_voices(round_, residents=1, services=0, by=organiser, at=AT)[0]
        statement = verbs.write_statement(gathering, words="Snow on the mat", voice=somebody, at=AT)
        verbs.take_up(statement, by=organiser)
        verbs.vote(statement, voice=somebody, choice=AGREE, at=AT)
    assert "vote taken" in caplog.text
    assert [word for word in (code, "Snow", "Nasreen", "agree") if word in caplog.text] == []
