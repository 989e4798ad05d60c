"""A first visit on a slow phone fetches little, and the sheets hold to the house's habits."""

import re
from gzip import compress
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "static" / "ui"
OURS = sorted(STATIC.glob("*.css"))
FONTS = ("400-normal", "400-italic", "600-normal")


def weight(path: Path) -> int:
    """Bytes over the wire: fonts are packed already, the rest is compressed."""
    data = path.read_bytes()
    return len(data) if path.suffix == ".woff2" else len(compress(data, 9))


def test_a_first_load_stays_under_100_kilobytes() -> None:
    fetched = [*OURS, STATIC / "frame.js", STATIC / "favicon.svg", *(STATIC / "icons").iterdir()]
    fetched += [STATIC / "vendor" / "pico.min.css", STATIC / "vendor" / "htmx.min.js"]
    fetched += [STATIC / "vendor" / f"atkinson-hyperlegible-next-latin-{name}.woff2" for name in FONTS]
    assert sum(weight(path) for path in fetched) < 85_000  # the page and its picture have the rest


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_sheet_is_short_and_stands_above_pico(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 500
    assert "@layer house {" in text


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_sheet_speaks_of_start_and_end_not_left_and_right(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sided = r"^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|float|width|height)\s*:"
    assert re.findall(sided, text, re.MULTILINE) == []
    assert "text-align: left" not in text
    assert "text-align: right" not in text


def test_every_colour_of_the_palette_has_a_light_and_a_dark_side() -> None:
    text = (STATIC / "house.css").read_text(encoding="utf-8")
    plain = set(re.findall(r"^    (--[\w-]+): #", text, re.MULTILINE))
    both = set(re.findall(r"^      (--[\w-]+): light-dark\(#\w+, #\w+\)", text, re.MULTILINE))
    assert plain - both == {"--on-honey"}
    assert both <= plain
