"""A friend rings on a bad day; a card is found by somebody who must not see it; a helper is not safe."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from betterstory.people import verbs as people
from betterstory.people.models import Circle, Membership, Person
from betterstory.stories import checking, consenting, ended, rules, speaking, verbs
from betterstory.stories.models import Consent, Shut, Speaker, Story, Use, Version
from betterstory.stories.tests.conftest import again
from betterstory.stories.tests.test_pages import post, text
from conftest import AT

HOUR = timedelta(hours=1)


def test_after_the_teams_pause_the_second_word_opens_and_a_wrong_one_does_not(
    story: Story, version: Version, teller: Person, organiser: Person, circle: Circle, read_yes: Consent
) -> None:
    checking.set_word(teller, word=" Biscuit ", at=AT)
    consenting.pause_for(teller, by=organiser, at=AT)
    for word in ("", "biscuits", "Sam"):
        with pytest.raises(checking.NotKnown):
            consenting.unpause(story, by=teller, word=word, at=AT)
    with pytest.raises(checking.NotKnown):
        checking.set_word(teller, word="another", at=AT)
    assert not rules.may(circle, Use.READ, again(version), AT)
    consenting.unpause(story, by=teller, word="BISCUIT", at=AT)
    assert rules.may(circle, Use.READ, again(version), AT)


@pytest.mark.parametrize(
    ("who", "hours", "opens"),
    [
        (("organiser",), 1, False),
        (("organiser", "organiser"), 1, False),
        (("organiser", "steward"), 1, True),
        (("organiser", "steward"), 25, False),
    ],
)
def test_two_of_the_team_who_met_them_within_a_day_open_it(
    who: tuple[str, ...], hours: int, opens: bool, request: Any, story: Story, teller: Person
) -> None:
    people_here = {name: request.getfixturevalue(name) for name in ("organiser", "steward")}
    consenting.pause_for(teller, by=people_here["organiser"], at=AT)
    for name in who:
        checking.met(teller, by=people_here[name], at=AT)
    if opens:
        consenting.unpause(story, by=teller, at=AT + hours * HOUR)
        consenting.pause_for(teller, by=people_here["organiser"], at=AT + hours * HOUR)
    with pytest.raises(checking.NotKnown):  # what they said opens once
        consenting.unpause(story, by=teller, at=AT + hours * HOUR)


def test_nobody_outside_the_team_says_that_they_met_the_teller(teller: Person, partner: Person) -> None:
    for somebody in (partner, teller):
        with pytest.raises(verbs.NotYourStory):
            checking.met(teller, by=somebody, at=AT)


def test_too_short_a_word_is_none(teller: Person) -> None:
    with pytest.raises(checking.TooShortAWord):
        checking.set_word(teller, word=" abc ", at=AT)


def test_a_found_card_opens_no_story_until_it_is_checked(
    version: Version,
    story: Story,
    teller: Person,
    organiser: Person,
    partner: Person,
    circle: Circle,
    read_yes: Consent,
    signed_in_client: Any,
) -> None:
    checking.set_word(teller, word="Biscuit", at=AT)
    card, _code = people.make_return_card(teller, by=teller, at=AT)
    thief = signed_in_client(teller)
    with pytest.raises(verbs.NotYourStory):
        checking.card_may_be_found(teller, by=partner, at=AT)
    checking.card_may_be_found(teller, by=organiser, at=AT)
    assert thief.get("/stories/").status_code == 302, "every visit ended"
    card.refresh_from_db()
    assert card.withdrawn_at == AT
    thief = signed_in_client(Person.objects.get(pk=teller.pk))
    url = f"/stories/{story.uuid}/"
    for page in ("", "print/", "mine/", "words/", "read-back/", "my-copy/", "say-yes/", "settled/"):
        shown = text(thief.get(url + page))
        assert not any(words in shown for words in ("snow", "long way", "postman", "Robin")), page
    assert "long way" not in text(thief.get("/stories/"))
    assert not rules.may(circle, Use.READ, again(version), AT)
    for refused, what in (
        (consenting.ShutForNow, lambda: consenting.unpause(again(version).story, by=teller, at=AT)),
        (
            consenting.ShutForNow,
            lambda: consenting.take_back(again(version).story, by=teller, at=AT, for_good_now=True),
        ),
        (checking.NotKnown, lambda: consenting.known_again(teller, word="guess", at=AT)),
    ):
        with pytest.raises(refused):
            what()
    consenting.known_again(teller, word="biscuit", at=AT)
    assert rules.may(teller, Use.READ, again(version), AT)
    assert rules.may(circle, Use.READ, again(version), AT)


def test_what_a_found_card_took_back_is_had_back_once_it_is_checked(
    version: Version, story: Story, teller: Person, organiser: Person
) -> None:
    checking.set_word(teller, word="Biscuit", at=AT)
    checking.card_may_be_found(teller, by=organiser, at=AT)
    held = again(version).story
    consenting.take_back(held, by=teller, at=AT)
    with pytest.raises(consenting.ShutForNow):
        consenting.undo_take_back(held, by=teller, at=AT)
    consenting.known_again(teller, word="Biscuit", at=AT)
    consenting.undo_take_back(again(version).story, by=teller, at=AT)
    assert rules.may(teller, Use.READ, again(version), AT)


def test_guesses_at_the_word_on_the_page_are_counted(
    story: Story, teller: Person, organiser: Person, signed_in_client: Any
) -> None:
    checking.set_word(teller, word="Biscuit", at=AT)
    consenting.pause_for(teller, by=organiser, at=AT)
    sam, url = signed_in_client(teller), f"/stories/{story.uuid}/open-again/"
    assert [post(sam, url, word=f"guess {n}").status_code for n in range(6)] == [403] * 5 + [429]
    assert post(sam, url, word="Biscuit").status_code == 429


def test_the_first_pages_after_coming_in_hold_no_title(
    story: Story, teller: Person, signed_in_client: Any
) -> None:
    sam = signed_in_client(teller)
    for page in ("/", "/people/me/"):
        assert "long way" not in text(sam.get(page))


@pytest.mark.parametrize("who", ["teller", "steward"])
def test_a_helper_who_is_not_safe_goes_at_once(
    who: str, request: Any, teller: Person, organiser: Person, neighbourhood: Any, signed_in_client: Any
) -> None:
    told = verbs.begin(
        by=organiser,
        teller=teller,
        neighbourhood=neighbourhood,
        title="A hard year",
        chosen_name="Robin",
        limits_heard=True,
        at=AT,
    )
    speaking.choose(told, by=teller, speaker=organiser, at=AT)
    helper, page = signed_in_client(organiser), f"/stories/{told.uuid}/words/"
    assert helper.get(page).status_code == 200
    consenting.let_helpers_go_for(teller, by=request.getfixturevalue(who), at=AT)
    assert helper.get(page).status_code == 404
    assert not Speaker.objects.filter(ended_at=None).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["team", "held", "helpers", "together"])
def test_a_restored_copy_knows_what_the_team_shut_and_who_was_sent_away(
    how: str,
    version: Version,
    story: Story,
    teller: Person,
    resident: Person,
    organiser: Person,
    circle: Circle,
    read_yes: Consent,
) -> None:
    helpers = people.open_circle(name="helpers", kind=Circle.Kind.HELPERS)
    Membership.objects.create(circle=helpers, person=resident, joined_at=AT)
    Story.objects.filter(pk=story.pk).update(helpers=helpers)
    story.refresh_from_db()
    match how:
        case "team":
            consenting.pause_for(teller, by=organiser, at=AT)
        case "held":
            checking.card_may_be_found(teller, by=organiser, at=AT)
        case "helpers":
            consenting.let_helpers_go(story, by=teller, at=AT)
        case _:
            consenting.tell_together(story, by=teller, other=resident, at=AT)
    # the database of the day before, with a pause of Sam's own that would open by itself
    Story.objects.filter(pk=story.pk).update(
        paused_at=None, paused_by_team=False, held_at=None, second_teller=None
    )
    Shut.objects.filter(story=story).delete()
    Membership.objects.update(left_at=None)
    Consent.objects.update(waits_for=None)
    assert ended.replay() > 0
    assert ended.replay() == 0
    now = again(version).story
    assert (now.paused_by_team, bool(now.held_at)) == (how == "team", how == "held")
    assert Membership.objects.filter(circle=helpers, left_at=None).exists() is (how != "helpers")
    assert rules.may(circle, Use.READ, again(version), AT) is (how == "helpers")


@pytest.mark.django_db(transaction=True)
def test_what_was_checked_and_opened_stays_open_after_a_restore(
    version: Version, teller: Person, organiser: Person, circle: Circle, read_yes: Consent
) -> None:
    checking.set_word(teller, word="Biscuit", at=AT)
    consenting.pause_for(teller, by=organiser, at=AT)
    checking.card_may_be_found(teller, by=organiser, at=AT)
    consenting.known_again(teller, word="Biscuit", at=AT)
    assert ended.replay() == 0
    assert rules.may(circle, Use.READ, again(version), AT)


def test_a_day_the_teller_set_opens_nothing_after_the_teams_pause(
    story: Story, teller: Person, organiser: Person, welcome: Callable[..., Person]
) -> None:
    from betterstory.stories import reminding  # noqa: PLC0415 - this test alone

    consenting.pause(story, by=teller, at=AT, opens_on=AT.date() + timedelta(days=1))
    consenting.pause_for(teller, by=organiser, at=AT)
    assert reminding.open_those_due(at=AT + timedelta(days=400)) == 0
    story.refresh_from_db()
    consenting.pause(story, by=teller, at=AT, opens_on=AT.date() + timedelta(days=1))
    story.refresh_from_db()
    assert story.paused_by_team
    assert reminding.open_those_due(at=AT + timedelta(days=400)) == 0
