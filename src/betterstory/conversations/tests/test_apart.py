"""Halves of a room beside each other, sentences that say the opposite, and what was found about sides."""

from collections.abc import Callable
from itertools import product
from random import Random
from typing import Any

import pytest

from betterstory.conversations import grouping, verbs
from betterstory.conversations.apart import LEAST_IN_A_PART, Tally, say_places, say_sides, set_apart
from betterstory.conversations.grouping import Answer, Grouped, Sides
from betterstory.conversations.models import Finding, Gathering, Opposites, Statement, Vote
from betterstory.conversations.results import Found, count_up, read_results
from betterstory.conversations.tests.test_results import room
from betterstory.conversations.verbs.finding import answers_of
from betterstory.conversations.verbs.statements import NotOpposites
from betterstory.conversations.verdicts import say, say_in_groups
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from conftest import AT

MakeVoice = Callable[..., tuple[Any, str]]
Send = Callable[..., Any]


def test_the_hall_and_elsewhere_stand_beside_each_other() -> None:
    results = room(
        """
        side          bus      queue
        resident@hall  12a6d    18a
        service@home   6a8d     14a
        """
    )
    assert (results.in_hall, results.elsewhere) == (18, 14)
    bus, queue = results.each
    assert bus.places_in_words == "In the hall 12 of 18 agree; elsewhere 6 of 14."
    assert queue.places_in_words == "Most in the hall agree, and so do most elsewhere."
    assert bus.found == Found.DIFFERENT, "most elsewhere do not"


def test_few_from_elsewhere_are_not_set_apart_in_any_word() -> None:
    results = room("side all\nresident@hall 20a\nservice@home 4d")
    assert (results.in_hall, results.elsewhere) == (None, None)
    assert (results.each[0].places, results.each[0].places_in_words) == (None, "")
    assert results.each[0].found == Found.AGREED, "too small to tip it"


def test_one_answer_in_the_hall_makes_a_voice_one_of_the_hall() -> None:
    statements = [Statement(pk=n, number=n, words=str(n)) for n in (1, 2)]
    rows = [Answer(1, voice, "resident", 1, True) for voice in range(6)]
    rows += [Answer(2, voice, "resident", 1, False) for voice in range(12)]
    assert (count_up(statements, rows).in_hall, count_up(statements, rows).elsewhere) == (6, 6)


def test_no_half_of_any_kind_ever_shows_a_part_under_five() -> None:
    for one_agree, one_rest, other_agree, other_rest in product(range(4, 8), repeat=4):
        apart = set_apart(Tally(one_agree, 0, one_rest), Tally(other_agree, other_rest, 0))
        assert apart is not None
        shown = min(one_agree, one_rest, other_agree, other_rest) >= LEAST_IN_A_PART
        assert apart.is_shown is shown
        for words in (say_sides(apart), say_places(apart)):
            assert any(letter.isdigit() for letter in words) is shown


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (Tally(8, 0, 2), Tally(9, 0, 1), "Most who live here agree, and so do most from services."),
        (Tally(8, 0, 2), Tally(4, 2, 4), "Most who live here agree; those from services are of two minds."),
        (Tally(2, 0, 8), Tally(9, 0, 1), "Most who live here do not agree; most from services do."),
    ],
)
def test_which_way_each_half_leans_is_said_in_words(one: Tally, other: Tally, said: str) -> None:
    apart = set_apart(one, other)
    assert apart is not None
    assert say_sides(apart) == said


def twelve(gathering: Gathering, organiser: Person, *choices: tuple[Statement, int]) -> None:
    """Six of each side say the same."""
    for voice, _code in verbs.make_voices(gathering.round, residents=6, services=6, by=organiser, at=AT):
        for statement, choice in choices:
            verbs.vote(statement, voice=voice, choice=Vote.Choice(choice), at=AT)


def test_two_opposites_both_agreed_are_asked_again(
    gathering: Gathering, statements: list[Statement], organiser: Person
) -> None:
    one, other, third = statements
    twelve(gathering, organiser, (one, 1), (other, 1), (third, 1))
    assert [each.found for each in read_results(gathering).each] == [Found.AGREED] * 3
    verbs.mark_opposites(other, one, by=organiser)
    results = read_results(gathering)
    assert [each.found for each in results.each] == [Found.ASK_AGAIN, Found.ASK_AGAIN, Found.AGREED]
    assert results.each[0].opposite == other
    assert results.agreed == [results.each[2]]


@pytest.mark.parametrize("choices", [(1, -1), (-1, -1), (1, 0)])
def test_opposites_that_are_not_both_agreed_stay_where_they_are(
    choices: tuple[int, int], gathering: Gathering, statements: list[Statement], organiser: Person
) -> None:
    twelve(gathering, organiser, (statements[0], choices[0]), (statements[1], choices[1]))
    before = [each.found for each in read_results(gathering).each]
    verbs.mark_opposites(statements[0], statements[1], by=organiser)
    assert [each.found for each in read_results(gathering).each] == before


def test_who_marks_opposites_and_which(
    statements: list[Statement], organiser: Person, resident: Person, send: Send
) -> None:
    with pytest.raises(NotYours):
        verbs.mark_opposites(statements[0], statements[1], by=resident)
    with pytest.raises(NotOpposites):
        verbs.mark_opposites(statements[0], statements[0], by=organiser)
    assert not Opposites.objects.exists()
    for one, other in ((0, 1), (1, 0)):  # the second says the same
        send(organiser, "opposite", statements[one].pk, other=statements[other].pk)
    marked = Opposites.objects.get()
    with pytest.raises(NotYours):
        verbs.unmark_opposites(marked, by=resident)
    send(organiser, "not_opposite", marked.pk)
    assert not Opposites.objects.exists()


def test_what_was_found_is_of_these_answers_and_no_others(
    gathering: Gathering, statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    twelve(gathering, organiser, (statements[0], 1))
    verbs.work_out.call(gathering.pk)
    assert not Finding.objects.exists(), "not while answers come in"
    verbs.close_voting(gathering, by=organiser)
    verbs.work_out.call(gathering.pk)
    sides = read_results(gathering).sides
    assert sides is not None
    assert (sides.verdict, sides.people) == ("too few", 12)
    verbs.open_voting(gathering, by=organiser)
    somebody = verbs.make_voices(gathering.round, residents=1, services=0, by=organiser, at=AT)[0][0]
    verbs.vote(statements[0], voice=somebody, choice=Vote.Choice.DISAGREE, at=AT)
    assert read_results(gathering).sides is None, "one more answer, and it is worked out anew"


def test_closing_and_putting_aside_have_it_worked_out(
    gathering: Gathering,
    statements: list[Statement],
    organiser: Person,
    django_capture_on_commit_callbacks: Any,
) -> None:
    twelve(gathering, organiser, (statements[0], 1), (statements[1], 1))
    with django_capture_on_commit_callbacks(execute=True):
        verbs.close_voting(gathering, by=organiser)
    assert read_results(gathering).sides is not None
    statement = Statement.objects.get(pk=statements[1].pk)
    with django_capture_on_commit_callbacks(execute=True):
        verbs.put_aside(statement, because="Two things at once.", by=organiser)
    sides = read_results(gathering).sides
    assert sides is not None
    assert statement.pk not in sides.order


def test_until_then_the_page_says_that_we_are_still_looking(
    gathering: Gathering, statements: list[Statement], organiser: Person, signed_in_client: Any
) -> None:
    twelve(gathering, organiser, (statements[0], 1))
    verbs.close_voting(gathering, by=organiser)
    address = f"/conversations/{gathering.pk}/results/"
    page = signed_in_client(organiser).get(address).content.decode()
    assert "We are still looking." in page
    assert "12 of 12 agree." in page, "the numbers stand already"
    verbs.work_out.call(gathering.pk)
    assert (
        "With fewer than 20 we do not look for sides."
        in signed_in_client(organiser).get(address).content.decode()
    )


def two_camps(each: int = 14, statements: int = 30) -> list[Answer]:
    """Two camps that say the opposite to nearly everything."""
    chance = Random(5)
    return [
        Answer(
            one,
            voice,
            "resident",
            (1 if chance.random() < 0.92 else -1) * (1 if (voice < each) == (one % 2 > 0) else -1),
        )
        for voice in range(2 * each)
        for one in range(1, statements + 1)
    ]


def test_sides_that_hold_are_named_by_their_sentences_and_nobody_is_told_theirs() -> None:
    rows = two_camps()
    sides = grouping.work_out(rows, list(range(1, 31)), seed=1)
    assert sides.verdict == "two groups"
    assert sorted(one % 2 for one in sides.named_by) == [0, 1], "each by one it agrees with"
    kept = Sides.from_json(sides.to_json())
    assert kept == sides
    said = say(kept, {n: Statement(pk=n, number=n, words=f"Sentence {n}.") for n in range(1, 31)})
    assert said.heading == "Two ways of seeing it"
    assert len(said.named_by) == 2
    assert "Nobody is told which side is theirs." in said.sentences[0]
    assert not any(
        part for each in sides.grouped.values() if each.parts for part in each.parts if min(part) < 5
    )


def test_no_sides_are_named_where_none_hold() -> None:
    chance = Random(3)
    rows = [
        Answer(one, voice, "resident", chance.choice([1, -1])) for voice in range(40) for one in range(1, 16)
    ]
    sides = grouping.work_out(rows, list(range(1, 16)), seed=1)
    assert (sides.verdict, sides.named_by, sides.grouped) == ("no pattern", (), {})


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([(9, 5, 14), (5, 9, 14), (0, 0, 0)], True),
        ([(10, 4, 14), (5, 9, 14), (0, 0, 0)], False),  # four do not
        ([(9, 5, 14), (5, 9, 14), (2, 0, 2)], False),  # two on no side, worked out from the whole
        ([(9, 5, 14), (5, 9, 14), (5, 5, 10)], True),
    ],
)
def test_numbers_of_sides_are_shown_only_with_five_in_every_part(
    parts: list[tuple[int, int, int]], shown: bool
) -> None:
    assert (grouping._show(parts).parts is not None) is shown


@pytest.mark.parametrize(
    ("grouped", "said"),
    [
        (Grouped(((9, 14), (5, 14)), (1, -1)), "From the first side on: 9 of 14, 5 of 14 agree."),
        (Grouped(None, (1, 1)), "On every side most say the same."),
        (Grouped(None, (1, -1)), "One side mostly agrees. Another mostly does not. Both have their reasons."),
        (Grouped(None, (1, 0)), ""),
    ],
)
def test_a_sentence_as_the_sides_see_it(grouped: Grouped, said: str) -> None:
    assert say_in_groups(grouped) == said


@pytest.mark.parametrize("neither", [None, 0, 6])
def test_a_few_on_no_side_are_not_counted_out(neither: int | None) -> None:
    sides = Sides("two groups", 40, 30, 90, (), neither=neither)
    words = " ".join(say(sides, {}).sentences)
    assert ("A few of us" in words, "6 of us" in words) == (neither is None, neither == 6)


def test_what_stands_for_the_answers_does_not_depend_on_their_order(
    gathering: Gathering, statements: list[Statement], organiser: Person
) -> None:
    twelve(gathering, organiser, (statements[0], 1), (statements[1], -1))
    asked = [each.pk for each in statements]
    rows = answers_of(gathering, asked)
    assert grouping.mark_of(rows, asked) == grouping.mark_of(rows[::-1], asked[::-1])
    changed = [rows[0]._replace(choice=0), *rows[1:]]
    assert grouping.mark_of(rows, asked) != grouping.mark_of(changed, asked)
    assert grouping.mark_of(rows, asked) != grouping.mark_of(rows, asked[:2])


def test_what_is_shared_at_both_ends_stands_before_what_one_side_loves() -> None:
    """Twenty camps apart on the rest: all of one love the first, both like the second."""
    rows = two_camps(each=10, statements=10)
    rows += [Answer(11, voice, "resident", 1 if voice < 10 or voice % 2 else -1) for voice in range(20)]
    rows += [Answer(12, voice, "resident", 1 if voice % 5 else -1) for voice in range(20)]
    order = grouping.rank(rows, list(range(1, 13)))
    assert order.index(12) < order.index(11)
