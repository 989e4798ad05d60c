"""The formats a copy can have, and making one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from betterstory.stories.exchange import documents, refi_out, tables, taguette
from betterstory.stories.exchange.project import Project, Selection, paths


@dataclass(frozen=True)
class Format:
    """One way of writing a copy."""

    name: str
    label: Lazy
    about: Lazy
    ending: str
    content_type: str
    write: Callable[[Project], bytes]


def table(project: Project) -> bytes:
    """A row for each piece, its codes by path."""
    names = {code.guid: path for path, code in paths(project.codes)}
    readers = {reader.guid: number for number, reader in enumerate(project.readers)}

    def codes(selection: Selection, reader: int) -> str:
        return "; ".join(names[coding.code] for coding in selection.codings if readers[coding.by] == reader)

    rows = [
        (row, document.name, document.about, number, document.quote(each), codes(each, 0), codes(each, 1))
        for row, document in enumerate(project.documents, start=1)
        for number, each in enumerate(document.selections, start=1)
    ]
    head = (
        _now("story"),
        _now("title"),
        _now("told by"),
        _now("piece"),
        _now("words"),
        _now("codes the teller gave"),
        _now("codes readers gave"),
    )
    return tables.write(head, rows)


def only_the_codebook(project: Project) -> bytes:
    return refi_out.codebook(project.codes)


FORMATS = {
    each.name: each
    for each in (
        Format(
            "qdpx",
            _("REFI-QDA project (.qdpx)"),
            _("For NVivo, MAXQDA, ATLAS.ti, QualCoder, Quirkos and others."),
            "qdpx",
            "application/octet-stream",
            refi_out.qdpx,
        ),
        Format(
            "taguette",
            _("Taguette (.zip)"),
            _("Documents, tags and highlights, for the free tool Taguette."),
            "zip",
            "application/zip",
            taguette.hand_over,
        ),
        Format(
            "csv",
            _("A table (.csv)"),
            _("One row for each piece, for a spreadsheet."),
            "csv",
            "text/csv; charset=utf-8",
            table,
        ),
        Format(
            "text",
            _("Plain text (.txt)"),
            _("Everything to read, without codes."),
            "txt",
            "text/plain; charset=utf-8",
            documents.plain,
        ),
        Format(
            "qdc",
            _("The codebook alone (.qdc)"),
            _("Only the names of codes. No words of any story."),
            "qdc",
            "application/xml",
            only_the_codebook,
        ),
    )
}
