"""The teller's own page in a browser, and whether the room may read."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Circle, Person
from betterstory.stories import rules
from betterstory.stories.models import Story, Use, Version
from betterstory.stories.tests.conftest import again

SignIn = Callable[[Person], Client]


@pytest.fixture
def url(story: Story) -> str:
    return f"/stories/{story.uuid}/"


def may_read(circle: Circle, version: Version) -> bool:
    return rules.may(circle, Use.READ, again(version), timezone.now())
