"""Without the site key everything but the stories works, and nobody sees a traceback."""

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.stories.models import Story
from betterstory.website import demo, first_day
from betterstory.website.keeping import first_look

WORKS = [
    *["/", "/neighbourhoods/", "/neighbourhoods/tanners-row/", "/promises/", "/people/me/", "/help/"],
    *["/promises/1/", "/promises/asks/1/", "/conversations/rounds/1/iceberg/", "/behind/releases/1/"],
    *["/thread/promise/1/", "/stories/"],
]


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["missing", "wrong"])
def test_pages_without_a_story_work_and_stories_say_locked(how: str, signed_in_client: object) -> None:
    demo.make(at=timezone.now())
    story = Story.objects.order_by("pk")[0]
    teller: Client = signed_in_client(story.teller)  # type: ignore[operator]
    organiser: Client = signed_in_client(  # type: ignore[operator]
        Person.objects.get(email="organiser@demo.invalid")
    )
    neighbourhood = f"/neighbourhoods/{story.neighbourhood.slug}/"
    addresses = [neighbourhood if "tanners" in each else each for each in WORKS]
    there = [each for each in addresses if organiser.get(each).status_code == 200]
    assert len(there) >= 9, "these pages are there while nothing is locked"
    file = keyring().site_file
    right = file.read_bytes()
    file.unlink()
    if how == "wrong":
        file.write_bytes(bytes(32))
    assert [each for each in there if organiser.get(each).status_code != 200] == []
    assert "Locked just now" in teller.get("/stories/").content.decode()
    shown = teller.get(f"/stories/{story.uuid}/")
    assert shown.status_code == 503
    assert "The stories here are locked just now" in shown.content.decode()
    assert "Traceback" not in shown.content.decode()
    assert "LOCKED" in "".join(first_look.look())
    file.unlink(missing_ok=True)
    file.write_bytes(right)
    assert teller.get(f"/stories/{story.uuid}/").status_code == 200, "and nothing was lost"
    assert list(first_look.look()) == []


@pytest.mark.django_db
def test_nothing_new_is_begun_where_it_is_locked(story: Story, signed_in_client: object) -> None:
    keyring().site_file.write_bytes(bytes(32))
    teller: Client = signed_in_client(story.teller)  # type: ignore[operator]
    page = teller.get(f"/stories/{story.uuid}/words/")
    assert page.status_code == 503
    assert keyring().site_file.read_bytes() == bytes(32), "no new site key is made in its place"


def test_a_start_looks_at_the_keys_before_a_page_is_served() -> None:
    import inspect  # noqa: PLC0415 - this test alone reads the source

    source = inspect.getsource(first_day.prepare)
    assert source.index("ended.replay()") < source.index("look()") < source.index("collectstatic")
