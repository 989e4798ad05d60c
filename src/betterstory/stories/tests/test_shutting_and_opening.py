"""Edges of shutting and opening: what the teller shut themselves stays shut; nobody is their own speaker."""

from datetime import timedelta

import pytest

from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import checking, consenting, speaking, verbs
from betterstory.stories.models import Speaker, Story
from conftest import AT

LATER = AT + timedelta(hours=1)


@pytest.fixture
def second(neighbourhood: Neighbourhood, teller: Person) -> Story:
    return verbs.begin(by=teller, teller=teller, neighbourhood=neighbourhood, limits_heard=True, at=AT)


def test_known_again_opens_what_the_team_shut_and_not_what_the_teller_did(
    story: Story, second: Story, teller: Person, organiser: Person
) -> None:
    checking.set_word(teller, word="Biscuit", at=AT)
    consenting.pause(second, by=teller, at=AT)
    checking.card_may_be_found(teller, by=organiser, at=AT)
    Story.objects.filter(pk=story.pk).update(paused_at=AT, paused_by_team=True)
    consenting.known_again(teller, word="Biscuit", at=LATER)
    open_now, mine = Story.objects.get(pk=story.pk), Story.objects.get(pk=second.pk)
    assert (open_now.paused_at, open_now.held_at) == (None, None)
    assert (mine.paused_at, mine.held_at) == (AT, None)


def test_a_teller_is_not_their_own_speaker(story: Story, teller: Person, resident: Person) -> None:
    """What they said would be read back to nobody else."""
    with pytest.raises(verbs.NotYourStory):
        speaking.choose(story, by=teller, speaker=teller, at=AT)
    consenting.tell_together(story, by=teller, other=resident, at=AT)
    story.refresh_from_db()
    with pytest.raises(verbs.NotYourStory):
        speaking.choose(story, by=teller, speaker=resident, at=AT)
    assert not Speaker.objects.exists()
