"""A clock that jumps: what a card pressed last holds, and nothing is lost, counted twice or kept too long."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import GapAsked, Gathering, MeToo, Statement, Voice, Vote, WritingUp
from betterstory.people.models import Person
from betterstory.stories.models import Version
from conftest import AT

MakeVoice = Callable[..., tuple[Voice, str]]
AGREE, NOT_SURE, DISAGREE = Vote.Choice.AGREE, Vote.Choice.PASS, Vote.Choice.DISAGREE
JUMPS = [timedelta(hours=-3), timedelta(0), timedelta(days=400), timedelta(days=-400)]


@pytest.mark.parametrize("jump", JUMPS)
def test_what_was_pressed_last_holds_whatever_the_clock_says(
    jump: timedelta, statements: list[Statement], voice: MakeVoice
) -> None:
    card, _code = voice()
    for choice, at in ((AGREE, AT), (NOT_SURE, AT + jump), (DISAGREE, AT + timedelta(seconds=1))):
        verbs.vote(statements[0], voice=card, choice=choice, at=at)
        assert list(Vote.objects.values_list("choice", "at")) == [(choice, at)]


@pytest.mark.parametrize("jump", JUMPS)
def test_a_me_too_said_again_under_another_clock_counts_once(
    jump: timedelta, gathering: Gathering, version_for_room: Version, voice: MakeVoice, organiser: Person
) -> None:
    gap = version_for_room.pieces.select_related("version__story").get(kind="gap")
    asked = verbs.ask_about_gap(gathering, piece=gap, words="I had to start again.", by=organiser, at=AT)
    card, _code = voice()
    verbs.say_me_too(asked, voice=card, at=AT)
    if jump < timedelta(days=91):  # while its teller's yes holds
        verbs.say_me_too(GapAsked.objects.get(), voice=card, at=AT + max(jump, timedelta(0)))
    assert list(MeToo.objects.values_list("said_at", flat=True)) == [AT]


def test_a_clock_set_back_after_the_evening_says_it_has_not_begun_and_keeps_nothing(
    gathering: Gathering, organiser: Person
) -> None:
    with pytest.raises(verbs.NotYetMet) as refused:
        verbs.say_typed(gathering, by=organiser, at=AT - timedelta(days=400))
    assert refused.value.sentence.endswith(("it.", "it"))
    assert not WritingUp.objects.exists()


def test_read_back_before_it_was_typed_is_no_day(gathering: Gathering, organiser: Person) -> None:
    """Typed under a clock that was ahead: put right by saying a day that both clocks know."""
    ahead: datetime = gathering.at + timedelta(days=3)
    verbs.say_typed(gathering, by=organiser, at=ahead)
    with pytest.raises(verbs.NotThatDay):
        verbs.say_read_back(gathering, on=gathering.at.date(), by=organiser, at=gathering.at)
    assert not WritingUp.objects.exclude(read_back_on=None).exists()
    verbs.say_read_back(gathering, on=ahead.date(), by=organiser, at=ahead)
    assert WritingUp.objects.get().read_back_on == ahead.date()
