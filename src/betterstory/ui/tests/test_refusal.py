"""A refusal is a sentence and a way on, and every answer is kept by nobody."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from betterstory.ui.middleware import QuietHeadersMiddleware, RefusalMiddleware
from betterstory.ui.refusal import Refusal
from betterstory.ui.tests.addresses import TooLate


@pytest.fixture
def place(db: None, client: Client) -> Client:
    client.raise_request_exception = False
    return client


def test_a_refusal_says_its_sentence_with_its_parts() -> None:
    assert TooLate(when="14 July").sentence == "That ended on 14 July."
    assert Refusal().sentence == "That cannot be done."


def test_a_refusal_in_a_log_is_a_code_and_never_what_was_typed() -> None:
    refusal = TooLate(when="the night I lost the flat")
    assert str(refusal) == "too-late"
    assert "flat" not in repr(refusal)


def test_an_uncaught_refusal_becomes_a_page_with_a_way_on(place: Client) -> None:
    answer = place.get("/refuse/", headers={"referer": "http://testserver/help/?a=1"})
    assert answer.status_code == 410
    assert "That ended on &lt;14 July&gt;." in answer.text
    assert 'href="/help/?a=1">Go back' in answer.text


@pytest.mark.parametrize(
    "referer",
    [
        "https://evil.example/x",
        "http://testserver//evil.example",
        "//evil.example",
        "javascript:alert(1)",
        "",
    ],
)
def test_the_way_back_from_a_refusal_stays_here(place: Client, referer: str) -> None:
    answer = place.get("/refuse/", headers={"referer": referer})
    assert "evil" not in answer.text
    assert "Go back</a>" not in answer.text


def test_something_that_broke_says_so_without_telling_what(place: Client) -> None:
    answer = place.get("/break/")
    assert answer.status_code == 500
    assert "it was not you" in answer.text
    assert "story" not in answer.text.replace("Better Story", "")


def test_a_page_that_is_not_there_helps(place: Client) -> None:
    answer = place.get("/nothing-here/")
    assert answer.status_code == 404
    assert "What you can do" in answer.text


def test_an_address_that_only_a_button_opens_is_no_empty_page(place: Client) -> None:
    answer = place.get("/press/", headers={"referer": "http://testserver/help/"})
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "comes only after a button" in answer.text
    assert 'href="/help/">Go back' in answer.text
    assert place.put("/press/").text == "", "only a person reads a page"
    assert place.post("/press/").text == "pressed"


def test_other_errors_are_not_swallowed() -> None:
    middleware = RefusalMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None


@pytest.mark.parametrize("address", ["/help/", "/refuse/", "/break/", "/nothing-here/"])
def test_no_answer_is_kept_by_the_browser(place: Client, address: str) -> None:
    answer = place.get(address)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_a_page_that_may_be_kept_says_so_itself() -> None:
    kept = HttpResponse(headers={"Cache-Control": "max-age=60"})
    assert (
        QuietHeadersMiddleware(lambda request: kept)(RequestFactory().get("/"))["Cache-Control"]
        == "max-age=60"
    )


def test_the_policy_allows_only_ourselves(place: Client) -> None:
    policy = place.get("/help/")["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert {rules[kind] for kind in ("script-src", "style-src", "img-src", "font-src")} == {"'self'"}
    assert set(policy.replace(";", "").split()) <= {*rules, "'none'", "'self'"}
    assert "betterstory.ui.middleware.QuietHeadersMiddleware" in settings.MIDDLEWARE
