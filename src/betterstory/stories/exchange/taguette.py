"""For Taguette: documents as HTML, a codebook as CSV, and the whole as a project file of its own kind.

Taguette counts UTF-8 bytes of a document's text without its tags. It names a tag by its path.
"""

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC
from html import escape
from pathlib import Path
from uuid import UUID

from betterstory.stories.exchange import documents, tables
from betterstory.stories.exchange.placing import one_line
from betterstory.stories.exchange.project import Code, Document, Project, Selection, paths

SCHEMA = Path(__file__).with_name("taguette.sql")
NAME, PATH = 50, 200  # the longest that Taguette takes

READ_ME = """\
For Taguette
============
project.sqlite3 holds everything: documents, tags, and what is highlighted. In Taguette choose
“Import a project file”.

Or begin a project of your own: add the files in documents/ one by one, then import codebook.csv
under “Tags”. Tags come with their descriptions; highlights do not come this way.

Each story belongs to its teller, who can take it back. If we write to you, delete the project.
"""


def hand_over(project: Project) -> bytes:
    """A ZIP with all three."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("READ ME.txt", f"{project.about}\n\n{READ_ME}")
        file.writestr("codebook.csv", codebook(project))
        for row, document in enumerate(project.documents, start=1):
            file.writestr(f"documents/{row:03}.html", documents.html(document))
        file.writestr("project.sqlite3", database(project))
    return packed.getvalue()


def tags(project: Project) -> Iterator[tuple[str, Code]]:
    """Each code that words can carry, by its path."""
    return ((path, code) for path, code in paths(project.codes) if code.is_codable)


def codebook(project: Project) -> bytes:
    """Its tags with their descriptions, as Taguette reads them. Safe in a spreadsheet too: a name that
    begins like a formula has an apostrophe here, and none in the project file."""
    rows = [(one_line(path), code.description) for path, code in tags(project)]
    return tables.write(("tag", "description"), rows).removeprefix("\ufeff".encode())


def database(project: Project) -> bytes:
    """A project file that Taguette 1.5 imports, with what is highlighted."""
    book = sqlite3.connect(":memory:")
    book.executescript(SCHEMA.read_text())
    at = project.made_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    book.execute(
        "insert into projects values (1, ?, ?, ?)", (one_line(project.name)[:NAME], project.about, at)
    )
    numbers = _put_tags(book, project)
    for document in project.documents:
        name = one_line(document.name)[:NAME]
        added = book.execute(
            "insert into documents"
            " (name, description, filename, created, project_id, text_direction, contents)"
            " values (?, ?, ?, ?, 1, 'LEFT_TO_RIGHT', ?)",
            (name, document.about, "story.html", at, body(document)),
        )
        for selection in document.selections:
            _put_highlight(book, added.lastrowid, document, selection, numbers)
    book.commit()
    written = book.serialize()
    book.close()
    return written


def body(document: Document) -> str:
    """A paragraph a line; without its tags it is the text to the letter, so that places hold."""
    lines = document.text.split("\n")
    return "\n".join(f"<p>{_escaped(line)}</p>" if line else "" for line in lines)


def _put_tags(book: sqlite3.Connection, project: Project) -> dict[UUID, int]:
    """Its tags; two codes of one path share a tag, since Taguette knows paths alone."""
    numbers: dict[str, int] = {}
    by_code: dict[UUID, int] = {}
    for path, code in tags(project):
        name = one_line(path)[:PATH]
        if name not in numbers:
            numbers[name] = len(numbers) + 1
            row = (numbers[name], name, code.description)
            book.execute("insert into tags values (?, 1, ?, ?)", row)
        by_code[code.guid] = numbers[name]
    return by_code


def _put_highlight(
    book: sqlite3.Connection,
    document_row: int | None,
    document: Document,
    selection: Selection,
    numbers: dict[UUID, int],
) -> None:
    start = len(document.text[: selection.start].encode())
    quote = document.quote(selection)
    row = (document_row, start, start + len(quote.encode()), _escaped(quote))
    made = book.execute(
        "insert into highlights (document_id, start_offset, end_offset, snippet) values (?, ?, ?, ?)", row
    )
    carried = {numbers[coding.code] for coding in selection.codings if coding.code in numbers}
    rows = [(made.lastrowid, tag) for tag in sorted(carried)]
    book.executemany("insert into highlight_tags values (?, ?)", rows)


def _escaped(words: str) -> str:
    return escape(words, quote=False)
