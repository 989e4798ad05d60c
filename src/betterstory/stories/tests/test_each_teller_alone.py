"""Two told it: what each shut, or had shut for them, stays shut until that one opens it."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from betterstory.people.models import Circle, Person
from betterstory.stories import checking, consenting, ended, reminding, rules
from betterstory.stories.models import Consent, Shut, Story, Use, Version
from betterstory.stories.safeguarding import held
from betterstory.stories.standing_by import people_shut_out
from betterstory.stories.tests.conftest import MONTH, again
from conftest import AT, TODAY

SignIn = Callable[[Person], Client]
LATER = AT + timedelta(hours=1)


@pytest.fixture
def ana(story: Story, version: Version, teller: Person, resident: Person, circle: Circle) -> Person:
    """Sam told it with Lynda, and both said yes to the circle."""
    consenting.tell_together(story, by=teller, other=resident, at=AT)
    yes = consenting.say_yes(again(version), by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    consenting.say_yes_too(yes, by=resident, at=AT)
    return resident


@pytest.fixture
def is_open(version: Version, circle: Circle) -> Callable[[], bool]:
    return lambda: rules.may(circle, Use.READ, again(version), LATER)


def know(person: Person, *team: Person) -> None:
    for member in team:
        checking.met(person, by=member, at=AT)


def test_what_both_paused_opens_once_both_open_it(
    story: Story, teller: Person, ana: Person, is_open: Callable[[], bool]
) -> None:
    for one in (teller, ana):
        consenting.pause(story, by=one, at=AT)
    assert not consenting.unpause(story, by=teller, at=LATER)
    assert not is_open(), "hers is shut still"
    assert consenting.unpause(story, by=ana, at=LATER)
    assert is_open()


def test_the_day_of_one_opens_nothing_of_the_other(
    story: Story, teller: Person, ana: Person, is_open: Callable[[], bool]
) -> None:
    consenting.pause(story, by=teller, at=AT, opens_on=TODAY + timedelta(days=1))
    consenting.pause(story, by=ana, at=AT)
    story.refresh_from_db()
    assert story.opens_on is None, "no day is shown on which it would open by itself"
    assert reminding.open_those_due(at=AT + timedelta(days=2)) == 1
    assert not is_open()
    consenting.pause(story, by=teller, at=AT, opens_on=TODAY + timedelta(days=3))
    consenting.pause(story, by=ana, at=AT, opens_on=TODAY + timedelta(days=9))
    story.refresh_from_db()
    assert story.opens_on == TODAY + timedelta(days=9), "the later one"


@pytest.mark.parametrize("why", ["a card may be found", "taken back"])
def test_a_day_that_comes_opens_nothing_that_is_shut_for_more_than_a_while(
    why: str, story: Story, teller: Person, organiser: Person
) -> None:
    consenting.pause(story, by=teller, at=AT, opens_on=TODAY + timedelta(days=1))
    if why == "taken back":
        consenting.take_back(story, by=teller, at=AT)
    else:
        checking.card_may_be_found(teller, by=organiser, at=AT)
    assert reminding.open_those_due(at=AT + timedelta(days=2)) == 0
    story.refresh_from_db()
    assert story.paused_at == AT


def test_after_a_call_for_each_each_is_met(
    story: Story,
    teller: Person,
    ana: Person,
    organiser: Person,
    steward: Person,
    is_open: Callable[[], bool],
) -> None:
    for one in (teller, ana):
        consenting.pause_for(one, by=organiser, at=AT)
    assert {person.pk for person in people_shut_out()} == {teller.pk, ana.pk}
    know(teller, organiser, steward)
    assert not consenting.unpause(story, by=teller, at=LATER)
    assert [person.pk for person in people_shut_out()] == [ana.pk]
    assert not is_open()
    with pytest.raises(checking.NotKnown):
        consenting.unpause(story, by=ana, at=LATER)
    know(ana, organiser, steward)
    assert consenting.unpause(story, by=ana, at=LATER)
    assert is_open()


def test_a_call_for_one_does_not_open_what_the_other_paused(
    story: Story,
    teller: Person,
    ana: Person,
    organiser: Person,
    steward: Person,
    is_open: Callable[[], bool],
) -> None:
    consenting.pause(story, by=ana, at=AT)
    consenting.pause_for(teller, by=organiser, at=AT)
    know(teller, organiser, steward)
    assert not consenting.unpause(story, by=teller, at=LATER)
    assert not is_open()
    assert consenting.unpause(story, by=ana, at=LATER), "she never needed to be met"


def test_while_both_cards_may_be_found_knowing_one_opens_nothing(
    story: Story,
    version: Version,
    teller: Person,
    ana: Person,
    organiser: Person,
    steward: Person,
    is_open: Callable[[], bool],
) -> None:
    for one in (teller, ana):
        checking.card_may_be_found(one, by=organiser, at=AT)
    know(teller, organiser, steward)
    consenting.known_again(teller, at=LATER)
    assert not is_open()
    for one in (teller, ana):
        assert not rules.may(one, Use.READ, again(version), LATER), "hers may be in other hands"
    know(ana, organiser, steward)
    consenting.known_again(ana, at=LATER)
    assert is_open()
    assert rules.may(ana, Use.READ, again(version), LATER)


def test_a_card_found_after_the_call_for_the_other_is_its_own(
    story: Story, teller: Person, ana: Person, organiser: Person, steward: Person
) -> None:
    consenting.pause_for(teller, by=organiser, at=AT)
    checking.card_may_be_found(ana, by=organiser, at=AT)
    know(teller, organiser, steward)
    consenting.known_again(teller, at=LATER)
    story.refresh_from_db()
    assert (story.held_at, story.paused_by_team) == (AT, False)
    with pytest.raises(checking.NotKnown):
        checking.set_word(ana, word="Biscuit", at=LATER)
    checking.set_word(teller, word="Biscuit", at=LATER)


def test_a_second_call_changes_nothing_of_the_first(
    story: Story, teller: Person, ana: Person, organiser: Person, steward: Person
) -> None:
    """What a found card took back before the second call still waits until its teller is known."""
    checking.card_may_be_found(teller, by=organiser, at=AT)
    consenting.pause_for(teller, by=organiser, at=AT)
    consenting.take_back(Story.objects.get(pk=story.pk), by=teller, at=LATER)
    checking.card_may_be_found(teller, by=steward, at=LATER + timedelta(hours=1))
    consenting.pause_for(teller, by=steward, at=LATER + timedelta(hours=1))
    story.refresh_from_db()
    assert (story.held_at, story.paused_at, story.paused_by) == (AT, AT, organiser)
    assert not held.due(MONTH, taken_back_before=MONTH).exists()


def test_what_both_took_back_comes_back_once_both_want_it(
    story: Story, teller: Person, ana: Person, is_open: Callable[[], bool]
) -> None:
    consenting.take_back(story, by=teller, at=AT)
    consenting.take_back(Story.objects.get(pk=story.pk), by=ana, at=AT + timedelta(days=2))
    now = Story.objects.select_related("second_teller", "teller").get(pk=story.pk)
    assert not consenting.undo_take_back(now, by=teller, at=AT + timedelta(days=3))
    now = Story.objects.select_related("second_teller", "teller").get(pk=story.pk)
    assert (now.taken_back_at, now.taken_back_by) == (AT, ana), "the week goes on"
    with pytest.raises(consenting.TheOtherPaused):
        consenting.undo_take_back(now, by=teller, at=AT + timedelta(days=3))
    assert consenting.undo_take_back(now, by=ana, at=AT + timedelta(days=3))
    assert Story.objects.get(pk=story.pk).taken_back_at is None


@pytest.mark.django_db(transaction=True)
def test_an_older_copy_learns_for_whom_it_was_shut(
    story: Story, teller: Person, ana: Person, organiser: Person, steward: Person
) -> None:
    consenting.pause(story, by=ana, at=AT)
    consenting.pause_for(teller, by=organiser, at=AT)
    checking.card_may_be_found(ana, by=organiser, at=AT)
    consenting.take_back(story, by=ana, at=AT)
    know(ana, organiser, steward)
    consenting.known_again(ana, at=LATER)
    shut = [*Shut.objects.order_by("teller").values("teller", "paused_at", "paused_by_team", "held_at")]
    Shut.objects.all().delete()
    Story.objects.update(paused_at=None, paused_by_team=False, taken_back_at=None, taken_back_by=None)
    # the older copy knew a pause of his own, which would open by itself
    Shut.objects.create(story=story, teller=teller, paused_at=AT, paused_by=teller, opens_on=TODAY)
    assert ended.replay() > 0
    assert [
        *Shut.objects.order_by("teller").values("teller", "paused_at", "paused_by_team", "held_at")
    ] == shut
    assert ended.replay() == 0
    now = Story.objects.select_related("teller", "second_teller").get(pk=story.pk)
    assert (now.taken_back_by, now.paused_by_team, now.held_at) == (ana, True, None)


@pytest.mark.django_db(transaction=True)
def test_earlier_lines_that_name_nobody_shut_for_the_first_and_open_for_both(
    story: Story, teller: Person, ana: Person, organiser: Person
) -> None:
    for kind in ("paused-by-team", "card-found", "taken-back", "known-again", "opened-again", "paused"):
        ended.write(kind, story.uuid, at=AT)
    ended.write("paused", story.uuid, at=AT, who=ana.uuid)
    assert ended.replay() == 4, "for Sam a pause; that it was taken back, there and on the story; her pause"
    rows = {row.teller: row for row in Shut.objects.select_related("teller")}
    assert rows[teller].paused_at == rows[ana].paused_at == AT
    assert (rows[teller].paused_by_team, rows[teller].held_at, rows[teller].taken_back_at) == (
        False,
        None,
        AT,
    )
    Story.objects.update(paused_at=None)
    ended.write("opened-again", story.uuid, at=LATER)
    Shut.objects.all().delete()
    ended.replay()
    assert not Shut.objects.exclude(paused_at=None).exists()


def test_each_reads_on_the_page_what_is_theirs_to_open(
    story: Story, teller: Person, ana: Person, organiser: Person, signed_in_client: SignIn
) -> None:
    url = f"/stories/{story.uuid}/"

    def press(who: Person, page: str) -> str:
        once = {"once": str(uuid.uuid4())}
        return signed_in_client(who).post(f"{url}{page}/", once, follow=True).text

    consenting.pause(story, by=ana, at=AT)
    sams, hers = (signed_in_client(one).get(f"{url}mine/").text for one in (teller, ana))
    assert "The other one of you shut it. Only they can open it again." in sams
    assert "Open the doors again" not in sams
    assert "Nobody but you two can see any of it." in sams
    assert "Open the doors again" in hers
    consenting.pause_for(teller, by=organiser, at=AT)
    hers = signed_in_client(ana).get(f"{url}mine/").text
    assert "say your second word" not in hers, "a call for him asks nothing of her"
    assert "It stays shut until the other one of you opens it too." in press(ana, "open-again")
    consenting.take_back(Story.objects.get(pk=story.pk), by=teller, at=AT)
    hers = signed_in_client(ana).get(f"{url}mine/").text
    assert "The other one of you took this story back" in hers
    assert "I want it back" not in hers
    assert "You took this story back" in signed_in_client(teller).get(f"{url}mine/").text
    consenting.take_back(Story.objects.get(pk=story.pk), by=ana, at=AT)
    assert "I want it back" in signed_in_client(ana).get(f"{url}mine/").text
    assert "The other one of you took it back too" in press(ana, "have-back")


def test_the_other_one_known_again_reads_that_it_stays_shut(
    story: Story, teller: Person, ana: Person, organiser: Person, steward: Person, signed_in_client: SignIn
) -> None:
    checking.set_word(ana, word="Biscuit", at=AT)
    checking.card_may_be_found(teller, by=organiser, at=AT)
    hers, sams = (signed_in_client(one).get(f"/stories/{story.uuid}/mine/").text for one in (ana, teller))
    assert "The other one of you may have lost their card." in hers
    assert "It is me" not in hers
    assert "your card may be" in sams
    assert "It is me" in sams
    said = {"word": "Biscuit", "once": str(uuid.uuid4())}
    page = signed_in_client(ana).post(f"/stories/{story.uuid}/open-again/", said, follow=True)
    assert "It stays shut until we know the other one of you too." in page.text
    assert Story.objects.get(pk=story.pk).held_at == AT


def test_before_anything_is_shut_it_is_open(ana: Person, is_open: Callable[[], bool]) -> None:
    assert is_open()
    assert Consent.objects.filter(waits_for=None, ended_at=None).count() == 1


def test_one_of_the_team_who_told_it_pauses_their_own_like_any_teller(
    story: Story, ana: Person, organiser: Person, is_open: Callable[[], bool]
) -> None:
    Story.objects.filter(pk=story.pk).update(second_teller=organiser)
    assert consenting.pause_for(organiser, by=organiser, at=AT) == 1
    assert not is_open()
    assert not Shut.objects.get().paused_by_team
    assert consenting.unpause(Story.objects.get(pk=story.pk), by=organiser, at=LATER)
