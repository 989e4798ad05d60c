"""Every page about people: open to whom, light on the database, safe to look at, and no more than needed."""

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from fido2 import cbor
from fido2.utils import websafe_encode

from betterstory.people import verbs
from betterstory.people.coming_in import second_factor_was_given
from betterstory.people.models import Body, Circle, Person, Ring
from conftest import AT

pytestmark = pytest.mark.django_db
Open = Callable[[Person], Client]

STAFF = [
    "/people/cards/",
    "/people/everybody/",
    "/people/everybody/{person}/",
    "/people/bodies/",
    "/people/bodies/{body}/",
    "/people/bodies/{body}/followed/",
    "/people/posts/{post}/",
    "/people/posts/{post}/followed/",
    "/people/circles/",
    "/people/circles/{circle}/",
]
MINE = ["/people/me/", "/people/me/address/"]
ALLAUTH = [
    "/account/second/",
    "/account/second/again/",
    "/account/second/app/remove/",
    "/account/second/spare-codes/",
    "/account/second/spare-codes/new/",
    "/account/passkeys/",
    "/account/passkeys/add/",
    "/account/passkeys/again/",
    "/account/passkeys/{key}/name/",
    "/account/passkeys/{key}/remove/",
]
OPEN = ["/people/come-in/", "/account/login/code/", "/account/inactive/"]


@pytest.fixture
def filled(organiser: Person, partner: Person, teller: Person, place: object) -> dict[str, int]:
    """A place with something on every page, several of each, so that a query in a loop shows."""
    for n in range(6):
        body = verbs.name_body(name=f"Body {n}", ring=Ring.LOCAL_SERVICES, by=organiser)
        for title in ("Head", "Deputy"):
            post = verbs.name_post(body=body, title=title, by=organiser, holder=partner)
        circle = verbs.open_circle(name=f"Circle {n}", kind=Circle.Kind.NAMED)
        for person in (organiser, partner, teller):
            verbs.join(circle=circle, person=person, at=AT)
        verbs.invite(greeting=f"Guest {n}", role=verbs.Role.RESIDENT, by=organiser, at=AT, circle=circle)
        verbs.make_return_card(organiser, by=organiser, at=AT)
    TOTP.activate(organiser, generate_totp_secret())
    RecoveryCodes.activate(organiser)
    key = Authenticator.objects.create(user=organiser, type="webauthn", data=passkey())
    return {"person": teller.pk, "body": body.pk, "post": post.pk, "circle": circle.pk, "key": key.pk}


def passkey() -> dict[str, object]:
    """What is kept of a passkey that a browser made; nobody holds what would open with it."""
    key = cbor.encode({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})
    about = bytes(32) + b"\x45" + bytes(4) + bytes(16) + (16).to_bytes(2) + bytes(16) + key
    made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": about})
    asked = json.dumps(
        {"type": "webauthn.create", "challenge": "AAAA", "origin": "https://story.example.org"}
    )
    response = {
        "clientDataJSON": websafe_encode(asked.encode()),
        "attestationObject": websafe_encode(made),
    }
    credential = {
        "id": websafe_encode(bytes(16)),
        "rawId": websafe_encode(bytes(16)),
        "type": "public-key",
        "response": response,
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    return {"name": "old phone", "credential": credential}


@pytest.fixture
def fresh(signed_in_client: Open, organiser: Person) -> Client:
    """A browser whose second factor was shown this minute."""
    browser = signed_in_client(organiser)
    session = browser.session
    second_factor_was_given(session, organiser, just_now=True)
    session.save()
    return browser


@pytest.mark.parametrize("path", OPEN + MINE + STAFF)
def test_each_page_asks_the_database_little_and_changes_nothing(
    path: str, filled: dict[str, int], fresh: Client, django_assert_max_num_queries: Any
) -> None:
    browser = Client() if path in OPEN else fresh
    before = rows()
    with django_assert_max_num_queries(12) as asked:
        answer = browser.get(path.format(**filled))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not [
        query for query in asked.captured_queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert rows() == before


def rows() -> list[int]:
    return [Person.objects.count(), Circle.objects.count(), Authenticator.objects.count()]


@pytest.mark.parametrize("path", ALLAUTH)
def test_each_page_of_allauth_wears_our_frame_and_speaks_plainly(
    path: str, filled: dict[str, int], fresh: Client
) -> None:
    answer = fresh.get(path.format(**filled))
    assert answer.status_code == 200
    text = answer.text
    assert 'class="brand"' in text
    assert text.count("<h1>") == 1
    shown = re.sub(r"<script.*?</script>|<[^>]*>", " ", text, flags=re.DOTALL).lower()
    for word in ("authenticat", "account", "sign in", "log in", "user", "two-factor", "security key"):
        assert word not in shown
    assert "data:" not in text


@pytest.mark.parametrize("path", [*MINE, *STAFF, *ALLAUTH])
def test_a_stranger_reaches_none_of_it(path: str, filled: dict[str, int], client: Client) -> None:
    answer = client.get(path.format(**filled))
    assert answer.status_code == 302
    assert answer["Location"].startswith(("/people/come-in/", "/account/login/"))
    assert b"Guest" not in answer.content


@pytest.mark.parametrize("path", STAFF)
@pytest.mark.parametrize("role", ["resident", "partner", "analyst"])
def test_others_do_not_reach_the_pages_of_staff(
    path: str, role: str, filled: dict[str, int], signed_in_client: Open, welcome: Callable[..., Person]
) -> None:
    answer = signed_in_client(welcome("Lynda", role)).get(path.format(**filled))
    assert answer.status_code == 403
    assert "Guest" not in answer.text


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reauthenticate",
        "account_logout",
        "account_email_verification_sent",
        "mfa_signup_webauthn",
        "mfa_download_recovery_codes",
    ],
)
def test_pages_that_must_not_exist_do_not(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path", ["/account/signup/", "/account/", "/account/password/reset/", "/account/email/"]
)
def test_nobody_signs_up_or_has_a_password(path: str, client: Client) -> None:
    told = {"email": "new@example.org", "password1": "x", "password": "x"}
    assert client.get(path).status_code == 404
    assert client.post(path, told).status_code == 404
    assert not Person.objects.exists()


def test_allauths_own_page_to_come_in_is_ours(client: Client) -> None:
    assert client.get("/account/login/?next=/promises/")["Location"] == "/people/come-in/?next=/promises/"


def test_every_address_about_people_is_in_this_test(filled: dict[str, int]) -> None:
    """A new page without a line above is a page nobody asked who may see."""
    known = {path.format(**filled) for path in [*STAFF, *MINE, *ALLAUTH, *OPEN]}
    elsewhere = {  # post alone, or with a test of its own
        "go_out", "second_factor", "my_card", "withdraw_my_card", "address_code", "forget_address",
        "withdraw_card", "card_for", "forget_factors", "end_part", "take_out",
    }  # fmt: skip
    names = {name for name in resolver_names("people") if name not in elsewhere}
    arguments = {
        "somebody": "person", "body": "body", "body_followed": "body", "post": "post",
        "post_followed": "post", "circle": "circle",
    }  # fmt: skip
    for name in names:
        args = [filled[arguments[name]]] if name in arguments else []
        assert reverse(f"people:{name}", args=args) in known


def resolver_names(namespace: str) -> set[str]:
    _prefix, resolver = get_resolver().namespace_dict[namespace]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


def test_too_often_has_a_page_of_ours(client: Client) -> None:
    for _n in range(25):
        answer = client.post("/account/login/passkey/", {"credential": "{}"})
    if answer.status_code == 429:
        assert "a little too often" in answer.text


@pytest.mark.parametrize(
    "credential", ["", "{}", "null", "[]", '{"response": {"userHandle": "x"}}', "x" * 9000]
)
def test_a_passkey_made_of_nonsense_lets_nobody_in(client: Client, credential: str) -> None:
    answer = client.post("/account/login/passkey/", {"credential": credential})
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_second_post_with_the_same_body_name_makes_no_second_body(fresh: Client, place: object) -> None:
    for _n in range(2):
        fresh.post("/people/bodies/", {"name": "GP", "ring": "me", "once": str(uuid.uuid4())})
    assert Body.objects.count() == 1
