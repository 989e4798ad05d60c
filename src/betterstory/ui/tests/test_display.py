"""Light or dark, and how large: a choice in a cookie, and a way back that leads nowhere else."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
DISPLAY = "/display/"


def test_the_choice_is_rendered_by_the_server_from_the_next_page_on(client: Client) -> None:
    answer = client.post(DISPLAY, {"theme": "dark", "text": "larger", "next": "/help/"})
    assert (answer.status_code, answer["Location"]) == (302, "/help/")
    html = client.get("/help/").text
    assert 'data-theme="dark"' in html
    assert 'data-text="larger"' in html
    assert '<meta name="color-scheme" content="dark">' in html


def test_the_cookie_lasts_a_year_and_no_script_can_read_it(client: Client) -> None:
    cookie = client.post(DISPLAY, {"theme": "light"}).cookies["theme"]
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_going_back_to_how_the_device_is_drops_the_cookie(client: Client) -> None:
    client.post(DISPLAY, {"theme": "dark", "text": "large"})
    client.post(DISPLAY, {"theme": "", "text": ""})
    html = client.get("/help/").text
    assert "data-theme" not in html
    assert "data-text" not in html


@pytest.mark.parametrize("odd", ["blue", '" onload="x', "dark dark", "DARK"])
def test_a_cookie_nobody_offered_is_not_shown(client: Client, odd: str) -> None:
    client.cookies["theme"] = odd
    client.cookies["text"] = odd
    html = client.get("/help/").text
    assert "data-theme" not in html
    assert "onload" not in html


def test_an_unknown_choice_is_refused_beside_its_field(client: Client) -> None:
    answer = client.post(DISPLAY, {"theme": "blue", "next": "/help/"})
    assert answer.status_code == 422
    assert "theme" not in answer.cookies
    assert "Choose one of those in the list." in answer.text
    assert 'value="/help/"' in answer.text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "///evil.example",
        " //evil.example",
        "/\t/evil.example",
        "http://testserver@evil.example/",
    ],
)
def test_the_way_back_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    assert client.post(DISPLAY, {"theme": "dark", "next": elsewhere})["Location"] == "/"
    assert "evil" not in client.get(DISPLAY, {"next": elsewhere}).text.split("<form")[1].split("</form>")[0]


def test_looking_at_the_choice_changes_nothing(client: Client) -> None:
    assert not client.get(DISPLAY, {"theme": "dark"}).cookies.get("theme")
