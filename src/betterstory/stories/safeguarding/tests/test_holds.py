"""A legal hold delays destruction and nothing else; it is told; and what waits goes the day it ends."""

from datetime import timedelta
from typing import Any

import pytest

from betterstory.people import keys
from betterstory.people.models import Circle, Person
from betterstory.people.verbs import NotYours
from betterstory.stories import consenting, ended, rules
from betterstory.stories.models import Concern, Entry, Hold, Story, Use, Version, Worry
from betterstory.stories.safeguarding import beside, concerns, door, holds
from betterstory.stories.safeguarding.tests.conftest import LATER
from conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
WHY = "The police asked for it on paper."


def hold(concern: Concern, by: Person, *, days: int = 30) -> Hold:
    return holds.hold(concern, reason=WHY, until=LATER + days * DAY, by=by, at=LATER)


def is_gone(story: Story) -> bool:
    story.refresh_from_db()
    return story.destroyed_at is not None and not keys.keyring().holds(story.key)


# held for 30 days; what the teller does on day 1; how the hold ends -> on which days the story is gone
WHAT_WAITS = """
took it back        ends by itself   8:no  29:no  31:yes
took it back        ended on day 3   4:no  7:no   8:yes
for good            ends by itself   1:no  8:no   29:no  31:yes
for good            ended on day 3   3:yes
for good, had back  ends by itself   8:no  31:no  400:no
left it             ends by itself   31:no 400:no
"""


@pytest.mark.parametrize("row", WHAT_WAITS.strip().splitlines())
def test_what_waits_and_when_it_goes(
    row: str, seen: Concern, story: Story, teller: Person, grace: Person
) -> None:
    does, ends, days = row[:18].strip(), row[20:36].strip(), row[36:].split()
    named = hold(seen, grace)
    if does != "left it":
        consenting.take_back(story, by=teller, at=LATER + DAY, for_good_now=does.startswith("for good"))
    if does.endswith("had back"):
        consenting.undo_take_back(story, by=teller, at=LATER + DAY)
    for told in days:
        day, gone = told.split(":")
        at = LATER + int(day) * DAY + timedelta(minutes=1)
        if ends == "ended on day 3" and int(day) >= 3 and named.ended_at is None:
            holds.end(named, by=grace, at=LATER + 3 * DAY)
            named.refresh_from_db()
        consenting.destroy_those_due(at=at)
        assert is_gone(story) is (gone == "yes"), f"day {day}"


def test_showing_stops_at_once_all_the_same(
    seen: Concern, story: Story, version: Version, teller: Person, grace: Person, circle: Circle
) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=AT + 30 * DAY)
    hold(seen, grace)
    assert rules.may(circle, Use.READ, again(version), LATER), "a hold shuts no door by itself"
    consenting.take_back(story, by=teller, at=LATER, for_good_now=True)
    assert not rules.may(circle, Use.READ, again(version), LATER)


def again(version: Version) -> Version:
    return Version.objects.select_related("story").get(pk=version.pk)


def test_the_teller_is_told_who_asked_and_why(seen: Concern, story: Story, grace: Person) -> None:
    concerns.write(
        seen, kind=Entry.Kind.NOT_TOLD, words="x", by=grace, at=LATER, review_on=(LATER + DAY).date()
    )
    named = hold(seen, grace)
    [told] = beside.for_teller(story, at=LATER).holds
    assert (told.who, told.reason) == ("Grace", WHY), "told even where the concern is not"
    marked: Any = beside.marked(Story.objects.all(), at=LATER).get(pk=story.pk)
    assert marked.held_until == named.until
    assert beside.for_teller(story, at=LATER + 31 * DAY).holds == []
    assert WHY.encode() not in bytes(named.reason_sealed)


@pytest.mark.parametrize("who", ["teller", "organiser", "steward", "pat"])
def test_nobody_else_names_or_ends_one(
    who: str, seen: Concern, grace: Person, request: pytest.FixtureRequest
) -> None:
    somebody = request.getfixturevalue(who)
    with pytest.raises(door.NotOpenToYou):
        hold(seen, somebody)
    assert not Hold.objects.exists()
    named = hold(seen, grace)
    if who == "pat":
        holds.end(named, by=somebody, at=LATER)  # the deputy may: the post matters, not the person
    else:
        with pytest.raises(NotYours):
            holds.end(named, by=somebody, at=LATER)


def test_the_accused_ends_no_hold(story: Story, grace: Person, pat: Person, organiser: Person) -> None:
    raised = concerns.raise_concern(
        by=organiser, kind=Worry.ALLEGATION, words="x", at=AT, story=story, about=grace
    )
    concerns.write(raised, kind=Entry.Kind.SEEN, by=pat, at=LATER)
    named = hold(raised, pat)
    with pytest.raises(NotYours):
        holds.end(named, by=grace, at=LATER)
    named.refresh_from_db()
    assert named.ended_at is None


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, False), (1, True), (181, True), (182, False)])
def test_a_hold_ends(days: int, fits: bool, seen: Concern, grace: Person) -> None:
    if fits:
        assert hold(seen, grace, days=days).pk
    else:
        with pytest.raises(holds.NotThatLong):
            hold(seen, grace, days=days)
        assert not Hold.objects.exists()


def test_a_hold_has_a_reason_and_a_story(seen: Concern, grace: Person, organiser: Person) -> None:
    with pytest.raises(door.ReasonFirst):
        holds.hold(seen, reason=" short ", until=LATER + DAY, by=grace, at=LATER)
    bare = concerns.raise_concern(by=organiser, kind=Worry.ADULT, words="x", at=AT)
    concerns.write(bare, kind=Entry.Kind.SEEN, by=grace, at=LATER)
    with pytest.raises(door.NotOpenToYou):
        hold(bare, grace)


def test_nothing_is_left_to_hold_once_it_is_gone(
    seen: Concern, story: Story, teller: Person, grace: Person
) -> None:
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    with pytest.raises(door.NotOpenToYou):
        hold(seen, grace)


def test_a_second_hold_does_not_forget_what_the_teller_wanted(
    seen: Concern, story: Story, teller: Person, grace: Person
) -> None:
    first = hold(seen, grace, days=10)
    consenting.take_back(story, by=teller, at=LATER, for_good_now=True)
    second = hold(seen, grace, days=20)
    holds.end(first, by=grace, at=LATER + DAY)
    assert not is_gone(story), "the second still holds it"
    holds.end(second, by=grace, at=LATER + 2 * DAY)
    assert is_gone(story)


def older_copy(story: Story) -> None:
    """The database as it was before the hold and before the teller took it back."""
    Hold.objects.all().delete()
    Story.objects.filter(pk=story.pk).update(taken_back_at=None, destroyed_at=None)


def test_an_older_copy_of_the_database_learns_of_a_hold(
    seen: Concern, story: Story, teller: Person, grace: Person
) -> None:
    hold(seen, grace)
    consenting.take_back(story, by=teller, at=LATER + DAY, for_good_now=True)
    older_copy(story)
    assert ended.replay() == 3, "taken back, held, and wanted gone"
    assert ended.replay() == 0
    assert consenting.destroy_those_due(at=LATER + 29 * DAY) == 0
    assert not is_gone(story)
    assert consenting.destroy_those_due(at=LATER + 31 * DAY) == 1
    assert is_gone(story)


def test_an_older_copy_does_not_hold_what_was_let_go(
    seen: Concern, story: Story, teller: Person, grace: Person
) -> None:
    named = hold(seen, grace)
    consenting.take_back(story, by=teller, at=LATER, for_good_now=True)
    consenting.undo_take_back(story, by=teller, at=LATER)
    holds.end(named, by=grace, at=LATER + DAY)
    older_copy(story)
    ended.replay()
    assert ended.replay() == 0
    restored = Hold.objects.get()
    assert (restored.ended_at, restored.wanted_gone_at) == (LATER + DAY, None)
    assert not is_gone(story), "its teller had it back"


def test_a_hold_of_a_story_this_copy_never_had_is_left_out(story: Story) -> None:
    line = {"kind": "held", "id": "00000000-0000-0000-0000-000000000001", "at": AT.isoformat()}
    from betterstory.stories.safeguarding import again as replaying  # noqa: PLC0415 - asked of it alone

    assert replaying.replay([line | {"hold": str(story.uuid), "until": (AT + DAY).isoformat()}]) == 0
    assert replaying.replay([line | {"kind": "concern-forgotten"}]) == 0
    assert not Hold.objects.exists()
