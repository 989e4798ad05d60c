"""A story that is still open, and what is typed into its pages."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from betterstory.people.models import Person
from betterstory.stories import showing, verbs
from betterstory.stories.models import Step, Story, Use
from conftest import AT

SignIn = Callable[[Person], Client]


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


def whole(story: Story, viewer: Person, use: Use = Use.READ) -> showing.ShownStory:
    version = story.newest()
    version.story = story
    shown = showing.show_whole(version, viewer=viewer, use=use, at=AT)
    assert shown is not None
    return shown


@pytest.fixture
def open_story(story: Story, teller: Person) -> Story:
    verbs.begin_version(story, by=teller, at=AT)
    return story


def first_step(story: Story) -> Step:
    return (
        Step.objects.select_related("version__story").filter(version=story.newest()).order_by("position")[0]
    )
