"""What a lesson must say, how it is written again, and what is never lost."""

import logging
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from betterstory.learning import verbs
from betterstory.learning.models import Lesson, Points, Wording
from betterstory.learning.tests.conftest import OTHER_WORDS, WORDS
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.promises.models import Ask, Promise
from betterstory.stories.models import Gap
from conftest import TODAY

PARTS = [
    ("tried", verbs.NothingSaid),
    ("saw", verbs.NothingSaid),
    ("worse", verbs.SayWhatGotWorse),
    ("now", verbs.NothingSaid),
]


@pytest.mark.parametrize(("part", "refused"), PARTS)
@pytest.mark.parametrize("empty", ["", "   ", "\n\t "])
def test_four_parts_must_be_answered(
    part: str, refused: type[Exception], empty: str, round_: Round, organiser: Person
) -> None:
    with pytest.raises(refused):
        verbs.write(replace(WORDS, **{part: empty}), round=round_, by=organiser, on=TODAY)
    assert not Lesson.objects.exists(), "nothing is half written"


def test_nothing_that_we_know_of_is_an_answer(round_: Round, organiser: Person) -> None:
    made = verbs.write(OTHER_WORDS, round=round_, by=organiser, on=TODAY)
    assert (made.words.worse, made.words.surprised) == ("Nothing that we know of.", "")


def test_the_database_too_wants_what_got_worse(lesson: Lesson) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Wording.objects.filter(lesson=lesson).update(worse="")


@pytest.mark.parametrize("part", ["tried", "saw", "surprised", "worse", "now"])
def test_twenty_thousand_words_are_too_many(part: str, round_: Round, organiser: Person) -> None:
    with pytest.raises(verbs.TooLong) as refused:
        verbs.write(replace(WORDS, **{part: "word " * 20_000}), round=round_, by=organiser, on=TODAY)
    assert "600 letters" in refused.value.sentence
    assert not Lesson.objects.exists()


def test_written_again_the_words_before_stay(
    lesson: Lesson, tomasz: Person, promise: Promise, gap: Gap
) -> None:
    verbs.write_again(
        lesson,
        OTHER_WORDS,
        after=1,
        because="It was too long.",
        by=tomasz,
        on=TODAY,
        points=[promise, gap, promise],
    )
    now = Lesson.objects.with_words().get()
    assert (now.version, now.words.now, now.words.because) == (2, OTHER_WORDS.now, "It was too long.")
    assert Wording.objects.get(lesson=lesson, number=1).now == WORDS.now
    assert Points.objects.count() == 2, "each thing once, under the new words alone"
    assert Lesson.objects.that_point_to(_q(promise=promise)).count() == 1


def test_what_it_no_longer_points_to_leads_to_it_no_more(
    lesson: Lesson, tomasz: Person, promise: Promise
) -> None:
    verbs.write_again(lesson, WORDS, after=1, because="a", by=tomasz, on=TODAY, points=[promise])
    verbs.write_again(lesson, WORDS, after=2, because="b", by=tomasz, on=TODAY)
    assert not Lesson.objects.that_point_to(_q(promise=promise)).exists()


def _q(**what: object) -> Q:
    return Q(**what)


def test_it_is_not_written_over_newer_words(lesson: Lesson, tomasz: Person, organiser: Person) -> None:
    verbs.write_again(lesson, OTHER_WORDS, after=1, because="plainer", by=tomasz, on=TODAY)
    with pytest.raises(verbs.NewerWords):
        verbs.write_again(lesson, WORDS, after=1, because="as it was", by=organiser, on=TODAY)
    assert Lesson.objects.with_words().get().words.now == OTHER_WORDS.now


def test_written_again_it_says_why(lesson: Lesson, tomasz: Person) -> None:
    with pytest.raises(verbs.NothingSaid):
        verbs.write_again(lesson, OTHER_WORDS, after=1, because=" ", by=tomasz, on=TODAY)
    assert Lesson.objects.get().version == 1


def test_it_points_to_a_dozen_things_at_most(round_: Round, organiser: Person, ask: Ask) -> None:
    asks = [ask]
    for _each in range(verbs.MOST_POINTS):
        ask = Ask.objects.get(pk=asks[0].pk)
        ask.pk = None
        ask.save()
        asks.append(ask)
    with pytest.raises(verbs.TooManyPoints):
        verbs.write(WORDS, round=round_, by=organiser, on=TODAY, points=asks)
    assert not Lesson.objects.exists()
    assert verbs.write(WORDS, round=round_, by=organiser, on=TODAY, points=asks[1:])


def test_offered_once(offered: Lesson, tomasz: Person) -> None:
    with pytest.raises(verbs.AlreadyOffered):
        verbs.offer(offered, by=tomasz, on=TODAY)


def test_old_words_are_taken_out_and_why_stays(lesson: Lesson, tomasz: Person, organiser: Person) -> None:
    first = lesson.wordings.get()
    with pytest.raises(verbs.StillStands):
        verbs.take_out(first, because="A name stood there.", by=organiser, on=TODAY)
    verbs.write_again(lesson, OTHER_WORDS, after=1, because="A name.", by=tomasz, on=TODAY)
    with pytest.raises(verbs.NotYoursToWrite):
        verbs.take_out(first, because="A name stood there.", by=tomasz, on=TODAY)
    with pytest.raises(verbs.NothingSaid):
        verbs.take_out(first, because="", by=organiser, on=TODAY)
    assert lesson.wordings.get(number=1).tried == WORDS.tried
    verbs.take_out(lesson.wordings.get(number=1), because="A name stood there.", by=organiser, on=TODAY)
    gone = lesson.wordings.get(number=1)
    assert [gone.tried, gone.saw, gone.surprised, gone.worse, gone.now] == [""] * 5
    assert (gone.taken_out_on, gone.taken_out_because) == (TODAY, "A name stood there.")
    assert Lesson.objects.with_words().get().words.now == OTHER_WORDS.now


def test_logs_hold_numbers_and_no_words(
    round_: Round, organiser: Person, side: Round, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="betterstory.learning"):
        made = verbs.offer(verbs.write(WORDS, round=round_, by=organiser, on=TODAY), by=organiser, on=TODAY)
        verbs.say_how(
            made, round=side, standing="trying", reason="We like Nasreen’s way.", by=organiser, on=TODAY
        )
        verbs.tell_outcome(
            made, who="Helen", what="rang", matters="it", our_part="ours", by=organiser, on=TODAY
        )
    assert len(caplog.records) == 4
    for word in ("Nasreen", "Helen", "rang", "knock", "like"):
        assert word not in caplog.text
