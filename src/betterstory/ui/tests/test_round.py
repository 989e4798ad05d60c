"""The path through a round shows how far we have walked, and the way back to the poolside."""

import re
from collections.abc import Sequence

import pytest
from django.template import Context, Template

from betterstory.ui.round import HEIGHT, WIDTH, Stage, drawn

NAMES = ["poolside", "diving in", "hearing", "making sense", "planning", "keeping our word", "learning"]


def stages(here: int) -> list[Stage]:
    states = ["done" if at < here else "here" if at == here else "ahead" for at in range(len(NAMES))]
    return [Stage(name, state, "cup", state) for name, state in zip(NAMES, states, strict=True)]


def picture(given: Sequence[Stage]) -> str:
    return Template("{% load ui %}{% round_picture stages %}").render(Context({"stages": given}))


@pytest.mark.parametrize("here", range(7))
def test_the_path_is_walked_up_to_here(here: int) -> None:
    html = picture(stages(here))
    assert html.count('class="walked"') == here
    assert html.count('<path class="ahead"') == 6 - here
    assert html.count('aria-current="step"') == 1


def test_every_stage_is_said_in_order_without_the_picture() -> None:
    words = re.findall(r'stage-word">([^<]+)<', picture(stages(3)))
    assert words == NAMES


def test_from_the_poolside_there_is_no_way_back_to_it() -> None:
    assert drawn(stages(0))["back"] == ""
    assert "poolside as often" not in picture(stages(0))
    assert "poolside as often" in picture(stages(4))


@pytest.mark.parametrize("here", range(7))
def test_nothing_is_drawn_outside_the_box(here: int) -> None:
    for data in re.findall(r' d="(M[^"]+Q[^"]+)"', picture(stages(here)).split("<ol>")[0]):
        numbers = [int(number) for number in re.findall(r"-?\d+", data)]
        assert all(0 <= x <= WIDTH for x in numbers[::2])
        assert all(0 <= y <= HEIGHT for y in numbers[1::2])
