"""The second factor of people with a staff part: why, setting it up, showing it."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from betterstory.people.coming_in import second_factor_was_given
from betterstory.people.models import STAFF_ROLES
from betterstory.people.visit import Visit
from betterstory.ui.way_back import asked_for


@require_safe
def second_factor(request: Visit) -> HttpResponse:
    """The one page somebody with a staff part reaches before their second factor was shown."""
    if request.person is not None:
        return redirect(asked_for(request))
    if request.arriving is None:
        return redirect("people:come_in")
    kinds = set(Authenticator.objects.filter(user=request.arriving).values_list("type", flat=True))
    told = {
        "name": request.arriving.name,
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
        "has_any": bool(kinds),
        "then": urlencode({"next": asked_for(request)}),
    }
    return render(request, "people/second_factor.html", told)


class SetUpApp(ActivateTOTPView):
    """allauth's page, and the code that proves the app counts for this session too."""

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        form: Form = super().get_form(form_class)
        form.fields["code"].label = _("The code it shows")
        return form

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        told: dict[str, object] = super().get_context_data(**kwargs)
        told["drawing"] = mark_safe(str(told["totp_svg"]).split("?>")[-1])  # noqa: S308 - dots drawn by allauth
        return told

    def form_valid(self, form: Form) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        second_factor_was_given(self.request.session, self.request.user, just_now=True)
        return answer


class AddPasskey(AddWebAuthnView):
    """allauth's page, and the passkey that was just made counts for this session too."""

    def form_valid(self, form: Form) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        second_factor_was_given(self.request.session, self.request.user, just_now=True)
        return answer

    def get_success_url(self) -> str:
        """Staff are shown their spare codes; whoever else loses a phone is simply given a new card."""
        to_keep = self.did_generate_recovery_codes and self.request.user.plays(*STAFF_ROLES)
        return reverse("mfa_view_recovery_codes" if to_keep else "people:me")
