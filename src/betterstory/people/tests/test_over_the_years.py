"""Posts and bodies over the years: who holds a post, and what took the place of what."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from betterstory.people import verbs
from betterstory.people.keeping_posts import chain
from betterstory.people.models import Body, Holding, Person, Post, Ring
from betterstory.people.tests.conftest import AtOnce, at_once
from conftest import AT, TODAY

__all__ = ["at_once"]  # a fixture
pytestmark = pytest.mark.django_db
Open = Callable[[Person], Client]
DAY = timedelta(days=1)


def body(name: str, organiser: Person) -> Body:
    return verbs.name_body(name=name, ring=Ring.LOCAL_SERVICES, by=organiser)


@pytest.fixture
def head(organiser: Person, partner: Person) -> Post:
    service = body("The Talking Service", organiser)
    return verbs.name_post(body=service, title="Head", by=organiser, holder=partner, on=TODAY - 40 * DAY)


def history(post: Post) -> list[tuple[str, object, object]]:
    told = post.holdings.select_related("person")
    return [(each.person.name, each.from_on, each.until_on) for each in told]


def test_who_held_a_post_is_kept_by_day(head: Post, organiser: Person, teller: Person) -> None:
    verbs.hand_over(head, to=None, by=organiser, on=TODAY - 9 * DAY, today=TODAY)
    verbs.hand_over(head, to=teller, by=organiser, on=TODAY, today=TODAY)
    assert history(head) == [("Helen", TODAY - 40 * DAY, TODAY - 9 * DAY), ("Sam", TODAY, None)]
    assert Post.objects.get().holder == teller


def test_whoever_held_it_before_it_was_written_down_is_not_forgotten(
    head: Post, organiser: Person, teller: Person
) -> None:
    Holding.objects.all().delete()  # as in a place that kept no history yet
    verbs.hand_over(head, to=teller, by=organiser, on=TODAY, today=TODAY)
    assert history(head) == [("Helen", None, TODAY), ("Sam", TODAY, None)]


@pytest.mark.parametrize("days", [1, -41])
def test_a_hand_over_out_of_order_is_refused(
    days: int, head: Post, organiser: Person, teller: Person
) -> None:
    with pytest.raises(verbs.DayOutOfOrder):
        verbs.hand_over(head, to=teller, by=organiser, on=TODAY + days * DAY, today=TODAY)
    assert Post.objects.get().holder_id != teller.pk
    assert len(history(head)) == 1


def test_the_same_holder_again_changes_nothing(head: Post, organiser: Person, partner: Person) -> None:
    verbs.hand_over(head, to=partner, by=organiser, on=TODAY, today=TODAY)
    assert history(head) == [("Helen", TODAY - 40 * DAY, None)]


def test_a_chain_ends_at_its_last(organiser: Person) -> None:
    one, two, three = (body(name, organiser) for name in ("One", "Two", "Three"))
    verbs.follow(one, by_this=two, by=organiser)
    verbs.follow(two, by_this=three, by=organiser)
    assert {each.name: each.today for each in Body.objects.all()} == {
        "One": three,
        "Two": three,
        "Three": None,
    }
    verbs.follow(two, by_this=None, by=organiser)
    assert {each.name: each.today for each in Body.objects.all()} == {"One": two, "Two": None, "Three": None}


def test_no_body_is_followed_by_itself_however_far_round(organiser: Person) -> None:
    one, two, three = (body(name, organiser) for name in ("One", "Two", "Three"))
    verbs.follow(one, by_this=two, by=organiser)
    verbs.follow(two, by_this=three, by=organiser)
    for last in (one, two, three):
        with pytest.raises(verbs.Circular):
            verbs.follow(three, by_this=last, by=organiser)
    assert Body.objects.get(name="Three").followed_by is None
    assert Body.objects.get(name="One").today == three


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.none() | st.integers(0, 4)), max_size=12))
def test_whatever_is_said_every_chain_ends(organiser: Person, pairs: list[tuple[int, int | None]]) -> None:
    bodies = [body(f"Body {number}", organiser) for number in range(5)]
    Body.objects.update(followed_by=None, today=None)
    for kept, by_this in pairs:
        try:
            verbs.follow(bodies[kept], by_this=None if by_this is None else bodies[by_this], by=organiser)
        except verbs.Circular:
            continue
    after = dict(Body.objects.values_list("pk", "followed_by"))
    for each in Body.objects.all():
        links = chain(each.pk, after)
        assert each.pk not in links
        assert each.today_id == (links[-1] if links else None)


@pytest.mark.django_db(transaction=True)
def test_each_followed_by_the_other_at_once_is_one_of_them(organiser: Person, at_once: AtOnce) -> None:
    one, two = body("One", organiser), body("Two", organiser)
    answers = at_once(
        lambda: verbs.follow(one, by_this=two, by=organiser),
        lambda: verbs.follow(two, by_this=one, by=organiser),
    )
    assert sum(isinstance(each, verbs.Circular) for each in answers) == 1


def test_only_organisers_and_stewards_say_what_followed(partner: Person, organiser: Person) -> None:
    one, two = body("One", organiser), body("Two", organiser)
    with pytest.raises(verbs.NotYours):
        verbs.follow(one, by_this=two, by=partner)
    assert Body.objects.get(name="One").followed_by is None


# -- their pages


def send(browser: Client, path: str, **told: object) -> object:
    return browser.post(path, {"once": str(uuid.uuid4()), **told})


@pytest.fixture
def browser(
    signed_in_client: Open, organiser: Person, place: object, monkeypatch: pytest.MonkeyPatch
) -> Client:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    return signed_in_client(organiser)


def test_the_page_of_a_post_tells_who_held_it(browser: Client, head: Post, teller: Person) -> None:
    page = f"/people/posts/{head.pk}/"
    send(browser, page, person=teller.pk)
    text = browser.get(page).text.split("Who held it")[1]
    assert text.index("Sam") < text.index("Helen"), "the newest first"
    assert "still now" in text
    answer = browser.post(page, {"once": str(uuid.uuid4()), "person": "", "on": "2020-01-01"})
    assert answer.status_code == 422
    assert "after the last change" in answer.text
    assert Post.objects.get().holder == teller


def test_a_body_is_followed_on_its_page_and_a_circle_is_refused(browser: Client, organiser: Person) -> None:
    one, two = body("One", organiser), body("Two", organiser)
    send(browser, f"/people/bodies/{one.pk}/followed/", by_this=two.pk)
    assert "Followed by Two" in browser.get(f"/people/bodies/{one.pk}/").text
    answer = browser.post(
        f"/people/bodies/{two.pk}/followed/", {"once": str(uuid.uuid4()), "by_this": one.pk}
    )
    assert answer.status_code == 422
    assert "round in a circle" in answer.text
    assert Body.objects.get(name="Two").followed_by is None


def test_a_post_is_followed_by_a_post_elsewhere(browser: Client, head: Post, organiser: Person) -> None:
    new = verbs.name_post(body=body("The Trust", organiser), title="Director", by=organiser)
    send(browser, f"/people/posts/{head.pk}/followed/", by_this=new.pk)
    assert Post.objects.get(pk=head.pk).today == new
    assert "Followed by Director, The Trust" in browser.get(f"/people/bodies/{head.body_id}/").text


@pytest.mark.parametrize("kind", ["bodies", "posts"])
def test_who_held_what_is_nobody_elses_page(
    kind: str, signed_in_client: Open, head: Post, partner: Person, place: object
) -> None:
    other = signed_in_client(partner)
    pk = head.pk if kind == "posts" else head.body_id
    assert other.get(f"/people/{kind}/{pk}/followed/").status_code == 403
    assert "Helen" not in other.get(f"/people/posts/{head.pk}/").text.split("<main")[1]
