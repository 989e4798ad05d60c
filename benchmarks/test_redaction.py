"""The bench of redaction: what counts as found, and a page whose caution is of the same run."""

import json
from pathlib import Path

import pytest

from benchmarks import _redaction_page, redaction
from benchmarks._redaction_pages import CASES, Page, held_pages
from betterstory.stories.redacting.listed import Entry, Found
from betterstory.stories.redacting.second_eyes import Sight, State


class Absent:
    def look(self, lines: list[str], *, wait: float) -> Sight:
        return Sight(State.ABSENT)

    def close(self) -> None: ...


@pytest.fixture(autouse=True)
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "SecondEyes", Absent)


def test_the_last_line_is_one_object_and_an_absent_way_is_not_counted_as_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert redaction.main([]) == 0
    said = capsys.readouterr().out
    line = json.loads(said.splitlines()[-1])
    assert (line["bench"], line["pages"]) == ("redaction", 4)
    assert set(line["found"]["held"]) == set(CASES)
    assert line["found"]["held"]["as written"]["eyes"]["person"][0] is None
    assert "not installed" in said


def test_the_page_says_its_own_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "DOCS", tmp_path / "page.md")
    redaction.main(["--write"])
    written = (tmp_path / "page.md").read_text()
    pages = held_pages()
    marks = sum(len(page.marks_in(page.text, str)) for page in pages)
    assert f"of {marks} (" in written.split("##")[0]


def test_a_mention_found_in_part_is_not_found() -> None:
    text = "I saw May Okonjo there"
    assert redaction.is_found([Found(6, 16, "x")], 6, 16, text)
    assert not redaction.is_found([Found(6, 9, "x")], 6, 16, text)
    assert not redaction.is_found([], 6, 16, text)


def test_a_mark_inside_a_longer_one_counts_once() -> None:
    page = Page(
        "p", "May Okonjo and May", (("person", "May"), ("person", "May Okonjo")), [Entry(("May",), "x")]
    )
    assert page.marks_in(page.text, str) == [("person", 0, 10), ("person", 15, 18)]


def test_every_mark_of_the_held_pages_stands_in_its_page() -> None:
    for page in held_pages():
        for kind, words in page.marks:
            assert kind in dict(_redaction_page.KINDS)
            assert words in page.text, f"{page.name}: {words}"
