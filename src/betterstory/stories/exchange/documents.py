"""The same as plain text and as HTML, for people and for tools that read no project."""

from html import escape

from betterstory.stories.exchange.placing import one_line
from betterstory.stories.exchange.project import Document, Project


def plain(project: Project) -> bytes:
    """Everything in one text file."""
    parts = [one_line(project.name), project.about]
    for document in project.documents:
        name = one_line(document.name)
        parts += ["", name, "=" * len(name), *([document.about] if document.about else []), "", document.text]
    return ("\n".join(parts).rstrip() + "\n").encode()


def html(document: Document) -> bytes:
    """One document: a paragraph a line, so that no word moves."""
    lines = [line for line in document.text.split("\n") if line.strip()]
    body = "\n".join(f"<p>{escape(line.strip())}</p>" for line in lines)
    head = f'<meta charset="utf-8"><title>{escape(one_line(document.name))}</title>'
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>\n{body}\n</body></html>\n".encode()
