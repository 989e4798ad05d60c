"""REFI-QDA as we write it: its schemas say that it is valid, and another reader finds every word."""

import io
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pyrefiqda.reficodebook import RefiCodebook
from pyrefiqda.refiproject import RefiProject

from betterstory.stories.exchange import refi_out
from betterstory.stories.exchange.placing import one_line, place
from betterstory.stories.exchange.project import (
    Code,
    Coding,
    Document,
    Project,
    Reader,
    Selection,
    lasting_id,
)

HERE = Path(__file__).resolve()
DATA = Path(os.environ.get("BETTER_STORY_DATA") or HERE.parents[5] / "shared" / "data") / "refi-qda"
with_schemas = pytest.mark.skipif(
    not DATA.exists(), reason=f"no schemas at {DATA}: REFI-QDA was not held against them"
)
TEXT = "\ufeffCafé 👩‍👩‍👧 shut.\r\nSiobha\u0301n said: 𝒳 & <tea> ☕.\r\n"
LINES = ("Siobha\u0301n said", "𝒳 & <tea> ☕", "They “took” me\noff the list")


def project_of(text: str, lines: tuple[str, ...], name: str = "Story & <A>") -> Project:
    wait = Code(lasting_id("wait"), "a wait", "Nobody rings\nback & more", "#D55E00")
    gaps = Code(lasting_id("gaps"), "gaps", is_codable=False, parts=(wait,))
    teller = Reader(lasting_id("teller"), "the teller")
    lines = tuple(line for line in map(one_line, lines) if line)
    placed = place(text, lines, heading="Piece by piece")
    selections = tuple(
        Selection(
            lasting_id("piece", number),
            start,
            end,
            (Coding(lasting_id("coding", number), wait.guid, teller.guid),),
        )
        for number, (start, end) in enumerate(placed.places)
    )
    story = Document(lasting_id("story"), name, placed.text, "Told by Robin.", selections)
    at = datetime(2026, 7, 6, 12, tzinfo=UTC)
    return Project(lasting_id("p"), name, "Copy 1.", at, (teller,), (gaps,), (story,))


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def is_valid(xml: bytes, schema: str) -> None:
    etree.XMLSchema(etree.parse(DATA / schema)).assertValid(etree.fromstring(xml))


@pytest.mark.real_data
@with_schemas
def test_the_schemas_say_that_it_is_valid() -> None:
    project = project_of(TEXT, LINES)
    is_valid(refi_out.project_xml(project), "Project.xsd")
    is_valid(refi_out.codebook(project.codes), "Codebook.xsd")


@pytest.mark.real_data
@with_schemas
@settings(max_examples=60)
@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3), st.text(max_size=20))
def test_whatever_the_words_are_it_is_valid(text: str, lines: list[str], name: str) -> None:
    is_valid(refi_out.project_xml(project_of(text, tuple(lines), name)), "Project.xsd")


@pytest.mark.real_data
@with_schemas
def test_a_project_without_a_story_has_no_empty_list() -> None:
    project = project_of(TEXT, LINES)
    empty = Project(**{**vars(project), "documents": ()})
    is_valid(refi_out.project_xml(empty), "Project.xsd")
    assert b"Sources" not in refi_out.project_xml(empty)


def test_another_reader_finds_every_word(tmp_path: Path) -> None:
    file = tmp_path / "copy.qdpx"
    file.write_bytes(refi_out.qdpx(project_of(TEXT, LINES)))
    read: Any = RefiProject.load(file, extract_dir=str(tmp_path / "out"))
    [source] = read.sources.text_source
    path = RefiProject.resolve_source_path(source.plain_text_path, tmp_path / "out")
    text = path.read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    quotes = [text[s.start_position : s.end_position] for s in source.plain_text_selection]
    assert quotes == [one_line(line) for line in LINES]
    [top] = read.code_book.codes.code
    names = {code.guid: code.name for code in (top, *top.code)}
    assert {names[c.code_ref.target_guid] for s in source.plain_text_selection for c in s.coding} == {
        "a wait"
    }
    assert top.code[0].description == "Nobody rings\nback & more"


def test_another_reader_reads_the_codebook(tmp_path: Path) -> None:
    file = tmp_path / "copy.qdc"
    file.write_bytes(refi_out.codebook(project_of(TEXT, LINES).codes))
    read: Any = RefiCodebook.load(file)
    [top] = read.codes.code
    assert (top.name, top.is_codable, top.code[0].color) == ("gaps", False, "#D55E00")


def test_places_count_code_points_and_the_end_is_not_included() -> None:
    """As in the specification's example: 139..195 for 56 characters. Not bytes, not half characters."""
    xml = etree.fromstring(refi_out.project_xml(project_of("𝒳𝒳 é tea", ("tea",))))
    [selection] = xml.iter("{*}PlainTextSelection")
    assert (selection.get("startPosition"), selection.get("endPosition")) == ("5", "8")


def test_the_same_copy_twice_is_the_same_to_the_byte() -> None:
    assert refi_out.qdpx(project_of(TEXT, LINES)) == refi_out.qdpx(project_of(TEXT, LINES))


def test_each_source_is_named_by_its_id() -> None:
    project = project_of(TEXT, LINES)
    guid = str(project.documents[0].guid).upper()
    held = unpacked(refi_out.qdpx(project))
    assert list(held) == ["project.qde", f"sources/{guid}.txt"]
    assert f"internal://{guid}.txt".encode() in held["project.qde"]
    assert UUID(guid)


@pytest.mark.real_data
@with_schemas
def test_the_places_of_a_project_made_elsewhere_mean_the_same() -> None:
    """The sample in the data folder was written by hand from the specification."""
    held = unpacked((DATA / "story-a.qdpx").read_bytes())
    [text] = [data.decode() for name, data in held.items() if name.endswith(".txt")]
    xml = etree.fromstring(held["project.qde"])
    for selection in xml.iter("{*}PlainTextSelection"):
        start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
        assert text[start:end] == selection.get("name")
        assert place(text, [text[start:end]], heading="").places == ((start, end),)
