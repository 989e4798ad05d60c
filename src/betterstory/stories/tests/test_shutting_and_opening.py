"""Edges of shutting and opening: what the teller shut themselves stays shut; nobody is their own speaker."""

from datetime import timedelta

import pytest

from betterstory.people import verbs as people
from betterstory.people.models import Circle, Invitation, Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import checking, consenting, ended, leaving, speaking, verbs
from betterstory.stories.models import Leaving, Met, Recall, Speaker, Story, Use, Version
from conftest import AT, TODAY

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


@pytest.mark.django_db(transaction=True)
def test_only_what_was_held_is_written_down_as_known_again(
    story: Story, neighbourhood: Neighbourhood, teller: Person, organiser: Person
) -> None:
    checking.set_word(teller, word="Biscuit", at=AT)
    checking.card_may_be_found(teller, by=organiser, at=AT)
    verbs.begin(by=teller, teller=teller, neighbourhood=neighbourhood, limits_heard=True, at=AT)
    consenting.known_again(teller, word="Biscuit", at=LATER)
    told = [line["id"] for line in ended.read() if line["kind"] == ended.KNOWN_AGAIN]
    assert told == [str(story.uuid)]


def test_a_card_that_may_be_found_is_the_tellers_and_nobody_elses(
    story: Story, teller: Person, organiser: Person, resident: Person
) -> None:
    theirs, _code = people.make_return_card(teller, by=teller, at=AT)
    other, _code = people.make_return_card(resident, by=resident, at=AT)
    checking.card_may_be_found(teller, by=organiser, at=LATER)
    assert list(Invitation.objects.usable(LATER).values_list("pk", flat=True)) == [other.pk]
    assert Invitation.objects.get(pk=theirs.pk).withdrawn_at == LATER


def test_of_two_that_left_together_each_teller_sees_what_was_asked_back_of_their_own(
    version: Version, neighbourhood: Neighbourhood, teller: Person, resident: Person, organiser: Person
) -> None:
    other = verbs.begin(by=resident, teller=resident, neighbourhood=neighbourhood, limits_heard=True, at=AT)
    hers = verbs.agree(other, by=resident, at=AT)
    leaving.note([version, hers], by=organiser, use=Use.READ_ALOUD, how=Leaving.How.PRINT, at=AT)
    consenting.take_back(other, by=resident, at=LATER)
    [mine] = leaving.leavings_of(version.story)
    [theirs] = leaving.leavings_of(other)
    assert mine.pk == theirs.pk
    assert theirs.asked_back.story == other  # type: ignore[attr-defined]  # joined
    assert mine.asked_back_id is None, "that somebody else took theirs back is not this teller's to know"  # type: ignore[attr-defined]  # likewise


def test_what_the_team_shut_stays_the_teams_whatever_day_a_card_sets(
    story: Story, teller: Person, organiser: Person
) -> None:
    """Whoever found the card may say: until tomorrow. It sets no day, and does not hide who rang."""
    consenting.pause_for(teller, by=organiser, at=AT)
    consenting.pause(story, by=teller, at=LATER, opens_on=TODAY + timedelta(days=1))
    now = Story.objects.get(pk=story.pk)
    assert (now.paused_by, now.paused_by_team, now.paused_at) == (organiser, True, AT)
    assert now.opens_on is None


def test_nobody_of_the_team_meets_themselves(story: Story, organiser: Person) -> None:
    """Two who met the teller open what the team shut: a teller of the team is not one of the two."""
    with pytest.raises(verbs.NotYourStory):
        checking.met(organiser, by=organiser, at=AT)
    assert not Met.objects.exists()


def test_what_was_paused_first_is_asked_back_once_it_is_taken_back(
    version: Version, teller: Person, organiser: Person, circle: Circle
) -> None:
    until = AT + timedelta(days=30)
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=until)
    leaving.take_out(version, by=organiser, use=Use.READ, how=Leaving.How.PRINT, at=AT)
    consenting.pause(version.story, by=teller, at=AT)
    assert not Recall.objects.exists(), "a pause asks for nothing back"
    consenting.take_back(Story.objects.get(pk=version.story_id), by=teller, at=LATER)
    assert [recall.asked_at for recall in Recall.objects.all()] == [LATER]


def test_a_teller_is_not_their_own_speaker(story: Story, teller: Person, resident: Person) -> None:
    """What they said would be read back to nobody else."""
    with pytest.raises(verbs.NotYourStory):
        speaking.choose(story, by=teller, speaker=teller, at=AT)
    consenting.tell_together(story, by=teller, other=resident, at=AT)
    story.refresh_from_db()
    with pytest.raises(verbs.NotYourStory):
        speaking.choose(story, by=teller, speaker=resident, at=AT)
    assert not Speaker.objects.exists()
