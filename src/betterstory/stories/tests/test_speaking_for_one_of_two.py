"""Two told it, and each chooses who speaks for them: what is said for one is read back to that one."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, ended, rules, speaking, verbs
from betterstory.stories.models import Act, Channel, Consent, Speaker, Story, Use, Version
from betterstory.stories.tests.conftest import MONTH, again
from conftest import AT

SignIn = Callable[[Person], Client]
PAGE = "/stories/standing-by/"


@pytest.fixture
def told(story: Story, version: Version, teller: Person, partner: Person) -> Version:
    """Sam told it with Nasreen."""
    consenting.tell_together(story, by=teller, other=partner, at=AT)
    return again(version)


def say_yes_for(told: Version, teller: Person, *, by: Person, circle: Circle) -> Act:
    return speaking.act_for(
        told.story,
        by=by,
        teller=teller,
        kind=Act.Kind.SAY_YES,
        how=Channel.PHONE,
        at=AT,
        version=told,
        use=Use.READ,
        circle=circle,
        until=MONTH,
    )


@pytest.mark.parametrize("first", [True, False])
def test_a_yes_waits_for_whoever_asked_and_then_for_the_other(
    first: bool,
    told: Version,
    teller: Person,
    partner: Person,
    resident: Person,
    steward: Person,
    circle: Circle,
) -> None:
    one, other = (teller, partner) if first else (partner, teller)
    speaking.choose(told.story, by=one, speaker=resident, at=AT)
    act = say_yes_for(told, one, by=resident, circle=circle)
    assert (act.teller, act.yes and act.yes.waits_for) == (one, one)
    with pytest.raises(verbs.NotYourStory):
        consenting.say_yes_too(Consent.objects.get(), by=other, at=AT)
    speaking.read_back(act, by=steward, how=Channel.FACE_TO_FACE, right=True, at=AT)
    yes = Consent.objects.get()
    assert yes.waits_for == other
    assert not rules.may(circle, Use.READ, again(told), AT)
    consenting.say_yes_too(yes, by=other, at=AT)
    assert rules.may(circle, Use.READ, again(told), AT)


def test_whoever_was_sent_away_speaks_for_nobody_any_more(
    told: Version, teller: Person, resident: Person, circle: Circle
) -> None:
    speaking.choose(told.story, by=teller, speaker=resident, at=AT)
    say_yes_for(told, teller, by=resident, circle=circle)
    consenting.let_helpers_go(told.story, by=teller, at=AT)
    with pytest.raises(speaking.NotTheirSpeaker):
        speaking.act_for(told.story, by=resident, kind=Act.Kind.PAUSE, how=Channel.PHONE, at=AT)
    assert again(told).story.paused_at is None


def test_nobody_speaks_for_the_one_who_did_not_choose_them(
    told: Version, teller: Person, partner: Person, resident: Person, circle: Circle
) -> None:
    speaking.choose(told.story, by=partner, speaker=resident, at=AT)
    with pytest.raises(speaking.NotTheirSpeaker):
        say_yes_for(told, teller, by=resident, circle=circle)
    with pytest.raises(speaking.NotTheirSpeaker):  # where nothing is said it is for the first
        speaking.act_for(told.story, by=resident, kind=Act.Kind.PAUSE, how=Channel.PHONE, at=AT)
    assert not Consent.objects.exists()
    assert again(told).story.paused_at is None


def test_whom_both_chose_says_on_the_page_for_which_of_them(
    told: Version,
    teller: Person,
    partner: Person,
    resident: Person,
    organiser: Person,
    signed_in_client: SignIn,
) -> None:
    rows = {one: speaking.choose(told.story, by=one, speaker=resident, at=AT) for one in (teller, partner)}
    assert rows[teller] != rows[partner]
    client = signed_in_client(resident)
    shown = client.get(PAGE).text
    for one, row in rows.items():
        assert f"<h3>{one.name}</h3>" in shown
        assert f"A yes for {one.name}" in client.get(f"{PAGE}say-yes/{row.pk}/").text
    client.post(
        f"{PAGE}act/{rows[partner].pk}/", {"kind": "pause", "how": "phone", "once": str(uuid.uuid4())}
    )
    act = Act.objects.get()
    assert (act.by, act.teller) == (resident, partner)
    assert f"{resident.name} for {partner.name}" in signed_in_client(organiser).get(PAGE).text


def test_each_sees_whom_they_chose_themselves(
    told: Version, teller: Person, partner: Person, resident: Person, signed_in_client: SignIn
) -> None:
    speaking.choose(told.story, by=partner, speaker=resident, at=AT)
    page = f"/stories/{told.story.uuid}/settled/"
    theirs, mine = (signed_in_client(one).get(page).text for one in (partner, teller))
    assert f"{resident.name}. They can stop things" in theirs
    assert f"{resident.name}. They can stop things" not in mine


def test_whoever_tells_it_with_me_does_not_speak_for_me_any_more(
    version: Version, teller: Person, partner: Person, steward: Person, circle: Circle
) -> None:
    """What they said for me as my speaker is read back to me; as the other teller they cannot say it too."""
    speaking.choose(version.story, by=teller, speaker=partner, at=AT)
    act = say_yes_for(version, teller, by=partner, circle=circle)
    consenting.tell_together(version.story, by=teller, other=partner, at=AT)
    assert not Speaker.objects.filter(ended_at=None).exists()
    with pytest.raises(verbs.NotYourStory):
        consenting.say_yes_too(Consent.objects.get(), by=partner, at=AT)
    speaking.read_back(act, by=steward, how=Channel.FACE_TO_FACE, right=True, at=AT)
    assert Consent.objects.get().waits_for == partner


def test_even_where_the_choice_stands_one_teller_is_never_the_others_voice(
    told: Version, teller: Person, partner: Person, circle: Circle
) -> None:
    Speaker.objects.create(story=told.story, chosen_by=teller, person=partner, chosen_at=AT)
    with pytest.raises(speaking.NotTheirSpeaker):
        say_yes_for(told, teller, by=partner, circle=circle)


@pytest.mark.django_db(transaction=True)
def test_an_older_copy_learns_that_two_told_it(
    version: Version, teller: Person, partner: Person, circle: Circle
) -> None:
    plain = consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    speaking.choose(version.story, by=teller, speaker=partner, at=AT)
    spoken = say_yes_for(version, teller, by=partner, circle=circle).yes
    assert spoken is not None
    consenting.tell_together(version.story, by=teller, other=partner, at=timezone.now())
    Story.objects.update(second_teller=None)
    Consent.objects.filter(pk=plain.pk).update(waits_for=None)
    Speaker.objects.update(ended_at=None)
    assert rules.may(circle, Use.READ, again(version), AT), "the older copy knows nothing of it"
    assert ended.replay() == 3
    assert not rules.may(circle, Use.READ, again(version), AT)
    assert again(version).story.second_teller == partner
    assert not Speaker.objects.filter(ended_at=None).exists()
    waits = dict(Consent.objects.values_list("pk", "waits_for"))
    assert waits == {plain.pk: partner.pk, spoken.pk: teller.pk}
    assert ended.replay() == 0
