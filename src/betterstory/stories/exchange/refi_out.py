"""REFI-QDA, written strictly: a codebook (.qdc) and a project (.qdpx) as their schemas say.

Places are Unicode code points from 0 with the end not included, as in the worked example of the
specification. Sources are UTF-8 without a byte order mark, their lines ended by one character.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from betterstory.stories.exchange.placing import one_line, tidy
from betterstory.stories.exchange.project import Code, Document, Project, Reader, Selection, lasting_id

CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"
ORIGIN = "Better Story"
LONGEST_NAME = 120


def codebook(codes: Iterable[Code]) -> bytes:
    """A .qdc file."""
    root = Element("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN})
    _codes(root, codes)
    return _written(root)


def qdpx(project: Project) -> bytes:
    """A .qdpx file: the project, and each document beside it as a text of its own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        day = project.made_at.astimezone(UTC).timetuple()[:6]
        _put(file, "project.qde", project_xml(project), day)
        for document in project.documents:
            _put(file, f"sources/{_id(document.guid)}.txt", document.text.encode(), day)
    return packed.getvalue()


def project_xml(project: Project) -> bytes:
    """The project's XML, in the order of its schema."""
    first, at = _id(project.readers[0].guid), _moment(project.made_at)
    root = Element(
        "Project",
        {
            "xmlns": PROJECT,
            "name": one_line(project.name),
            "origin": ORIGIN,
            "creatingUserGUID": first,
            "creationDateTime": at,
        },
    )
    _readers(SubElement(root, "Users"), project.readers)
    _codes(SubElement(root, "CodeBook"), project.codes)
    if project.documents:  # the schema knows no empty list
        sources = SubElement(root, "Sources")
        for document in project.documents:
            _source(sources, document, by=first, at=at)
    note = lasting_id(project.guid, "note")
    _note(SubElement(root, "Notes"), note, project.about, by=first, at=at)
    SubElement(root, "Description").text = tidy(project.about)
    SubElement(root, "NoteRef", {"targetGUID": _id(note)})
    return _written(root)


def _codes(above: Element, codes: Iterable[Code]) -> None:
    held = SubElement(above, "Codes")
    for code in codes:
        _code(held, code)


def _code(above: Element, code: Code) -> None:
    facts = {"guid": _id(code.guid), "name": one_line(code.name), "isCodable": str(code.is_codable).lower()}
    if code.colour:
        facts["color"] = code.colour
    made = SubElement(above, "Code", facts)
    if code.description:
        SubElement(made, "Description").text = tidy(code.description)
    for part in code.parts:
        _code(made, part)


def _readers(above: Element, readers: Iterable[Reader]) -> None:
    for reader in readers:
        SubElement(above, "User", {"guid": _id(reader.guid), "name": one_line(reader.name)})


def _source(above: Element, document: Document, *, by: str, at: str) -> None:
    guid = _id(document.guid)
    facts = {"guid": guid, "name": one_line(document.name), "plainTextPath": f"internal://{guid}.txt"}
    made = SubElement(above, "TextSource", facts | {"creatingUser": by, "creationDateTime": at})
    if document.about:
        SubElement(made, "Description").text = tidy(document.about)
    for selection in document.selections:
        _selection(made, document, selection, by=by, at=at)


def _selection(above: Element, document: Document, selection: Selection, *, by: str, at: str) -> None:
    facts = {
        "guid": _id(selection.guid),
        "name": one_line(document.quote(selection))[:LONGEST_NAME],
        "startPosition": str(selection.start),
        "endPosition": str(selection.end),
    }
    made = SubElement(above, "PlainTextSelection", facts | {"creatingUser": by, "creationDateTime": at})
    for coding in selection.codings:
        facts = {"guid": _id(coding.guid), "creatingUser": _id(coding.by), "creationDateTime": at}
        SubElement(SubElement(made, "Coding", facts), "CodeRef", {"targetGUID": _id(coding.code)})


def _note(above: Element, guid: UUID, words: str, *, by: str, at: str) -> None:
    facts = {"guid": _id(guid), "name": "About this copy", "creatingUser": by, "creationDateTime": at}
    SubElement(SubElement(above, "Note", facts), "PlainTextContent").text = tidy(words)


def _id(guid: UUID) -> str:
    return str(guid).upper()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(root: Element) -> bytes:
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _put(file: zipfile.ZipFile, name: str, data: bytes, day: tuple[int, ...]) -> None:
    entry = zipfile.ZipInfo(name, (day[0], day[1], day[2], day[3], day[4], day[5]))
    entry.compress_type = zipfile.ZIP_DEFLATED
    file.writestr(entry, data)
