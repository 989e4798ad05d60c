"""Many at the same moment, each on a thread and a connection of its own, as in a hall."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from betterstory.people import limits, verbs
from betterstory.people.models import Circle, Invitation, Once, Person
from betterstory.people.tests.conftest import AtOnce, MakeCard
from betterstory.people.visit import once
from conftest import AT, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_at_once_with_one_card_and_one_gets_in(card: MakeCard, at_once: AtOnce) -> None:
    _row, code = card()
    answers = at_once(*[lambda: verbs.come_in(selector=code[:3], verifier=code[3:], at=AT, on=TODAY)] * 20)
    let_in = [answer for answer in answers if isinstance(answer, Person)]
    refused = [answer for answer in answers if isinstance(answer, verbs.CodeUnknown)]
    assert (len(let_in), len(refused)) == (1, 19)
    assert at_once(Person.objects.count, Invitation.objects.filter(used_at=AT).count) == [1, 1]


def test_the_page_itself_lets_in_one_of_twenty(card: MakeCard, at_once: AtOnce) -> None:
    _row, code = card()
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))

    def press() -> int:
        told = {"code": code, "once": str(uuid.uuid4())}
        return (
            Client(REMOTE_ADDR=f"192.0.2.{uuid.uuid4().int % 250}").post("/people/come-in/", told).status_code
        )

    answers = at_once(*[press] * 20)
    assert answers.count(302) == 1
    assert set(answers) <= {302, 422, 429}


def test_a_double_press_at_the_same_moment_lets_the_same_person_in(card: MakeCard, at_once: AtOnce) -> None:
    _row, code = card()
    form = uuid.uuid4()
    answers = at_once(
        *[lambda: verbs.come_in(selector=code[:3], verifier=code[3:], at=AT, on=TODAY, form=form)] * 4
    )
    assert len({answer.pk for answer in answers if isinstance(answer, Person)}) == 1
    assert all(isinstance(answer, Person) for answer in answers)


def test_a_card_is_not_used_and_withdrawn_both(card: MakeCard, steward: Person, at_once: AtOnce) -> None:
    row, code = card()
    at_once(
        lambda: verbs.withdraw_card(row, by=steward, at=AT),
        lambda: verbs.come_in(selector=code[:3], verifier=code[3:], at=AT, on=TODAY),
    )
    [after] = at_once(lambda: Invitation.objects.get(pk=row.pk))
    assert isinstance(after, Invitation)
    assert (after.used_at is None) != (after.withdrawn_at is None)


def test_tries_at_once_are_all_counted(at_once: AtOnce) -> None:
    def guess() -> None:
        limits.count_try(what="card", who="somebody", most=5, within=timedelta(minutes=10), at=AT)

    answers = at_once(*[guess] * 20)
    assert answers.count(None) == 5
    assert sum(isinstance(answer, limits.TooManyTries) for answer in answers) == 15


def test_two_presses_at_once_make_one_and_both_get_its_answer(
    at_once: AtOnce, rf: RequestFactory, welcome: Callable[..., Person]
) -> None:
    person = welcome("Sam")

    @once
    def make(request: object) -> HttpResponse:
        circle = verbs.open_circle(name="Tuesday", kind=Circle.Kind.NAMED)
        return HttpResponse(status=302, headers={"Location": f"/made/{circle.pk}/"})

    form = {"once": str(uuid.uuid4())}

    def press() -> str:
        request = rf.post("/make/", form)
        request.person, request.at = person, AT  # type: ignore[attr-defined]  # as the middleware does
        return make(request)["Location"]  # type: ignore[arg-type]  # a visit is made above

    answers = at_once(*[press] * 6)
    assert len(set(answers)) == 1
    assert str(answers[0]).startswith("/made/")
    assert at_once(Circle.objects.count, Once.objects.count) == [1, 1]
