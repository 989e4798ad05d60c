"""Who holds the posts: named by somebody else, handed over without a gap, never empty while it matters."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from betterstory.people.models import Person, Role
from betterstory.people.verbs import NotYours
from betterstory.places.models import Neighbourhood, Place
from betterstory.stories import verbs
from betterstory.stories.models import Concern, Lead, Story
from betterstory.stories.safeguarding import leads, rules
from conftest import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def tell(teller: Person, neighbourhood: Neighbourhood) -> Story:
    return verbs.begin(
        by=teller,
        teller=teller,
        neighbourhood=neighbourhood,
        title="One",
        chosen_name="R",
        limits_heard=True,
        at=AT,
    )


def test_no_story_begins_without_a_lead(
    teller: Person, neighbourhood: Neighbourhood, grace: Person, steward: Person
) -> None:
    Lead.objects.update(until_at=AT)
    with pytest.raises(verbs.NoLead):
        tell(teller, neighbourhood)
    assert not Story.objects.exists()
    leads.name(grace, post=Lead.Post.DEPUTY, phone="1", by=steward, at=AT)
    assert tell(teller, neighbourhood).pk, "a deputy stands in"


def test_a_lead_who_left_the_place_is_no_lead(
    teller: Person, neighbourhood: Neighbourhood, grace: Person
) -> None:
    Person.objects.filter(pk=grace.pk).update(is_active=False)
    with pytest.raises(verbs.NoLead):
        tell(teller, neighbourhood)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.STEWARD])
def test_only_a_steward_names_one(role: Role, place: Place, welcome: Callable[..., Person]) -> None:
    with pytest.raises(NotYours):
        leads.name(
            welcome("Jo", "resident"), post=Lead.Post.DEPUTY, phone="1", by=welcome("Kim", role), at=AT
        )
    assert [post.person.name for post in rules.posts()] == ["Grace"]


def test_nobody_names_themselves_and_everybody_can_be_rung(steward: Person, pat: Person) -> None:
    with pytest.raises(leads.NotYourself):
        leads.name(steward, post=Lead.Post.LEAD, phone="1", by=steward, at=AT)
    with pytest.raises(leads.NumberNeeded):
        leads.name(pat, post=Lead.Post.LEAD, phone=" ", by=steward, at=AT)
    assert not rules.holds_post(steward)


def test_the_next_lead_takes_over_in_the_same_moment(
    concern: Concern, grace: Person, steward: Person, welcome: Callable[..., Person]
) -> None:
    ruth = welcome("Ruth", "resident")
    leads.name(
        ruth, post=Lead.Post.LEAD, phone="01632 960 150", said_as="Ruth, of the hall", by=steward, at=AT + DAY
    )
    grace.read_again()
    assert [post.person for post in rules.posts()] == [ruth]
    assert rules.may_see(ruth, concern), "what was raised stays with the post"
    assert not rules.may_see(grace, concern)
    assert not grace.plays(Role.SAFETY)
    place = Place.objects.get()
    assert (place.safeguarding_lead, place.safeguarding_phone) == ("Ruth, of the hall", "01632 960 150")
    assert list(Lead.objects.values_list("person__name", "until_at")) == [("Ruth", None), ("Grace", AT + DAY)]


def test_a_deputy_who_becomes_the_lead_leaves_the_deputys_post(
    grace: Person, pat: Person, steward: Person
) -> None:
    leads.name(pat, post=Lead.Post.LEAD, phone="2", by=steward, at=AT + DAY)
    assert [(post.person, post.post) for post in rules.posts()] == [(pat, "lead")]
    assert rules.holds_post(pat)
    assert Place.objects.get().safeguarding_deputy == ""


def test_when_the_lead_leaves_the_deputy_stands_in(grace: Person, pat: Person, steward: Person) -> None:
    lead = Lead.objects.get(person=grace, until_at=None)
    with pytest.raises(NotYours):
        leads.let_go(lead, by=pat, at=AT + DAY)
    leads.let_go(lead, by=grace, at=AT + DAY)
    first = rules.first()
    assert first is not None
    assert first.person == pat
    assert Place.objects.get().safeguarding_lead == "Pat"
    with pytest.raises(leads.LastOne):
        leads.let_go(Lead.objects.get(person=pat, until_at=None), by=steward, at=AT + DAY)
    assert rules.holds_post(pat)
