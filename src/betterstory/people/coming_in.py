"""How this house and allauth let somebody in: with a printed card, with an e-mail code, with a passkey."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.backends import BaseBackend
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from betterstory.people.models import STAFF_ROLES, Person
from betterstory.people.visit import Visit

BACKEND = "betterstory.people.coming_in.CardBackend"


class CardBackend(BaseBackend):
    """Keeps people signed in who came by card. Codes themselves are checked by the verb `come_in`."""

    def get_user(self, user_id: int) -> Person | None:
        return Person.objects.filter(pk=user_id, is_active=True).first()


class SecondStep(AuthenticateStage):
    """After a card or an e-mail code, a second factor: of staff who have one, and of whoever set up an app.

    A resident's passkey is a way in, not a second lock: with the phone lost, a new card is enough.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        person = self.login.user
        if settings.DEMO or not super()._should_handle(request):
            return False
        return person.plays(*STAFF_ROLES) or is_mfa_enabled(person, [Authenticator.Type.TOTP])


def begin(visit: Visit, person: Person, *, then: str) -> HttpResponse:
    """Start a session for somebody whose card was good, and lead to `then`, by way of their second factor.

    Nothing of an older session is kept, its key least of all.
    """
    visit.session.flush()
    person.backend = BACKEND  # Django reads it from here
    record_authentication(visit, person, method="card")
    answer: HttpResponse = perform_login(visit, Login(user=person, redirect_url=then))
    return answer


def let_in(visit: Visit, person: Person) -> None:
    """Start a session at once, no second factor asked: for the invented people of the demo."""
    visit.session.flush()
    login(visit, person, backend=BACKEND)


def second_factor_was_given(session: SessionBase, person: Person, *, just_now: bool = False) -> None:
    """Write into a session that a second factor was shown, as allauth itself writes it.

    Setting one up shows it: the app's code or the passkey has been used `just_now`, so that allauth does not
    ask for it again before it hands out spare codes.
    """
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    shown = {"method": "mfa", "at": time.time(), **({"reauthenticated": True} if just_now else {})}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [*records, shown]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(person.pk)
