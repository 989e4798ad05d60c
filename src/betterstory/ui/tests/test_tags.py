"""The small pieces templates use."""

import re
from datetime import UTC, date, datetime

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from pytest_django import Settings

from betterstory.ui.templatetags.ui import day

ONCE = "{% load ui %}{% once %}"
KEY = "0f5b0f6e-3f0e-4c58-9a55-1f1c1a1b2c3d"


def shown(source: str, request: HttpRequest | None = None) -> str:
    request = request or RequestFactory().get("/")
    return Template(source).render(Context({"request": request}))


def key_in(html: str) -> str:
    found = re.fullmatch(r'<input type="hidden" name="once" value="([0-9a-f-]{36})">', html)
    assert found
    return found[1]


def test_each_form_gets_a_key_of_its_own() -> None:
    assert key_in(shown(ONCE)) != key_in(shown(ONCE))


def test_a_form_shown_again_keeps_the_key_that_was_sent() -> None:
    assert key_in(shown(ONCE, RequestFactory().post("/", {"once": KEY}))) == KEY


@pytest.mark.parametrize("sent", ["", "1", '"><script>', "x" * 5000])
def test_a_key_that_is_no_key_is_not_sent_back(sent: str) -> None:
    html = shown(ONCE, RequestFactory().post("/", {"once": sent}))
    assert key_in(html)
    assert "script" not in html


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 7, 14), "Tuesday 14 July"),
        (date(2027, 7, 14), "14 July 2027"),
        (date(2025, 12, 31), "31 December 2025"),
        (datetime(2026, 7, 13, 23, 30, tzinfo=UTC), "Tuesday 14 July"),  # half past midnight in the place
        (None, ""),
    ],
)
def test_a_day_is_said_as_people_say_it(value: date | None, words: str) -> None:
    assert day(value, date(2026, 7, 6)) == words


def test_a_title_is_written_once() -> None:
    html = shown('{% extends "ui/frame.html" %}{% block title %}Tea & <em>talk</em>{{ more }}{% endblock %}')
    assert "<title>Tea & <em>talk</em>" in html
    assert "<h1>Tea & <em>talk</em></h1>" in html


def test_the_frame_stands_where_its_own_pages_are_not_served(settings: Settings) -> None:
    """The small site of a hall has no help page and keeps no cookie."""
    settings.ROOT_URLCONF = "betterstory.ui.tests.no_addresses"
    html = shown('{% extends "ui/frame.html" %}{% block title %}Tea{% endblock %}')
    assert "<h1>Tea</h1>" in html
    assert "Light or dark" not in html


def test_what_a_page_leaves_out_leaves_nothing_behind() -> None:
    html = shown('{% extends "ui/frame.html" %}{% block title %}Tea{% endblock %}')
    assert '<p class="lead"></p>' in html  # hidden by :empty, so no space may creep in
    assert '<div class="next"></div>' in html
    assert "Leave this page fast" not in html
    assert "made up" not in html
