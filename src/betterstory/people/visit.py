"""Who is looking, and when: read once a request and handed to verbs, which have no clock of their own."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, cast

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from betterstory.people.models import STAFF_ROLES, Once, Person, Role
from betterstory.people.turns import one_writer


class Visit(HttpRequest):
    """A request that knows who is looking (`person`, or None) and when (`at`, and the day `on`).

    `arriving` is somebody with a staff part whose second factor is still to come. Until then `person` is
    None, so that every page and every rule treats them as a stranger.
    """

    person: Person | None
    somebody: Person  # who is looking, on pages that only people who came in reach
    arriving: Person | None
    at: datetime
    on: date


Page = Callable[Concatenate[Visit, ...], HttpResponseBase]


class VisitMiddleware:
    """Puts `person`, `arriving`, `at` and `on` on each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        visit = cast(Visit, request)
        user = getattr(request, "user", None)
        somebody = user if isinstance(user, Person) else _actual(user)
        held_back = somebody is not None and needs_second_factor(request, somebody)
        visit.person = None if held_back else somebody
        visit.arriving = somebody if held_back else None
        visit.at = timezone.now()
        visit.on = timezone.localtime(visit.at).date()
        return self.get_response(request)


def _actual(user: object) -> Person | None:
    # the session's user is lazy; asking for its key wakes it
    if user is None or getattr(user, "pk", None) is None:
        return None
    return cast(Person, getattr(user, "_wrapped", user))


def who_is_looking(request: HttpRequest) -> dict[str, object]:
    """For templates: `person` and `on`."""
    return {"person": getattr(request, "person", None), "on": getattr(request, "on", None)}


def signed_in(page: Page) -> Page:
    """Only people who came in; everybody else is asked to, and brought back here."""

    @wraps(page)
    def guarded(request: Visit, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.person is None:
            return _ask_to_come_in(request)
        request.somebody = request.person
        return page(request, *args, **kwargs)

    return cast(Page, guarded)


def came_in(page: Page) -> Page:
    """Anybody who came in, a second factor or not: what is theirs alone to stop needs no second sign-in."""

    @wraps(page)
    def guarded(request: Visit, *args: object, **kwargs: object) -> HttpResponseBase:
        somebody = request.person or request.arriving
        if somebody is None:
            return _ask_to_come_in(request)
        request.somebody = somebody
        return page(request, *args, **kwargs)

    return cast(Page, guarded)


def needs_part(*roles: Role) -> Callable[[Page], Page]:
    """Only people who play one of these parts; staff parts with a second factor, outside the demo."""

    def wrap(page: Page) -> Page:
        @wraps(page)
        def guarded(request: Visit, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.person is None:
                return _ask_to_come_in(request)
            if not request.person.plays(*roles):
                return render(request, "403.html", {"roles": [role.label for role in roles]}, status=403)
            request.somebody = request.person
            return page(request, *args, **kwargs)

        return cast(Page, guarded)

    return wrap


def needs_second_factor(request: HttpRequest, person: Person) -> bool:
    """A staff part was reached without a second factor in this session, in a place that is not the demo."""
    if settings.DEMO:
        return False
    if any(record["method"] == "mfa" for record in get_authentication_records(request, person)):
        return False
    return person.plays(*STAFF_ROLES)


def _ask_to_come_in(request: Visit) -> HttpResponse:
    page = "people:second_factor" if request.arriving else "people:come_in"
    return redirect(f"{reverse(page)}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")


def once(page: Page) -> Page:
    """A form is taken once: a second press of the same form gets the first answer.

    The key is written in the same transaction as what the form does, so neither stands without the other.
    An answer is a redirect; or a page that is shown this once and names in Content-Location where a second
    press is to go. Anything else undoes what the page wrote.
    """

    @wraps(page)
    def guarded(request: Visit, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST":
            return page(request, *args, **kwargs)
        try:
            key = uuid.UUID(request.POST.get("once", ""))
        except ValueError:
            return render(request, "people/form_is_old.html", status=400)
        who = str(request.person.pk) if request.person else "nobody"
        with one_writer():
            sent = Once.objects.take(key, who=who, path=request.path, at=request.at)
            if sent is not None:
                same = sent.who == who and sent.path == request.path
                return redirect(sent.answer if same and sent.answer else "/")
            answer = page(request, *args, **kwargs)
            there = answer.headers.get("Location") or answer.headers.get("Content-Location")
            if there and answer.status_code < 400:
                Once.objects.filter(key=key).update(answer=there[:500])
            else:
                transaction.set_rollback(True)
        return answer

    return cast(Page, guarded)
