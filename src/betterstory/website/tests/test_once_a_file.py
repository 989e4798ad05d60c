"""What is made once a file is as good as new for each test: nothing of one test is in the next."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.places.models import Place
from betterstory.stories import taking_back
from betterstory.stories.models import Story, Version
from betterstory.stories.redacting import showing
from conftest import AT, ONCE_A_FILE

MADE: list[str] = []
THREE_TIMES = pytest.mark.parametrize("time", range(3))


@pytest.fixture
def counted_story(story: Story) -> Story:
    MADE.append("story")
    return story


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    MADE.append("patch")


@pytest.fixture
def sam(teller: Person, signed_in_client: Callable[[Person], Client]) -> Client:
    return signed_in_client(teller)


@THREE_TIMES
def test_whatever_a_test_changes_is_whole_again_for_the_next(
    time: int, counted_story: Story, version: Version, teller: Person, settings: Any
) -> None:
    assert MADE.count("story") < 3, "once, or twice where it is the first test of all"
    assert Story.objects.count() == 1
    assert (teller.name, Person.objects.get(pk=teller.pk).name) == ("Sam", "Sam")
    assert not counted_story.taken_back_at
    assert not (settings.HOME / "left").exists()
    assert keyring().folder.is_relative_to(settings.HOME)
    sealed = showing.opened(version, by=teller, at=AT)
    assert sealed
    assert any("like snow" in sealed.was(line) for line in range(len(sealed.lines)))
    taking_back.take_back(counted_story, by=teller, at=AT)
    assert counted_story.taken_back_at
    teller.name = "changed"
    Person.objects.update(name="changed")
    (settings.HOME / "left").write_text("behind")


def test_who_was_one_person_is_one_person_in_the_copy(version: Version, story: Story, teller: Person) -> None:
    assert story.teller is teller


@THREE_TIMES
def test_a_browser_that_came_in_is_one_of_its_own(time: int, sam: Client, place: Place) -> None:
    assert sam.get("/stories/").status_code == 200
    assert "left" not in sam.cookies
    sam.cookies["left"] = "behind"


@THREE_TIMES
def test_a_patch_is_put_on_each_time(time: int, late: None, db: None) -> None:
    assert MADE.count("patch") == time + 1


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_for_good_begins_with_an_empty_house(tmp_path: Path) -> None:
    assert not Story.objects.exists()
    assert not Place.objects.exists()
    Place.objects.create(name="Left behind")


def test_and_leaves_nothing_behind(place: Place) -> None:
    assert Place.objects.get() == place
    assert ONCE_A_FILE.standing is not None


@pytest.fixture(scope="module")
def rows_for_long(django_db_setup: None, django_db_blocker: Any) -> int:
    """How many places there are where a whole file's own rows are to be made."""
    with django_db_blocker.unblock():
        return Place.objects.count()


def test_what_another_test_stood_on_is_gone_where_rows_for_a_whole_file_are_made(
    rows_for_long: int, db: None
) -> None:
    assert rows_for_long == 0
