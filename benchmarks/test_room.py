"""The bench of a room sees an answer that was lost, changed or never given. Speed is not held here."""

import argparse
from typing import Any

import pytest
from django.utils import timezone

from benchmarks import room


@pytest.fixture
def plan(db: None) -> dict[str, Any]:
    return room.make_room(4)


def vote(plan: dict[str, Any], card: int, statement: int, choice: int) -> None:
    from betterstory.conversations.models import Vote  # noqa: PLC0415 - Django is set up by now

    Vote.objects.create(
        voice_id=plan["cards"][card],
        statement_id=statement,
        choice=choice,
        channel="phone",
        at=timezone.now(),
    )


def kept(plan: dict[str, Any]) -> dict[str, Any]:
    """What four phones were told: each answered the first two sentences."""
    said = {f"{card} {statement}": 1 for card in range(4) for statement in plan["statements"][:2]}
    return {"said": said, "unsure": [], "seconds": [0.01] * 8, "wrong": [], "lags": [0.1], "pressed_twice": 1}


def in_order(plan: dict[str, Any]) -> None:
    for card in range(4):
        for statement in plan["statements"][:2]:
            vote(plan, card, statement, 1)


def asked() -> argparse.Namespace:
    return argparse.Namespace(voices=4, seconds=2.0, pause=2.0, site="hall", threads=None, from_a_story=0)


def test_all_in_order(plan: dict[str, Any]) -> None:
    in_order(plan)
    found = room.compare(plan, kept(plan))
    assert found.pop("acknowledged") == 8
    assert set(found.values()) == {0}
    said = room.summed_up(asked(), kept(plan), room.compare(plan, kept(plan)), 0.08)
    assert said["within_goal"]
    assert said["processor_ms_an_answer"] == 10


def test_what_is_lost_changed_or_never_given_is_seen(plan: dict[str, Any]) -> None:
    from betterstory.conversations.models import Vote  # noqa: PLC0415 - Django is set up by now

    in_order(plan)
    Vote.objects.filter(voice=plan["cards"][0], statement=plan["statements"][0]).delete()
    Vote.objects.filter(voice=plan["cards"][1], statement=plan["statements"][0]).update(choice=-1)
    vote(plan, 2, plan["statements"][5], 1)
    found = room.compare(plan, kept(plan))
    assert (found["lost"], found["other_than_last_said"], found["never_sent"]) == (1, 2, 1)
    assert not room.summed_up(asked(), kept(plan), found, 0.0)["within_goal"]


@pytest.mark.parametrize(
    "spoilt",
    [{"seconds": [0.5] * 8}, {"wrong": ["an answer was answered with 500"]}, {"lags": [6.0]}, {"lags": []}],
)
def test_slow_stale_or_wrong_is_not_within_the_goal(spoilt: dict[str, Any], plan: dict[str, Any]) -> None:
    in_order(plan)
    told = kept(plan) | spoilt
    assert not room.summed_up(asked(), told, room.compare(plan, told), 0.0)["within_goal"]


def test_some_of_its_sentences_are_their_tellers_to_take_back(db: None) -> None:
    from betterstory.conversations.models import Gathering, Statement  # noqa: PLC0415 - Django is set up by now
    from betterstory.conversations.quiet import statements_for  # noqa: PLC0415 - likewise
    from betterstory.stories import consenting  # noqa: PLC0415 - likewise
    from betterstory.stories.models import Story  # noqa: PLC0415 - likewise

    assert len(room.make_room(2, from_a_story=3)["statements"]) == room.SENTENCES
    assert Statement.objects.exclude(from_piece=None).count() == 3
    at, gathering = timezone.now(), Gathering.objects.get()
    assert len(statements_for(gathering, None, at=at)) == room.SENTENCES
    story = Story.objects.get()
    consenting.stop_everything(story, by=story.teller, at=at)
    assert len(statements_for(gathering, None, at=at)) < room.SENTENCES
