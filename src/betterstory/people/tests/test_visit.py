"""Who is looking, what stops a stranger, and a form that is taken once."""

import uuid
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from betterstory.people import verbs
from betterstory.people.models import Circle, Once, Person, Role
from betterstory.people.visit import Visit, needs_part, once, signed_in
from conftest import AT, TODAY

pytestmark = pytest.mark.django_db
Open = Callable[[Person], Client]


class Pressing:
    """A page that makes a circle each time its verb is reached, and presses of its form."""

    def __init__(self, rf: RequestFactory, answer: HttpResponse) -> None:
        self.rf, self.answer = rf, answer

        @once
        def page(request: Visit) -> HttpResponse:
            verbs.open_circle(name=request.POST.get("name", ""), kind=Circle.Kind.NAMED)
            return self.answer

        self.page = page

    def press(self, key: str, person: Person | None = None, path: str = "/make/") -> HttpResponse:
        request = self.rf.post(path, {"once": key, "name": "Tuesday"})
        request.person, request.arriving, request.at, request.on = person, None, AT, TODAY  # type: ignore[attr-defined]  # as the middleware does
        return self.page(request)  # type: ignore[arg-type, return-value]  # a visit since the line above


def redirect_to(there: str) -> HttpResponse:
    return HttpResponse(status=302, headers={"Location": there})


def test_a_second_press_gets_the_first_answer_and_makes_nothing(rf: RequestFactory, teller: Person) -> None:
    form, key = Pressing(rf, redirect_to("/made/1/")), str(uuid.uuid4())
    assert [form.press(key, teller)["Location"] for _n in range(3)] == ["/made/1/"] * 3
    assert Circle.objects.count() == 1


def test_another_form_is_another_thing(rf: RequestFactory, teller: Person) -> None:
    form = Pressing(rf, redirect_to("/made/1/"))
    for _n in range(2):
        form.press(str(uuid.uuid4()), teller)
    assert Circle.objects.count() == 2


def test_a_form_with_something_to_put_right_undoes_what_it_wrote_and_may_be_sent_again(
    rf: RequestFactory, teller: Person
) -> None:
    form, key = Pressing(rf, HttpResponse(status=422)), str(uuid.uuid4())
    assert form.press(key, teller).status_code == 422
    assert not Circle.objects.exists()
    assert not Once.objects.exists()
    form.answer = redirect_to("/made/1/")
    assert form.press(key, teller).status_code == 302
    assert Circle.objects.count() == 1


def test_a_page_that_fails_undoes_what_it_wrote(rf: RequestFactory, teller: Person) -> None:
    @once
    def page(request: Visit) -> HttpResponse:
        verbs.open_circle(name="Tuesday", kind=Circle.Kind.NAMED)
        raise verbs.NotYours

    form, key = Pressing(rf, HttpResponse()), str(uuid.uuid4())
    form.page = page
    with pytest.raises(verbs.NotYours):
        form.press(key, teller)
    assert not Circle.objects.exists()
    assert not Once.objects.exists()


def test_a_page_shown_once_is_kept_and_a_second_press_goes_where_it_says(
    rf: RequestFactory, teller: Person
) -> None:
    shown = HttpResponse("NH7 K7TP4 M2XW9", headers={"Content-Location": "/people/cards/"})
    form, key = Pressing(rf, shown), str(uuid.uuid4())
    assert form.press(key, teller).status_code == 200
    assert form.press(key, teller)["Location"] == "/people/cards/"
    assert Circle.objects.count() == 1


def test_somebody_elses_key_shows_nothing_of_theirs(
    rf: RequestFactory, teller: Person, resident: Person
) -> None:
    form, key = Pressing(rf, redirect_to("/stories/secret/")), str(uuid.uuid4())
    form.press(key, teller)
    assert form.press(key, resident)["Location"] == "/"
    assert form.press(key, None)["Location"] == "/"
    assert form.press(key, teller, "/elsewhere/")["Location"] == "/"
    assert Circle.objects.count() == 1


@pytest.mark.parametrize("key", ["", "1", "not-a-key", "x" * 5000])
def test_a_form_without_its_key_is_too_old(signed_in_client: Open, organiser: Person, key: str) -> None:
    answer = signed_in_client(organiser).post("/people/bodies/", {"name": "GP", "ring": "me", "once": key})
    assert answer.status_code == 400
    assert not Once.objects.exists()


def visit(rf: RequestFactory, person: Person | None, arriving: Person | None = None) -> Visit:
    request = rf.get("/secret/?a=1")
    request.person, request.arriving, request.at, request.on = person, arriving, AT, TODAY  # type: ignore[attr-defined]  # as the middleware does
    return request  # type: ignore[return-value]  # a visit since the line above


@needs_part(Role.ORGANISER, Role.STEWARD)
def the_lists(request: Visit) -> HttpResponse:
    return HttpResponse("everybody's names")


@signed_in
def the_room(request: Visit) -> HttpResponse:
    return HttpResponse("what was said")


@pytest.mark.parametrize("page", [the_lists, the_room])
def test_a_stranger_is_asked_to_come_in_and_brought_back(
    rf: RequestFactory, page: Callable[[Visit], HttpResponse]
) -> None:
    answer = page(visit(rf, None))
    assert answer["Location"] == "/people/come-in/?next=%2Fsecret%2F%3Fa%3D1"
    assert not answer.content


@pytest.mark.parametrize("page", [the_lists, the_room])
def test_somebody_whose_second_factor_is_to_come_is_led_to_it(
    rf: RequestFactory, organiser: Person, page: Callable[[Visit], HttpResponse]
) -> None:
    answer = page(visit(rf, None, arriving=organiser))
    assert answer["Location"] == "/people/second-factor/?next=%2Fsecret%2F%3Fa%3D1"
    assert not answer.content


@pytest.mark.parametrize(
    ("role", "opens"),
    [("resident", False), ("partner", False), ("analyst", False), ("organiser", True), ("steward", True)],
)
def test_a_page_for_some_parts_is_shut_to_others(
    rf: RequestFactory, welcome: Callable[..., Person], role: str, opens: bool
) -> None:
    answer = the_lists(visit(rf, welcome("Lynda", role)))
    assert answer.status_code == (200 if opens else 403)
    assert isinstance(answer, HttpResponse)
    assert ("everybody's names" in answer.text) is opens


def test_a_part_that_ended_opens_nothing(signed_in_client: Open, organiser: Person, steward: Person) -> None:
    browser = signed_in_client(organiser)
    assert browser.get("/people/everybody/").status_code == 200
    verbs.end_part(organiser.parts.get(), by=steward, on=TODAY)
    assert browser.get("/people/everybody/").status_code == 403


def test_a_person_who_left_is_nobody_at_their_next_request(signed_in_client: Open, teller: Person) -> None:
    browser = signed_in_client(teller)
    assert browser.get("/people/me/").status_code == 200
    Person.objects.filter(pk=teller.pk).update(is_active=False)
    assert browser.get("/people/me/").status_code == 302
