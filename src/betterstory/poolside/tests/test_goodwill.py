"""Three quiet questions: one word for all of us, and no way from it to anybody's own answer."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.people import verbs as people
from betterstory.people.keys import Spoilt, keyring
from betterstory.people.models import Person
from betterstory.poolside import goodwill, verbs
from betterstory.poolside.goodwill import AnsweredAlready, OverByNow, Word
from betterstory.poolside.models import Agreement, Goodwill, Poolside, Return, Slip
from betterstory.poolside.refusals import NotRoundThisTable
from conftest import AT, TODAY

DAY = timedelta(days=1)
OVER = TODAY + goodwill.OPEN_FOR + DAY
Welcome = Callable[..., Person]


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def check_in(agreement: Agreement, by: Person, on: date) -> Return:
    return verbs.come_back(
        agreement, held="Tea", not_held="Notes", changes="", next_on=on + 28 * DAY, by=by, on=on
    )


def say(poolside: Poolside, person: Person, words: Iterable[int], on: date) -> None:
    asked = goodwill.open_for(poolside, person, on=on)
    assert asked is not None, "it is open to them"
    goodwill.say(asked, words=[Word(each) for each in words], by=person, on=on)


def shown(poolside: Poolside) -> list[tuple[int, ...] | str]:
    """The line as anybody may read it: words, or why not."""
    return [tuple(map(int, point.words)) or point.why_not for point in goodwill.line(poolside)]


@pytest.fixture
def six(
    poolside: Poolside, organiser: Person, partner: Person, teller: Person, welcome: Welcome
) -> list[Person]:
    more = [welcome(name) for name in ("Ann", "Bob", "Cleo")]
    for person in more:
        people.join(circle=poolside.circle, person=person, at=AT, by=organiser)
    return [organiser, partner, teller, *more]


def test_the_middle_word_is_drawn_when_the_week_is_over(
    poolside: Poolside, agreement: Agreement, six: list[Person]
) -> None:
    check_in(agreement, six[0], TODAY)
    for person, words in zip(
        six, [(1, 4, 2), (2, 4, 2), (3, 4, 2), (3, 4, 3), (4, 4, 4), (4, 1, 4)], strict=True
    ):
        say(poolside, person, words, TODAY)
    assert shown(poolside) == ["still open"]
    assert goodwill.settle_those_due(on=TODAY + goodwill.OPEN_FOR) == 0, "its last day is a day to answer"
    assert goodwill.settle_those_due(on=OVER) == 1
    assert shown(poolside) == [(3, 4, 2)]
    assert goodwill.settle_those_due(on=OVER) == 0


def test_four_answers_show_nothing_and_are_thrown_away(
    poolside: Poolside, agreement: Agreement, six: list[Person]
) -> None:
    check_in(agreement, six[0], TODAY)
    for person in six[:4]:
        say(poolside, person, (1, 1, 1), TODAY)
    goodwill.settle_those_due(on=OVER)
    assert shown(poolside) == ["fewer than five of us answered"]
    kept = Goodwill.objects.get()
    assert (bytes(kept.urn_sealed), bytes(kept.middle_sealed)) == (b"", b"")


def test_five_are_enough(poolside: Poolside, agreement: Agreement, six: list[Person]) -> None:
    check_in(agreement, six[0], TODAY)
    for person in six[:5]:
        say(poolside, person, (2, 3, 4), TODAY)
    goodwill.settle_those_due(on=OVER)
    assert shown(poolside) == [(2, 3, 4)]


def test_a_circle_of_three_is_not_asked(poolside: Poolside, agreement: Agreement, organiser: Person) -> None:
    """What could never be shown is not collected."""
    check_in(agreement, organiser, TODAY)
    assert not Goodwill.objects.exists()
    assert goodwill.line(poolside) == []


def test_a_skip_asks_nothing_and_stands_on_the_line(
    poolside: Poolside, agreement: Agreement, six: list[Person]
) -> None:
    verbs.skip(agreement, why="Ill", next_on=TODAY + 28 * DAY, by=six[0], on=TODAY)
    assert not Goodwill.objects.exists()
    assert shown(poolside) == ["skipped"]


def test_each_answers_once(poolside: Poolside, agreement: Agreement, six: list[Person]) -> None:
    check_in(agreement, six[0], TODAY)
    asked = Goodwill.objects.get()
    say(poolside, six[1], (1, 1, 1), TODAY)
    assert goodwill.open_for(poolside, six[1], on=TODAY) is None
    before = bytes(Goodwill.objects.get().urn_sealed)
    with pytest.raises(AnsweredAlready):
        goodwill.say(asked, words=[Word.YES] * 3, by=six[1], on=TODAY)
    assert bytes(Goodwill.objects.get().urn_sealed) == before


def test_nobody_outside_and_nobody_who_left_answers(
    poolside: Poolside, agreement: Agreement, six: list[Person], steward: Person
) -> None:
    check_in(agreement, six[0], TODAY)
    asked = Goodwill.objects.get()
    people.leave(circle=poolside.circle, person=six[5], at=at(TODAY), by=six[5])
    before = bytes(asked.urn_sealed)
    for outsider in (steward, six[5]):
        with pytest.raises(NotRoundThisTable):
            goodwill.say(asked, words=[Word.YES] * 3, by=outsider, on=TODAY)
    assert bytes(Goodwill.objects.get().urn_sealed) == before
    assert not Slip.objects.exists()


def test_a_late_answer_is_refused_before_and_after_it_is_settled(
    poolside: Poolside, agreement: Agreement, six: list[Person]
) -> None:
    """Five answers now and a sixth later would show the sixth."""
    check_in(agreement, six[0], TODAY)
    asked = Goodwill.objects.get()
    for person in six[:5]:
        say(poolside, person, (4, 4, 4), TODAY)
    for settle in (False, True):
        if settle:
            goodwill.settle_those_due(on=OVER)
        with pytest.raises(OverByNow):
            goodwill.say(asked, words=[Word.NO] * 3, by=six[5], on=OVER)
    assert shown(poolside) == [(4, 4, 4)]


def test_a_second_check_in_within_the_week_asks_nothing(
    poolside: Poolside, agreement: Agreement, six: list[Person]
) -> None:
    """Asking again and again, with one answer more each time, would tell what that answer was."""
    check_in(agreement, six[0], TODAY)
    check_in(agreement, six[0], TODAY + DAY)
    assert Goodwill.objects.count() == 1
    check_in(agreement, six[0], OVER)
    assert Goodwill.objects.count() == 2
    assert Goodwill.objects.first().stands == Goodwill.Stands.TOO_FEW, "the earlier one was closed on the way"  # type: ignore[union-attr]


@pytest.mark.parametrize("who", ["leaves", "comes"])
def test_right_after_somebody_comes_or_goes_the_line_waits_once(
    poolside: Poolside, agreement: Agreement, six: list[Person], welcome: Welcome, who: str
) -> None:
    """Six answer, one leaves, the five answer the same: the difference would be the one who left."""
    lines = []
    for number in range(3):
        day = TODAY + number * 14 * DAY
        if number == 1 and who == "leaves":
            people.leave(circle=poolside.circle, person=six[5], at=at(day), by=six[5])
        if number == 1 and who == "comes":
            people.join(circle=poolside.circle, person=welcome("Dee"), at=at(day))
        check_in(agreement, six[0], day)
        for person in six if number == 0 else six[:5]:
            say(poolside, person, (2, 2, 2), day)
        goodwill.settle_those_due(on=day + goodwill.OPEN_FOR + DAY)
        lines.append(shown(poolside)[-1])
    assert lines == [(2, 2, 2), "somebody came or went since the last time", (2, 2, 2)]


def test_somebody_who_answers_and_leaves_within_the_week_makes_it_wait_too(
    poolside: Poolside, agreement: Agreement, six: list[Person]
) -> None:
    for day in (TODAY, TODAY + 14 * DAY):
        check_in(agreement, six[0], day)
        for person in six:
            say(poolside, person, (3, 3, 3), day)
        if day > TODAY:
            people.leave(circle=poolside.circle, person=six[5], at=at(day + 3 * DAY), by=six[5])
        goodwill.settle_those_due(on=day + goodwill.OPEN_FOR + DAY)
    assert shown(poolside) == [(3, 3, 3), "somebody came or went since the last time"]


@pytest.mark.parametrize("many", [5, 6, 7])
def test_one_of_us_learns_nobody_elses_answer_from_the_middle(many: int) -> None:
    """For every set of answers, every observer and every other: the other could have said two things.

    Everybody answering the same is among them: a mean would say each one's answer then.
    """
    could: dict[tuple[int, int], set[int]] = {}
    for others in combinations_with_replacement(Word, many - 1):
        for mine in Word:
            said = goodwill.middle([[mine, *others].count(word) for word in Word])
            could.setdefault((mine, said), set()).update(others)
    for seen, answers in could.items():
        assert len(answers) > 1, f"one's own answer and the middle, {seen}, tell the rest"
    assert could, "there was something to learn"


def test_the_naive_mean_falls_to_that_attack() -> None:
    could: dict[tuple[int, float], set[int]] = {}
    for others in combinations_with_replacement(Word, 4):
        for mine in Word:
            could.setdefault((mine, (mine + sum(others)) / 5), set()).update(others)
    assert any(len(answers) == 1 for answers in could.values())


def test_nothing_in_the_rows_says_who_answered_what(
    poolside: Poolside, agreement: Agreement, six: list[Person]
) -> None:
    """Whoever has the database and the key reads how often each word was said; after the week, not that."""
    check_in(agreement, six[0], TODAY)
    for person in six:
        say(poolside, person, (1, 2, 3), TODAY)
    asked = Goodwill.objects.get()
    assert b"0006" not in bytes(asked.urn_sealed)
    opened = keyring().open(asked.urn_sealed, name="poolside.goodwill.urn", row=asked.uuid)
    assert opened == "000600000000" + "0000" + "000000060000" + "0000" + "000000000006" + "0000"
    assert {field.name for field in Slip._meta.fields} == {"id", "goodwill", "person"}, "no moment, no word"
    goodwill.settle_those_due(on=OVER)
    asked.refresh_from_db()
    assert bytes(asked.urn_sealed) == b""
    assert not Slip.objects.exists(), "nor who took part"


def test_an_urn_has_the_same_length_whatever_is_in_it(
    poolside: Poolside, agreement: Agreement, six: list[Person]
) -> None:
    check_in(agreement, six[0], TODAY)
    before = len(bytes(Goodwill.objects.get().urn_sealed))
    for person in six:
        say(poolside, person, (4, 4, 4), TODAY)
    assert len(bytes(Goodwill.objects.get().urn_sealed)) == before


def test_a_middle_moved_to_another_check_in_does_not_open(
    poolside: Poolside, agreement: Agreement, six: list[Person]
) -> None:
    for day, number in ((TODAY, 1), (TODAY + 14 * DAY, 4)):
        check_in(agreement, six[0], day)
        for person in six:
            say(poolside, person, (number,) * 3, day)
        goodwill.settle_those_due(on=day + goodwill.OPEN_FOR + DAY)
    first, second = Goodwill.objects.order_by("pk")
    Goodwill.objects.filter(pk=first.pk).update(middle_sealed=second.middle_sealed)
    with pytest.raises(Spoilt):
        goodwill.line(poolside)


def test_no_log_line_says_who_answered(
    poolside: Poolside, agreement: Agreement, six: list[Person], caplog: pytest.LogCaptureFixture
) -> None:
    check_in(agreement, six[0], TODAY)
    caplog.set_level("INFO")
    caplog.clear()
    say(poolside, six[1], (1, 2, 3), TODAY)
    assert caplog.messages == [f"goodwill said goodwill={Goodwill.objects.get().pk}"]


@given(st.lists(st.sampled_from(Word), min_size=5, max_size=30))
def test_the_middle_is_a_word_that_somebody_said_and_half_lie_on_each_side(said: list[Word]) -> None:
    found = goodwill.middle([said.count(word) for word in Word])
    assert found in said
    assert sum(word <= found for word in said) * 2 >= len(said)
    assert sum(word >= found for word in said) * 2 >= len(said)


def test_all_answers_to_all_questions_are_counted_apart() -> None:
    for first, second in product(Word, Word):
        assert goodwill.middle([5 if word == first else 0 for word in Word]) == first
        assert goodwill.middle([2 if word == second else 0 for word in Word]) == second
