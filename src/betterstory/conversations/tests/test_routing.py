"""Which sentence comes next: the most telling ones more often, the same one for a page asked for again."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from betterstory.conversations import grouping, routing, verbs
from betterstory.conversations.grouping import Answer
from betterstory.conversations.models import Gathering, Statement, Voice, Vote
from betterstory.conversations.pages import slips
from betterstory.conversations.tests._phone import begin, hidden, press, title
from betterstory.people.models import Person
from conftest import AT

MakeVoice = Callable[..., tuple[Voice, str]]


def sentences(many: int) -> list[Statement]:
    return [Statement(pk=n, number=n, words=f"Sentence {n}") for n in range(1, many + 1)]


def test_chance_grows_with_how_telling_a_sentence_is() -> None:
    drawn: Counter[int] = Counter()
    for n in range(4000):
        found = routing.pick_next(UUID(int=n), sentences(3), weights={1: 1.0, 2: 2.0, 3: 5.0})
        assert found is not None
        drawn[found.pk] += 1
    for pk, share in ((1, 1 / 8), (2, 2 / 8), (3, 5 / 8)):
        assert drawn[pk] / 4000 == pytest.approx(share, abs=0.03)


def test_the_same_voice_is_drawn_the_same_sentence_again_and_another_voice_another() -> None:
    many = sentences(12)
    first = [routing.pick_next(UUID(int=7), many, weights={}) for _n in range(3)]
    assert len({each.pk for each in first if each}) == 1
    met = {found.pk for n in range(60) if (found := routing.pick_next(UUID(int=n), many, weights={}))}
    assert len(met) > 8
    assert routing.pick_next(UUID(int=7), [], weights={}) is None


def test_before_anybody_answers_all_are_alike_and_then_the_unseen_come_first() -> None:
    assert grouping.priorities([], [1, 2, 3]) == {1: 1.0, 2: 1.0, 3: 1.0}
    rows = [Answer(one, voice, "resident", 1) for voice in range(30) for one in range(1, 10)]
    weights = grouping.priorities(rows, list(range(1, 11)))
    assert max(weights, key=lambda one: weights[one]) == 10


def test_from_elsewhere_all_are_met_once_and_a_page_sent_again_shows_the_same(
    gathering: Gathering, organiser: Person, voice: MakeVoice
) -> None:
    for n in range(6):
        verbs.add_statement(gathering, words=f"Sentence {n}", by=organiser, at=AT)
    phone, met = Client(), []
    page = begin(phone, voice()[1])
    while title(page) != "Thank you":
        met.append(title(page))
        again = press(phone, page, "agree")
        assert title(press(phone, page, "agree")) == title(again)
        page = again
    assert sorted(met) == [f"Sentence {n}" for n in range(6)]
    assert Vote.objects.count() == 6


def test_what_was_left_out_is_not_drawn_again_until_it_is_asked_for(
    statements: list[Statement], voice: MakeVoice
) -> None:
    phone = Client()
    page = begin(phone, voice()[1])
    left = title(page)
    for _n in range(3):
        page = press(phone, page, "skip" if title(page) == left else "agree")
    assert title(page) == "Thank you"
    assert title(press(phone, page, "", form=0)) == left


@pytest.fixture
def tonight(gathering: Gathering) -> Gathering:
    gathering.at = AT - timedelta(hours=1)
    gathering.save()
    return gathering


def test_while_it_is_on_the_card_says_where_it_is_and_the_hall_follows_the_sheet(
    tonight: Gathering, statements: list[Statement], voice: MakeVoice
) -> None:
    somebody, code = voice()
    answer = Client().post(f"/v/{tonight.pk}/", {"code": code})
    assert (answer.status_code, b"Where are you now?" in answer.content) == (422, True)
    phone = Client()
    page = phone.post(f"/v/{tonight.pk}/", {"code": code, "where": "hall"}).content.decode()
    for statement in statements:
        assert title(page) == statement.words
        page = press(phone, page, "agree")
    assert set(Vote.objects.filter(voice=somebody).values_list("in_room", "channel")) == {(True, "phone")}


def test_from_elsewhere_and_on_other_days_nobody_is_in_the_hall(
    tonight: Gathering, statements: list[Statement], voice: MakeVoice
) -> None:
    phone = Client()
    page = phone.post(f"/v/{tonight.pk}/", {"code": voice()[1], "where": "elsewhere"}).content.decode()
    press(phone, page, "agree")
    tonight.at = AT - timedelta(days=2)
    tonight.save()
    claimed = phone.post(f"/v/{tonight.pk}/", {"code": voice()[1], "where": "hall"}).content.decode()
    press(phone, claimed, "agree")
    assert list(Vote.objects.values_list("in_room", flat=True)) == [False, False]
    said_of_another = slips.sits_in_room("hall", tonight, AT)  # typed while some other gathering was on
    assert not said_of_another


def test_a_card_in_use_on_two_phones_is_one_voice_and_the_older_phone_is_told(
    statements: list[Statement], voice: MakeVoice
) -> None:
    somebody, code = voice()
    mine, other = Client(), Client()
    here = begin(mine, code)
    there = begin(other, code)
    assert "on another phone" not in press(other, there, "disagree")
    after = press(mine, here, "agree")
    assert "This card has begun on another phone since." in after
    votes = Vote.objects.filter(voice=somebody)
    assert len(votes) == len({vote.statement_id for vote in votes})


def test_an_answer_of_a_page_too_old_goes_along_with_the_code(
    statements: list[Statement], gathering: Gathering, voice: MakeVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a clock jumps forward: nothing pressed is lost."""
    phone, (_somebody, code) = Client(), voice()
    page = begin(phone, code)
    words = title(page)
    monkeypatch.setattr(slips, "EVENING", timedelta(seconds=-1))
    old = phone.post(f"/v/{gathering.pk}/", {**hidden(page), "said": "agree"})
    assert old.status_code == 422
    assert "It goes along with your code." in old.content.decode()
    assert not Vote.objects.exists()
    phone.post(f"/v/{gathering.pk}/", {**hidden(old.content.decode()), "code": code})
    assert list(Vote.objects.values_list("statement__words", "choice")) == [(words, 1)]


def test_a_stolen_card_is_replaced_and_stops_at_once(
    statements: list[Statement], voice: MakeVoice, organiser: Person, resident: Person, gathering: Gathering
) -> None:
    from betterstory.people.verbs import NotYours  # noqa: PLC0415 - this test alone

    somebody, code = voice()
    thief = Client()
    page = begin(thief, code)
    verbs.vote(statements[0], voice=somebody, choice=Vote.Choice.AGREE, at=AT)
    verbs.write_statement(gathering, words="Open on Sundays.", voice=somebody, at=AT)
    with pytest.raises(NotYours):
        verbs.replace_voice(code, by=resident, at=AT)
    new, fresh = verbs.replace_voice(code, by=organiser, at=AT)
    assert "Type your code again." in press(thief, page, "disagree")
    with pytest.raises(verbs.CardUnknown):
        verbs.find_voice(code)
    assert verbs.find_voice(fresh) == new
    assert (new.side, new.round_id) == (somebody.side, somebody.round_id)
    assert list(Vote.objects.values_list("voice", "choice")) == [(new.pk, 1)]
    assert Statement.objects.get(words="Open on Sundays.").written_by == new


def test_the_page_that_replaces_shows_the_new_code_once(
    send: Any, gathering: Gathering, voice: MakeVoice, organiser: Person
) -> None:
    _somebody, code = voice()
    for typed, status in (("K7TP 4M2X", 422), ("K7TP 4M20", 422), (code, 200), (code, 422)):
        answer = send(organiser, "replace_voice", gathering.round_id, code=typed)
        assert answer.status_code == status
    assert Voice.objects.filter(lost_at=None).count() == 1
