"""Papers a place prints, and the table of how long things are kept: true to the code and to the place."""

import re
from pathlib import Path
from typing import Any

import pytest

from betterstory.people.models import Person
from betterstory.places.models import Place
from betterstory.stories import consenting
from betterstory.stories.models import Worry
from betterstory.stories.safeguarding import keeping
from betterstory.website import papers, retention

DOCS = Path(__file__).resolve().parents[4] / "docs"


def test_the_reference_says_what_the_code_does() -> None:
    """To make it anew: write `retention.as_markdown()` there."""
    assert (DOCS / "reference" / "retention.md").read_text() == retention.as_markdown()


def test_the_table_moves_with_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    before = retention.as_markdown()
    assert "25 years" in before
    assert f"{consenting.UNDO_DAYS} days" in before
    monkeypatch.setitem(keeping.YEARS, Worry.CHILD, 31)
    assert "31 years" in retention.as_markdown()
    assert "25 years" not in retention.as_markdown()


@pytest.mark.parametrize("name", papers.NAMES)
def test_the_outlines_in_the_docs_are_those_that_are_printed(name: str) -> None:
    printed = papers.FOLDER / f"{name}.md"
    assert (DOCS / "templates" / printed.name).read_text() == printed.read_text()


@pytest.mark.parametrize("name", papers.NAMES)
def test_every_paper_prints_and_marks_what_is_missing(
    name: str, place: Place, steward: Person, signed_in_client: Any
) -> None:
    """The place has a lead and no controller: the one is printed, the other marked."""
    answer = signed_in_client(steward).get(f"/place/papers/{name}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "[[" not in text
    blanks = re.findall(r'<mark class="blank">\[([^:]+)', text)
    source = (papers.FOLDER / f"{name}.md").read_text()
    for field, words in papers.FIELDS.items():
        if f"[[{field}]]" in source:
            said = getattr(place, field)
            assert (words in blanks) is (not said) or words == "their number"
            assert not said or said in text
    if name == "retention":
        assert "25 years after it was closed" in text


def test_every_blank_for_the_place_is_a_thing_it_says() -> None:
    for name in papers.NAMES:
        for blank in papers.BLANK.findall((papers.FOLDER / f"{name}.md").read_text()):
            assert blank in papers.FIELDS or " " in blank, blank
    assert set(papers.FIELDS) <= {each.name for each in Place._meta.get_fields()}


def test_papers_are_for_those_who_look_after_the_place(
    place: Place, teller: Person, steward: Person, signed_in_client: Any, client: Any
) -> None:
    assert client.get("/place/papers/dpia/").status_code == 302
    assert signed_in_client(teller).get("/place/papers/dpia/").status_code == 403
    assert signed_in_client(steward).get("/place/papers/nothing/").status_code == 404
    listed = signed_in_client(steward).get("/place/papers/").content.decode()
    assert all(f"/place/papers/{name}/" in listed for name in papers.NAMES)


def test_a_new_place_prints_blanks_alone(steward: Person, signed_in_client: Any) -> None:
    text = signed_in_client(steward).get("/place/papers/safeguarding-card/").content.decode()
    assert text.count('<mark class="blank">') == 8
