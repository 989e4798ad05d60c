"""A place with somebody named who can open its copies."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519

from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import verbs
from betterstory.stories.models import Story
from betterstory.website.keeping import recipients
from conftest import AT


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "kept"
    return tmp_path


@pytest.fixture
def identity(home: Path) -> Any:
    return x25519.Identity.from_str(recipients.make_identity())


@pytest.fixture
def tell(neighbourhood: Neighbourhood, teller: Person) -> Callable[[str], Story]:
    """Tell a story of a few words."""

    def make(words: str) -> Story:
        told = verbs.begin(
            by=teller,
            teller=teller,
            neighbourhood=neighbourhood,
            title="A story",
            chosen_name="Robin",
            limits_heard=True,
            at=AT,
        )
        verbs.write(told, by=teller, text=words, at=AT)
        return told

    return make
