"""A story two people told: every yes needs both, and either of them stops it alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from betterstory.people.models import Circle, Person
from betterstory.stories import beside, consenting, reminding, rules, showing, verbs
from betterstory.stories.models import Audience, Consent, Form, Reading, Step, Story, Use, Version
from betterstory.stories.rules import ANYONE
from betterstory.stories.tests.conftest import MONTH, again
from conftest import AT, read_every_line


@pytest.fixture
def ana(resident: Person, story: Story, teller: Person) -> Person:
    """Lynda told it with Sam."""
    consenting.tell_together(story, by=teller, other=resident, at=AT)
    return resident


def test_every_yes_needs_both(version: Version, teller: Person, ana: Person, circle: Circle) -> None:
    for first, second in ((teller, ana), (ana, teller)):
        yes = consenting.say_yes(again(version), by=first, use=Use.READ, circle=circle, at=AT, until=MONTH)
        assert not rules.may(circle, Use.READ, again(version), AT)
        with pytest.raises(verbs.NotYourStory):
            consenting.say_yes_too(yes, by=first, at=AT)
        consenting.say_yes_too(yes, by=second, at=AT)
        assert rules.may(circle, Use.READ, again(version), AT)
        consenting.stop(yes, by=first, at=AT)


def test_what_one_said_yes_to_before_waits_for_the_other(
    version: Version, read_yes: Consent, ana: Person, circle: Circle
) -> None:
    assert not rules.may(circle, Use.READ, again(version), AT)
    consenting.say_yes_too(read_yes, by=ana, at=AT)
    assert rules.may(circle, Use.READ, again(version), AT)


def test_what_waits_for_the_other_does_not_end_soon_since_it_never_began(
    version: Version, teller: Person, ana: Person, circle: Circle, signed_in_client: Any
) -> None:
    at = timezone.now()
    until = at + timedelta(days=9)
    Version.objects.update(agreed_at=at)
    yes = consenting.say_yes(again(version), by=teller, use=Use.READ, circle=circle, at=at, until=until)
    page, told = f"/stories/{version.story.uuid}/mine/", "It ends soon."
    for each in (teller, ana):
        assert told not in signed_in_client(each).get(page).content.decode()
    assert reminding.tellers_to_ask(at=at) == {}
    consenting.say_yes_too(yes, by=ana, at=at)
    for each in (teller, ana):
        assert told in signed_in_client(each).get(page).content.decode()
    assert reminding.tellers_to_ask(at=at) == {teller: until, ana: until}


def test_for_anyone_the_two_days_begin_when_the_second_says_yes(
    version: Version, teller: Person, ana: Person
) -> None:
    read_every_line(again(version))
    yes = consenting.say_yes(
        again(version), by=teller, use=Use.QUOTE, audience=Audience.PUBLIC, at=AT, until=MONTH
    )
    later = AT + timedelta(days=5)
    consenting.say_yes_too(yes, by=ana, at=later)
    assert not rules.may(ANYONE, Use.QUOTE, again(version), later + timedelta(hours=47))
    assert rules.may(ANYONE, Use.QUOTE, again(version), later + timedelta(hours=48))


@pytest.mark.parametrize("how", ["stop", "stop everything", "pause", "take back"])
def test_either_of_them_shuts_it_alone_and_only_that_one_opens_it(
    how: str, version: Version, teller: Person, ana: Person, circle: Circle
) -> None:
    yes = consenting.say_yes(again(version), by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    consenting.say_yes_too(yes, by=ana, at=AT)
    story = again(version).story
    match how:
        case "stop":
            consenting.stop(yes, by=ana, at=AT)
        case "stop everything":
            consenting.stop_everything(story, by=ana, at=AT)
        case "pause":
            consenting.pause(story, by=ana, at=AT)
            consenting.pause(story, by=teller, at=AT, opens_on=AT.date() + timedelta(days=1))
            assert not consenting.unpause(story, by=teller, at=AT), "his own is open, hers is not"
            with pytest.raises(consenting.TheOtherPaused):
                consenting.unpause(story, by=teller, at=AT)
        case _:
            consenting.take_back(story, by=ana, at=AT, for_good_now=True)
            with pytest.raises(consenting.TheOtherPaused):
                consenting.undo_take_back(again(version).story, by=teller, at=AT)
            assert again(version).story.destroyed_at is None, "the other one can keep a copy for a week"
    assert not rules.may(circle, Use.READ, again(version), AT)


def test_both_see_it_and_own_name_means_both_names(
    version: Version, teller: Person, ana: Person, circle: Circle
) -> None:
    assert rules.may(ana, Use.READ, again(version), AT)
    yes = consenting.say_yes(
        again(version), by=teller, use=Use.READ, circle=circle, form=Form.OWN_NAME, at=AT, until=MONTH
    )
    consenting.say_yes_too(yes, by=ana, at=AT)
    shown = showing.show_whole(again(version), viewer=circle, use=Use.READ, at=AT)
    assert shown is not None
    assert shown.name == "Sam and Lynda"


def test_nobody_else_makes_it_a_story_of_two(story: Story, teller: Person, organiser: Person) -> None:
    for by, other in ((organiser, organiser), (teller, teller)):
        with pytest.raises(verbs.NotYourStory):
            consenting.tell_together(story, by=by, other=other, at=AT)


def test_a_card_found_of_one_is_not_checked_by_the_other(
    story: Story, version: Version, teller: Person, ana: Person, organiser: Person, steward: Person
) -> None:
    from betterstory.stories import checking  # noqa: PLC0415 - this test alone

    consenting.pause_for(teller, by=organiser, at=AT)
    for member in (organiser, steward):
        checking.met(ana, by=member, at=AT)
    with pytest.raises(consenting.TheOtherPaused):
        consenting.unpause(again(version).story, by=ana, at=AT)


def test_a_view_of_others_is_seen_and_let_in_by_either(
    version: Version, teller: Person, ana: Person, organiser: Person, circle: Circle, signed_in_client: Any
) -> None:
    yes = consenting.say_yes(
        again(version), by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH + timedelta(days=300)
    )
    consenting.say_yes_too(yes, by=ana, at=AT)
    step = Step.objects.select_related("version__story").filter(version=version)[0]
    view = beside.stand_beside(step, by=organiser, words="From my desk", at=AT)
    page = f"/stories/{version.story.uuid}/looks/"
    for each in (teller, ana):
        assert "From my desk" in signed_in_client(each).get(page).content.decode(), each.name
    beside.let_in(Reading.objects.select_related("step__version__story").get(pk=view.pk), by=ana, at=AT)
    view.refresh_from_db()
    assert view.let_in_at == AT
