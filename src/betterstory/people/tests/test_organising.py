"""What organisers and stewards keep: who takes part, bodies and their posts, circles."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from betterstory.people import verbs
from betterstory.people.models import Body, Circle, Part, Person, Post, Ring, Role
from conftest import AT, TODAY

pytestmark = pytest.mark.django_db
Open = Callable[[Person], Client]


@pytest.fixture
def browser(signed_in_client: Open, organiser: Person, place: object) -> Client:
    return signed_in_client(organiser)


def send(browser: Client, path: str, **told: Any) -> Any:
    return browser.post(path, {"once": str(uuid.uuid4()), **told})


# -- who takes part


def test_everybody_is_listed_with_their_parts(browser: Client, teller: Person, steward: Person) -> None:
    verbs.give_part(person=teller, role=Role.PARTNER, by=steward, on=TODAY)
    text = browser.get("/people/everybody/").text
    assert "Sam" in text
    assert "resident, partner" in text


def test_a_steward_gives_a_part_and_takes_it_away(
    signed_in_client: Open, steward: Person, teller: Person, place: object
) -> None:
    browser = signed_in_client(steward)
    page = f"/people/everybody/{teller.pk}/"
    assert send(browser, page, role="organiser")["Location"] == page
    part = Part.objects.get(person=teller, role="organiser")
    send(browser, f"/people/parts/{part.pk}/end/")
    part.refresh_from_db()
    assert part.left_on is not None
    assert set(Person.objects.get(pk=teller.pk).roles) == {"resident"}


def test_an_organiser_cannot_give_parts(browser: Client, organiser: Person, teller: Person) -> None:
    page = f"/people/everybody/{organiser.pk}/"
    assert "Give this part" not in browser.get(page).text
    assert send(browser, page, role="steward").status_code == 403
    assert set(Person.objects.get(pk=organiser.pk).roles) == {"organiser"}
    assert send(browser, f"/people/parts/{Part.objects.get(person=teller).pk}/end/").status_code == 403


@pytest.mark.parametrize("role", ["", "king"])
def test_a_part_that_is_none_is_refused(
    signed_in_client: Open, steward: Person, teller: Person, place: object, role: str
) -> None:
    answer = send(signed_in_client(steward), f"/people/everybody/{teller.pk}/", role=role)
    assert answer.status_code == 422
    assert teller.parts.count() == 1


@pytest.mark.parametrize("role", ["resident", "partner", "analyst", "organiser"])
def test_only_a_steward_gives_parts_and_ends_them(
    welcome: Callable[..., Person], teller: Person, role: str
) -> None:
    somebody = welcome("Lynda", role)
    with pytest.raises(verbs.NotYours):
        verbs.give_part(person=somebody, role=Role.STEWARD, by=somebody, on=TODAY)
    with pytest.raises(verbs.NotYours):
        verbs.end_part(teller.parts.get(), by=somebody, on=TODAY)
    assert teller.parts.get().left_on is None
    assert not Part.objects.filter(role=Role.STEWARD).exists()


def test_the_last_steward_stays(steward: Person, welcome: Callable[..., Person]) -> None:
    part = steward.parts.get()
    with pytest.raises(verbs.LastSteward):
        verbs.end_part(part, by=steward, on=TODAY)
    gone = welcome("Gone", "steward")
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(verbs.LastSteward):
        verbs.end_part(part, by=steward, on=TODAY)
    welcome("Another", "steward")
    verbs.end_part(part, by=steward, on=TODAY)
    part.refresh_from_db()
    assert part.left_on == TODAY


def test_a_card_for_somebody_who_lost_theirs(browser: Client, teller: Person, settings: Any) -> None:
    assert "Make a new card for Sam" in browser.get(f"/people/everybody/{teller.pk}/").text
    answer = send(browser, f"/people/everybody/{teller.pk}/card/")
    assert "For Sam." in answer.text
    settings.URL = "http://localhost:8000"
    answer = send(browser, f"/people/everybody/{teller.pk}/card/")
    assert answer.status_code == 409
    assert "this computer alone" in answer.text


def test_help_is_not_offered_for_those_with_more_doors(browser: Client, steward: Person) -> None:
    page = f"/people/everybody/{steward.pk}/"
    assert "Make a new card" not in browser.get(page).text
    assert send(browser, f"{page}card/").status_code == 403
    assert send(browser, f"{page}forget-factors/").status_code == 403


# -- bodies and posts


def test_a_body_and_its_post_are_written_down_and_handed_over(browser: Client, partner: Person) -> None:
    there = send(browser, "/people/bodies/", name="Talking Service", ring="local_services")["Location"]
    body = Body.objects.get()
    assert there == f"/people/bodies/{body.pk}/"
    send(browser, there, title="Head of service")
    post = Post.objects.get()
    assert "Nobody holds it just now" in browser.get(there).text
    send(browser, f"/people/posts/{post.pk}/", person=partner.pk)
    assert "Helen" in browser.get(there).text
    assert "Helen" in browser.get("/people/bodies/").text
    send(browser, f"/people/posts/{post.pk}/", person="")
    post.refresh_from_db()
    assert post.holder is None


@pytest.mark.parametrize(
    "told",
    [
        {"name": "", "ring": "me"},
        {"name": "x" * 121, "ring": "me"},
        {"name": "GP", "ring": "moon"},
        {"name": "GP"},
    ],
)
def test_a_body_with_something_missing_is_not_kept(browser: Client, told: dict[str, str]) -> None:
    answer = send(browser, "/people/bodies/", **told)
    assert answer.status_code == 422
    assert told["name"] in answer.text
    assert not Body.objects.exists()


@pytest.mark.parametrize("role", ["resident", "partner", "analyst"])
def test_only_organisers_and_stewards_write_bodies_down(welcome: Callable[..., Person], role: str) -> None:
    somebody = welcome("Lynda", role)
    with pytest.raises(verbs.NotYours):
        verbs.name_body(name="GP", ring=Ring.LOCAL_SERVICES, by=somebody)
    body = Body.objects.create(name="GP")
    with pytest.raises(verbs.NotYours):
        verbs.name_post(body=body, title="Partner", by=somebody)
    post = Post.objects.create(body=body, title="Partner")
    with pytest.raises(verbs.NotYours):
        verbs.hand_over(post, to=somebody, by=somebody)
    assert Body.objects.count() == Post.objects.count() == 1
    assert post.holder is None


# -- circles


def test_a_circle_is_begun_and_people_come_and_go(browser: Client, teller: Person) -> None:
    there = send(browser, "/people/circles/", name="Tuesday’s room", kind="named", ends_on="2027-07-14")[
        "Location"
    ]
    circle = Circle.objects.get()
    assert circle.ends_on == date(2027, 7, 14)
    send(browser, there, person=teller.pk)
    assert circle.includes(teller)
    assert "1 person" in browser.get("/people/circles/").text
    assert "Sam" in browser.get(there).text
    send(browser, f"{there}out/{teller.pk}/")
    assert not circle.includes(teller)


def test_a_date_that_is_none_is_refused_and_kept(browser: Client) -> None:
    answer = send(browser, "/people/circles/", name="Tuesday’s room", kind="named", ends_on="soon")
    assert answer.status_code == 422
    assert 'value="soon"' in answer.text
    assert not Circle.objects.exists()


def test_a_tellers_helpers_are_nobody_elses_business(
    browser: Client, teller: Person, organiser: Person
) -> None:
    """An organiser who could join them could read the story."""
    helpers = verbs.open_circle(name="Robin’s helpers", kind=Circle.Kind.HELPERS)
    verbs.join(circle=helpers, person=teller, at=AT)
    assert "Robin’s helpers" not in browser.get("/people/circles/").text
    assert browser.get(f"/people/circles/{helpers.pk}/").status_code == 404
    assert send(browser, f"/people/circles/{helpers.pk}/", person=organiser.pk).status_code == 404
    assert send(browser, f"/people/circles/{helpers.pk}/out/{teller.pk}/").status_code == 404
    assert send(browser, "/people/circles/", name="x", kind="helpers").status_code == 422
    with pytest.raises(verbs.NotYours):
        verbs.join(circle=helpers, person=organiser, at=AT, by=organiser)
    with pytest.raises(verbs.NotYours):
        verbs.leave(circle=helpers, person=teller, at=AT, by=organiser)
    assert not helpers.includes(organiser)
    assert helpers.includes(teller)


def test_anybody_may_leave_a_circle_themselves(teller: Person) -> None:
    circle = verbs.open_circle(name="Tuesday", kind=Circle.Kind.NAMED)
    verbs.join(circle=circle, person=teller, at=AT)
    verbs.leave(circle=circle, person=teller, at=AT + timedelta(days=1), by=teller)
    assert not circle.includes(teller)


@pytest.mark.parametrize("role", ["resident", "partner", "analyst"])
def test_only_organisers_and_stewards_keep_circles(
    welcome: Callable[..., Person], teller: Person, role: str
) -> None:
    somebody = welcome("Lynda", role)
    circle = verbs.open_circle(name="Tuesday", kind=Circle.Kind.NAMED)
    with pytest.raises(verbs.NotYours):
        verbs.open_circle(name="x", kind=Circle.Kind.NAMED, by=somebody)
    with pytest.raises(verbs.NotYours):
        verbs.join(circle=circle, person=somebody, at=AT, by=somebody)
    verbs.join(circle=circle, person=teller, at=AT)
    with pytest.raises(verbs.NotYours):
        verbs.leave(circle=circle, person=teller, at=AT, by=somebody)
    assert Circle.objects.count() == 1
    assert circle.includes(teller)
    assert not circle.includes(somebody)


def test_joining_twice_is_joining_once(teller: Person) -> None:
    circle = verbs.open_circle(name="Tuesday", kind=Circle.Kind.NAMED)
    assert verbs.join(circle=circle, person=teller, at=AT) == verbs.join(circle=circle, person=teller, at=AT)
    assert circle.memberships.count() == 1
