"""The pages of allauth that this place has: a code by e-mail, a second factor, passkeys. No others exist.

Nobody signs up here, and nobody has a password. allauth asks for some names even so; they lead to our own
page, or nowhere.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.generic import RedirectView

from betterstory.people.pages.second_factor import AddPasskey, SetUpApp


def nowhere(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    path(
        "login/", RedirectView.as_view(pattern_name="people:come_in", query_string=True), name="account_login"
    ),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("login/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", nowhere, name="account_signup"),  # named in letters to addresses nobody here has
    path("second/", mfa.index, name="mfa_index"),
    path("second/now/", mfa.authenticate, name="mfa_authenticate"),
    path("second/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second/app/", SetUpApp.as_view(), name="mfa_activate_totp"),
    path("second/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("second/spare-codes/", spare_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second/spare-codes/new/", spare_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
