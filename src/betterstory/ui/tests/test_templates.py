"""What every template of the house keeps to, in whichever folder it stands."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from betterstory.ui.icons import FOLDER, draw

HOUSE = Path(__file__).parents[2]
TEMPLATES = sorted(path for folder in HOUSE.glob("*/templates") for path in folder.rglob("*.*ml"))
PAGES = [path for path in TEMPLATES if path.suffix in {".html", ".xhtml"}]
# A file that its teller keeps and opens at home: no policy goes with it, and no sheet of ours.
KEPT_AS_A_FILE = "own_copy.html"
# A second press of these changes nothing: how a page looks, who is looking, coming in and going out.
SAME_TWICE = (
    "stories:find",  # only who saw it is noted, once a day
    "in kept %}<input",  # the question carries on the key of the form it came from
    "conversations:inbox",  # a file is looked into by its sum: nothing is taken in yet
    "ui:display",
    "look-as",
    "look_as",
    "come_in",
    "go_out",
    "sign_out",
    "account_",
    "mfa_",
)
# Answered with a card and a signed slip, without any cookie: sent twice, the answer is the same.
# The second laptop has no sessions: its phones answer in that way, its desk is for its own browser alone.
WITHOUT_COOKIES = ("conversations/voice_", "conversations/second_", "promises/opinion")


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def markup(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_nothing_is_inline(path: Path) -> None:
    """The content security policy would silently drop it."""
    text = markup(path)
    assert path.name == KEPT_AS_A_FILE or not re.search(r"<style[\s>]", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
    assert not re.search(r"(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|data):", text)
    for script in re.findall(r"<script\b[^>]*>.*?</script>", text, re.DOTALL):
        assert re.search(r"\ssrc\s*=", script), "a script without src"
        assert re.sub(r"<script\b[^>]*>", "", script) == "</script>"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_nothing_comes_from_another_site(path: Path) -> None:
    for address in re.findall(r"<(?:script|link|img|iframe|video|audio|source)\b[^>]*", markup(path)):
        assert not re.search(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//", address)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_form_that_writes_is_guarded_and_carries_its_key(path: Path) -> None:
    for form in re.findall(
        r"<form\b[^>]*method=[\"']?post.*?</form>", markup(path), re.DOTALL | re.IGNORECASE
    ):
        if any(name in str(path) for name in WITHOUT_COOKIES):
            assert "csrf_token" not in form, "it would set a cookie"
            continue
        assert "{% csrf_token %}" in form
        assert "{% once" in form or any(address in form for address in SAME_TWICE)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem)
def test_every_drawing_is_well_formed_silent_and_takes_its_colour(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    svg = ElementTree.fromstring(text)  # noqa: S314 - our own file
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.get("aria-hidden") == "true"
    assert svg.get("stroke") == "currentColor"
    assert not re.search(r"#[0-9a-f]{3,6}\b", text)
    assert len(text) < 1300


def test_a_drawing_says_its_words_to_those_who_cannot_see_it() -> None:
    drawn = draw("cup", words="Tea & cake")
    assert 'class="visually-hidden">Tea &amp; cake</span>' in drawn
    assert 'class="icon-large icon"' in draw("cup", kind="icon-large")


@pytest.mark.parametrize("name", ["unicorn", "../frame", "", "cup.html"])
def test_a_drawing_nobody_made_is_an_error_and_not_a_file(name: str) -> None:
    with pytest.raises(LookupError):
        draw(name)
