"""Edges of the door: another teller's words, a post that ended, and a wish to be gone that was taken back."""

from datetime import timedelta

import pytest

from betterstory.people.models import Part, Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Neighbourhood
from betterstory.stories import consenting, verbs
from betterstory.stories.models import Concern, Hold, Lead, Opening, Piece, Story
from betterstory.stories.safeguarding import door, holds, leads, rules
from betterstory.stories.safeguarding.tests.conftest import LATER, REASON
from conftest import AT

pytestmark = pytest.mark.django_db


def test_a_piece_of_another_tellers_story_does_not_open(
    seen: Concern, grace: Person, resident: Person, neighbourhood: Neighbourhood
) -> None:
    other = verbs.begin(
        by=resident,
        teller=resident,
        neighbourhood=neighbourhood,
        title="Hers",
        chosen_name="Lyn",
        limits_heard=True,
        at=AT,
    )
    hers = verbs.add_step(other, by=resident, words="The blue gate was open.", rings=["me"])
    with pytest.raises(door.OnePiece):
        door.open_one(seen, which=f"piece:{hers.pk}", reason=REASON, by=grace, at=LATER)
    assert Piece.objects.filter(pk=hers.pk).exists()
    assert not Opening.objects.exists()


def test_who_held_the_post_once_and_keeps_the_part_reads_no_more(
    seen: Concern, grace: Person, pat: Person, steward: Person
) -> None:
    assert door.read(seen, by=grace)
    leads.let_go(Lead.objects.get(person=grace), by=steward, at=LATER)
    Part.objects.filter(person=grace).update(left_on=None)
    now = Person.objects.get(pk=grace.pk)
    assert not rules.holds_post(now)
    assert door.read(seen, by=now) is None


def test_wanted_back_under_a_hold_it_waits_its_seven_days_the_next_time(
    seen: Concern, story: Story, teller: Person, grace: Person
) -> None:
    held = holds.hold(seen, reason=REASON, until=LATER + timedelta(days=10), by=grace, at=LATER)
    consenting.take_back(story, by=teller, at=LATER, for_good_now=True)
    story.refresh_from_db()
    consenting.undo_take_back(story, by=teller, at=LATER)
    consenting.take_back(story, by=teller, at=LATER)
    holds.end(held, by=grace, at=LATER + timedelta(days=1))
    story.refresh_from_db()
    assert story.destroyed_at is None, "the seven days are theirs again"


def test_a_hold_that_came_back_without_its_concern_is_ended_by_whoever_holds_the_post_alone(
    story: Story, teller: Person, organiser: Person, grace: Person
) -> None:
    """As a restore makes it: the concern was in the newer copy. Its teller least of all ends it."""
    named = Hold.objects.create(story=story, at=AT, until=LATER + timedelta(days=10))
    for who in (teller, organiser):
        with pytest.raises(NotYours):
            holds.end(named, by=who, at=LATER)
    assert Hold.objects.filter(ended_at=None).exists()
    holds.end(named, by=grace, at=LATER)
    assert not Hold.objects.filter(ended_at=None).exists()


def test_empty_lines_are_no_paragraphs_to_choose(
    seen: Concern, story: Story, teller: Person, grace: Person
) -> None:
    verbs.begin_version(story, by=teller, at=LATER)
    verbs.write(story, by=teller, text="The first.\n\n\n\n \n\nThe second.\n\n", at=LATER)
    chosen = [each.value for each in door.choices(seen, by=grace) if each.kind == "paragraph"]
    assert chosen == ["paragraph:1", "paragraph:2"]
    opened = door.open_one(seen, which=chosen[-1], reason=REASON, by=grace, at=LATER)
    assert opened.words == "The second."
