"""Coming in and going out."""

import uuid
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.people import limits, verbs
from betterstory.people.coming_in import begin
from betterstory.people.forms import CodeForm
from betterstory.people.visit import Visit
from betterstory.ui.refusal import Refusal
from betterstory.ui.way_back import asked_for


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: Visit) -> HttpResponse:
    """One page, three ways in: a card, an e-mail code, a passkey.

    Without `@once`, which undoes what a refused page wrote: tries must stay counted. The verb itself answers
    a second press of the same form.
    """
    if request.arriving is not None:
        return redirect("people:second_factor")
    if request.person is not None:
        return redirect(asked_for(request))
    form = CodeForm(request.POST or None)
    status = 200 if not form.is_bound else 422
    if form.is_valid():
        selector, verifier = form.cleaned_data["code"]
        try:
            return _by_card(request, selector, verifier)
        except Refusal as refusal:
            form.add_error("code", refusal.sentence)
            status = refusal.status
    told = {"form": form, "back": asked_for(request), "sends_letters": sends_letters()}
    return render(request, "people/come_in.html", told, status=status)


def _by_card(request: Visit, selector: str, verifier: str) -> HttpResponse:
    here = {"what": "card", "who": f"{selector} {get_adapter().get_client_ip(request)}"}
    anywhere = {"what": "cards", "who": "everybody"}
    limits.count_try(**here, most=5, within=timedelta(minutes=10), at=request.at)
    limits.count_try(**anywhere, most=100, within=timedelta(hours=1), at=request.at)
    person = verbs.come_in(
        selector=selector, verifier=verifier, at=request.at, on=request.on, form=_form_key(request)
    )
    limits.take_back_try(**here)
    limits.take_back_try(**anywhere)
    return begin(request, person, then=asked_for(request))


def _form_key(request: Visit) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return None


def sends_letters() -> bool:
    """Whether e-mail really leaves this place; without a mail server it is put in a folder."""
    return "filebased" not in str(settings.MAILERS["default"]["BACKEND"])


@require_POST
def go_out(request: Visit) -> HttpResponse:
    """Forget who was here, in the browser too: the next person at a shared tablet finds nothing.

    With `everywhere`, on all their other phones and computers as well.
    """
    person = request.person or request.arriving
    if person is not None and "everywhere" in request.POST:
        verbs.go_out_everywhere(person)
    logout(request)
    response = redirect("/")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
