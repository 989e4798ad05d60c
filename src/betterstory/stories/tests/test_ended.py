"""What was ended stays ended after a restore: an older database learns what it does not know."""

from datetime import timedelta

import pytest
from django.conf import settings

from betterstory.people import keys
from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, ended, rules
from betterstory.stories.models import Consent, Shut, Story, Use, Version
from conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)
MONTH = AT + timedelta(days=30)


def restore_an_older_copy(story: Story) -> None:
    """The database as it was before anything was ended; the file outside it is as it is now."""
    Consent.objects.filter(version__story=story).update(ended_at=None)
    Shut.objects.filter(story=story).delete()
    Story.objects.filter(pk=story.pk).update(paused_at=None, taken_back_at=None, destroyed_at=None)


def again(version: Version) -> Version:
    return Version.objects.select_related("story").get(pk=version.pk)


@pytest.mark.parametrize("how", ["stop", "stop everything", "pause", "take back", "for good"])
def test_a_restored_copy_opens_nothing_that_was_shut(
    how: str, version: Version, story: Story, teller: Person, circle: Circle
) -> None:
    yes = consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    match how:
        case "stop":
            consenting.stop(yes, by=teller, at=AT)
        case "stop everything":
            consenting.stop_everything(story, by=teller, at=AT)
        case "pause":
            consenting.pause(story, by=teller, at=AT)
        case "take back":
            consenting.take_back(story, by=teller, at=AT)
        case _:
            consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    restore_an_older_copy(story)
    assert rules.may(circle, Use.READ, again(version), AT), "the older copy knows nothing of it"
    assert ended.replay() > 0
    assert not rules.may(circle, Use.READ, again(version), AT)
    assert ended.replay() == 0, "a second replay changes nothing"


def test_what_was_opened_again_stays_open(
    version: Version, story: Story, teller: Person, circle: Circle
) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    consenting.pause(story, by=teller, at=AT)
    consenting.unpause(story, by=teller, at=AT)
    assert ended.replay() == 0
    assert rules.may(circle, Use.READ, again(version), AT)


def test_a_yes_said_later_is_not_ended_by_an_older_line(
    version: Version, teller: Person, circle: Circle, story: Story
) -> None:
    first = consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    consenting.stop(first, by=teller, at=AT)
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    assert ended.replay() == 0
    assert rules.may(circle, Use.READ, again(version), AT)


def test_a_key_that_came_back_with_an_older_key_folder_goes_again(story: Story, teller: Person) -> None:
    ring = keys.keyring()
    older = ring.file.read_bytes()
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    ring.file.write_bytes(older)
    assert ring.holds(story.key)
    ended.replay()
    assert not ring.holds(story.key)


def test_a_line_cut_short_by_a_power_cut_is_left_out(story: Story, teller: Person) -> None:
    consenting.pause(story, by=teller, at=AT)
    with ended.file().open("a") as out:
        out.write('{"format": 1, "kind": "destroyed", "id": "')
    consenting.take_back(story, by=teller, at=AT)
    restore_an_older_copy(story)
    assert ended.replay() == 3, "the pause; and, for the story and for its teller, that it was taken back"
    story.refresh_from_db()
    assert (story.paused_at, story.taken_back_at, story.destroyed_at) == (AT, AT, None)


def test_the_file_holds_no_word(story: Story, version: Version, teller: Person, circle: Circle) -> None:
    yes = consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    consenting.stop(yes, by=teller, at=AT)
    consenting.take_back(story, by=teller, at=AT)
    written = ended.file().read_text()
    assert str(yes.uuid) in written
    for word in ("Robin", "Sam", "long way", "postman"):
        assert word not in written
    assert (settings.HOME / "ended" / "ended.jsonl").stat().st_mode & 0o077 == 0
