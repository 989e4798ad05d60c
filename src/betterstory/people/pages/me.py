"""What is yours here: your part, your cards, your passkeys, your address."""

import logging
import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from betterstory.people import cards, codes, limits, verbs
from betterstory.people.forms import AddressCodeForm, AddressForm
from betterstory.people.models import STAFF_ROLES, Circle, Invitation
from betterstory.people.pages.coming_in import sends_letters
from betterstory.people.visit import Visit, once, signed_in
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
ADDRESS = "address_to_prove"
CODE_LIFE = timedelta(minutes=15)


class WrongLetterCode(Refusal):
    """Not the code that was sent."""

    code, status = "wrong-letter-code", 422
    words = gettext_lazy("This is not the code we sent. Look at the letter again.")


@require_safe
@signed_in
def me(request: Visit) -> HttpResponse:
    """Everything this place keeps about how you come in and where you belong."""
    person = request.somebody
    made = Invitation.objects.filter(person=person, withdrawn_at=None).select_related("invited_by")
    told = {
        "parts": person.parts.filter(left_on=None).order_by("joined_on"),
        "posts": person.posts.select_related("body"),
        "circles": Circle.objects.filter(pk__in=person.circle_ids),
        "cards": [(card, card.state(request.at)) for card in made.order_by("-made_at")[:12]],
        "passkeys": Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count(),
        "is_staff": person.plays(*STAFF_ROLES),
    }
    return render(request, "people/me.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@once
def my_card(request: Visit) -> HttpResponse:
    """A new card to come back with. Its code stands on this one answer and nowhere else."""
    if request.method != "POST":
        return redirect("people:me")
    card, code = verbs.make_return_card(request.somebody, by=request.somebody, at=request.at)
    try:
        sheet = [cards.printed(card.greeting, code)]
    except Refusal:
        sheet = [cards.on_screen(card.greeting, code)]
    response = render(request, "people/return_card.html", {"cards": sheet, "until": card.expires_at})
    response["Content-Location"] = request.path
    return response


@require_POST
@signed_in
@once
def withdraw_my_card(request: Visit, pk: int) -> HttpResponse:
    card = get_object_or_404(Invitation, pk=pk, person=request.somebody)
    verbs.withdraw_card(card, by=request.somebody, at=request.at)
    return redirect("people:me")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@once
def address(request: Visit) -> HttpResponse:
    """Give an address, or another one. It counts once a code sent there comes back."""
    form = AddressForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            _send_code(request, form.cleaned_data["email"])
            return redirect("people:address_code")
        except Refusal as refusal:
            form.add_error("email", refusal.sentence)
            status = refusal.status
    return render(
        request, "people/address.html", {"form": form, "sends_letters": sends_letters()}, status=status
    )


def _send_code(request: Visit, email: str) -> None:
    limits.count_try(
        what="address", who=str(request.somebody.pk), most=5, within=timedelta(hours=1), at=request.at
    )
    code = "".join(secrets.choice(codes.LETTERS) for _n in range(8))
    request.session[ADDRESS] = {
        "email": email,
        "code": _hashed(code),
        "until": (request.at + CODE_LIFE).timestamp(),
    }
    words = render_to_string("people/address_letter.txt", {"code": f"{code[:4]} {code[4:]}"}, request)
    send_mail(_("Your code"), words, None, [email])
    log.info("address code sent person=%s", request.somebody.pk)


def _hashed(code: str) -> str:
    return salted_hmac("better-story address", code.replace(" ", "").replace("-", "").upper()).hexdigest()


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def address_code(request: Visit) -> HttpResponseBase:
    """Type the code from the letter. Guesses are counted first, where nothing undoes it."""
    if request.method == "POST":
        who = str(request.somebody.pk)
        limits.count_try(what="address code", who=who, most=5, within=CODE_LIFE, at=request.at)
    return _address_code(request)


@once
def _address_code(request: Visit) -> HttpResponse:
    pending = request.session.get(ADDRESS)
    if not pending or pending["until"] < request.at.timestamp():
        return redirect("people:address")
    form = AddressCodeForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            return _prove(request, pending, form)
        except Refusal as refusal:
            form.add_error("code", refusal.sentence)
            status = refusal.status
    return render(
        request, "people/address_code.html", {"form": form, "email": pending["email"]}, status=status
    )


def _prove(request: Visit, pending: dict[str, str], form: AddressCodeForm) -> HttpResponse:
    if not constant_time_compare(pending["code"], _hashed(form.cleaned_data["code"])):
        raise WrongLetterCode
    verbs.keep_address(request.somebody, email=pending["email"])
    del request.session[ADDRESS]
    return redirect("people:me")


@require_POST
@signed_in
@once
def forget_address(request: Visit) -> HttpResponse:
    verbs.keep_address(request.somebody, email="")
    return redirect("people:me")
