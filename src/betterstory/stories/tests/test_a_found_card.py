"""A card found by somebody who must not see it: nothing is read with it, and nothing is lost by it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from betterstory.people.models import Circle, Person
from betterstory.stories import beside, checking, consenting, ended, reminding, verbs
from betterstory.stories.models import Consent, Entry, IfLost, Lead, Reading, Step, Story, Version, Worry
from betterstory.stories.safeguarding import concerns, door
from betterstory.stories.tests.test_pages import post, text
from conftest import AT

WHY = "To know what was said before I ring."
WORD = "biscuit tin"


@pytest.fixture
def found(story: Story, teller: Person, organiser: Person) -> Story:
    """Somebody rang: Sam's card may be in other hands."""
    checking.set_word(teller, word=WORD, at=AT)
    checking.card_may_be_found(teller, by=organiser, at=AT)
    story.refresh_from_db()
    return story


def days(number: int) -> datetime:
    return AT + timedelta(days=number, minutes=1)


def test_it_reads_nothing_of_what_was_opened_to_keep_the_teller_safe(
    story: Story, teller: Person, organiser: Person, signed_in_client: Any
) -> None:
    grace = Lead.objects.get(until_at=None).person
    step = Step.objects.filter(version__story=story)[0]
    raised = concerns.raise_concern(by=teller, kind=Worry.ADULT, words="He hits me.", at=AT, story=story)
    concerns.write(raised, kind=Entry.Kind.SEEN, by=grace, at=AT)
    door.open_one(raised, which=f"piece:{step.pk}", reason=WHY, by=grace, at=AT)
    sam = signed_in_client(teller)
    page = f"/stories/safety/of/{story.uuid}/"
    assert WHY in text(sam.get(page))
    assert "What you wrote down" in text(sam.get("/stories/safety/"))
    checking.card_may_be_found(teller, by=organiser, at=AT)
    finder = signed_in_client(Person.objects.get(pk=teller.pk))
    assert finder.get(page).status_code == 404
    assert "What you wrote down" not in text(finder.get("/stories/safety/")), "not even that it was raised"


def test_it_does_not_say_what_was_said_yes_to_and_stops_it_all_the_same(
    version: Version,
    teller: Person,
    organiser: Person,
    circle: Circle,
    read_yes: Consent,
    signed_in_client: Any,
) -> None:
    stop = f"/stories/{version.story.uuid}/stop/{read_yes.pk}/"
    assert circle.name in text(signed_in_client(teller).get(stop))
    checking.card_may_be_found(teller, by=organiser, at=AT)
    finder = signed_in_client(Person.objects.get(pk=teller.pk))
    assert circle.name not in text(finder.get(stop, follow=True))
    post(finder, stop)
    read_yes.refresh_from_db()
    assert read_yes.ended_at


def test_it_lets_no_view_of_others_in(
    version: Version, teller: Person, organiser: Person, read_yes: Consent
) -> None:
    step = Step.objects.select_related("version__story").filter(version=version)[0]
    view = beside.stand_beside(step, by=organiser, words="From my desk", at=AT)
    checking.card_may_be_found(teller, by=organiser, at=AT)
    held = Reading.objects.select_related("step__version__story").get(pk=view.pk)
    with pytest.raises(verbs.NotYourStory):
        beside.let_in(held, by=teller, at=AT)
    held.refresh_from_db()
    assert held.let_in_at is None


def test_what_it_took_back_is_not_destroyed_until_the_teller_had_seven_days(
    found: Story, teller: Person
) -> None:
    consenting.take_back(found, by=teller, at=days(1))
    assert consenting.destroy_those_due(at=days(40)) == 0
    consenting.known_again(teller, word=WORD, at=days(40))
    known = Story.objects.get(pk=found.pk)
    assert (known.held_at, known.taken_back_at) == (None, days(40))
    assert consenting.destroy_those_due(at=days(46)) == 0
    consenting.undo_take_back(known, by=teller, at=days(46))
    assert consenting.destroy_those_due(at=days(60)) == 0


def test_left_as_it_is_once_it_is_known_it_goes_in_seven_days(found: Story, teller: Person) -> None:
    consenting.take_back(found, by=teller, at=days(1))
    consenting.known_again(teller, word=WORD, at=days(40))
    assert consenting.destroy_those_due(at=days(47)) == 1


def test_what_the_teller_took_back_before_goes_on_its_day(
    story: Story, teller: Person, organiser: Person
) -> None:
    checking.set_word(teller, word=WORD, at=AT)
    consenting.take_back(story, by=teller, at=AT)
    checking.card_may_be_found(teller, by=organiser, at=days(1))
    assert consenting.destroy_those_due(at=days(6)) == 0
    assert consenting.destroy_those_due(at=days(7)) == 1


def test_what_the_team_does_as_wished_goes_in_seven_days_with_a_card_that_was_found_too(
    story: Story, teller: Person, organiser: Person, steward: Person
) -> None:
    reminding.wish_beforehand(story, by=teller, wish=IfLost.TAKE_BACK)
    consenting.pause_for(teller, by=organiser, at=AT)
    checking.card_may_be_found(teller, by=organiser, at=AT)
    assert reminding.do_as_wished(teller, by=steward, at=days(30)) == 1
    assert consenting.destroy_those_due(at=days(36)) == 0
    assert consenting.destroy_those_due(at=days(37)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_restored_copy_waits_for_the_teller_as_well(found: Story, teller: Person) -> None:
    consenting.take_back(found, by=teller, at=days(1))
    Story.objects.filter(pk=found.pk).update(held_at=None, taken_back_at=None, taken_back_by=None)
    assert ended.replay() > 0
    assert consenting.destroy_those_due(at=days(40)) == 0
    consenting.known_again(teller, word=WORD, at=days(40))
    Story.objects.filter(pk=found.pk).update(held_at=AT, taken_back_at=None, taken_back_by=None)
    ended.replay()
    now = Story.objects.get(pk=found.pk)
    assert now.taken_back_at == days(40), "the seven days begin when it was known"


def test_what_the_finder_is_told_of_taking_back_is_true(
    found: Story, teller: Person, signed_in_client: Any
) -> None:
    page = text(signed_in_client(teller).get(f"/stories/{found.uuid}/take-back/"))
    assert "a week after we know that it is you" in page
    assert "for good, now" not in page
