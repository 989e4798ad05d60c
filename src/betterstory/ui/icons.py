"""Our own drawings, one small SVG a file, taking the colour of the words around them."""

from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "templates" / "ui" / "icons"


@cache
def read(name: str) -> str:
    """The drawing as it is on file. Raises LookupError where there is no such drawing."""
    path = FOLDER / f"{name}.html"
    if not name.replace("-", "").isalnum() or not path.is_file():
        raise LookupError(f"There is no drawing called {name}.")
    return path.read_text(encoding="utf-8").strip()


def draw(name: str, *, kind: str = "", words: object = "") -> SafeString:
    """The drawing, silent to a screen reader; `words` are then said in its place.

    `kind` adds classes: "icon-small", "icon-large", "clay".
    """
    svg = read(name).replace('class="', f'class="{kind} ', 1) if kind else read(name)
    drawing = mark_safe(svg)  # noqa: S308 - read from our own folder, by a checked name
    if not words:
        return drawing
    return format_html('{}<span class="visually-hidden">{}</span>', drawing, words)
