"""What a teller shuts is shut; what a teller takes back is gone, in old copies too."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from betterstory.people import keys
from betterstory.people.models import Circle, Person
from betterstory.stories import checking, consenting, rules, showing, verbs
from betterstory.stories.models import Audience, Consent, Piece, Seen, Story, Use, Version
from betterstory.stories.sealing import TEXT
from conftest import AT, TODAY, read_every_line

MONTH = AT + timedelta(days=30)


def test_only_the_teller_says_yes(version: Version, organiser: Person, circle: Circle) -> None:
    with pytest.raises(verbs.NotYourStory):
        consenting.say_yes(version, by=organiser, use=Use.READ, circle=circle, at=AT, until=MONTH)
    assert not Consent.objects.exists()


def test_a_yes_needs_the_words_read_back_first(
    version: Version, story: Story, teller: Person, circle: Circle
) -> None:
    open_page = verbs.begin_version(story, by=teller, at=AT)
    with pytest.raises(consenting.ReadBackFirst):
        consenting.say_yes(open_page, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)


@pytest.mark.parametrize(("days", "fits"), [(366, True), (367, False), (0, False), (-1, False)])
def test_a_yes_lasts_a_year_at_most(
    days: int, fits: bool, version: Version, teller: Person, circle: Circle
) -> None:
    until = AT + timedelta(days=days)
    if fits:
        consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=until)
    else:
        with pytest.raises(consenting.TooLongAYes):
            consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=until)
    assert Consent.objects.exists() is fits


def test_nobody_else_can_stop_open_or_take_back(
    version: Version, story: Story, teller: Person, organiser: Person, circle: Circle
) -> None:
    yes = consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    for change in (
        lambda: consenting.stop(yes, by=organiser, at=AT),
        lambda: consenting.stop_everything(story, by=organiser, at=AT),
        lambda: consenting.pause(story, by=organiser, at=AT),
        lambda: consenting.unpause(story, by=organiser, at=AT),
        lambda: consenting.take_back(story, by=organiser, at=AT),
        lambda: consenting.undo_take_back(story, by=organiser, at=AT),
    ):
        with pytest.raises(verbs.NotYourStory):
            change()
    assert rules.may(circle, Use.READ, Version.objects.select_related("story").get(pk=version.pk), AT)


def test_on_a_bad_day_the_team_can_pause_and_only_the_teller_opens_again(
    version: Version,
    story: Story,
    teller: Person,
    organiser: Person,
    partner: Person,
    circle: Circle,
    welcome: Callable[..., Person],
) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    with pytest.raises(verbs.NotYourStory):
        consenting.pause_for(teller, by=partner, at=AT)
    consenting.pause_for(teller, by=organiser, at=AT)
    story.refresh_from_db()
    assert story.paused_at == AT
    with pytest.raises(verbs.NotYourStory):
        consenting.unpause(story, by=organiser, at=AT)
    with pytest.raises(checking.NotKnown):
        consenting.unpause(story, by=teller, at=AT)  # a card alone is not enough after a call like that
    for member in (organiser, welcome("Bea", "steward")):
        checking.met(teller, by=member, at=AT)
    consenting.unpause(story, by=teller, at=AT)
    assert rules.may(circle, Use.READ, Version.objects.select_related("story").get(pk=version.pk), AT)


def test_within_seven_days_it_can_be_had_back_with_every_door_shut(
    version: Version, story: Story, teller: Person, circle: Circle
) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    consenting.take_back(story, by=teller, at=AT)
    assert consenting.destroy_those_due(at=AT + timedelta(days=6, hours=23)) == 0
    consenting.undo_take_back(story, by=teller, at=AT)
    again = Version.objects.select_related("story").get(pk=version.pk)
    shown = showing.show_whole(again, viewer=teller, use=Use.READ, at=AT)
    assert shown is not None
    assert shown.text.startswith("I stopped opening")
    assert not rules.may(circle, Use.READ, again, AT), "each door is opened anew, one by one"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("now", [True, False])
def test_an_old_copy_opens_every_story_but_the_destroyed_one(
    now: bool, story: Story, version: Version, teller: Person, tmp_path: Path
) -> None:
    kept = bytes(version.text_sealed), version.uuid  # as an old backup of the database holds it
    other = verbs.begin(
        by=teller,
        teller=teller,
        neighbourhood=story.neighbourhood,
        title="Two",
        chosen_name="Robin",
        limits_heard=True,
        at=AT,
    )
    verbs.write(other, by=teller, text="the second story", at=AT)
    consenting.take_back(story, by=teller, at=AT, for_good_now=now)
    if not now:
        assert consenting.destroy_those_due(at=AT + timedelta(days=7)) == 1
        assert consenting.destroy_those_due(at=AT + timedelta(days=7)) == 0, "a second round does no harm"
    with pytest.raises(keys.KeyGone):
        keys.keyring().open(kept[0], name=TEXT, row=kept[1])
    assert bytes(Version.objects.get(pk=version.pk).text_sealed) == b""
    assert not Piece.objects.filter(version=version).exclude(words_sealed=b"").exists()
    second = other.newest()
    assert keys.keyring().open(second.text_sealed, name=TEXT, row=second.uuid) == "the second story"
    raw = b"".join(file.read_bytes() for file in (tmp_path / "keys").iterdir())
    assert story.key.bytes not in raw, "not even the free pages of the key file remember it"


@pytest.mark.django_db(transaction=True)
def test_yesterdays_key_file_is_not_needed_to_keep_the_others(
    story: Story, version: Version, teller: Person, tmp_path: Path
) -> None:
    before = tmp_path / "older-keys"
    shutil.copytree(tmp_path / "keys", before)
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    assert keys.Keyring(before).holds(story.key), (
        "a copy of the key file still could: so it is kept 30 days at most"
    )
    assert not keys.keyring().holds(story.key)


def test_taken_back_for_good_cannot_be_undone(story: Story, teller: Person) -> None:
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    with pytest.raises(verbs.TakenBack):
        consenting.undo_take_back(story, by=teller, at=AT)
    with pytest.raises(verbs.TakenBack):
        verbs.write(story, by=teller, text="again", at=AT)


def test_who_saw_it_is_noted_once_a_day_and_never_the_teller(
    version: Version, teller: Person, organiser: Person, circle: Circle
) -> None:
    for _ in range(3):
        consenting.note_seen(version, use=Use.READ, on=TODAY, person=organiser)
        consenting.note_seen(version, use=Use.READ, on=TODAY, person=teller)
        consenting.note_seen(version, use=Use.PICTURE, on=TODAY, circle=circle)
        consenting.note_seen(version, use=Use.PICTURE, on=TODAY)
    looks = Seen.objects.order_by("pk").values_list("use", "person", "circle")
    assert list(looks) == [
        ("read", organiser.pk, None),
        ("picture", None, circle.pk),
        ("picture", None, None),
    ]


def test_a_yes_for_anyone_waits_two_days(version: Version, teller: Person) -> None:
    read_every_line(version)
    yes = consenting.say_yes(version, by=teller, use=Use.QUOTE, audience=Audience.PUBLIC, at=AT, until=MONTH)
    assert yes.begins_at - yes.given_at == timedelta(hours=48)
